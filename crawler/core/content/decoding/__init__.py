"""Bytes to text: which encoding, which kind of text, and whether it is built to do harm.

Reading order: `encoding` (which one, as the standards say), `encoding_labels`, `decoders` (tables
that Python's codecs lack), `encoders` (back again, for queries), `document_types` (PDF and other
files by their first bytes), `media_types`, `hostile` (what is heavy for a parser), `gunzip` (within
limits), `tolerant_xml` (XML with flaws).
"""
