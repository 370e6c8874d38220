"""The commands that the documents print: those in fences marked `sh`, and those within lines."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md",
                 *(ROOT / "docs").glob("*.md"))
)  # fmt: skip
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(crawler [^`\n]+)`")
PROGRAMS = ("crawler", "make", "docker", "pip", "python", "sqlite3", "curl", "zstdcat")


@dataclass(frozen=True)
class Command:
    """One command as it is printed, joined where it goes on in the next line."""

    document: str
    line: int
    text: str

    @property
    def bare(self):
        """The command without the comment behind it."""
        return re.sub(r"\s+# .*\Z", "", self.text)

    def __str__(self):
        return f"{self.document}:{self.line}: {self.text}"


def fences(document):
    """Yield the mark of each fence, its first line's number, and what is in it."""
    text = (ROOT / document).read_text()
    for found in _FENCE.finditer(text):
        yield found[1], text.count("\n", 0, found.start(2)) + 1, found[2]


def commands(document):
    """Return the commands of a document's fences marked `sh`, in order."""
    found = []
    for mark, first, body in fences(document):
        if mark != "sh":
            continue
        joined, start = "", 0
        for number, line in enumerate(body.split("\n"), first):
            start = start if joined else number
            joined += line
            if joined.endswith("\\"):
                joined = joined[:-1] + " "
                continue
            if joined.strip() and not joined.lstrip().startswith("#"):
                found.append(Command(document, start, joined))
            joined = ""
    return found


def inline(document):
    """Yield what stands as `crawler ...` within lines; fences are left out."""
    text = _FENCE.sub("", (ROOT / document).read_text())
    for found in _INLINE.finditer(text):
        yield found[1]
