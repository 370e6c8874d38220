"""Taking out: find what is held, purge it, prove that nothing is left.

Reading order: `find` (what a job holds of somebody), `takedown` (requests to their end), `purge`,
`own_pieces` (what is searched for afterwards), `leftovers` (where), `raw_copies` (out of WARC files),
`retention` (when raw copies go by themselves).
"""
