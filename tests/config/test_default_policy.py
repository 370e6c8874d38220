"""policies/default.toml, the models and docs/policy.md tell of the same keys."""

import re
import tomllib
from importlib import resources
from pathlib import Path

from crawler.config import PRESETS, Config, load
from crawler.config.error_messages import fields_of
from crawler.config.model import SETTLED_BY
from crawler.config.spelling import written

TEXT = (resources.files("policies") / "default.toml").read_text("utf-8")
DOCS = Path(__file__).parents[2] / "docs" / "policy.md"
NESTED = [("consent", "probes"), ("consent", "readings"), ("content", "documents")]
FOLLOWS = {("consent", "purpose")}  # from the purpose; so it stands commented out


def tables():
    """Each table with its keys, the top level first."""
    alone = {
        key: field for key, field in Config.model_fields.items() if not fields_of(Config, (key,))
    }
    yield (), alone
    for name in [*((name,) for name in Config.model_fields), *NESTED]:
        fields = fields_of(Config, name)
        if fields and name[0] not in ("never", "grants"):
            yield name, fields


CASES = [
    (table, key)
    for table, fields in tables()
    for key in fields
    if (*table, key) not in SETTLED_BY
    and (*table, key) not in NESTED
    and (table, key) != (("network",), "connect_to")
]


def test_default_toml_shows_every_key_with_its_default():
    for table, key in CASES:
        stated, default = tomllib.loads(TEXT), written(Config())
        for part in table:
            stated, default = stated[part], default[part]

        if default.get(key) is None or (*table, key) in FOLLOWS:
            section = TEXT.split(f"\n[{'.'.join(table)}]\n")[1].partition("\n[")[0]
            assert re.search(rf"^# {key} = ", section, re.MULTILINE), (table, key)
            assert key not in stated
        else:
            assert key in stated, (table, key)
            assert stated[key] == default[key] or (table, key) == ((), "name")


def test_every_key_has_words_of_its_own_or_of_its_paragraph():
    lines = TEXT.splitlines()
    for table, key in CASES:
        head = lines.index(f"[{'.'.join(table)}]") if table else 0
        shown = re.compile(rf"(# )?{key} = ")
        at = next(n for n in range(head, len(lines)) if shown.match(lines[n]))

        paragraph = next(n for n in range(at, -1, -1) if n == 0 or not lines[n - 1])
        assert any(line.startswith("# ") for line in lines[paragraph:at]), (table, key)


def test_the_default_policy_is_what_the_models_say():
    assert load("default") == Config(name="default")


def test_the_documentation_names_every_key():
    text = DOCS.read_text("utf-8")
    for table, key in CASES:
        head = f"## `[{'.'.join(table)}]`" if table else "## Top level"
        section = text.split(f"{head}\n")[1].partition("\n## ")[0]
        assert f"`{key}`" in section, (table, key)


def test_every_preset_is_documented_and_says_what_it_is_for():
    for name in PRESETS:
        text = (resources.files("policies") / f"{name}.toml").read_text("utf-8")
        assert text.startswith("# ")
        assert f"`{name}`" in DOCS.read_text("utf-8")
