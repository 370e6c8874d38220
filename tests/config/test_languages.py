"""Languages in a policy are codes that texts are told by; anything else is an error or a note."""

import pytest

from crawler.config import ConfigError, load, respelt
from crawler.core.content.metadata.language import identify, primary
from crawler.core.content.metadata.language_model import unpacked
from crawler.core.content.metadata.language_names import NAMES, language_code


def policy(tmp_path, *languages):
    file = tmp_path / "p.toml"
    file.write_text(f"[export]\nlanguages = {list(languages)!r}\n")
    return file


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("de", "de"),
        ("DE", "de"),
        (" En ", "en"),
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        ("iw", "he"),
        ("nb", "no"),
        ("und", "und"),
        ("ZH-Hant-TW", "zh"),
    ],
)
def test_a_code_is_read_however_it_is_written_and_lint_says_as_what(tmp_path, written, read):
    file = policy(tmp_path, written)

    assert load(str(file)).export.languages == (read,)
    assert bool(list(respelt(str(file)))) == (written != read)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("German", 'write its code, "de"'),
        ("chinese", 'write its code, "zh"'),
        ("deutsch", "no code of a language"),
        ("xx", "no code of a language"),
        ("deu", "no code of a language"),
        ("", "no code of a language"),
        ("*", "no code of a language"),
    ],
)
def test_what_no_text_is_told_by_is_an_error_that_names_the_key(tmp_path, written, said):
    with pytest.raises(ConfigError) as raised:
        load(str(policy(tmp_path, "en", written)))

    assert "export.languages" in str(raised.value)
    assert said in str(raised.value)


def test_the_codes_are_those_that_the_detectors_return():
    from resiliparse.parse.lang import supported_langs

    told = {primary(code) for code in supported_langs()}
    told |= {primary(str(code)) for code in unpacked().languages}

    assert NAMES.keys() == told | {"und"}
    assert identify("12 34").language in NAMES
    assert len(set(NAMES.values())) == len(NAMES)
    assert all(language_code(code) == code for code in NAMES)
