"""How numbers are shown: figures, their pictures, one page, one stylesheet.

Reading order: `proportion` (a share and how far it can be trusted), `figure` (what is shown),
`strangers_text` (text of others, made harmless), `scales` and `charts` (inline SVG), `in_rows`
(the same numbers as JSON and CSV), `page` (the document: escaped, self-contained, no script).
"""
