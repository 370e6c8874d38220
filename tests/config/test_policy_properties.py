import json
import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.config import PRESETS, Config, ConfigError, differences, dump, load, parse
from crawler.config.error_messages import fields_of, table_in
from crawler.config.spelling import toml

KEYS = sorted(
    {"extends", "robots", "x", "nev er", *Config.model_fields}
    | {key for name in Config.model_fields for key in fields_of(Config, (name,))}
    | set(fields_of(Config, ("consent", "readings")))
)
QUANTITIES = st.builds(
    lambda number, unit: f"{number}{unit}",
    st.decimals(0, 10**6, places=4) | st.integers(0, 10**9),
    st.sampled_from(["ms", "s", "m", "h", "d", "B", "kB", "KiB", "MB", "MiB", "GB", "GiB", "w"]),
)
WORDS = st.sampled_from(
    ["default", "strict", "train", "search", "honour", "spec", "log-only", "any", "include", "PD",
     "example.org", "2026-01-01", "https://example.org/bot", "a@example.org", "127.0.0.0/8"]
)  # fmt: skip
SCALARS = st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | QUANTITIES | WORDS
TABLES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
        | st.lists(st.dictionaries(st.sampled_from(KEYS), inner, max_size=3), max_size=2)
    ),
    max_leaves=12,
)


def loads_or_explains(text):
    try:
        return parse(text, name="any.toml", now=1.8e9)
    except ConfigError as error:
        lines = str(error).splitlines()
    assert lines
    for line in lines:
        assert line.startswith(("any.toml", "default", "strict")), line
        assert line.isprintable()
    return None


def agree(config):
    again = parse(dump(config), name="another.toml", now=1.8e9)
    assert again == config
    assert again.sha256 == config.sha256
    assert not differences(config, again)


@given(st.text())
def test_any_text_is_a_policy_or_an_error(text):
    loads_or_explains(text)


@given(st.text(alphabet="ab.=[]{}\"'#\n ,1-xtrue\\"))
def test_any_text_of_toml_s_own_signs_is_a_policy_or_an_error(text):
    loads_or_explains(text)


@given(st.dictionaries(st.sampled_from(KEYS), TABLES, max_size=5))
def test_any_toml_is_a_policy_or_an_error(data):
    text = toml(json.loads(json.dumps(data)), {})
    config = loads_or_explains(text)

    if config is not None:
        agree(config)


@st.composite
def policies(draw):
    """TOML that is mostly right: each key with a value of its kind."""
    durations = st.builds("{}{}".format, st.integers(1, 5_000), st.sampled_from("smhd"))
    fine = st.decimals(0, 1_000, places=6).map("{}s".format)
    size = st.builds("{}{}".format, st.integers(1, 10**6), st.sampled_from(["B", "kB", "KiB"]))
    data = {}
    for name, field in Config.model_fields.items():
        if table_in(field.annotation) is None or name in ("never", "grants", "identity"):
            continue
        for key, inner in fields_of(Config, (name,)).items():
            if not draw(st.booleans()):
                continue
            kind = str(inner.metadata) + str(inner.annotation)
            if "_duration" in kind:
                value = draw(durations | fine)
            elif "_size" in kind:
                value = draw(size)
            elif inner.annotation is bool:
                value = draw(st.booleans())
            elif "int" in str(inner.annotation):
                value = draw(st.integers(1, 100))
            elif inner.annotation is float:
                value = draw(st.floats(0, 1))
            else:
                continue
            data.setdefault(name, {})[key] = value
    data["basis"] = draw(st.text(max_size=20))
    data["never"] = [
        {"domain": f"n{n}.org", "source": draw(st.text(max_size=5)), "date": "2026-01-01"}
        for n in range(draw(st.integers(0, 2)))
    ]
    data["network"] = {"allow": ["127.0.0.0/8"], "connect_to": {"a.test": "127.0.0.1:80"}}
    return toml(data, {})


@settings(max_examples=40)
@given(policies())
def test_what_is_dumped_is_read_again_as_the_same_policy(text):
    config = loads_or_explains(text)

    if config is not None:
        agree(config)


def test_presets_are_dumped_and_read_again_as_the_same():
    for name in PRESETS:
        agree(load(name))


@given(st.floats(0, 1e14, allow_nan=False) | st.integers(0, 10**14))
def test_no_duration_changes_by_being_written(duration):
    config = Config()
    config = config.model_copy(
        update={"limits": config.limits.model_copy(update={"patience": float(duration)})}
    )

    assert parse(dump(config)).limits.patience == duration


@settings(max_examples=40)
@given(st.text())
def test_any_words_survive_being_written(text):
    config = Config(basis=text)

    assert tomllib.loads(dump(config))["basis"] == text
    assert parse(dump(config)) == config
