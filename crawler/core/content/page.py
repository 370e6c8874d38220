"""One answer, decoded and parsed once; everything else reads this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crawler.core.challenge_pages import MOST_TEXT, in_place_of
from crawler.core.content.decoding.document_types import document_kind
from crawler.core.content.decoding.encoding import Decoded, decode
from crawler.core.content.decoding.media_types import (
    HTML,
    MARKDOWN,
    PLAIN,
    XML,
    is_xml,
    sniff,
    text_type,
)
from crawler.core.content.documents.contents import Contents
from crawler.core.content.html import terms, xhtml
from crawler.core.content.html.links import (
    Joiner,
    Refresh,
    base_of,
    canonical_of,
    find_links,
    find_refresh,
)
from crawler.core.content.html.markup import Markup, opening_of
from crawler.core.content.html.outline import Outline
from crawler.core.content.html.outlining import outline
from crawler.core.content.html.parsing import cut, serialised
from crawler.core.content.html.signal_elements import find_carriers, has_legal_place
from crawler.core.content.html.tags import NUMBER
from crawler.core.content.html.terms_links import find_terms
from crawler.core.content.licence.claims import find_claims
from crawler.core.content.licence.spdx_ids import from_url
from crawler.core.content.settings import ContentSettings
from crawler.core.document import Link
from crawler.core.evidence import Carrier, LicenceClaim, PageEvidence
from crawler.core.response import Response, kept_headers
from crawler.core.urls import Url

if TYPE_CHECKING:
    from crawler.core.content.text.not_html import Feed

_LANG = opening_of("lang")
_HTML = NUMBER["html"]
# Of what cannot refuse: field lines that may are kept whole, as many as came.
_ENDING = 3_000  # characters
# What is read at once, and not where it can be ended: real pages grow by a tenth, if at all.
_GROWN = 65_536  # bytes
_ELEMENTS = 15_000


@dataclass(slots=True)
class Page:
    """A parsed answer. Make one with `parse`; what it tells is computed once, when asked."""

    response: Response
    # html, xml, plain, markdown, pdf, epub, docx, odt; None for a type we do not read
    kind: str | None
    decoded: Decoded
    markup: Markup | None  # of HTML
    base: Url  # what relative addresses are joined to
    feed: Feed | None = None
    contents: Contents | None = None  # of a document that is no text
    _outline: Outline | None = field(default=None, repr=False)
    _evidence: PageEvidence | None = field(default=None, repr=False)
    _joined: Joiner | None = field(default=None, repr=False)

    @property
    def outline(self) -> Outline:
        """The text blocks of an HTML page; empty for other kinds."""
        if self._outline is None:
            self._outline = outline(self.markup) if self.markup is not None else Outline()
        return self._outline

    def evidence(self, *, alone: bool = False) -> PageEvidence:
        """Return every carrier and licence claim on the page, within caps.

        `alone`: nothing else will be asked of the page, so no outline is made for nothing.
        """
        if self._evidence is None:
            carriers: tuple[Carrier, ...] = ()
            if self.contents is not None:
                carriers = (
                    *terms.ends_of(self.contents.ends),
                    *self._named_terms(self.contents.carriers),
                    *self.contents.carriers,
                )
            elif self.markup is not None:
                # Last stands what tells that there was more.
                leads = find_terms(self.markup, self._joiner, self.response.url)
                silent = alone and not has_legal_place(self.markup)
                carriers = (*leads, *find_carriers(self.markup, None if silent else self.outline))
                if test := self._challenge():
                    carriers = (
                        Carrier("challenge", test, "a test in place of the page"),
                        *carriers,
                    )
                # In front: a mark that there was more than is kept stands last.
                if terms.are_terms(self.markup, self.response.url):
                    carriers = (*terms.body_of(self.outline), *carriers)
            else:
                if self.kind == MARKDOWN:
                    from crawler.core.content.text import not_html  # noqa: PLC0415 - few are

                    carriers = not_html.front_matter(self.decoded.text)
                if self.feed is not None:
                    carriers += tuple(terms.rights_of(self.feed.rights))
                elif self.kind in (MARKDOWN, PLAIN):
                    carriers += tuple(terms.text_of(self.decoded.text, self.response.url))
                carriers = (*carriers, *self._as_page())
            self._evidence = PageEvidence(
                self.response.status,
                kept_headers(self.response.headers),
                carriers,
                self._claims(carriers),
                read=True,
                content_type=self.response.content_type,
            )
        return self._evidence

    def _named_terms(self, carriers: tuple[Carrier, ...]) -> Iterator[Carrier]:
        """Yield the pages on which a document says its rights are stated."""
        for item in carriers:
            if item.name == "xmprights:webstatement" and from_url(item.text) is None:
                url = self._joiner.join(item.text.strip()[:2_048])
                if url is not None:
                    yield Carrier("terms", "webstatement", url.text)

    def _claims(self, carriers: tuple[Carrier, ...]) -> tuple[LicenceClaim, ...]:
        claims = find_claims(self.response, self.markup, carriers, self.feed, self._ending())
        if self.contents is None:
            return claims
        return tuple(
            replace(claim, scope="document") if claim.scope == "page" else claim for claim in claims
        )

    def shell(self) -> str:
        """Return what the page needs if it is only a shell, such as "needs-script", else ""."""
        if self.markup is None:
            return ""
        from crawler.core.content.text.shells import shell_of  # noqa: PLC0415 - few have no text

        return shell_of(self.markup, self.outline)

    def _challenge(self) -> str:
        """Return whose test stands in place of the page, "" if none does."""
        test = in_place_of(self.decoded.utf8) if self._outline is None else None
        if test == "":
            return ""
        texts = self.outline.texts
        if len(texts) > MOST_TEXT or sum(map(len, texts)) > MOST_TEXT:
            return ""
        return in_place_of(self.decoded.utf8) if test is None else test

    def _as_page(self) -> tuple[Carrier, ...]:
        """Return the carriers of what is no HTML by one of its labels or by its first bytes only.

        Whoever reads it as a page hears what its elements refuse. They grant nothing.
        """
        types = {line.partition(";")[0].strip().lower() for line in self._types()}
        looks = self.kind in (PLAIN, MARKDOWN) and sniff(self.response.body) == HTML
        if self.kind is None or not (looks or types & {"text/html", "application/xhtml+xml"}):
            return ()
        markup = cut(serialised(self.decoded.utf8))
        return tuple(map(_granting_nothing, find_carriers(markup, outline(markup))))

    def _types(self) -> Iterator[str]:
        for line in self.response.header_lines("content-type"):
            yield from line.split(",")

    def _ending(self) -> str:
        """Return the end of a text without elements, where its rights are stated."""
        if self.contents is not None:
            return self.contents.ends
        return self.decoded.text[-_ENDING:] if self.kind in (MARKDOWN, PLAIN) else ""

    def wording(self) -> tuple[str, str, bool]:
        """Return what the page says, its language as declared, and whether that is all of it."""
        if self.contents is not None:
            return self.contents.text, self.contents.metadata.language, True
        if self.markup is None:
            return self.feed.text if self.feed is not None else self.decoded.text, "", True
        declared = (self.markup.attribute(element, _LANG) for element in self.markup.of(_HTML))
        language = next((text for text in declared if text), "")
        whole = not (self.markup.full or self.outline.full)
        return "\n".join(self.outline.texts), language.strip().lower(), whole

    def links(self) -> tuple[Link, ...]:
        """Return the addresses the page points to, in order, each once, within caps."""
        if self.markup is not None:
            links = find_links(self.markup, self._joiner, self.response.url)
            refresh = self.refresh
            return links if refresh is None else (*links, Link(refresh.url, "refresh"))
        if self.contents is not None:
            joined = map(self._joiner.join, self.contents.links)
            return tuple({url.text: Link(url) for url in joined if url}.values())
        if self.feed is not None:
            return self.feed.links(Joiner(self.base))
        if self.kind == MARKDOWN:
            from crawler.core.content.text import not_html  # noqa: PLC0415 - few are

            return not_html.markdown_links(self.decoded.text, Joiner(self.base))
        return ()

    @property
    def canonical(self) -> Url | None:
        """What the page calls its own address."""
        if self.markup is None:
            return None
        return canonical_of(self.markup, self._joiner)

    @property
    def refresh(self) -> Refresh | None:
        """Where the page leads by itself, at once or after a while."""
        header = self.response.header("refresh")
        return find_refresh(self.markup, header, self._joiner, self.response.url)

    @property
    def _joiner(self) -> Joiner:
        if self._joined is None:
            self._joined = Joiner(self.base, self.decoded.encoding)
        return self._joined


class HeavyPage(Exception):  # noqa: N818 - no error
    """A page became much more by parsing than its bytes foretold."""


def parse(
    response: Response, *, bounded: bool = False, settings: ContentSettings | None = None
) -> Page:
    """Decode and parse the answer; documents such as PDF only where `settings` admit them.

    Raises:
        HeavyPage: Where `bounded`, for a page of very many elements or one that grew very much,
            and for a document that is no text.
        MemoryError: The parser had no more.
    """
    if document := document_kind(response):
        admitted = settings is not None and document in settings.documents.kinds
        if settings is None or not admitted:
            return _unread(response)
        if bounded:
            raise HeavyPage
        page = _unread(response)
        from crawler.core.content.documents.readers import (  # noqa: PLC0415 - few are; 0.1 s
            read_document,
        )

        page.contents = read_document(document, response.body, settings)
        page.kind = document
        return page
    kind = text_type(response)
    if kind is None:
        return _unread(response)
    charset = f";charset={response.charset}" if response.charset else ""
    decoded = decode(response.body, charset, markup=kind in (HTML, XML))
    if kind == XML:
        from crawler.core.content.text import not_html  # noqa: PLC0415 - few are

        if not not_html.is_xhtml(decoded.text):
            feed = not_html.read_xml(decoded.text)
            return Page(response, kind, decoded, None, response.url, feed)
        kind = HTML
    if kind != HTML:
        return Page(response, kind, decoded, None, response.url)
    decoded = _as_html(decoded, sent_as_xml=is_xml(response.content_type))
    source = serialised(decoded.utf8)
    if bounded and len(source) > _GROWN + 2 * len(decoded.utf8):
        raise HeavyPage
    markup = cut(source)
    if bounded and len(markup.kinds) > _ELEMENTS:
        raise HeavyPage
    return Page(response, kind, decoded, markup, base_of(markup, response.url))


def _unread(response: Response) -> Page:
    return Page(response, None, Decoded("", b"", "windows-1252", "default", 0), None, response.url)


def _as_html(decoded: Decoded, *, sent_as_xml: bool) -> Decoded:
    """Return an XHTML page as the parser of HTML must be given it, any other as it is."""
    if sent_as_xml:
        text = xhtml.as_html(decoded.text)
        return replace(decoded, text=text, utf8=text.encode("utf-8", "replace"))
    if xhtml.declares(decoded.text):
        return replace(decoded, utf8=xhtml.closed(decoded.utf8))
    return decoded


def _granting_nothing(carrier: Carrier) -> Carrier:
    """Return a carrier in a place from which consent takes refusals only."""
    if carrier.kind == "script":
        return replace(carrier, place="part")
    if carrier.kind == "link" or carrier.name.startswith("tdm"):
        return replace(carrier, place="label")
    return carrier
