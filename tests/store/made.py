"""Jobs made by hand, through the store's own writers."""

from hashlib import sha256

from crawler.core.decision import Decision, Found, Signal, Usage, Value, Verdict
from crawler.core.document import Document, Licence, Metadata
from crawler.core.evidence import Carrier, FileKind, LicenceClaim, PageEvidence, Snapshot
from crawler.core.outcome import Kept, Refused
from crawler.core.policy import ConsentPolicy
from crawler.core.response import Response
from crawler.core.task import Task, TaskKind
from crawler.core.urls import parse
from crawler.store.database import connect
from crawler.store.job import DATABASE
from crawler.store.pages import Context, record_visit, save_policy, save_snapshot

NOW = 1_760_000_000.0
POLICY = ConsentPolicy(probes=())  # pages made by hand rest on robots.txt alone
CONTEXT = Context(POLICY.sha256, "1")
YES = Decision(True, "ok", Verdict(), NOW)
NOAI = Signal(
    "robots_meta", "robots_meta.noai", "header x-robots-tag", "noai", {Usage.AI_TRAIN: Value.DENY}
)
NO = Decision(False, "robots_meta.noai", Verdict(ai_train=Value.DENY), NOW, deciding=NOAI)
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
LICENCES = {
    "": Licence(),
    "CC-BY-4.0": Licence(
        "CC-BY-4.0",
        CC_BY,
        "ATTR",
        "page",
        0.95,
        False,
        (LicenceClaim("CC-BY-4.0", "CC-BY-4.0", "ATTR", CC_BY, "link", "page", 0.95),),
        {"title": "A title", "author": "Ada", "source": "https://a.test/", "licence": "CC BY 4.0"},
    ),
    "CC-BY-SA-4.0": Licence("CC-BY-SA-4.0", CC_BY.replace("by", "by-sa"), "SA", "page", 0.9),
    "CC-BY-NC-4.0": Licence("CC-BY-NC-4.0", CC_BY.replace("by", "by-nc"), "NC", "page", 0.9),
    "CC-BY-NC-ND-4.0": Licence("CC-BY-NC-ND-4.0", "", "ND", "page", 0.9),
    "CC0-1.0": Licence("CC0-1.0", "", "PD", "page", 0.95),
}
ROBOTS = Snapshot(
    FileKind.ROBOTS,
    "https://a.test/robots.txt",
    Found.FOUND,
    NOW - 60,
    200,
    "text/plain",
    b"User-agent: *\nDisallow: /private/\n",
    "https://a.test/robots.txt",
    expires_at=NOW + 86_400,
)


def document(text, licence="", title="A title", language="en", minhash=b""):
    words = len(text.split())
    return Document(
        text=text,
        metadata=Metadata(title=title, authors=("Ada",), published="2024-05-01"),
        licence=LICENCES[licence],
        extractor="fast",
        extractor_version="1",
        encoding="utf-8",
        encoding_source="header",
        replaced=0,
        language=language,
        language_score=0.98,
        language_tool="test",
        body_sha256=sha256(text.encode("utf-8", "replace")).hexdigest(),
        text_sha256=sha256(" ".join(text.lower().split()).encode("utf-8", "replace")).hexdigest(),
        minhash=minhash,
        words=words,
        characters=len(text),
        size=len(text.encode("utf-8", "replace")),
        tokens=round(words * 1.33),
        token_method="words*1.33",  # noqa: S106 - no password
    )


def task(number, url, site=()):
    return Task(number, parse(url), TaskKind.PAGE, ("127.0.0.1",), site)


def response(url, body=b"<p>hello", at=NOW, status=200):
    headers = (("content-type", "text/html; charset=utf-8"), ("etag", '"1"'))
    return Response(
        parse(url), status, headers, body, False, len(body), "127.0.0.1", at, at + 0.1, at + 0.2
    )


EVIDENCE = PageEvidence(
    200,
    (("x-robots-tag", "nosnippet"),),
    (Carrier("meta", "robots", "index", "head", "name"),),
    (LicenceClaim("CC-BY-4.0", "CC-BY-4.0", "ATTR", CC_BY, "link", "page", 0.95, "<link>"),),
    True,
    "text/html",
)
PLAIN = PageEvidence(200, (), (), (), True, "text/html")


def add_url(connection, url):
    """Add a bare URL as the frontier would, and return its id."""
    row = connection.execute("SELECT id FROM url WHERE url = ?", (url,)).fetchone()
    if row:
        return row[0]
    values = {"url": url, "key": parse(url).key}
    for _, name, kind, not_null, default, primary in connection.execute("PRAGMA table_info(url)"):
        if not_null and default is None and not primary and name not in values:
            values[name] = {"TEXT": "", "BLOB": b""}.get(kind, 0)
    known = {row[1] for row in connection.execute("PRAGMA table_info(url)")}
    values = {name: value for name, value in values.items() if name in known}
    cursor = connection.execute(
        f"INSERT INTO url ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
        tuple(values.values()),
    )
    return cursor.lastrowid


def open_made(folder):
    """Open a job's database for hand-made rows: hosts of URLs need not be there."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect(folder / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    save_policy(connection, POLICY, "{}", NOW - 100)
    connection.execute("COMMIT")
    return connection


def learn(connection, origin="https://a.test", snapshot=ROBOTS):
    from dataclasses import replace

    return replace(snapshot, id=save_snapshot(connection, origin, snapshot))


def keep(connection, url, text, *, site=(), at=NOW, archive=None, body=None, **about):
    """Record a visit that kept `text`; return the URL's id."""
    number = add_url(connection, url)
    kept = Kept(YES, PLAIN, document(text, **about))
    answer = response(url, (body or text.encode("utf-8", "replace")), at)
    record_visit(connection, task(number, url, site), kept, answer, CONTEXT, at, archive)
    return number


def refuse(connection, url, *, decision=NO, evidence=EVIDENCE, at=NOW, site=()):
    number = add_url(connection, url)
    record_visit(
        connection,
        task(number, url, site),
        Refused(decision, evidence),
        response(url, at=at),
        CONTEXT,
        at,
    )
    return number
