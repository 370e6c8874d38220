"""Shards as actors of a Ray cluster, which `ray_cluster` finds or starts; Ray is an extra.

Reading order: `driver` (the shards of one job, from outside), `shard_actor` (one of them),
`coordinator` (who owns which shard, and how many pages it may hold), `addresses` (whose turn it is
at an address), `gauges` (our numbers as Ray's metrics).
"""
