"""Files as other tools write them: warcio, pyarrow, zstandard, gzip."""

import gzip
import io
import re

import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

RECORD = re.compile(rb"(?=WARC/1\.[01]\r\n)")


def warc(pages, *, version="WARC/1.0", date="2024-05-18T01:58:10Z", requests=False) -> bytes:
    """Return a plain WARC file; `pages`: (url, body) or (url, body, status, headers)."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "made"}))
    for url, body, *more in pages:
        status, headers = more or ("200 OK", [("Content-Type", "text/html")])
        head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": date},
            )
        )
        if requests:
            asked = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
            writer.write_record(
                writer.create_warc_record(
                    url, "request", payload=io.BytesIO(b""), http_headers=asked
                )
            )
    return file.getvalue()


def records(data: bytes) -> list[bytes]:
    return [record for record in RECORD.split(data) if record]


def gzipped(data: bytes) -> bytes:
    """Return a WARC file with one gzip member a record."""
    return b"".join(gzip.compress(record, mtime=0) for record in records(data))


def zstandard_dictionary(data: bytes) -> bytes:
    """Return a WARC file as warc.zst has it: a dictionary in front, a frame a record."""
    parts = records(data)
    dictionary = zstandard.train_dictionary(2_048, parts * 10)
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    raw = dictionary.as_bytes()
    head = b"\x5d\x2a\x4d\x18" + len(raw).to_bytes(4, "little")
    return head + raw + b"".join(packer.compress(part) for part in parts)


def linked_warc() -> bytes:
    """Return two responses, the second of which refuses, with a revisit and a conversion each."""
    file, made = io.BytesIO(), []
    writer = WARCWriter(file, gzip=True)
    named = {"WARC-Date": "2024-05-18T00:00:00Z"}

    def head():
        return StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")

    for name, body in (("ok", b"<p>fine"), ("no", b"<meta name=robots content=noai><p>x")):
        made.append(
            writer.create_warc_record(
                f"http://yes.test/{name}",
                "response",
                payload=io.BytesIO(body),
                http_headers=head(),
                warc_headers_dict=dict(named),
            )
        )
    for record in made:
        writer.write_record(record)
    fields = [{key: record.rec_headers.get_header(key) for key in _LINKS} for record in made]
    for item in fields:
        url = item["WARC-Target-URI"]
        revisit = writer.create_revisit_record(
            f"{url}2",
            item["WARC-Payload-Digest"],
            url,
            named["WARC-Date"],
            http_headers=head(),
            warc_headers_dict=dict(named),
        )
        writer.write_record(revisit)
    for item in fields:
        refers = {**named, "WARC-Refers-To": item["WARC-Record-ID"]}
        text = io.BytesIO(b"text")
        conversion = writer.create_warc_record(
            item["WARC-Target-URI"], "conversion", payload=text, warc_headers_dict=refers
        )
        writer.write_record(conversion)
    return file.getvalue()


_LINKS = ("WARC-Record-ID", "WARC-Payload-Digest", "WARC-Target-URI")
