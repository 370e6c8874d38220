"""The XML of document files: no document type, no entities, names without their namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from crawler.core.content.documents.contents import BOMB, DAMAGED, UnreadableError

_MOST = 5_000_000  # elements of one file
DEEPEST = 400  # what lies deeper is not walked


def tree_of(data: bytes, name: str) -> Element:
    """Return the root element of a member of a file.

    Raises:
        UnreadableError: It is no XML, or one that was made to harm.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True)
    except ParseError as error:
        raise UnreadableError(DAMAGED, f"{name}: {error}") from error
    except DefusedXmlException as error:
        raise UnreadableError(BOMB, f"{name}: {type(error).__name__}") from error
    except (LookupError, ValueError, RecursionError) as error:  # an encoding nobody knows
        raise UnreadableError(DAMAGED, f"{name}: {type(error).__name__}") from error
    return root


def tag(element: Element) -> str:
    """Return the name of an element without its namespace."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return the attribute of that local name, in whatever namespace, "" if there is none."""
    value = element.get(name)
    if value is not None:
        return value
    end = "}" + name
    return next((found for key, found in element.attrib.items() if key.endswith(end)), "")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that local name."""
    if element is None:
        return None
    return next((one for one in element if tag(one) == name), None)


def every(root: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of those local names, in document order."""
    for number, element in enumerate(root.iter()):
        if number > _MOST:
            return
        if tag(element) in names:
            yield element


def text(element: Element | None) -> str:
    """Return the text in an element, its white space squeezed."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
