"""A local web page on a job, live while it runs and afterwards. It reads, and asks nobody.

Reading order: `application` (the paths), `access` (who may see it, what a browser may do with it),
`watched` (the job, opened to read only), `totals` (counted in the background), `live` (what is
sent while a page is open) with `throughput`. What is shown: `hosts`, `turned_down`, `page_view`,
`address` (one URL explained), `takedowns`. What is done: `actions`. How: `templates`
and `wording`.
"""
