"""A page to the document that is kept of it."""

from __future__ import annotations

from crawler.core.content.decoding.media_types import MARKDOWN
from crawler.core.content.figures.hashes import body_hash, fingerprints
from crawler.core.content.html.outlining import outline
from crawler.core.content.licence.confidence import believe
from crawler.core.content.metadata.language import Identified, identify, primary
from crawler.core.content.metadata.page_fields import (
    document_metadata,
    markdown_metadata,
    plain_metadata,
    read_metadata,
)
from crawler.core.content.page import Page, parse
from crawler.core.content.settings import ContentSettings
from crawler.core.content.text import extractors, not_html
from crawler.core.document import Document, Metadata
from crawler.core.response import Response

_SURE = 0.6  # score from which a language other than the declared one is worth a flag
# OpenAI-like tokenisers on English web text: 1.33 tokens a word; else about 4 bytes a token.
_TOKENS_PER_WORD = 1.33
_BYTES_PER_TOKEN = 4
_LONG_WORDS = 12  # bytes a word above which spaces do not part words


def read(page: Page, settings: ContentSettings) -> Document:
    """Return the document of a page; its text may be empty.

    Raises:
        MissingExtra: The extractor chosen is not installed.
    """
    text, extractor, version, carried = _text(page, settings)
    flags = ["truncated"] if page.response.truncated else []
    if carried:
        flags.append(f"text-from-{carried}")
    if page.contents is not None:
        flags.extend(page.contents.flags)
    if page.outline.full or len(text) > settings.max_characters:
        flags.append("text-cut")
        text = text[: settings.max_characters]
    text, stored = _storable(text)
    size = len(stored)
    evidence = page.evidence()
    metadata = _metadata(page)
    found = identify(text, metadata.language)
    flags.extend(_language_flags(found, metadata.language))
    text_sha256, signature, words = fingerprints(text, stored)
    tokens, method = _tokens(words, size)
    return Document(
        text=text,
        pages=page.contents.pages if page.contents is not None else 0,
        metadata=metadata,
        licence=believe(evidence.licences, page.response.url, metadata, settings),
        extractor=extractor,
        extractor_version=version,
        encoding=page.decoded.encoding,
        encoding_source=page.decoded.source,
        replaced=page.decoded.replaced,
        language=found.language,
        language_score=found.score,
        language_tool=found.tool,
        body_sha256=body_hash(page.response.body),
        text_sha256=text_sha256,
        minhash=signature,
        words=words,
        characters=len(text),
        size=size,
        tokens=tokens,
        token_method=method,
        flags=tuple(flags),
    )


def read_answer(response: Response, settings: ContentSettings) -> Document | str | None:
    """Return the document of an answer, None for one of a kind that is not read.

    A page that is only a shell has none: the code of what it needs is returned.

    Raises:
        MissingExtra: The extractor chosen is not installed.
    """
    page = parse(response, settings=settings)
    if page.kind is None:
        return None
    document = read(page, settings)
    return document if document.text else page.shell() or document


def _text(page: Page, settings: ContentSettings) -> tuple[str, str, str, str]:
    """Return the text, what extracted it, in which version, and where a text not shown stood."""
    if page.contents is not None:
        return page.contents.text, page.contents.kind, page.contents.reader, ""
    if page.markup is not None:
        name = settings.extractor
        blocks = page.outline
        if blocks.formulas and settings.formulas == "drop":
            blocks = outline(page.markup, keep_formulas=False)
        pages = (page.response.url, page.canonical or page.response.url)
        source = extractors.Source(page.decoded.utf8, page.markup, blocks, pages)
        text, carried = extractors.shown_or_carried(
            name, source, markdown=settings.markdown, comments=settings.comments
        )
        return text, name, extractors.version_of(name), carried
    if page.feed is not None:
        return page.feed.text, "xml", "2", ""
    if page.kind == MARKDOWN:
        return not_html.markdown(page.decoded.text), MARKDOWN, "2", ""
    return not_html.tidy(page.decoded.text), page.kind or "none", "1", ""


def _storable(text: str) -> tuple[str, bytes]:
    """Return a text, and the same in UTF-8: a lone surrogate cannot be stored."""
    try:
        return text, text.encode("utf-8")
    except UnicodeEncodeError:
        stored = text.encode("utf-8", "replace")
        return stored.decode("utf-8"), stored


def _metadata(page: Page) -> Metadata:
    if page.contents is not None:
        return document_metadata(page.response, page.contents.metadata)
    if page.markup is not None:
        return read_metadata(page.response, page.markup, page.evidence().carriers, page.canonical)
    if page.kind == MARKDOWN:
        return markdown_metadata(
            page.response, page.evidence().carriers, not_html.markdown_title(page.decoded.text)
        )
    title, language = (page.feed.title, page.feed.language) if page.feed else ("", "")
    return plain_metadata(page.response, title, language)


def _language_flags(found: Identified, declared: str) -> list[str]:
    stated = primary(declared)
    if stated and found.score >= _SURE and found.language not in (stated, "und"):
        return ["language-mismatch"]
    return []


def _tokens(words: int, size: int) -> tuple[int, str]:
    """Return an estimate of the tokens in a text, and how it was made."""
    if words and size / words <= _LONG_WORDS:
        return round(words * _TOKENS_PER_WORD), "words*1.33"
    return round(size / _BYTES_PER_TOKEN), "bytes/4"
