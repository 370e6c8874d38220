"""Shards as actors of a Ray cluster. The only code that imports Ray, which is an extra.

Reading order: `starting` (a cluster is found or started), `driver` (the shards of one job, from
outside), `shard_actor` (one of them), `coordinator` (who owns which shard, and how many pages it
may hold), `addresses` (whose turn it is at an address), `gauges` (our numbers as Ray's metrics).
"""
