"""Files that are no text, read to what they hold: text, metadata, links, statements about rights.

Reading order: `contents` (what is read of a file, whatever its kind) and `readers` (the table of
kinds). `pdf`: `pdf_words` (out of PDFium), `pdf_upright` (set from top to bottom), `pdf_line_text`,
`pdf_directions` (words within others), `pdf_lines` (columns, order), `pdf_margins`, `pdf_tables`,
`pdf_blocks`, `pdf_text`; `pdf_properties`, `lzw`, `xmp`. What lies in a zip file, by way of HTML:
`epub`, `docx` (with `docx_body`, `docx_fields`, `docx_styles`, `office_math`, `symbol_font`),
`odt` (with `odt_body`), what each says of rights: `packaged_statements`. Below them: `zip_file`
(within bounds), `xml_tree`, `as_page`, `ends`, `manifest_store` (C2PA), `statements`.
All of it runs only where it can be ended: in a process of `crawler.fetch.workers`.
"""
