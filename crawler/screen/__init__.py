"""Screening: what others collected, without what its owners refused, and the proof for every row.

Reading order: `answers` (two times joined to one outcome), `deciding` (what each time says of a
row), `shared_decisions` (one decision for rows that match the same rules), `run` (the steps of a
screening), `plan` (how far one has come), `workers` (who works on the files), `parts` (those of an
array of jobs). Looking at the inputs: `survey`, `page_reading`, `captured_files`, `row_store`,
`kept_surveys`. Evidence: `collecting` (now), `evidence_files` and `terms_found` (then). Decisions
by origin: `decided_rows`, `originals`. Output: `copy_task`, `copying_tables`, `copying_arrow`,
`copying_lines`, `copying_records` (with `identities`), `consent_columns`, `decided_reading`,
`packed_writing`, `results`, `host_results` (by `sorted_hosts`), `surt_keys`. Afterwards:
`explaining`, `redeciding`, `screened_jobs`.
"""
