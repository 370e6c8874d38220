"""Writing a corpus: one run, files in one of the formats, published versions, proof.

Reading order: `export_job` (the run), `streaming` (pages to files), `shard_parts` (shards at once),
`part_files` (cut and hashed), `formats` (the table),
`jsonl`, `parquet`, `warc`, `token_counting`, `versions`, `carrying` (to
storage behind a URL); read back: `opened_export`,
`verify_export` (with `verify_records`, `verify_documents`), `verify_between` (two of a job).
"""
