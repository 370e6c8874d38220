"""True token counts: a tokenizer file in the format of the `tokenizers` library (an extra)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from crawler.corpus.errors import CorpusError
from crawler.corpus.records.counts import COUNTED
from crawler.corpus.records.export_plan import Tokenizer

_NOTHING = "nothing was exported"


def load_tokenizer(path: Path) -> Tokenizer:
    """Return what counts tokens as the tokenizer in `path` (tokenizer.json) makes them.

    Special tokens, which a model adds around a text, are not counted.

    Raises:
        CorpusError: The extra is not installed, or the file is no tokenizer.
    """
    try:
        import tokenizers  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise CorpusError(
            _NOTHING,
            "--tokenizer needs the library `tokenizers`",
            "install it: pip install 'consent-crawler[tokens]'",
        ) from error
    try:
        data = path.read_bytes()
        made = tokenizers.Tokenizer.from_str(data.decode())
    except OSError as error:
        raise CorpusError(
            _NOTHING, f"{path} cannot be read ({error.strerror})", "name a tokenizer.json"
        ) from error
    except Exception as error:  # the library raises no narrower kind
        raise CorpusError(
            _NOTHING, f"{path} is no tokenizer ({error})", "name a tokenizer.json"
        ) from error
    # A file may ask for texts to be cut, or filled up, to one length: that counts nothing.
    made.no_truncation()
    made.no_padding()

    def count(text: str) -> int:
        return len(made.encode(text, add_special_tokens=False).ids)

    return Tokenizer(count, f"{COUNTED}{path.name} (sha256 {sha256(data).hexdigest()[:16]})")
