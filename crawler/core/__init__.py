"""The decisions, and nothing else.

Code here takes values and returns values. It opens no file, no socket and no database,
reads no clock and starts no task; the import contract checks that. What it needs to know
about the world (`now`, a response, the evidence) is passed in.
"""
