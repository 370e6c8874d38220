"""One parse of a page, as rows; what stands in it, before anybody asks what it means.

Reading order: `xhtml` (as HTML), `parsing` (from the parser's tree to rows), `markup` (elements and
texts as rows), `tags` (by number), `byte_scan` (steps through bytes), `class_words` (what class
names say), `outline` (blocks of text), filled in by `outlining` with `element_uses` (what becomes
of an element), `text_line` (what stands within one), `text_run` (its texts), `inline`, `formulas`,
`mathml`, `tex` and `spaces`; `links`, `terms` (texts that are terms as a whole) by `terms_names`,
`terms_links` (what leads to a site's terms) by `terms_link_names`, `signal_elements` (what may
carry a signal), `json_ld` (the one reader of JSON-LD).
"""
