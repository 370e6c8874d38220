"""Several processes, one crawl: each shard is a plain job over the sites a hash gives it.

Reading order: `layout` (the folders), `layout_check`, `shard` (one shard's side), `shard_report`
(what it tells), `rounds` (when all are done). On one machine: `processors` (how many can
work at once), `supervise` (starts and ends them), `shard_nursery` (whose children they are),
`piped_shard` (how they answer), `url_exchange` (links for others), `limits_file` (addresses and
groups) and `page_quota`: what all shards share. `reloading` asks them all to read their policy
again. On a cluster: `leases` (who owns a shard), `page_shares` (the limit of pages),
`address_book` and `address_turns` (whose turn it is at an address), `forwarding` (messages by
calls), and `on_ray`, where they come together.

Another number of shards: `reshard` (the steps), `moving_rows`, `moving_archives`, `published` (what
was exported so far), `earlier_ledgers`, `inventory` (the same before and after), `swapping`.

At a job's URL, which outlives a machine: `job_url` (what lies where), `snapshot` (what one says of
itself), `pieces` (files, each part kept once), `folder_mark`, `snapshots` (taken), `promise` and
`promise_journal` (what must not be lost), `suppression_at_url`, `fetching`, `keeping_promises`,
`restoring`, `url_state` (what its parts and the command line tell each other),
`cluster_job` (all of it as a folder), `copies_at_url` (a purge's other half).
"""
