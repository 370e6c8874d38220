"""What becomes of a job: taken out, kept true, exported, described, recorded.

Reading order, the lowest first: `records`, `statements`, `export`, `upkeep`, `removal`; `errors`.
"""
