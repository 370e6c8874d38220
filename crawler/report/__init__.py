"""Numbers about jobs, read from their stores.

Reading order: `explain` (one URL), `in_sentences` (the same for people), `status` (one job),
`host_status` (one host), `losses` (what it did not get), `shells` (what needs a browser), `run_end`
(what a run came to), `metrics` (a crawl, for Prometheus); and the report:
`job_queries` (where every number comes from), `job_rows` (their rows, damage noted), `numbers`
(the rows added up), `sample` (decisions read again), `consent_figures`, `corpus_figures` and
`host_figures` (what is shown of them), `document` (put together); `screening` (the report of one).
"""
