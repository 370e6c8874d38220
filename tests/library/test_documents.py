"""Documents in the hands of a program: read, decided, or left out with a reason that is told."""

import os

import pytest

from crawler import ABSENT, Consent, read_page
from crawler.core.consent.grounds import Ground, ground_of
from crawler.core.content.documents.contents import SENTENCES
from crawler.report.in_sentences import meaning
from tests.core.content.documents import made

URL = "https://a.test/paper"
WORDS = "The tide came in over the grey stones of the harbour."
XMP = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    ' xmlns:tdm="http://www.w3.org/ns/tdmrep/" tdm:reservation="1"/></rdf:RDF>'
)
CASES = [
    (made.text_pdf(WORDS), "", True, ""),
    (made.text_pdf(WORDS, xmp=XMP.encode()), "", False, "tdmrep.document"),
    (made.text_pdf(WORDS)[:200], "damaged", False, "damaged"),
    (made.pdf([]), "no-text-layer", False, "no-text-layer"),
]


@pytest.mark.parametrize("kind", ["application/pdf", "text/html"])
@pytest.mark.parametrize(("body", "problem", "included", "reason"), CASES)
def test_a_document_is_decided_on_what_stands_in_it(kind, body, problem, included, reason):
    headers = {"content-type": kind}
    page = read_page(body, URL, headers)
    decision = Consent().decide(
        URL, robots_txt=ABSENT, files=ABSENT, status=200, headers=headers, html=body
    )

    assert (page.problem, WORDS in page.text) == (problem, not problem)
    assert bool(decision) is included
    assert included or decision.reason == reason


def test_documents_are_read_after_the_program_forked():
    body = made.text_pdf(WORDS)
    assert WORDS in read_page(body, URL).text
    if not (child := os.fork()):
        os._exit(0)
    os.waitpid(child, 0)

    assert WORDS in read_page(body, URL).text


@pytest.mark.parametrize("code", SENTENCES)
def test_what_is_no_text_has_a_sentence_and_is_no_refusal(code):
    assert meaning(code) == SENTENCES[code]
    assert ground_of(code) is not Ground.REFUSED
