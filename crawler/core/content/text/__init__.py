"""The main text of a page: its blocks in numbers, the ones that are text, how they are written out.

Reading order: `block_numbers` (what a block tells of itself), `places` (which boxes are alike),
`features` (what a block tells among the others), `context` (what was thought of those around it),
`fast_extractor` (the model that chooses), `panels` (what asks for consent over a page),
`kept_together` (what belongs together is kept together), `discussion` (readers' comments),
`leftovers` (what was chosen and is no text), `asides` (by its shape and name), `series` (entries of
two parts), `sections` (headings, sections of code), `tables`, `render` (chosen blocks as text),
`notices` and `shells` (pages without a text: enable JavaScript, log in),
`article_body` (the body a page states itself),
`streamed_state` and `page_state` (what its scripts hold) and `recovered` (prose out of either),
`not_html` (plain text, Markdown, feeds, other XML), `extractors` (all of them by name).
"""
