import datetime as dt
import json
import pickle

import pytest

from crawler.config import PRESETS, Config, ConfigError, dump, load, parse
from crawler.core.decision import Usage
from crawler.core.policy import ConsentPolicy

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC).timestamp()

BROKEN = [
    # text, line, key, parts of the message
    ("purpos = 'train'", 1, "purpos", ["unknown key", "did you mean 'purpose'?"]),
    ("extend = 'strict'", 1, "extend", ["did you mean 'extends'?"]),
    ("purpose = 'trian'", 1, "purpose", ["train, search, ground, mine", "mean 'train'"]),
    ("[polite]\nmin_delay = '2s'", 1, "polite", ["did you mean 'politeness'?"]),
    ("[politeness]\n\nmin-delay = '2s'", 3, "politeness.min-delay", ["mean 'min_delay'"]),
    ("[limits]\nmin_delay = '2s'", 2, "limits.min_delay", ["it belongs in [politeness]"]),
    ("[scope]\npurpose = 'train'", 2, "scope.purpose", ["at the top of the file"]),
    ("[politeness]\nmin_delay = 2", 2, "politeness.min_delay", ['name the unit: "2s"']),
    ("[politeness]\nmin_delay = 2.5", 2, "politeness.min_delay", ['"2.5s"']),
    ("[politeness]\nmin_delay = '2'", 2, "politeness.min_delay", ['write "2s"']),
    ("[limits]\npatience = '10min'", 2, "limits.patience", ["ms, s, m, h, d", 'write "10m"']),
    ("[limits]\npatience = '3 fortnights'", 2, "limits.patience", ["ms, s, m, h, d"]),
    ("[limits]\npatience = '-5s'", 2, "limits.patience", ["a duration"]),
    ("[limits]\npatience = true", 2, "limits.patience", ["a duration"]),
    ("[limits]\nmax_bytes = '5mb'", 2, "limits.max_bytes", ['write "5MB"']),
    ("[limits]\nmax_bytes = 5000", 2, "limits.max_bytes", ['"5000B"']),
    ("[limits]\nworkers = '5'", 2, "limits.workers", ["a whole number", "'5'"]),
    ("[limits]\nworkers = 5.0", 2, "limits.workers", ["a whole number"]),
    ("[limits]\nworkers = true", 2, "limits.workers", ["a whole number"]),
    ("limits = 5", 1, "limits", ["expected a table"]),
    ("[[limits]]\nworkers = 5", 1, "limits", ["expected a table"]),
    ("[archive]\nenabled = 'true'", 2, "archive.enabled", ["write true without quotes"]),
    ("[archive]\nenabled = 1", 2, "archive.enabled", ["true or false"]),
    ("[network]\nallow = '127.0.0.0/8'", 2, "network.allow", ['write ["127.0.0.0/8"]']),
    ("[network]\nallow = ['loopback']", 2, "network.allow", ["ranges such as"]),
    ("[network.connect_to]\nb = 4", 2, "network.connect_to.b", ["text in quotes"]),
    ("[consent]\nunset = 'ask'", 2, "consent.unset", ["include, exclude"]),
    (
        "[consent]\nprobes = ['tdm.json']",
        2,
        "consent.probes.before[1]",
        ["tdmrep, ai.txt, trust.txt"],
    ),
    ("[consent]\npurpose = ['training']", 2, "consent.purpose[1]", ["ai_train", "tdm"]),
    ("[consent.readings]\nprose = 'logonly'", 2, "consent.readings.prose", ["mean 'log-only'"]),
    ("[licences]\nwanted = ['CC']", 2, "licences.wanted[1]", ["PD, ATTR, SA"]),
    ("[identity]\ntoken = 'My Bot'", 2, "identity.token", ["letters"]),
    ("name = 3", 1, "name", ['write "3"']),
    ("[[never]]\ndomain = 'x.org'\ndate = 2026-01-01", 1, "never[1].source", ["is missing"]),
    (
        "[[never]]\ndomain = 'x.org'\nsource = 's'\ndate = '2026-01-01'\nresaon = 'x'",
        5,
        "never[1].resaon",
        ["did you mean 'reason'?"],
    ),
    ("[recheck]\nsite_age = inf", 2, "recheck.site_age", ["no finite number"]),
    ("[limits]\nworkers = 99999999999999999999", 2, "limits.workers", ["too large"]),
    ("a.b.c.d.e.f.g.h.i.j.k = 1", 1, "a.b.c.d.e.f.g.h", ["too deep"]),
    ("\n\npurpose = ", 3, "", ["is no TOML"]),
    ("purpose = 'train'\npurpose = 'train'", 2, "", ["is no TOML"]),
    ("x = " + "[" * 5_000, 0, "", ["is no TOML"]),
    ("x = " + "9" * 5_000, 0, "", ["is no TOML"]),
    ("purpose = '\udc80'", 0, "", ["is no TOML"]),
    ("extends = 'defualt'", 1, "extends", ["no preset called 'defualt'"]),
    ("extends = 3", 1, "extends", ["a preset's name or a file"]),
]

CONTRADICTIONS = [
    ("[network]\npublic = false", "network.public", ["nothing can be fetched", "127.0.0.0/8"]),
    ("[politeness]\nmin_delay = '0s'", "politeness.min_delay", ["network.allow", '"1s"']),
    ("[politeness]\nmin_delay = '900ms'", "politeness.min_delay", ["network.allow"]),
    (
        "[network.connect_to]\n'a.test' = '127.0.0.2:80'",
        "network.connect_to.a.test",
        ['add "127.0.0.2/32"'],
    ),
    ("[consent.readings]\nrobots = 'log-only'", "consent.readings.robots", ["always obeyed"]),
    ("[consent.readings]\nrobots = 'spec'", "consent.readings.robots", ["always obeyed"]),
    ("purpose = 'search'\n[consent]\npurpose = ['ai_train']", "consent.purpose", ['"index"']),
    ("purpose = 'train'\n[consent]\npurpose = ['ai_train']", "consent.purpose", ["tdm is missing"]),
    ("[consent]\ntokens = ['X']", "consent.tokens", ["[identity] token"]),
    ("[content]\nconfirmed = []", "content.confirmed", ["[licences] confirmed"]),
    ("[consent]\nlicences = ['PD']", "consent.licences", ["[licences] wanted"]),
    ("[limits]\nworkers = 0", "limits.workers", ["lets nothing be done"]),
    ("[limits]\nmax_pages = -1", "limits.max_pages", ["lets nothing be done"]),
    ("[limits]\nmax_time = '0s'", "limits.max_time", ["lets nothing be done"]),
    ("[archive]\nretention = '9d'", "archive.retention", ["archive.enabled = true"]),
    ("[export]\nfetched_from = 'May'", "export.fetched_from", ["no date"]),
    (
        "[export]\nfetched_from = '2026-02-01'\nfetched_until = '2026-01-01'",
        "export.fetched_until",
        ["nothing can be exported"],
    ),
    (
        "[export]\nonly_domains = ['a.x.org']\nwithout_domains = ['x.org']",
        "export.only_domains[1]",
        ["left out"],
    ),
    ("[export]\nquality = ['gofer']", "export.quality[1]", ["gopher, fineweb", "'gopher'"]),
    ("[suppression]\nkey = 'k'", "suppression.key", ["suppression.path"]),
    ("[consent]\ncountry = 'Germany'", "consent.country", ['such as "DE"']),
    ("[revisit]\nleast = '100d'", "revisit.least", ["least <= first <= most"]),
    ("[discovery]\nsitemap_urls = ['/s.xml']", "discovery.sitemap_urls[1]", ["give it whole"]),
    ("[scope]\ninclude = ['(']", "scope.include", ["no regular expression"]),
    (
        """[consent]
unset = 'exclude'
[consent.readings]
aipref = 'log-only'
rsl = 'log-only'
content_signals = 'log-only'
tdmrep = 'log-only'
licence = 'log-only'""",
        "consent.unset",
        ["every reading that can grant is log-only"],
    ),
]
DAY = "2026-01-01"
NEVER = "[[never]]\ndomain = {!r}\nsource = 's'\ndate = {!r}\n"
GRANT = "[[grants]]\ndomain = {!r}\nsource = 's'\ndate = '2026-01-01'\noverrides = {}\n"
ENTRIES = [
    (NEVER.format("https://x.org/", "2026-01-01"), "never[1].domain", ["no domain"]),
    (NEVER.format("*.x.org", "2026-01-01"), "never[1].domain", ["no domain"]),
    (NEVER.format("x.org:80", "2026-01-01"), "never[1].domain", ["no domain"]),
    (NEVER.format("x.org", "1 May"), "never[1].date", ["no date"]),
    (NEVER.format("x.org", "2030-01-01"), "never[1].date", ["not come yet"]),
    (
        GRANT.format("x.org", "['rep']"),
        "grants[1].overrides",
        ["robots.txt", "aipref, content_signals"],
    ),
    (GRANT.format("x.org", "['htp']"), "grants[1].overrides", ["refusals of access"]),
    (
        NEVER.format("x.org", "2026-01-01") + GRANT.format("www.x.org", "[]"),
        "grants[1].domain",
        ["must never be fetched"],
    ),
]


@pytest.mark.parametrize(("text", "line", "key", "parts"), BROKEN)
def test_a_mistake_is_named_with_its_file_line_key_and_fix(text, line, key, parts):
    with pytest.raises(ConfigError) as caught:
        parse(text, name="my.toml")

    problem = caught.value.problems[0]
    said = str(problem)
    assert problem.file == "my.toml" or key == "extends"
    assert (problem.line, said.count("\n")) == (line, 0)
    assert f": {key}" in said
    for part in parts:
        assert part in said


@pytest.mark.parametrize(("text", "key", "parts"), [*CONTRADICTIONS, *ENTRIES])
def test_a_contradiction_is_an_error(text, key, parts):
    with pytest.raises(ConfigError) as caught:
        parse(text, name="my.toml", now=NOW)

    assert len(caught.value.problems) == 1
    said = str(caught.value)
    assert f": {key}: " in said
    assert caught.value.problems[0].line > 0
    for part in parts:
        assert part in said


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file():
    with pytest.raises(ConfigError) as caught:
        parse("purpos = 1\n[limits]\npatience = 3\nworkers = 'x'\n[archive]\nenabeld = true")

    assert [problem.line for problem in caught.value.problems] == [1, 3, 4, 6]
    assert len(str(caught.value).splitlines()) == 4


def test_the_keys_that_others_rely_on_are_understood():
    config = parse(
        """
        extends = "default"
        [identity]
        token = "TestBot"
        contact = "https://example.org/bot"
        email = "bot@example.org"
        [network]
        allow = ["127.0.0.0/8"]
        public = false
        [network.connect_to]
        "news.test" = "127.0.0.2:8080"
        [politeness]
        min_delay = "0s"
        [limits]
        patience = "2s"
        [archive]
        enabled = true
        """
    )

    assert config.identity.tokens[0] == "TestBot"
    assert config.network.connect_to == {"news.test": "127.0.0.2:8080"}
    assert (config.politeness.min_delay, config.limits.patience) == (0, 2)
    assert config.archive.enabled
    assert not config.network.public
    assert config.network.allow == ("127.0.0.0/8",)


def test_a_policy_extends_a_file_beside_it_table_by_table(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "base.toml").write_text(
        'extends = "strict"\nname = "base"\nbasis = "law"\n[limits]\nworkers = 7\n'
        + NEVER.format("a.org", "2026-01-01")
    )
    (tmp_path / "sub" / "mine.toml").write_text(
        'extends = "../base.toml"\n[limits]\npatience = "3s"\n'
        + NEVER.format("b.org", "2026-01-02")
    )

    config = load(tmp_path / "sub" / "mine.toml")

    assert (config.name, config.basis) == ("mine", "law")
    assert (config.limits.workers, config.limits.patience) == (7, 3)
    assert config.consent.unset == "exclude"
    assert [never.domain for never in config.never] == ["a.org", "b.org"]


def test_a_mistake_is_blamed_on_the_file_that_made_it(tmp_path):
    (tmp_path / "base.toml").write_text("[limits]\nworkers = 'x'\n" + NEVER.format("a.org", "x"))
    (tmp_path / "mine.toml").write_text(
        "extends = 'base.toml'\n[limits]\npatience = '1s'\n" + NEVER.format("b.org", "y")
    )

    with pytest.raises(ConfigError) as caught:
        load(str(tmp_path / "mine.toml"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(tmp_path / "base.toml"), 2)

    (tmp_path / "base.toml").write_text(NEVER.format("a.org", "x"))
    with pytest.raises(ConfigError) as caught:
        load(str(tmp_path / "mine.toml"))
    places = [(p.file.rpartition("/")[2], p.line) for p in caught.value.problems]
    assert places == [("base.toml", 4), ("mine.toml", 7)]


def test_policies_that_extend_one_another_in_a_circle_are_refused(tmp_path):
    (tmp_path / "a.toml").write_text("extends = 'b.toml'")
    (tmp_path / "b.toml").write_text("extends = './a.toml'")

    with pytest.raises(ConfigError, match=r"extends: .*extend"):
        load(tmp_path / "a.toml")


def test_a_long_chain_of_policies_is_refused(tmp_path):
    for n in range(20):
        (tmp_path / f"{n}.toml").write_text(f"extends = '{n + 1}.toml'")

    with pytest.raises(ConfigError, match="more than 8"):
        load(tmp_path / "0.toml")


def test_a_list_of_agents_becomes_part_of_the_policy(tmp_path):
    entry = {"kind": "training", "refuses": ["ai_train"], "source": "s", "date": "2026-01-01"}
    agents = [{**entry, "token": "New"}, {**entry, "token": "Old"}]
    (tmp_path / "agents.json").write_text(json.dumps({"agents": agents}))
    (tmp_path / "p.toml").write_text(
        "[agents]\nfile = 'agents.json'\n[[consent.agent_tokens]]\ntoken = 'old'\nkind = 'search'"
    )

    config = load(tmp_path / "p.toml")

    tokens = [(item.token, item.kind) for item in config.consent_policy().agent_tokens]
    assert tokens == [("New", "training"), ("old", "search")]
    assert parse(dump(config)) == config


@pytest.mark.parametrize("text", ["agents = 3", "agents = [{token = 3}]", "[", None, b"\xff"])
def test_a_list_of_agents_that_cannot_be_read_is_an_error_of_the_policy(text, tmp_path):
    if text is not None:
        (tmp_path / "a.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "p.toml").write_text("[agents]\nfile = 'a.toml'")

    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "p.toml")

    assert str(caught.value).startswith(f"{tmp_path}/p.toml:2: agents.file: ")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["", ".", "nowhere.toml", "nul\0.toml", "~nobody-here/x.toml"])
def test_what_is_no_policy_file_is_said_in_one_line(name):
    with pytest.raises(ConfigError) as caught:
        load(name)

    assert len(str(caught.value).splitlines()) == 1


def test_a_file_that_is_no_utf_8_or_too_large_is_refused(tmp_path):
    (tmp_path / "latin.toml").write_bytes(b"name = '\xff'")
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)

    for name, what in (("latin.toml", "UTF-8"), ("large.toml", "larger")):
        with pytest.raises(ConfigError, match=what):
            load(tmp_path / name)


def test_a_policy_may_start_with_a_byte_order_mark(tmp_path):
    (tmp_path / "p.toml").write_bytes(b"\xef\xbb\xbfname = 'n'")

    assert load(tmp_path / "p.toml").name == "n"


def test_paths_start_from_the_folder_of_the_policy_that_names_them(tmp_path, monkeypatch):
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "b.toml").write_text("[suppression]\npath = 'list.jsonl'")
    (tmp_path / "p.toml").write_text("extends = 'base/b.toml'\n[suppression]\nkey = '/k'")
    monkeypatch.chdir("/")

    config = load(tmp_path / "p.toml")

    assert config.suppression.path == tmp_path / "base" / "list.jsonl"
    assert str(config.suppression.key) == "/k"


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_loads_and_is_called_by_its_name(name):
    assert load(name, now=NOW).name == name


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        ("default", (Usage.AI_TRAIN, Usage.TDM)),
        ("strict", (Usage.AI_TRAIN, Usage.TDM)),
        ("eu-tdm", (Usage.AI_TRAIN, Usage.TDM)),
        ("research", (Usage.AI_TRAIN, Usage.TDM)),
        ("search", (Usage.INDEX,)),
    ],
)
def test_the_purpose_decides_which_uses_are_asked(name, asks):
    assert load(name).consent_policy().purpose == asks


def test_no_preset_sets_robots_access_or_refused_access_aside():
    for name in PRESETS:
        readings = load(name).consent_policy().readings
        assert (readings.robots, readings.http, readings.paywall) == ("honour",) * 3


def test_only_research_sets_reservations_aside():
    loose = {
        name
        for name in PRESETS
        if any(
            reading == "log-only" and key != "scraping"
            for key, reading in load(name).consent.readings
        )
    }

    assert loose == {"research"}
    assert {name for name in PRESETS if load(name).consent.readings.scraping == "honour"} == {
        "eu-tdm",
        "strict",
    }


def test_the_consent_policy_goes_to_another_process_as_it_is():
    policy = Config().consent_policy()
    again = pickle.loads(pickle.dumps(policy))  # noqa: S301 - our own

    assert (type(again), again, again.sha256) == (ConsentPolicy, policy, policy.sha256)
    assert ConsentPolicy.model_validate_json(policy.canonical()).sha256 == policy.sha256
    assert policy.readings.model_dump() == Config().consent.readings.model_dump()


def test_the_consent_policy_carries_identity_domains_grants_and_licences():
    config = parse(
        "[identity]\ntoken = 'My_Bot'\n[licences]\nwanted = ['PD']\n"
        + NEVER.format("a.org", "2026-01-01")
        + GRANT.format("b.org", "['tdmrep', 'nat']")
    )

    policy = config.consent_policy()

    assert policy.tokens == ("My_Bot", "My_Bot-Train")
    assert [never.domain for never in policy.never] == ["a.org"]
    assert [grant.overrides for grant in policy.grants] == [("tdmrep", "nat")]
    assert policy.licences == ("PD",)
    assert policy.sha256 != Config().consent_policy().sha256


def test_confirmed_domains_reach_those_who_read_pages():
    config = parse(
        "[[licences.confirmed]]\ndomain = 'a.org'\nlicence = 'CC0-1.0'\nsource = 's'\n"
        "date = '2026-01-01'"
    )

    assert [domain.licence for domain in config.content.confirmed] == ["CC0-1.0"]


@pytest.mark.parametrize(
    ("identity", "missing"),
    [
        ("", "identity.token"),
        ("contact = 'https://e.org/b'", "identity.token"),
        ("token = 'Bot'", "identity.contact"),
    ],
)
def test_a_crawl_without_an_identity_is_told_how_to_set_one(identity, missing):
    config = parse(f"[identity]\n{identity}")

    with pytest.raises(ConfigError) as caught:
        config.require_identity()

    said = str(caught.value)
    assert missing in said
    assert '[identity] token = "YourBot"' in said
    assert "\n" not in said


@pytest.mark.parametrize("reach", ["contact = 'https://e.org/b'", "email = 'a@e.org'"])
def test_a_token_and_one_way_to_be_reached_are_an_identity(reach):
    identity = parse(f"[identity]\ntoken = 'Bot'\n{reach}").require_identity()

    assert identity.user_agent.startswith("Bot/1.0 (")
