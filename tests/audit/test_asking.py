"""Domains of which nothing is known are asked, politely, once, and for robots.txt alone."""

import json

import pytest

from tests.corpus.site import policy, run, site

HOSTS = ("one.test", "two.test", "gone.test", "odd.test", "never.test", "loud.test")


def audited(monkeypatch, capsys, folder, *more):
    words = ("audit", folder / "list.csv", "--job", folder / "job", "--policy", folder / "p.toml")
    code, out, err = run(monkeypatch, capsys, *words, "--json", "--domains", *more)
    assert code == 0, err
    return json.loads(out)


def test_a_list_is_asked_for_robots_txt_and_for_nothing_twice(tmp_path, monkeypatch, capsys):
    with site() as web:
        never = 'domain = "never.test"\nreason = "asked us"\nsource = "mail"\ndate = 2026-01-01'
        policy(tmp_path / "p.toml", web, HOSTS, more=f"\n[[never]]\n{never}\n")
        web.page("http://one.test/robots.txt", "User-agent: *\nDisallow: /")
        web.page("http://two.test/robots.txt", "", 302, location="http://two.test/r/robots.txt")
        web.page("http://two.test/r/robots.txt", "User-agent: CCBot\nDisallow: /a\nAllow: /b")
        web.page("http://odd.test/robots.txt", "busy", 503)
        web.page("http://loud.test/robots.txt", "User-agent: GPTBot\nDisallow: /\n")
        lines = "".join(f"http://{host}/,{at + 1}\n" for at, host in enumerate(HOSTS))
        (tmp_path / "list.csv").write_text(f"url,words\n{lines}")

        found = audited(monkeypatch, capsys, tmp_path)
        asked = [(host, path) for host, path, _ in web.asked]
        audited(monkeypatch, capsys, tmp_path)

    said = {row["domain"]: row["cic"] for row in found["figures"]["domains"]["rows"]}
    assert said == {
        "one.test": "all", "two.test": "some", "gone.test": "no_robots", "odd.test": "unknown",
        "never.test": "unknown", "loud.test": "all",
    }  # fmt: skip
    assert sorted(asked) == sorted([
        ("one.test", "/robots.txt"), ("two.test", "/robots.txt"), ("two.test", "/r/robots.txt"),
        ("gone.test", "/robots.txt"), ("odd.test", "/robots.txt"), ("loud.test", "/robots.txt"),
    ])  # fmt: skip
    assert [(host, path) for host, path, _ in web.asked] == asked


def test_of_a_long_list_only_head_and_sample_are_asked(tmp_path, monkeypatch, capsys):
    hosts = [f"h{number}.test" for number in range(30)]
    with site() as web:
        policy(tmp_path / "p.toml", web, hosts)
        lines = "".join(f"http://{host}/,{at + 1}\n" for at, host in enumerate(hosts))
        (tmp_path / "list.csv").write_text(f"url,words\n{lines}")

        found = audited(monkeypatch, capsys, tmp_path, "--head", "3", "--sample", "4")

    asked = {host for host, _, _ in web.asked}
    assert {"h27.test", "h28.test", "h29.test"} < asked
    assert len(asked) == 7
    assert found["tiles"]["no_robots"]["number"] == 7


@pytest.mark.slow
def test_where_no_scheme_is_named_other_places_are_tried(tmp_path, monkeypatch, capsys):
    with site() as web:
        policy(tmp_path / "p.toml", web, ("plain.test", "www.plain.test"))
        web.page("http://plain.test/robots.txt", "User-agent: *\nDisallow: /")
        (tmp_path / "list.csv").write_text("plain.test\n")

        found = audited(monkeypatch, capsys, tmp_path)

    assert found["tiles"]["all"]["number"] == 1
