"""An independent walk over a folder of HTML: the standard library only, none of our parsers.

It answers one question: which pages can be reached from the front page by following links?
"""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

_HTML = (".html", ".htm")


def walk(folder: Path, host: str = "site.test", start: str = "/index.html") -> dict[str, str]:
    """Return `{path: title}` of every HTML page of `folder` that links reach from `start`."""
    found: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        file = _file(folder, path)
        if file is None:
            continue
        links = _Links()
        links.feed(file.read_text("utf-8", "replace"))
        found[path] = " ".join("".join(links.title).split())
        for link in links.found:
            target = _path_on(host, urljoin(f"http://{host}{path}", link))
            if target is not None and target not in found:
                waiting.append(target)
    return found


def _file(folder: Path, path: str) -> Path | None:
    file = folder / unquote(path).lstrip("/")
    if file.is_dir():
        file = file / "index.html"
    inside = file.resolve().is_relative_to(folder.resolve()) or file.is_symlink()
    return file if inside and file.suffix in _HTML and file.is_file() else None


def _path_on(host: str, url: str) -> str | None:
    parts = urlsplit(urldefrag(url)[0])
    if parts.scheme != "http" or parts.hostname != host or parts.port not in (None, 80):
        return None
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.title: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("a", "area") and attributes.get("href"):
            self.found.append(attributes["href"].strip())
        if tag in ("frame", "iframe") and attributes.get("src"):
            self.found.append(attributes["src"].strip())
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title.append(data)
