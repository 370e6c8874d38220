"""Names in a policy that were written otherwise than they are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path as FilePath

from crawler.config.policy_file import read
from crawler.config.problem import Path, dotted, printable
from crawler.core.content.metadata.language_names import language_code
from crawler.core.host_names import domain, host_and_port, host_pattern

# Where names stand, and what reads them; "*" is every entry of a list, every key of a table.
_NAMES: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...] = (
    (("never", "*", "domain"), domain),
    (("grants", "*", "domain"), domain),
    (("licences", "confirmed", "*", "domain"), domain),
    (("export", "without_domains", "*"), domain),
    (("export", "only_domains", "*"), domain),
    (("export", "languages", "*"), language_code),
    (("politeness", "groups", "*", "pattern"), host_pattern),
    (("network", "connect_to", "*"), host_and_port),
)


def respelt(source: str | FilePath) -> Iterator[str]:
    """Yield a line for each name that is read in another form; the policy has no errors."""
    for file in read(source):
        for where, form in _NAMES:
            for key, text in _found(file.data, where, ()):
                name = form(text)
                if name != text:
                    place = f"{file.name}:{file.line(key)}: {dotted(key)}"
                    yield f'{place}: {printable(text)!r} is read as "{name}"'


def _found(data: object, where: tuple[str, ...], key: Path) -> Iterator[tuple[Path, str]]:
    if not where:
        if isinstance(data, str):
            yield key, data
    elif where[0] == "*":
        if isinstance(data, Mapping):
            for name in data:
                yield from _found(name, where[1:], (*key, name))
        elif isinstance(data, list):
            for number, item in enumerate(data):
                yield from _found(item, where[1:], (*key, number))
    elif isinstance(data, Mapping) and where[0] in data:
        yield from _found(data[where[0]], where[1:], (*key, where[0]))
