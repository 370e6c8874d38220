"""What a record is, which pages become one, and what was counted.

Reading order: `record`, `schema` (its columns), `selection` (gate 4), `export_plan` (what is
asked), `counts`, `format` (what a format declares), `data_files`, `export_facts` (a finished
export), `archived_record` (one of a WARC file), `quality_figures`, `similar_pages`.
"""
