"""Numbers about jobs, read from their stores.

Reading order: `explain` (one URL), `status` (one job), `losses` (what it did not get), `shells`,
`consent_counts` (what consent left), `proportion`, `consent_text` and `plots` (as they are shown).
"""
