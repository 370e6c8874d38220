"""The model of a language detector that is kept unpacked: read again, made anew, done without."""

from __future__ import annotations

import os

import numpy as np
import pytest

from crawler import kept_model
from crawler.core.content.metadata import language_model
from crawler.core.content.metadata.language_model import Model

SMALL = Model(*(np.arange(count + 1, dtype=np.float32) for count in range(6)))


@pytest.fixture
def unpackings(monkeypatch, tmp_path):
    """Return a list that grows whenever the package's own model is unpacked; it is a small one."""
    found = []

    def unpacked():
        found.append(1)
        return SMALL

    monkeypatch.setattr(language_model, "unpacked", unpacked)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return found


def is_small(model: Model) -> bool:
    return all(np.array_equal(one, other) for one, other in zip(model, SMALL, strict=True))


def copies(tmp_path):
    return list((tmp_path / "cache" / "consent-crawler").iterdir())


def test_it_is_unpacked_once(unpackings, tmp_path):
    assert is_small(kept_model.load())
    assert is_small(kept_model.load())

    assert len(unpackings) == 1
    assert len(copies(tmp_path)) == 1


@pytest.mark.parametrize("left", [0, 1, 100, 130])
def test_a_torn_copy_is_made_anew(unpackings, tmp_path, left):
    kept_model.load()
    file = copies(tmp_path)[0] / "moves.npy"
    file.write_bytes(file.read_bytes()[:left])

    assert is_small(kept_model.load())
    assert is_small(kept_model.load())
    assert len(unpackings) == 2


@pytest.mark.parametrize("made", ["a file", "nothing"])
def test_it_can_be_done_without(unpackings, monkeypatch, tmp_path, made):
    if made == "a file":
        (tmp_path / "cache").write_text("")
    else:
        monkeypatch.setattr(kept_model, "_cache", _no_home)

    assert is_small(kept_model.load())
    assert len(unpackings) == 1


def _no_home():
    raise RuntimeError("Could not determine home directory.")


def test_another_model_has_a_copy_of_its_own(unpackings, monkeypatch, tmp_path):
    kept_model.load()
    other = tmp_path / "other.xz"
    other.write_bytes(b"of another release")
    monkeypatch.setattr(language_model, "PACKED", other)
    kept_model.load()

    assert len(unpackings) == 2
    assert len(copies(tmp_path)) == 2


@pytest.mark.usefixtures("unpackings")
def test_a_draft_of_one_that_was_killed_goes_with_the_next(tmp_path):
    folder = tmp_path / "cache" / "consent-crawler"
    old, young = folder / "draft-old", folder / "draft-young"
    old.mkdir(parents=True)
    young.mkdir()
    os.utime(old, (0, 0))

    kept_model.load()

    assert young.exists()
    assert not old.exists()


@pytest.mark.slow
def test_the_copy_says_what_the_package_says(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept_model.load()
    kept = language_model.Identifier(kept_model.load())
    own = language_model.Identifier(language_model.unpacked())

    for text in ("La ville a annoncé lundi", "Die Stadt teilte mit", "", "Město oznámilo, že"):
        assert kept.classify(text) == own.classify(text)
