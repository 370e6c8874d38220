"""Records that are no whole page: later pieces, unknown kinds, revisits of what is not there."""

import io
import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.cli import build

EVIDENCE = [
    {"domain": f"{host}.test", "date": "2024-01-01", "robots_txt": f"User-agent: *\n{rule}: /"}
    for host, rule in {"yes": "Allow", "no": "Disallow"}.items()
]


@pytest.fixture
def screen(tmp_path):
    (tmp_path / "evidence.jsonl").write_text("".join(f"{json.dumps(x)}\n" for x in EVIDENCE))

    def run(*records):
        """Screen records (type, URL, fields, HTTP headers); return reasons, and what is kept."""
        ids = []
        with (tmp_path / "in").open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            for kind, url, fields, headers in records:
                named = {"WARC-Date": "2024-05-18T00:00:00Z"}
                named |= {k: ids[v] if isinstance(v, int) else v for k, v in fields.items()}
                head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1") if headers else None
                record = writer.create_warc_record(
                    url,
                    kind,
                    payload=io.BytesIO(b"" if kind == "revisit" else b"<p>words"),
                    http_headers=head,
                    warc_headers_dict=named,
                )
                writer.write_record(record)
                ids.append(record.rec_headers.get_header("WARC-Record-ID"))
        words = [str(tmp_path / "in"), "--job", str(tmp_path / "job"), "--as-of", "capture"]
        words += ["--out", str(tmp_path / "out"), "--no-collect"]
        words += ["--evidence", str(tmp_path / "evidence.jsonl")]
        done = CliRunner().invoke(build({"screen"}), ["screen", *words])
        assert not done.exit_code, done.output
        reasons = pq.read_table(tmp_path / "out" / "annotation.parquet")["reason"].to_pylist()
        with (tmp_path / "out" / "in").open("rb") as file:
            kept = [
                (r.rec_type, r.rec_headers.get("WARC-Target-URI")) for r in ArchiveIterator(file)
            ]
        return reasons, kept

    return run


HTML = [("Content-Type", "text/html")]
PIECE = {"WARC-Segment-Number": "2", "WARC-Segment-Origin-ID": 0}


@pytest.mark.parametrize(
    ("headers", "reason"), [(HTML, "ok"), ([*HTML, ("X-Robots-Tag", "noai")], "robots_meta.noai")]
)
def test_a_later_piece_goes_where_the_first_goes(screen, headers, reason):
    reasons, kept = screen(
        ("response", "http://yes.test/a", {"WARC-Segment-Number": "1"}, headers),
        ("continuation", "http://yes.test/a", PIECE, None),
    )

    assert reasons == [reason, reason]
    assert len(kept) == (2 if reason == "ok" else 0)


def test_a_piece_of_what_is_not_there_is_not_known(screen):
    lost = {"WARC-Segment-Number": "2", "WARC-Segment-Origin-ID": "<urn:uuid:lost>"}

    assert screen(("continuation", "http://yes.test/a", lost, None)) == (["no-evidence"], [])


def test_a_revisit_of_what_is_not_there_is_not_known(screen):
    lost = {"WARC-Refers-To": "<urn:uuid:lost>", "WARC-Payload-Digest": "sha1:AAAA"}
    alone = screen(("revisit", "http://yes.test/a", lost, None))

    assert alone == (["no-evidence"], [])


def test_kinds_that_nobody_knows_are_rows_of_their_address(screen):
    reasons, kept = screen(
        ("x-odd", "http://yes.test/a", {}, None), ("x-odd", "http://no.test/a", {}, None)
    )

    assert reasons == ["ok", "robots.disallow"]
    assert kept == [("x-odd", "http://yes.test/a")]
