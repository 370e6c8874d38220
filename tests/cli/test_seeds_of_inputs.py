import gzip
import json

import pytest

from crawler.cli import main
from crawler.cli.seeds import read_seeds

HTML, PDF = "text/html", "application/pdf"
CDXJ = [
    ("com,example)/", "20240501000000", "https://example.com/", HTML, "eng"),
    ("com,example)/a", "20240502000000", "https://example.com/a", HTML, "deu,eng"),
    ("com,example)/a", "20240503000000", "HTTPS://EXAMPLE.com:443/a", HTML, "deu"),
    ("com,example)/b.pdf", "20240504000000", "https://example.com/b.pdf", PDF, ""),
    ("com,example,www)/c", "20240601000000", "https://www.example.com/c", HTML, "fra"),
    ("com,example)/robots.txt", "20240501", "https://example.com/robots.txt", "text/plain", ""),
    ("org,other)/", "20230101000000", "http://other.org/", HTML, "zho"),
    ("org,other)/mail", "20230101000000", "mailto:me@other.org", HTML, "zho"),
]


@pytest.fixture
def index(tmp_path):
    path = tmp_path / "cdx-00000.gz"
    lines = []
    for surt, at, url, mime, languages in CDXJ:
        told = {"url": url, "mime": mime, "mime-detected": mime, "status": "200"}
        if languages:
            told["languages"] = languages
        lines.append(f"{surt} {at} {json.dumps(told)}")
    path.write_bytes(gzip.compress("\n".join(lines).encode() + b"\n"))
    return path


def seeds(capsys, monkeypatch, *words):
    monkeypatch.setattr("sys.argv", ["crawler", "seeds", *map(str, words)])
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    said = capsys.readouterr()
    return code, said.out.split(), said.err


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--until", "2024-05-03", "--language", "en"),
         "https://example.com/ https://example.com/a"),
        (("--domain", "example.com", "--mime", "text/*"),
         "https://example.com/ https://example.com/a https://www.example.com/c"),
        (("--domain", "www.example.com"), "https://www.example.com/c"),
        (("--without-domain", "example.com"), "http://other.org/"),
        (("--language", "de"), "https://example.com/a"),
        (("--language", "ger", "--language", "zh"), "https://example.com/a http://other.org/"),
        (("--mime", "application/pdf"), "https://example.com/b.pdf"),
        (("--since", "2024-05-02", "--until", "2024-05-02"), "https://example.com/a"),
        (("--since", "2024-05", "--until", "2024-05", "--per-host", "1"), "https://example.com/"),
        (("--until", "2023"), "http://other.org/"),
        (("--per-host", "2"),
         "https://example.com/ https://example.com/a https://www.example.com/c http://other.org/"),
    ],
)  # fmt: skip
def test_seeds_are_what_of_an_index_is_wanted(index, capsys, monkeypatch, options, found):
    code, out, told = seeds(capsys, monkeypatch, index, *options)

    assert (code, out) == (0, found.split())
    assert f"{len(out)} seeds" in told
    assert "left out: 1 (no-url)" in told


def test_what_was_left_out_is_counted_for_programs_and_a_crawl_takes_the_file(
    index, tmp_path, capsys, monkeypatch
):
    out = tmp_path / "seeds.txt"
    _, words, _ = seeds(capsys, monkeypatch, index, "-o", out, "--json")
    told = json.loads(" ".join(words))

    assert told["seeds"] == 5
    assert told["left_out"] == {"duplicate": 1, "no-url": 1, "site-file": 1}
    assert len(out.read_text().split()) == 5
    read = read_seeds([], out)
    assert len(getattr(read, "urls", read)) == 5


def test_a_packed_file_is_the_same_on_every_run(index, tmp_path, capsys, monkeypatch):
    for name in ("a.gz", "b.gz"):
        assert seeds(capsys, monkeypatch, index, "--out", tmp_path / name)[0] == 0

    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert len(gzip.decompress((tmp_path / "a.gz").read_bytes()).split()) == 5


@pytest.mark.parametrize(
    ("name", "data", "options", "found"),
    [
        ("a.jsonl", b'{"url": "https://a.test/1", "language": "en"}\n', ("--language", "en"), 1),
        ("a.jsonl", b'{"metadata": "{\\"url\\": \\"https://a.test/1\\"}"}\n', (), 1),
        ("a.csv", b"link,lang,when\nhttps://a.test/1,de-AT,2024-01-01\n",
         ("--language", "deu", "--date-column", "when", "--since", "2024"), 1),
        ("a.txt", b"https://a.test/1\nhttps://a.test/1#x\n# no\nhttps://b.test/\nx\n", (), 2),
        ("a.txt", b"https://a.test/1\n", ("--since", "2024"), 0),
    ],
)  # fmt: skip
def test_every_form_gives_seeds(tmp_path, capsys, monkeypatch, name, data, options, found):
    (tmp_path / name).write_bytes(data)

    code, out, _ = seeds(capsys, monkeypatch, tmp_path / name, *options)

    assert (code, len(out)) == (0, found)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("missing.gz",), "missing.gz"),
        (("--language", "nonsense!!", "x"), "--language"),
        (("--since", "soon", "x"), "--since"),
        (("--domain", "https://x/y", "x"), "--domain"),
        (("--json", "x"), "--out"),
        (("--url-column", "nope", "{table}"), "nope"),
    ],
)
def test_wrong_use_is_told(index, capsys, monkeypatch, words, says):
    table = index.with_name("table.jsonl")
    table.write_text('{"url": "https://a.test/"}\n')
    code, out, told = seeds(capsys, monkeypatch, *(word.format(table=table) for word in words))

    assert (code, out) == (2, [])
    assert says in told


def test_nothing_that_is_there_is_overwritten(index, tmp_path, capsys, monkeypatch):
    (tmp_path / "seeds.txt").write_text("mine")

    code, _, told = seeds(capsys, monkeypatch, index, "-o", tmp_path / "seeds.txt")

    assert (code, (tmp_path / "seeds.txt").read_text()) == (2, "mine")
    assert "already there" in told
