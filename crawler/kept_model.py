"""The model of the second language detector, kept unpacked for all processes of a user.

Its package brings it under LZMA, which takes each process half a second to undo; of a copy in
`$XDG_CACHE_HOME/consent-crawler` they read what they need, and share it. It holds numbers only.
Without a folder to write to, or with a copy that is torn, all is as if there were none.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.core import judge
from crawler.core.content import ContentSettings
from crawler.durable_files import sync_folder

if TYPE_CHECKING:
    from crawler.core.content.metadata.language_model import Model

_FORM = "1"  # of a copy
_DRAFT = "draft-"
_LEFT_BEHIND = 3_600.0  # seconds after which nobody writes a draft any more


def warm_up(settings: ContentSettings | None = None) -> None:
    """Read a page of ours, with the copy: see `judge.warm_up`."""
    _tell_detector()
    judge.warm_up(settings)


WARM_UP_APART = "crawler.kept_model:warm_up_apart"  # as processes are told it


def warm_up_apart() -> None:
    """Warm up a process in which documents are read, too."""
    _tell_detector()
    judge.warm_up_apart()


def _tell_detector() -> None:
    from crawler.core.content.metadata.language import second  # noqa: PLC0415 - who reads needs it

    second.load = load


def load() -> Model:
    """Return the model from the copy, which is made where there is none."""
    from crawler.core.content.metadata import language_model  # noqa: PLC0415 - few need it

    digest = sha256(language_model.PACKED.read_bytes()).hexdigest()[:16]
    try:
        folder = _cache() / f"language-model-{_FORM}-{digest}"
    except RuntimeError:  # there is no home
        return language_model.unpacked()
    with suppress(OSError, ValueError, EOFError):
        return _read(folder)
    model = language_model.unpacked()
    with suppress(OSError):
        _write(folder, model)
    return model


def _cache() -> Path:
    """Return the folder for what can be made again (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    folder = Path(base) if base.startswith("/") else Path.home() / ".cache"
    return folder / "consent-crawler"


def _read(folder: Path) -> Model:
    import numpy as np  # noqa: PLC0415 - see `load`

    from crawler.core.content.metadata.language_model import Model  # noqa: PLC0415

    return Model(
        *(
            np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
            for name in Model._fields
        )
    )


def _write(folder: Path, model: Model) -> None:
    """Put a whole copy in place of whatever is there."""
    import numpy as np  # noqa: PLC0415 - see `load`

    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=folder.parent))
    for other in folder.parent.glob(f"{_DRAFT}*"):
        with suppress(OSError):  # another process may end it
            if draft.stat().st_mtime - other.stat().st_mtime > _LEFT_BEHIND:
                shutil.rmtree(other)
    try:
        for name, numbers in zip(model._fields, model, strict=True):
            with (draft / f"{name}.npy").open("wb") as file:
                np.save(file, numbers, allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
        sync_folder(draft)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
