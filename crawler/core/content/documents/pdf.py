"""PDF, read with PDFium (ISO 32000-1). If it crashes, that costs the one URL."""

from __future__ import annotations

from crawler.core.content.documents.contents import (
    DAMAGED,
    ENCRYPTED,
    NO_TEXT_LAYER,
    Contents,
    UnreadableError,
)
from crawler.core.content.settings import ContentSettings


def load() -> None:
    """Load the library."""
    import pypdfium2  # noqa: F401, PLC0415 - large; pages do without


def read(body: bytes, settings: ContentSettings) -> Contents:
    """Return what a PDF holds.

    Raises:
        UnreadableError: It is damaged or encrypted.
    """
    import pypdfium2  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        code = ENCRYPTED if "password" in str(error).lower() else DAMAGED
        raise UnreadableError(code, str(error)) from error
    pages = len(document)
    texts = [
        document[number].get_textpage().get_text_bounded()
        for number in range(min(pages, settings.documents.pages))
    ]
    text = "\n\n".join(texts).replace("\r\n", "\n").strip()
    return Contents("pdf", "1", text, pages=pages, ends=text, problem="" if text else NO_TEXT_LAYER)
