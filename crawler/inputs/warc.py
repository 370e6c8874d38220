"""Records of WARC and ARC files, each with its octets' place, past whatever is damaged.

WARC 0.17 to 1.1 (ISO 28500), plain, one gzip member or zstd frame a record, or packed as a
whole; ARC 1 and 2. A record counts only if all of it is there: one that was cut, whose length is
wrong or whose checksum does not fit is counted as damage and passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from crawler.inputs.compressed import Unpacked
from crawler.inputs.dates import read_date
from crawler.inputs.http_messages import read_answer, read_fields
from crawler.inputs.row import Answer, Place, Row
from crawler.inputs.tape import Tape
from crawler.inputs.wat import is_wat, read_wat

_HEAD = 64 * 2**10  # octets of a record's own header
# Octets of a record that are held in memory. Of a longer one nothing is read but its place.
_MOST = 64 * 2**20
_NEXT_WARC = re.compile(rb"WARC/\d\.\d+\r?\n")
_ARC_LINE = re.compile(
    rb"(?:^|(?<=\n))[a-z][a-z0-9+.-]*:\S* [0-9a-fA-F.:]+ \d{8,14} [^ \n]*(?: [^ \n]+){1,6}\r?\n"
)
_LONGEST_LINE = 16 * 2**10
# The kinds whose records are pages, or what others made of them. What has another kind, a later
# piece of a page (`continuation`) or something nobody knows, is a row of its address alone.
DOCUMENTS = frozenset({"response", "resource", "conversion", "revisit"})
_ABOUT_OTHERS = frozenset({"warcinfo", "request"})
_WITHOUT_BODY = frozenset({"revisit", "metadata"})


class Record(NamedTuple):
    """One record: its named fields in lower case, its block, and where it stands."""

    fields: Mapping[str, str]
    block: bytes
    place: Place
    kind: str  # WARC-Type; ARC: "response", "resource", and "warcinfo" for the file's own
    head: bytes  # its own header as it stands
    tail: bytes = b"\r\n\r\n"  # what ends it

    @property
    def url(self) -> str:
        # WARC 1.0 writes the address in angle brackets, others do not.
        return self.fields.get("warc-target-uri", "").strip("<>")


def records(unpacked: Unpacked, *, is_arc: bool = False) -> Iterator[Record]:
    """Yield all records of a WARC or ARC file, in order."""
    tape = Tape(unpacked)
    number = 0
    while _go_to_record(tape):
        start = tape.at
        made = _arc_record(tape, number) if is_arc else _warc_record(tape, number)
        if made is None or tape.gap_before(tape.at):
            if made is not None:
                unpacked.damage.note("record cut short", f"record {number + 1}")
            _go_behind(tape, start, is_arc=is_arc)
            continue
        yield made
        number += 1
        tape.forget(start)


def rows(unpacked: Unpacked, *, is_arc: bool = False) -> Iterator[Row]:
    """Yield the records that are pages, or what others made of them; WAT counts as those."""
    for record in records(unpacked, is_arc=is_arc):
        row = row_of(record, unpacked)
        if row is not None:
            yield row


def row_of(record: Record, unpacked: Unpacked) -> Row | None:
    """Return a record as a row, None if it only tells of others."""
    fields, kind = record.fields, record.kind
    date = read_date(fields.get("warc-date", ""))
    text: str | None = None
    answer: Answer | None = None
    if kind == "metadata":
        if not record.url or not is_wat(record.block):
            return None
        answer, captured = read_wat(record.block)
        date = read_date(captured) or date
    elif kind in _ABOUT_OTHERS:
        return None
    elif kind not in DOCUMENTS:
        pass
    elif kind == "conversion":
        text = record.block.decode("utf-8", "replace")
    elif kind == "resource":
        headers = (("content-type", fields.get("content-type", "")),)
        answer = Answer(200, headers, record.block, "warc-truncated" in fields)
    elif record.block or kind == "response":
        cut = "warc-truncated" in fields or "warc-segment-number" in fields
        answer = read_answer(record.block, cut=cut)
        if answer is None and kind == "response" and record.url[:4].lower() == "http":
            unpacked.damage.note("no HTTP answer", f"record {record.place.row + 1}")
            answer = Answer(0, (), b"", truncated=True)  # nobody knows what it said
        if answer is not None and cut:
            answer = answer._replace(truncated=True)
    html = answer.body if answer is not None and kind not in _WITHOUT_BODY else None
    return Row(record.url, text, date, html, record.place, answer, kind, fields)


def _go_to_record(tape: Tape) -> bool:
    """Go to the next record's first octet; False at the end."""
    while head := tape.peek(1):
        if head not in b"\r\n":
            return True
        tape.skip(1)
    return False


def _warc_record(tape: Tape, number: int) -> Record | None:
    start, damage = tape.at, tape.unpacked.damage
    where = f"record {number + 1}"
    size = tape.find(b"\r\n\r\n", _HEAD)
    end = 4
    if size < 0:
        size, end = tape.find(b"\n\n", _HEAD), 2
    head = tape.take(size + end) if size >= 0 else b""
    fields = dict(reversed(read_fields(head)))  # of two lines with one name the first
    length = fields.get("content-length", "")
    if not head.startswith(b"WARC/") or not length.isdecimal() or len(length) > 15:  # noqa: PLR2004
        damage.note("record without header or length", where)
        return None
    block = _block(tape, (start, int(length)), lambda at: at.startswith(b"WARC/"), where)
    if block is None:
        return None
    place = Place(number, *_stored(tape, start))
    return Record(fields, block, place, fields.get("warc-type", "").strip().lower(), head)


def _arc_record(tape: Tape, number: int) -> Record | None:
    start, damage = tape.at, tape.unpacked.damage
    where = f"record {number + 1}"
    size = tape.find(b"\n", _LONGEST_LINE)
    line = tape.take(size + 1) if size >= 0 else b""
    if not _ARC_LINE.fullmatch(line):
        damage.note("no record", where)
        return None
    parts = line.decode("utf-8", "replace").split()
    if not parts[-1].isdecimal():
        damage.note("record without header or length", where)
        return None
    is_next = re.compile(rb"[a-z][a-z0-9+.-]*:").match
    block = _block(tape, (start, int(parts[-1])), lambda at: is_next(at) is not None, where)
    if block is None:
        return None
    url, kind = parts[0], "resource"
    if url.startswith("filedesc:"):
        kind = "warcinfo"
    elif url[:4].lower() == "http":
        kind = "response"
    fields = {"warc-target-uri": url, "warc-date": parts[2], "content-type": parts[3]}
    return Record(fields, block, Place(number, *_stored(tape, start)), kind, line, b"\n")


def _block(
    tape: Tape, record: tuple[int, int], is_next: Callable[[bytes], bool], where: str
) -> bytes | None:
    """Take a record's block and what ends it; None if its length is wrong or it is too long."""
    (start, length), damage = record, tape.unpacked.damage
    begun = tape.at
    block = tape.take(length) if length <= _MOST else b""
    taken = len(block) if length <= _MOST else tape.skip(length)
    # A record has a member of its own, or shares one with others; it never needs two.
    member = tape.member_within(start, begun + taken) if tape.stored_at(start) >= 0 else -1
    if taken < length or (tape.unpacked.packing and member >= 0):
        damage.note("record cut short" if taken < length else "wrong length", where)
        tape.back(block)
        return None
    ends = b""
    while (after := tape.peek(1)) and after in b"\r\n" and not _is_member(tape):
        ends += tape.take(1)
    tape.settle(start)
    if after and not _is_member(tape) and not is_next(tape.peek(32)):
        damage.note("wrong length", where)
        tape.back(block + ends)
        return None
    if length > _MOST:
        damage.note("record longer than 64 MiB", where)
        return None
    return block


def _is_member(tape: Tape) -> bool:
    """Say if a member begins where the tape stands."""
    return bool(tape.unpacked.packing) and tape.stored_at(tape.at) >= 0


def _stored(tape: Tape, start: int) -> tuple[int, int]:
    """Return offset and length as stored; -1 for what shares its member with others."""
    offset = tape.stored_at(start)
    end = tape.stored_at(tape.at)
    return (offset, end - offset) if offset >= 0 and end >= 0 else (-1, -1)


def _go_behind(tape: Tape, start: int, *, is_arc: bool) -> None:
    """Go to where the next record may begin: the next member, else what looks like one."""
    if tape.at == start:
        tape.skip(1)
    member = tape.next_member(start) if tape.stored_at(start) >= 0 and tape.unpacked.packing else -1
    if member >= tape.at:
        tape.skip(member - tape.at)
        tape.gap_before(tape.at)
        return
    tape.search(_ARC_LINE if is_arc else _NEXT_WARC, _LONGEST_LINE if is_arc else 16)
    tape.gap_before(tape.at)
