"""The SQLite file of a job, and the only code that knows it is one.

Reading order: `job` (a folder, opened by one process), `database` (one transaction at a time),
`connection`, `write_ahead_log`. What is stored: `evidence`, `site_evidence` (what speaks for a URL
at a time), `dated_evidence` (what others captured), `pages` (what a visit leaves),
`kept_page`, `page_rows`, `visit_groups`, `judging_now`,
`deciding_again`, `policy_changes`, `loss_examples`, `archive` (raw answers), `mirror` (their copies
elsewhere), `gzip_members`,
`job_logs`. What proves it: `ledger`, `row_seals`, `canonical` (one spelling, digests). What is
obeyed: `suppression`, `suppression_memory`, `followed_feeds` (of other corpora), `host_leases`
(between commands), `orders` (to pause), `reload_answers`. What others watch and are told:
`run_state`, `removal_rows`, `signing_memory` (whose key signs). What may be wrong: `checks`,
`damaged_reads`, `salvage`, `older_jobs`.
"""
