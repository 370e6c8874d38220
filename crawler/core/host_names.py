"""Host names as settings have them: brought to one form as they are read."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from crawler.core.urls import host_name, meant_domain


def domain(text: str) -> str:
    """Return a domain in the form of `host_name`; a leading dot says nothing more.

    Raises:
        ValueError: It is no domain: it has a scheme, a path, a port or a wildcard, or is no name.
    """
    name = host_name(text.strip().removeprefix("."))
    if name is None:
        msg = f'{text!r} is no domain; write "{meant_domain(text) or "example.org"}"'
        raise ValueError(msg)
    return name


def host_pattern(text: str) -> str:
    """Return a domain, or "*." and a domain, in its one form.

    Raises:
        ValueError: It is neither.
    """
    text = text.strip()
    return f"*.{domain(text[2:])}" if text.startswith("*.") else domain(text)


def host_and_port(text: str) -> str:
    """Return a domain, or a domain, a colon and a port, in its one form.

    Raises:
        ValueError: It is neither.
    """
    name, colon, port = text.strip().rpartition(":")
    if colon and port.isdecimal() and (":" not in name or name.endswith("]")):
        return f"{domain(name)}:{int(port)}"
    return domain(text)


Domain = Annotated[str, AfterValidator(domain)]
HostPattern = Annotated[str, AfterValidator(host_pattern)]
