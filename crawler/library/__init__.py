"""The public face for Python: what `from crawler import ...` gives, and nothing else is public.

What the package itself names is stable. Modules, this one included, are private and
change without notice. What each name does is in docs/python.md, whose examples a test runs.

Reading order: `policy` (a policy, loaded), `consent` (one decision), `verdict` (what it is told
as), `forms` (bodies and headers as people have them), `apart` (where what may hang is judged),
`page` (text of a page), `rows` (decisions on many), `steps` and `datatrove_filter` (the same in
pipelines), `job` (what a crawl kept), `screened_rows`, `job_evidence` (what it learned of sites),
`errors`.
"""
