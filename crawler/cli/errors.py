"""What was asked for cannot be done as it was asked."""

INTERRUPTED = 130  # the exit code of a command that Ctrl-C ended


class UsageError(Exception):
    """The command's words are wrong; the message says what and how to mend it. Exit code 2."""
