"""What a document itself says of mining and training, in the files in which it stands."""

import pytest

from crawler.core.consent import decide
from crawler.core.consent.protocols import rules
from crawler.core.consent.reduced_evidence import reduced_page
from crawler.core.content import ContentSettings, parse
from crawler.core.decision import Usage, Value
from crawler.core.evidence import Evidence, FileKind, Found, Snapshot
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.urls import parse as parse_url
from tests.core.content.documents import made, manifests

URL = parse_url("https://a.test/f")
NOW = 1.8e9
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "tdm": "http://www.w3.org/ns/tdmrep/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "cc": "http://creativecommons.org/ns#",
    "pur": "http://prismstandard.org/namespaces/prismusagerights/2.1/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
}
DMI = "http://ns.useplus.org/ldf/vocab/DMI-"
PERMITS = "https://creativecommons.org/licenses/by/4.0/"
NO_MINING = "No part of this publication may be used for text and data mining or to train AI."
ALT = "<rdf:Alt><rdf:li xml:lang='x-default'>{}</rdf:li></rdf:Alt>"
BAG = "<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>"


def packet(inner="", attributes="", spaces=SPACES):
    declared = " ".join(f'xmlns:{name}="{uri}"' for name, uri in spaces.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about="" {declared} {attributes}>{inner}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def xmp(inner="", attributes="", *, encode="utf-8", spaces=SPACES, **options):
    data = packet(inner, attributes, spaces).encode(encode)
    return made.text_pdf("Words of a paper.", xmp=data, **options)


def of_a_page(inner):
    stream = made.stream_of(packet(inner).encode(), "/Type/Metadata/Subtype/XML")
    pages = ([made.Line("Words of a page.")],) * 2
    return made.pdf(*pages, more=[stream], page="/Metadata 100 0 R")


def element(name, value):
    return f"<{name}>{value}</{name}>"


def deflated(inner):
    data = made.deflated(packet(inner).encode())
    return made.text_pdf("Words.", xmp=data, stream="/Filter/FlateDecode")


def hexed(inner):
    data = packet(inner).encode("utf-8").hex().encode() + b">"
    return made.text_pdf("Words.", xmp=data, stream="/Filter[/ASCIIHexDecode]")


def attached(store):
    files = (
        "<</Type/Filespec/F(c)/UF(c)/AFRelationship/C2PA_Manifest/EF<</F 101 0 R>>>>",
        b"<</Type/EmbeddedFile/Length %d>>stream\n%s\nendstream" % (len(store), store),
    )
    names = "/AF[100 0 R]/Names<</EmbeddedFiles<</Names[(c) 100 0 R]>>>>"
    return made.text_pdf("Words.", more=files, catalog=names)


def mined(**entries):
    used = {f"cawg.{name}": {"use": use} for name, use in entries.items()}
    return manifests.store(("cawg.training-mining", {"entries": used}))


def package(metadata):
    return made.epub("<p>A chapter.</p>", metadata=metadata)


def properties(name, value):
    custom = (
        '<Properties xmlns="x" xmlns:vt="y"><property name="{}"><vt:lpwstr>{}</vt:lpwstr>'
        "</property></Properties>"
    )
    body = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
    return made.docx(body, docProps__custom=custom.format(name, value))


def within(name, text):
    return made.docx(WORDS.format("Words."), **{name: text})


def described(inner):
    return packet(inner)[packet().index("<x:") :].partition("<?xpacket")[0]


WORDS = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
TDM, PLUS = "tdm:reservation", "plus:DataMining"
RESERVED, OPEN, PLUSED = element(TDM, 1), element(TDM, 0), "plus.data-mining"
NODE = f'<plus:Asset rdf:about="" xmlns:tdm="{SPACES["tdm"]}" xmlns:plus="p" {TDM}="1"/>'
RELATED = (
    '<Relationships><Relationship Type="http://a.test/custom-properties" Target="/p/mine.xml"/>'
    "</Relationships>"
)
MINE = '<Properties><property name="tdm-reservation"><v>1</v></property></Properties>'
CASES = {  # what refuses, "" if nothing does; "+" grants
    # Where and how it may stand, too
    "a node of another type": (
        made.text_pdf("W.", xmp=packet().replace("<rdf:Desc", NODE + "<rdf:Desc").encode()),
        "tdmrep.document",
    ),
    "a namespace nobody knows": (
        xmp(RESERVED, spaces={"tdm": "http://a.test/of/mine/"}),
        "tdmrep.document",
    ),
    "one that permits": (xmp(OPEN, spaces={"tdm": "http://a.test/of/mine/"}), ""),
    "no RDF around it": (
        made.text_pdf("W.", xmp=f'<rdf:Description {TDM}="1"/>'.encode()),
        "tdmrep.document",
    ),
    "a large catalog": (
        xmp(RESERVED, catalog=f"/AA<</K({'x' * 70_000})>>"),
        "tdmrep.document",
    ),
    "another packet before it": (
        xmp(
            RESERVED,
            catalog="/AcroForm<</Metadata 100 0 R>>",
            more=[b"<</Length %d>>stream\n%s\nendstream" % (len(packet()), packet().encode())],
        ),
        "tdmrep.document",
    ),
    **{
        f"Info {name} and no XMP": (
            made.text_pdf("W.", info=f"/{name}({NO_MINING})"),
            "prose.reservation",
        )
        for name in ("License", "Copyright", "Rights", "UsageTerms", "Lic#65nse")
    },
    **{
        f"Info {name}": (made.text_pdf("W.", info=f"/{name}({NO_MINING})"), "prose.reservation")
        for name in ("Subject", "Keywords")
    },
    "Info without a word of rights": (
        made.text_pdf("W.", info="/Subject(Text and data mining)/Keywords(AI, training)"),
        "",
    ),
    "XMP of a page": (of_a_page(RESERVED), "tdmrep.document"),
    "XMP of a page without a word of rights": (of_a_page(element("dc:title", "Page")), ""),
    "dc:description": (xmp(element("dc:description", ALT.format(NO_MINING))), "prose.reservation"),
    "pdf:Keywords": (
        xmp(element("pdf:Keywords", NO_MINING), spaces={"pdf": "http://ns.adobe.com/pdf/1.3/"}),
        "prose.reservation",
    ),
    **{
        f"docx core {name}": (
            made.docx(
                WORDS.format("W."), docProps__core=f"<core>{element(name, NO_MINING)}</core>"
            ),
            "prose.reservation",
        )
        for name in ("subject", "description", "keywords")
    },
    **{
        f"odt meta {name}": (
            made.odt(
                "<text:p>W.</text:p>",
                meta=f"<document-meta><meta>{element(name, NO_MINING)}</meta></document-meta>",
            ),
            "prose.reservation",
        )
        for name in ("subject", "description", "keyword")
    },
    "Info AI-Training and no XMP": (
        made.text_pdf("W.", info="/AI-Training(no)"),
        "adhoc.ai-training",
    ),
    "properties by relation": (
        made.zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "word/document.xml": f'<w:d xmlns:w="{made.W}"><w:body>{WORDS}</w:body></w:d>',
                "_rels/.rels": RELATED,
                "p/mine.xml": MINE,
            }
        ),
        "tdmrep.document",
    ),
    "plus as a property": (properties(PLUS, DMI + "PROHIBITED"), "plus.meant"),
    "XMP as a property": (
        properties("XMP", described(RESERVED).replace("<", "&lt;")),
        "tdmrep.document",
    ),
    "XMP as custom XML": (within("customXml__item1", described(RESERVED)), "tdmrep.document"),
    # TDMRep in XMP, in every spelling
    "tdm element": (xmp(RESERVED), "tdmrep.document"),
    "tdm attribute": (xmp("", f'{TDM}="1"'), "tdmrep.document"),
    "tdm 0": (xmp(OPEN), "+tdmrep.document"),
    "tdm in words": (xmp(element(TDM, "true")), "tdmrep.document"),
    "tdm says nothing": (xmp(element(TDM, "maybe")), ""),
    "tdm empty": (xmp(element(TDM, "")), ""),
    "tdm contradicts itself": (xmp(OPEN, f'{TDM}="1"'), "tdmrep.document"),
    "tdm padded": (xmp(element(TDM, "\n 1 \n")), "tdmrep.document"),
    "tdm in a bag": (xmp(element(TDM, BAG.format(1))), "tdmrep.document"),
    "tdm as a value": (
        xmp(f"<{TDM} rdf:parseType='Resource'><rdf:value>1</rdf:value></{TDM}>"),
        "tdmrep.document",
    ),
    "tdm under another prefix": (
        xmp("<q:reservation>1</q:reservation>", spaces={"q": SPACES["tdm"]}),
        "tdmrep.document",
    ),
    "tdm in the EPUB's namespace": (
        xmp(RESERVED, spaces={"tdm": "http://www.w3.org/ns/tdmrep#"}),
        "tdmrep.document",
    ),
    "tdm as a custom property": (
        xmp("<pdfx:tdm-reservation>1</pdfx:tdm-reservation>"),
        "tdmrep.document",
    ),
    "tdm custom permits": (xmp("<pdfx:tdm-reservation>0</pdfx:tdm-reservation>"), ""),
    "tdm policy alone": (xmp(element("tdm:policy", "https://a.test/p.json")), ""),
    "UTF-16 big": (xmp(RESERVED, encode="utf-16-be"), "tdmrep.document"),
    "UTF-16 little": (xmp(RESERVED, encode="utf-16-le"), "tdmrep.document"),
    "UTF-16 marked": (xmp(RESERVED, encode="utf-16"), "tdmrep.document"),
    "UTF-32": (xmp(RESERVED, encode="utf-32-be"), "tdmrep.document"),
    "compressed": (deflated(RESERVED), "tdmrep.document"),
    "in hex": (hexed(RESERVED), "tdmrep.document"),
    "broken packet": (
        made.text_pdf("W.", xmp=packet(RESERVED + "<open>").encode()),
        "tdmrep.document",
    ),
    "undeclared prefix": (xmp(RESERVED, spaces={"dc": SPACES["dc"]}), "tdmrep.document"),
    "in Info": (made.text_pdf("W.", info="/TDM-Reservation(1)"), "tdmrep.document"),
    "no metadata": (made.text_pdf("Words of a paper."), ""),
    "empty packet": (xmp(), ""),
    # PLUS
    "prohibited": (xmp(element(PLUS, DMI + "PROHIBITED")), PLUSED),
    "as an address": (xmp(f'<{PLUS} rdf:resource="{DMI}PROHIBITED"/>'), PLUSED),
    "as an attribute": (xmp("", f'{PLUS}="{DMI}PROHIBITED"'), PLUSED),
    "training": (xmp(element(PLUS, DMI + "PROHIBITED-AIMLTRAINING")), PLUSED),
    "generative": (xmp(element(PLUS, DMI + "PROHIBITED-GENAIMLTRAINING")), PLUSED),
    "search": (xmp(element(PLUS, DMI + "PROHIBITED-EXCEPTSEARCHENGINEINDEXING")), PLUSED),
    "constraint": (xmp(element(PLUS, DMI + "PROHIBITED-SEECONSTRAINT")), PLUSED),
    "see embedded": (xmp(element(PLUS, DMI + "PROHIBITED-SEEEMBEDDEDRIGHTSEXPR")), PLUSED),
    "see linked": (xmp(element(PLUS, DMI + "PROHIBITED-SEELINKEDRIGHTSEXPR")), PLUSED),
    "nobody's form": (xmp(element(PLUS, DMI + "PROHIBITED-ONMONDAYS")), "plus.meant"),
    "label": (xmp(element(PLUS, "Prohibited for AI/ML training")), "plus.meant"),
    "bare": (xmp(element(PLUS, "DMI-PROHIBITED")), "plus.meant"),
    "unspecified": (xmp(element(PLUS, DMI + "UNSPECIFIED")), ""),
    "allowed": (xmp(element(PLUS, DMI + "ALLOWED")), "+plus.data-mining"),
    "allowed in words": (xmp(element(PLUS, "Allowed")), ""),
    "both": (xmp(element(PLUS, DMI + "ALLOWED") + element(PLUS, DMI + "PROHIBITED")), PLUSED),
    "other constraints": (
        xmp(element("plus:OtherConstraints", ALT.format(NO_MINING))),
        "prose.reservation",
    ),
    # words, licences, PRISM
    "usage terms": (
        xmp(element("xmpRights:UsageTerms", ALT.format(NO_MINING))),
        "prose.reservation",
    ),
    "dc:rights": (xmp(element("dc:rights", ALT.format(NO_MINING))), "prose.reservation"),
    "all rights reserved": (xmp(element("dc:rights", "All rights reserved.")), ""),
    "cc:license": (xmp(f'<cc:license rdf:resource="{PERMITS}"/>'), "+licence.open"),
    "web statement": (xmp(element("xmpRights:WebStatement", PERMITS)), "+licence.open"),
    "a licence lifts no refusal": (
        xmp(RESERVED + f'<cc:license rdf:resource="{PERMITS}"/>'),
        "tdmrep.document",
    ),
    "no re-use": (xmp(element("pur:reuseProhibited", "True")), "document.reuse"),
    "re-use not prohibited": (xmp(element("pur:reuseProhibited", "False")), ""),
    "restrictions": (xmp(element("pur:restrictions", NO_MINING)), "prose.reservation"),
    # C2PA and CAWG
    "mining": (attached(mined(data_mining="notAllowed")), "c2pa.training-mining"),
    "generative training": (
        attached(mined(ai_generative_training="notAllowed")),
        "c2pa.training-mining",
    ),
    "constrained": (attached(mined(ai_training="constrained")), "c2pa.training-mining"),
    "allowed by nobody known": (attached(mined(ai_training="allowed")), ""),
    "inference alone": (attached(mined(ai_inference="notAllowed")), ""),
    "c2pa 1.x": (
        attached(
            manifests.store(
                ("c2pa.training-mining", {"entries": {"c2pa.data_mining": {"use": "notAllowed"}}})
            )
        ),
        "c2pa.training-mining",
    ),
    "no entries level": (
        attached(
            manifests.store(("cawg.training-mining", {"cawg.data_mining": {"use": "constrained"}}))
        ),
        "c2pa.training-mining",
    ),
    "unreadable": (
        attached(manifests.store(raw={"cawg.training-mining": b"\xff\xff"})),
        "c2pa.unreadable",
    ),
    "other assertions": (attached(manifests.store(("c2pa.actions", {"actions": []}))), ""),
    "not a store": (attached(b"....junk"), ""),
    "in an EPUB": (
        made.epub(
            "<p>A chapter.</p>",
            members={"META-INF/content_credential.c2pa": mined(data_mining="notAllowed")},
        ),
        "c2pa.training-mining",
    ),
    # EPUB
    "opf 3": (package('<meta property="tdm:reservation">1</meta>'), "tdmrep.document"),
    "opf 2": (package('<meta name="tdm:reservation" content="1"/>'), "tdmrep.document"),
    "opf 0": (package('<meta property="tdm:reservation">0</meta>'), "+tdmrep.document"),
    "opf rights": (package(f"<dc:rights>{NO_MINING}</dc:rights>"), "prose.reservation"),
    "opf description": (
        package(f"<dc:description>{NO_MINING}</dc:description>"),
        "prose.reservation",
    ),
    "opf licence": (package(f'<link rel="cc:license" href="{PERMITS}"/>'), "+licence.open"),
    "chapter": (
        made.epub('<meta name="tdm-reservation" content="1"/><p>A chapter.</p>'),
        "tdmrep.meta",
    ),
    # words in documents, properties of office files
    "first page": (made.text_pdf("A paper", NO_MINING), "prose.reservation"),
    "last page": (
        made.pdf(*([made.Line("Words of a page.")],) * 5, [made.Line(NO_MINING)]),
        "prose.reservation",
    ),
    "in the midst": (
        made.pdf(
            *([made.Line("Words of a page.")],) * 3,
            [made.Line(NO_MINING)],
            *([made.Line("Words of a page.")],) * 3,
        ),
        "",
    ),
    "docx": (made.docx(WORDS.format(NO_MINING)), "prose.reservation"),
    "odt": (made.odt(f"<text:p>{NO_MINING}</text:p>"), "prose.reservation"),
    "copyright chapter": (
        made.epub("<p>One.</p>", f"<p>{NO_MINING}</p>", *["<p>More.</p>"] * 6),
        "prose.reservation",
    ),
    "custom property": (properties("tdm-reservation", "1"), "tdmrep.document"),
    "custom no": (properties("AI-Training", "disallow"), "adhoc.ai-training"),
    "custom nothing": (properties("Department", "disallow"), ""),
}
HEADERS = {  # contradictions with the page's headers: the later carrier supersedes, refusals join
    "header reserves, file is open": ("tdm-reservation: 1", xmp(OPEN), True),
    "header open, file reserves": ("tdm-reservation: 0", xmp(RESERVED), False),
    "header reserves, file is silent": ("tdm-reservation: 1", made.text_pdf("Words."), False),
    "header open, PLUS prohibits": (
        "tdm-reservation: 0",
        xmp(element(PLUS, DMI + "PROHIBITED")),
        False,
    ),
    "PLUS allows, header refuses": (
        "x-robots-tag: noai",
        xmp(element(PLUS, DMI + "ALLOWED")),
        False,
    ),
}


def evidence(body, *headers):
    lines = tuple(tuple(line.split(": ", 1)) for line in headers)
    response = Response(URL, 200, (("content-type", "application/octet-stream"), *lines), body)
    page = parse(response, settings=ContentSettings())
    assert page.contents is not None
    assert not page.contents.problem
    return page.evidence()


def decided(found, policy=None):
    robots = Snapshot(FileKind.ROBOTS, "https://a.test/robots.txt", Found.ABSENT, NOW)
    tdmrep = Snapshot(FileKind.TDMREP, "https://a.test/.well-known/tdmrep.json", Found.ABSENT, NOW)
    return decide(Evidence(URL, (robots, tdmrep), found), policy or ConsentPolicy(), NOW)


@pytest.mark.parametrize("name", CASES)
def test_what_a_document_says_of_itself(name):
    body, expected = CASES[name]
    found = evidence(body)
    decision = decided(found)

    refused = decision.reason if decision.refused else ""
    assert refused == ("" if expected.startswith("+") else expected)
    if expected.startswith("+"):
        assert decision.verdict[Usage.TDM] is Value.ALLOW
        assert expected[1:] in {one.rule for one in decision.signals}
    # Evidence that is stored decides the same, and its rule has a sentence.
    again = decided(reduced_page(found))
    assert (again.reason, again.verdict) == (decision.reason, decision.verdict)
    assert decision.reason in rules()


@pytest.mark.parametrize("name", HEADERS)
def test_a_document_and_the_headers_of_its_page(name):
    header, body, kept = HEADERS[name]

    assert bool(decided(evidence(body, header))) is kept


def test_a_reservation_of_inference_refuses_where_that_is_asked():
    policy = ConsentPolicy(purpose=(Usage.AI_INPUT,))

    assert decided(evidence(attached(mined(ai_inference="notAllowed"))), policy).refused


def test_the_metadata_of_a_picture_says_nothing_of_the_text():
    data = packet(RESERVED).encode()
    stream = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream" % (len(data), data)

    assert not decided(evidence(made.text_pdf("Words.", more=(stream,)))).refused


def test_a_page_that_a_document_names_for_its_rights_is_asked_for():
    named = evidence(xmp(element("xmpRights:WebStatement", "https://a.test/rights")))

    assert decided(named).wanted == ("https://a.test/rights",)
    assert any(item.scope == "document" for item in evidence(CASES["cc:license"][0]).licences)
