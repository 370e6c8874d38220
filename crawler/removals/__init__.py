"""What left a corpus, taken out of the copies that others hold.

Reading order: `apply` (a whole copy), `wanted` (what is to go, by the feed), `row_columns` (which
column tells it), `forms` (which file is what); the forms: `json_lines`, `json_array`, `delimited`,
`parquet`, `arrow` (and `dictionaries`), `warc_records`, `sqlite_tables`, `text_beside`;
`progress_file` (how far it came), `receipt`; `git_history` (old revisions), `hash_set`.
"""
