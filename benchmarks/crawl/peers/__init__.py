"""The systems beside ours, each a program of its own that prints one line of JSON."""
