"""What files within a package say of its rights, whatever kind of package it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crawler.core.content.documents import xmp
from crawler.core.content.documents.manifest_store import IN_ZIP, assertions
from crawler.core.content.documents.zip_file import ZipFile
from crawler.core.evidence import Carrier

# XMP beside the text, an ODT's statements in RDF, data that a DOCX is filled from.
_PLACES: Final = re.compile(
    r".*\.xmp\Z|(?:.*/)?manifest\.rdf\Z|meta-inf/metadata\.xml\Z|customxml/item[^/]*\.xml\Z"
    r"|docprops/[^/]*\.xml\Z",
    re.IGNORECASE | re.DOTALL,
)
_MOST: Final = 50  # members


def statements_within(file: ZipFile) -> tuple[Carrier, ...]:
    """Return the statements about rights in RDF, and in the manifest store of C2PA.

    Raises:
        UnreadableError: A member that may hold some is damaged, encrypted, or a bomb.
    """
    return (*xmp.statements(list(_said(file))), *assertions(file.read(IN_ZIP)))


def _said(file: ZipFile) -> Iterator[tuple[str, str]]:
    for name in [name for name in file.names if _PLACES.match(name)][:_MOST]:
        data = file.read(name)
        if b"RDF" in data or b"R\x00D\x00F" in data or b"&lt;rdf" in data:
            yield from xmp.properties(data.replace(b"&lt;", b"<").replace(b"&gt;", b">"))
