"""The store's connections and what their errors mean, for every module of the store."""

from __future__ import annotations

import errno
import sqlite3

Connection = sqlite3.Connection

_FULL = "the disk is full: free some space and run the same command again"
_DAMAGED = ("malformed", "not a database", "disk i/o", "could not decode")
# What SQLite calls a write that the system refused; the file is as it was.
_UNWRITTEN = frozenset(
    f"SQLITE_IOERR_{step}" for step in ("WRITE", "FSYNC", "TRUNCATE", "SHMSIZE", "SHMMAP")
)


class StoreError(Exception):
    """The store cannot be used as it is; the message says what to do."""


class NoJobError(StoreError):
    """The folder that was named holds no job."""


# A damaged schema stands in the message of the error, and that may be no text.
SQL_ERRORS = (sqlite3.Error, UnicodeDecodeError)
_SHOWN = 200  # characters of such a message


def explain(error: sqlite3.Error | OSError | UnicodeDecodeError) -> Exception:
    """Return the StoreError for a fault of the disk or the file, else `error` itself."""
    if isinstance(error, OSError):
        return explain_os(error)
    if isinstance(error, UnicodeDecodeError):
        return StoreError(f"the database is damaged ({error.reason}): run `crawler doctor JOB`")
    text = str(error).lower()
    name = getattr(error, "sqlite_errorname", "")
    if "disk is full" in text:
        return StoreError(_FULL)
    if name in _UNWRITTEN:
        return StoreError(f"the disk cannot be written ({name}): it is full or failing")
    if "readonly" in text or "unable to open" in text:
        return StoreError(f"the job folder cannot be written ({error}): check its permissions")
    if any(word in text for word in _DAMAGED):
        what = " ".join(str(error).split())[:_SHOWN]  # it may hold the whole schema
        return StoreError(f"the database is damaged ({what}): run `crawler doctor JOB`")
    if "locked" in text:
        return StoreError("the database is locked by another program: close it and try again")
    return error


def explain_os(error: OSError) -> Exception:
    """Return the StoreError for a disk that is full or may not be written, else `error`."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreError(f"{_FULL}{where}")
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StoreError(f"cannot write{where}: {error.strerror}; check its permissions")
    if error.errno == errno.EIO:
        return StoreError(f"the disk is failing{where}: {error.strerror}")
    return error
