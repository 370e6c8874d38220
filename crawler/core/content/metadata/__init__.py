"""What a page says of itself: title, authors, dates, language.

Reading order: `page_fields` (which carrier is believed for each field), `dates` (to ISO 8601),
`language` (of the text, by models) with `language_model` and `language_walk` (the second of them),
`language_names` (as a policy names them).
"""
