"""Which key signs for a job: the one named, the policy's, or the one that it remembers."""

from __future__ import annotations

import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.cli.corpus_options import writing
from crawler.cli.purge import folders
from crawler.config import Config
from crawler.corpus.errors import CorpusError
from crawler.keys import load_key, thumbprint
from crawler.store.connection import StoreError
from crawler.store.job import read_job
from crawler.store.signing_memory import SigningKey, remember_key, remembered_keys


def signing_key(
    job: Path, config: Config, named: str = "", *, unsigned: bool = False
) -> Ed25519PrivateKey | None:
    """Return the key that signs what is said of `job`; None if it has none, or by `unsigned`.

    A key that is named, or is the policy's, is remembered by the job.

    Raises:
        CorpusError: The key cannot be read, or is not the one the job remembers.
    """
    if unsigned:
        return None
    path = named or config.identity.key
    if path:
        key = _loaded(Path(path))
        _remember(job, SigningKey(thumbprint(key), Path(path).resolve()))
        return key
    known = _known(folders(job)[0])
    if not known:
        return None
    last = known[-1]
    try:
        key = load_key(last.path)
    except ValueError as error:
        raise _not_there(last, str(error)) from error
    if thumbprint(key) != last.id:
        raise _not_there(last, f"{last.path} holds the key {thumbprint(key)} now")
    return key


def _loaded(path: Path) -> Ed25519PrivateKey:
    try:
        return load_key(path)
    except ValueError as error:
        raise CorpusError(
            "nothing was signed", str(error), "name a key that can be read"
        ) from error


def _not_there(key: SigningKey, cause: str) -> CorpusError:
    return CorpusError(
        f"nothing was written: this job signs with the key {key.id}",
        cause,
        "name the key with --key, or go without a signature by --unsigned",
    )


def _known(folder: Path) -> tuple[SigningKey, ...]:
    with read_job(folder) as connection:
        return remembered_keys(connection)


def _remember(job: Path, key: SigningKey) -> None:
    for folder in folders(job):
        try:
            if _known(folder)[-1:] == (key,):
                continue
            with writing(folder) as connection:
                remember_key(connection, key)
        except StoreError as error:  # it works on, or may not be written: no reason not to sign
            print(f"crawler: {folder} does not remember its key: {error}", file=sys.stderr)
