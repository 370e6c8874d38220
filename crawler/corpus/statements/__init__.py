"""What stands beside the data and says what it is.

Reading order: `manifest` (binds them all), `card`, `croissant`, `credits_page`, `feed`,
`legal_summaries`, `eu_summary`, `lookup_site` (is my site in it?).
"""
