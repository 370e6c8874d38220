"""Taking out: find what is held, purge it, prove that nothing is left.

Reading order: `find` (what a job holds of somebody), `takedown` (requests to their end, with
`proof_of_control` and `receipts`), `purge`, `preview` (what it would do), `selector` (which pages),
`emptied_rows` (theirs), `raw_copies` (out of WARC files), `mirrored_copies`, `own_logs`,
`own_pieces`, `byte_spellings` and `needles` (what is searched for afterwards), `still_sought`
(until it is gone), `leftovers` (where), `retention` (when raw copies go by themselves),
`feed_file` (what holders of copies are told).
"""
