"""Fuzz the readers of documents, in the processes they run in: `python -m tests.fuzz.documents`.

Real small files are mutated: bytes changed, cut out, doubled, swapped between files; the members
of zip files, too, so that what is in them is reached. Exits 1 if a reader raised anything, or if
a process is left behind. What ended its process is counted and shown: it costs one URL.
"""

import argparse
import asyncio
import collections
import io
import random
import sys
import time
import traceback
import zipfile

import psutil

from crawler.core.content import ContentSettings
from crawler.core.content.documents.readers import read_document
from crawler.core.content.figures.hashes import fingerprints
from crawler.fetch.workers import Disposed, Workers
from tests.core.content.documents import made, manifests

_BATCH = 100
_SETTINGS = ContentSettings()
_SIGNS = (b"\x00", b"\xff", b"<", b">", b"obj", b"endstream", b"/", b"<<", b"9" * 12, b"-1", b"&e;")


# What Word leaves: fields within fields, changes, signs, formulas, a box of old.
_WORD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.test"'
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>link</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>'
    '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r></w:p><w:p><w:pPr><w:rPr><w:del/></w:rPr>'
    "</w:pPr><m:oMath xmlns:m='m'><m:nary><m:sub><m:r><m:t>i</m:t></m:r></m:sub><m:e><m:sPre><m:e>"
    "<m:r><m:t>C</m:t></m:r></m:e></m:sPre></m:e></m:nary></m:oMath></w:p><w:p><w:r><w:pict>"
    "<w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
)


def seeds():
    """Return kind and bytes of the files that are mutated."""
    rich = made.pdf(
        [made.Line(f"Line {n} of the first column, with words.", y=720 - 14 * n) for n in range(20)]
        + [made.Line(f"Line {n} of the second column.", 320, 720 - 14 * n) for n in range(20)],
        [made.Line("Port", 72), made.Line("High", 200), made.Line("Low", 300)],
        info="/Title(T)/Author(A)/CreationDate(D:20230120164927+01'00')",
        xmp=b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-'
        b'rdf-syntax-ns#"><rdf:Description xmlns:tdm="http://www.w3.org/ns/tdmrep/" tdm:reservation'
        b'="0"/></rdf:RDF></x:xmpmeta>',
    )
    store = manifests.store(("cawg.training-mining", {"cawg.data_mining": {"use": "allowed"}}))
    body = (
        '<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>Head</w:t></w:r></w:p><w:tbl><w:tr>'
        "<w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr>"
        '<w:ilvl w:val="1"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>'
    )
    styles = (
        f'<w:styles xmlns:w="{made.W}"><w:style w:styleId="H"><w:name w:val="heading 1"/>'
        "</w:style></w:styles>"
    )
    text = (
        '<text:h text:outline-level="1">Head</text:h><text:list><text:list-item><text:p>one'
        '<text:s text:c="2"/></text:p></text:list-item></text:list><table:table><table:table-row>'
        "<table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table>"
    )
    related = (
        "<</Type/Filespec/AFRelationship/C2PA_Manifest/EF<</F 101 0 R>>>>",
        made.stream_of(store, "/Type/EmbeddedFile"),
    )
    return [
        ("pdf", rich),
        ("pdf", made.text_pdf("Words.", info="/TDM-Reservation(1)")),
        ("pdf", made.text_pdf("Words.", more=related, catalog="/AF[100 0 R]")),
        ("docx", made.docx(body, word__styles=styles)),
        ("docx", made.docx(_WORD, word__styles=styles)),
        ("odt", made.odt(text)),
        (
            "epub",
            made.epub(
                "<h1>One</h1><p>Words.</p>",
                "<p>Two</p>",
                metadata='<meta property="tdm:reservation">1</meta>',
                members={"META-INF/content_credential.c2pa": store},
            ),
        ),
    ]


def mutated(number, files):
    """Return kind and bytes of the mutant of that number."""
    chance = random.Random(number)
    kind, data = files[number % len(files)]
    if kind != "pdf" and chance.random() < 0.7:
        return kind, _with_member(chance, data, files)
    return kind, _changed(chance, data, [other for _, other in files])


def _changed(chance, data, others):
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not out:
            break
        at = chance.randrange(len(out))
        match chance.randrange(6):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.choice((1, 8, 200, len(out)))]
            case 2:
                out[at:at] = chance.choice(_SIGNS)
            case 3:
                out[at:at] = out[at : at + chance.choice((4, 40, 400))] * chance.choice((1, 3, 30))
            case 4:
                other = chance.choice(others)
                begin = chance.randrange(len(other))
                out[at : at + 50] = other[begin : begin + chance.choice((10, 500))]
            case 5:
                out[at] ^= 1 << chance.randrange(8)
    return bytes(out)


def _with_member(chance, data, files):
    with zipfile.ZipFile(io.BytesIO(data)) as before:
        members = {name: before.read(name) for name in before.namelist()}
    name = chance.choice(sorted(members))
    members[name] = _changed(chance, members[name] or b"<x/>", list(members.values()) or files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in members.items():
            after.writestr(name, content)
    return out.getvalue()


def read_batch(first, count):
    """Read so many mutants; return what was raised, the slowest, and the outcome codes. In a child."""
    files = seeds()
    raised, codes, slowest = [], collections.Counter(), (0.0, -1)
    for number in range(first, first + count):
        kind, data = mutated(number, files)
        began = time.process_time()
        try:
            found = read_document(kind, data, _SETTINGS)
            codes[found.problem or "text"] += 1
            fingerprints(found.text, found.text.encode("utf-8", "replace"))
            found.text.encode("utf-8", "replace")
        except Exception:  # noqa: BLE001 - what is looked for
            raised.append((number, traceback.format_exc(limit=-3)))
        slowest = max(slowest, (time.process_time() - began, number))
    return raised, codes, slowest


async def fuzz(inputs, first=0):
    """Return what was raised, the codes, the slowest, and how processes ended."""
    raised, codes, ends, slowest = [], collections.Counter(), [], (0.0, -1)

    async def batch(start, count):
        nonlocal slowest
        arguments = (start, count)
        try:
            found = await workers.run("tests.fuzz.documents:read_batch", arguments, 60, 2**30)
        except Disposed as end:
            if count == 1:
                ends.append((start, end.code))
                return
            for one in range(start, start + count):
                await batch(one, 1)
            return
        raised.extend(found[0])
        codes.update(found[1])
        slowest = max(slowest, found[2])

    async with Workers("crawler.core.judge:warm_up_apart", most=2) as workers:
        waiting = iter(range(first, first + inputs, _BATCH))

        async def take():
            for start in waiting:
                await batch(start, min(_BATCH, first + inputs - start))

        await asyncio.gather(take(), take())
    return raised, codes, ends, slowest


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--inputs", type=int, default=200_000)
    arguments.add_argument("--first", type=int, default=0, help="number of the first mutant")
    options = arguments.parse_args()
    began = time.perf_counter()
    raised, codes, ends, slowest = asyncio.run(fuzz(options.inputs, options.first))
    left = psutil.Process().children(recursive=True)
    print(f"{options.inputs:,} files in {time.perf_counter() - began:.0f} s: {dict(codes)}")
    print(f"slowest {slowest[0] * 1000:.0f} ms of CPU (number {slowest[1]})")
    print(f"processes ended: {collections.Counter(code for _, code in ends)} {ends[:5]}")
    for number, trace in {trace: (number, trace) for number, trace in raised}.values():
        print(f"\nRAISED by {number}\n{trace}")
    print(f"{len(raised)} uncaught, {len(left)} processes left")
    sys.exit(1 if raised or left else 0)


if __name__ == "__main__":
    main()
