"""Figures of a text: hashes, runs of words, counts, quality, what is masked.

Reading order: `hashes` (exact and near copies), `word_runs` and `word_counts` (what they and others
count), `quality` (the figures that big corpora filter by), `masks` (addresses of people).
"""
