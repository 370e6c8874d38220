"""What becomes of a job: export, recheck, purge, verify, merge.

A page goes `active -> held -> retired -> purged`. Everything an export says of a record is
computed from the store, as of the time of the ledger's head.
"""
