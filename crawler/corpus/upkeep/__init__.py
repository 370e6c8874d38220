"""Keeping a job true: what it holds is asked again, decided again, checked, mended, joined.

Reading order: `recheck` (old evidence sought again, by `asking_again`), `redecide` (another policy
over the same evidence), `verify_job` with `verify_rows` and `verify_archive`,
`verify_against` (an export, record by record; with `verify_manifest`), `doctor`,
`duplicates`, `annotate`, `reextract`, `merge`.
"""
