"""Which licence a page's text is under: every statement found, weighed, believed or not.

Reading order: `spdx_ids` (addresses and names to SPDX ids and classes), `wording` (what the words
around a licence say), `weights` (what a claim weighs), `elements` (licences in links, buttons,
microdata, RDFa), `claims` (every statement of a page), `confidence` (which one is believed).
"""
