"""The reader of each kind of document. Run it only where it can be ended."""

from __future__ import annotations

from collections.abc import Callable

from crawler.core.content.decoding.document_types import DOCX, EPUB, ODT, PDF
from crawler.core.content.documents import docx, epub, odt, pdf
from crawler.core.content.documents.contents import Contents, UnreadableError
from crawler.core.content.settings import ContentSettings

Reader = Callable[[bytes, ContentSettings], Contents]
_READERS: dict[str, Reader] = {PDF: pdf.read, EPUB: epub.read, DOCX: docx.read, ODT: odt.read}


def warm_up_readers() -> None:
    """Load what reading PDF needs, which takes a while."""
    pdf.load()


def read_document(kind: str, body: bytes, settings: ContentSettings) -> Contents:
    """Return what a file of `kind` holds; a file that cannot be read has a `problem`.

    Raises:
        MemoryError: It needs more than this process may take.
    """
    try:
        return _READERS[kind](body, settings)
    except UnreadableError as error:
        return Contents(kind, "-", problem=error.code, detail=error.detail)
