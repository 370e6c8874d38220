"""What documents say of mining in forms that few write and many programs read."""

# ruff: noqa: E501 - a case is a line
import re

import pytest

from crawler.core.decision import Usage, Value
from tests.core.consent.test_documents_own_signals import (
    BAG,
    DMI,
    NO_MINING,
    OPEN,
    PLUS,
    RDF,
    RESERVED,
    SPACES,
    TDM,
    decided,
    deflated,
    element,
    evidence,
    mined,
    package,
    packet,
    properties,
    xmp,
)
from tests.core.content.documents import made, manifests

TDMREP, PROSE, C2PA = "tdmrep.document", "prose.reservation", "c2pa.training-mining"
WORDS = "Words of a paper."
WIDE = "\ufeff" + NO_MINING
GERMAN = "Die Nutzung der Inhalte für Text und Data Mining ist ausdrücklich vorbehalten."
FRENCH = "La fouille de textes et de données est interdite sans autorisation."
SPANISH = "Queda prohibida la minería de textos y datos sin autorización."


def raw(data, **options):
    return made.text_pdf(WORDS, xmp=data if isinstance(data, bytes) else data.encode(), **options)


def updated(file, number, content):
    """Return a file with an incremental update that writes an object anew."""
    content = content if isinstance(content, bytes) else content.encode()
    start = int(re.findall(rb"startxref\n(\d+)", file)[-1])
    place = len(file)
    body = b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    trailer = b"trailer<</Size 200/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        start,
        place + len(body),
    )
    return file + body + table + trailer


def metadata(inner):
    return made.stream_of(packet(inner).encode(), "/Type/Metadata/Subtype/XML")


def languages(*pairs):
    items = "".join(f'<rdf:li xml:lang="{code}">{text}</rdf:li>' for code, text in pairs)
    return f"<rdf:Alt>{items}</rdf:Alt>"


def related(store, entries=""):
    """Return a PDF whose manifest store the catalog's AF alone names (C2PA 2.1 section A.4)."""
    files = (
        "<</Type/Filespec/F(c)/UF(c)/AFRelationship/C2PA_Manifest/EF<</F 101 0 R>>>>",
        made.stream_of(store, "/Type/EmbeddedFile" + entries),
    )
    return made.text_pdf(WORDS, more=files, catalog="/AF[100 0 R]")


def meta(**values):
    attributes = "".join(f' {name}="{value}"' for name, value in values.items())
    return f"<meta{attributes}/>"


def user_defined(name, value, kind="string"):
    said = f'<meta:user-defined meta:name="{name}" meta:value-type="{kind}">{value}</meta:user-defined>'
    return made.odt(
        "<text:p>W.</text:p>",
        meta=f"<office:document-meta {made.ODF}><office:meta>{said}</office:meta></office:document-meta>",
    )


def lzw(data):
    """Return LZW data of literal codes of nine bits alone, cleared in time (ISO 32000 7.4.4)."""
    codes = []
    for at, byte in enumerate(data):
        if at % 200 == 0:
            codes.append(256)
        codes.append(byte)
    bits = "".join(f"{code:09b}" for code in [*codes, 257])
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def run_length(data):
    parts = [
        bytes([len(part) - 1]) + part
        for part in (data[n : n + 128] for n in range(0, len(data), 128))
    ]
    return b"".join(parts) + b"\x80"


CASES = {
    # the last of several updates counts
    "an update reserves": (updated(xmp(OPEN), 4, metadata(RESERVED)), TDMREP),
    "an update opens": (updated(xmp(RESERVED), 4, metadata(OPEN)), "+" + TDMREP),
    "an update adds": (
        updated(updated(made.text_pdf(WORDS), 90, metadata(RESERVED)), 1, "<</Type/Catalog/Pages 2 0 R/Metadata 90 0 R>>"),
        TDMREP,
    ),
    "two packets in a stream": (raw(packet(OPEN) + "\n" + packet(RESERVED)), TDMREP),
    # values
    **{f"tdm {value}": (xmp(element(TDM, value)), TDMREP) for value in ("True", "?1", "1.0", "01")},
    "tdm YES": (xmp(element(TDM, "YES")), "tdmrep.meant"),
    "tdm in CDATA": (xmp(element(TDM, "<![CDATA[1]]>")), TDMREP),
    "tdm in languages": (xmp(element(TDM, languages(("x-default", "1")))), TDMREP),
    "tdm in a sequence": (xmp(element(TDM, BAG.format(1).replace("Bag", "Seq"))), TDMREP),
    "tdm with its policy": (xmp(RESERVED + element("tdm:policy", "https://a.test/p.json")), TDMREP),
    "tdm in capitals": (xmp(element("tdm:Reservation", 1)), TDMREP),
    "tdm in a list of 0 and 1": (xmp(element(TDM, "<rdf:Bag><rdf:li>0</rdf:li><rdf:li>1</rdf:li></rdf:Bag>")), TDMREP),
    "tdm as a resource": (xmp(f'<{TDM} rdf:resource="1"/>'), TDMREP),
    "tdm by an entity": (
        raw('<!DOCTYPE a [<!ENTITY one "1">]>' + packet(element(TDM, "&one;")).replace("<?xpacket", "<!--", 0)),
        TDMREP,
    ),
    # namespaces
    "tdm by https": (xmp(RESERVED, spaces={"tdm": "https://www.w3.org/ns/tdmrep/"}), TDMREP),
    "tdm in capitals of its address": (xmp(RESERVED, spaces={"tdm": "http://www.w3.org/ns/TDMRep/"}), TDMREP),
    "tdm as the default": (
        xmp('<reservation xmlns="http://www.w3.org/ns/tdmrep/">1</reservation>'),
        TDMREP,
    ),
    "rdf under another prefix": (
        raw(packet(RESERVED).replace("rdf:", "r:").replace("xmlns:rdf", "xmlns:r")),
        TDMREP,
    ),
    "old wrapper": (raw(packet(RESERVED).replace("x:xmpmeta", "x:xapmeta")), TDMREP),
    "no wrapper, an attribute": (
        raw(f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description xmlns:t="{SPACES["tdm"]}" t:reservation="1"/></rdf:RDF>'),
        TDMREP,
    ),
    "marked UTF-8": (raw(b"\xef\xbb\xbf" + packet(RESERVED).encode()), TDMREP),
    "Latin-1 that claims UTF-8": (raw(packet(RESERVED + element("dc:title", "é"))[30:].encode("latin-1")), TDMREP),
    # filters
    "LZW": (raw(lzw(packet(RESERVED).encode()), stream="/Filter/LZWDecode"), TDMREP),
    "run lengths": (raw(run_length(packet(RESERVED).encode()), stream="/Filter/RunLengthDecode"), TDMREP),
    "deflated twice": (
        raw(made.deflated(made.deflated(packet(RESERVED).encode())), stream="/Filter[/FlateDecode/FlateDecode]"),
        TDMREP,
    ),
    "deflated PLUS": (deflated(element(PLUS, DMI + "PROHIBITED")), "plus.data-mining"),
    # PLUS
    "PLUS by https": (xmp(element(PLUS, DMI.replace("http:", "https:") + "PROHIBITED")), "plus.meant"),
    "PLUS in small letters": (xmp(element(PLUS, "dmi-prohibited-aimltraining")), "plus.meant"),
    "PLUS in a bag": (xmp(element(PLUS, f"<rdf:Bag><rdf:li>{DMI}ALLOWED</rdf:li><rdf:li>{DMI}PROHIBITED</rdf:li></rdf:Bag>")), "plus.data-mining"),
    "PLUS elsewhere": (
        xmp(element("e:DataMining", DMI + "PROHIBITED"), spaces={"e": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"}),
        "plus.meant",
    ),
    "PLUS as a node": (xmp(f'<{PLUS}><rdf:Description rdf:about="{DMI}PROHIBITED"/></{PLUS}>'), "plus.data-mining"),
    # words
    **{
        f"rights in {code}": (xmp(element("dc:rights", languages(("x-default", "All rights reserved."), (code, text)))), PROSE)
        for code, text in (("de", GERMAN), ("fr", FRENCH), ("es", SPANISH))
    },
    "rights in Info, bracketed": (
        made.text_pdf(WORDS, info=r"/Rights(No part \(text or image\) may be used for text and data mining or to train AI.)"),
        PROSE,
    ),
    "rights in Info, by reference": (
        made.text_pdf(WORDS, info="/Rights 100 0 R", more=(f"({NO_MINING})",)),
        PROSE,
    ),
    "rights in Info, in UTF-16": (
        made.text_pdf(WORDS, info=f"/Rights<{WIDE.encode('utf-16-be').hex()}>"),
        PROSE,
    ),
    "a licence of a node": (
        xmp('<cc:license><rdf:Description rdf:about="https://creativecommons.org/licenses/by/4.0/"/></cc:license>'),
        "+licence.open",
    ),
    # Content Credentials
    "a store that AF alone names": (related(mined(data_mining="notAllowed")), C2PA),
    "such a store, deflated": (
        related(made.deflated(mined(data_mining="notAllowed")), "/Filter/FlateDecode"),
        C2PA,
    ),
    "a second assertion of the kind": (
        related(manifests.store(("cawg.training-mining__2", {"entries": {"cawg.ai_training": {"use": "notAllowed"}}}))),
        C2PA,
    ),
    "an assertion in capitals": (related(mined(data_mining="NOTALLOWED")), C2PA),
    # packages
    "opf in capitals": (package(meta(name="TDM:Reservation", content="1")), TDMREP),
    "opf with a hyphen": (package(meta(name="tdm-reservation", content="1")), TDMREP),
    "opf in words": (package('<meta property="tdm:reservation">true</meta>'), TDMREP),
    "opf says both": (
        package('<meta property="tdm:reservation">0</meta><meta name="tdm:reservation" content="1"/>'),
        TDMREP,
    ),
    "opf in another language": (
        package(f'<dc:rights xml:lang="en">All rights reserved.</dc:rights><dc:rights xml:lang="de">{GERMAN}</dc:rights>'),
        PROSE,
    ),
    "opf dcterms": (package(f'<meta property="dcterms:rights">{NO_MINING}</meta>'), PROSE),
    "opf accessRights": (package(f'<meta property="dcterms:accessRights">{NO_MINING}</meta>'), PROSE),
    "opf PLUS": (package(meta(property="plus:DataMining", content=DMI + "PROHIBITED")), "plus.meant"),
    "docx true or false": (properties("tdm-reservation", "true"), TDMREP),
    "docx tdm with a colon": (properties("tdm:reservation", "1"), TDMREP),
    "odt true or false": (user_defined("tdm-reservation", "true", "boolean"), TDMREP),
    "odt rights": (user_defined("Rights", NO_MINING), PROSE),
    "odt nothing": (user_defined("Client", "1"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_odd_form_is_heard(name):
    body, expected = CASES[name]
    decision = decided(evidence(body))

    assert (decision.reason if decision.refused else "") == (
        "" if expected.startswith("+") else expected
    )
    if expected.startswith("+"):
        assert decision.verdict[Usage.TDM] is Value.ALLOW
