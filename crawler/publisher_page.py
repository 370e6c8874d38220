"""The page a publisher finds when they look us up: who we are and how to say no.

Pure functions that return `{path: bytes}`; put the files where `[identity] contact` points.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from ipaddress import ip_network
from urllib.parse import urljoin, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crawler.core.consent.protocols import PROTOCOLS
from crawler.fetch.identity import DIRECTORY_PATH, IdentitySettings
from crawler.keys import public_jwk, thumbprint
from crawler.promises import Promises

CARD_PATH = ".well-known/signature-agent-card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the change feed: what publishers should know has changed."""

    at: str  # RFC 3339 date-time
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherPage:
    """What the operator tells publishers besides what is in `[identity]`."""

    operator: str  # name of the person or body responsible
    updated: str  # RFC 3339 date-time
    purposes: tuple[str, ...] = ("Training of language models",)
    data_use: str = (
        "We keep the text of pages whose publishers have not refused, with its source, its "
        "licence and every signal we found."
    )
    promises: Promises | None = None  # what the policy lets us promise
    ranges: tuple[str, ...] = ()  # CIDR ranges we crawl from
    changes: tuple[Change, ...] = ()


def publisher_files(
    identity: IdentitySettings, page: PublisherPage, key: Ed25519PrivateKey | None = None
) -> dict[str, bytes]:
    """Return the static files, by path below the contact page.

    The key directory must lie at the root of the host: its path starts there.

    Raises:
        ValueError: A range is no CIDR range.
    """
    files = {
        "index.html": _html(identity, page, signed=key is not None).encode(),
        "robots-sample.txt": sample_robots(identity).encode(),
        "changes.atom": _atom(identity, page).encode(),
    }
    if page.ranges:
        files["ranges.json"] = _ranges(page).encode()
    if key is not None:
        files[DIRECTORY_PATH] = key_directory(key).encode()
        files[CARD_PATH] = _card(identity, page).encode()
    return files


def sample_robots(identity: IdentitySettings) -> str:
    """Return a robots.txt that refuses us, with each narrower choice explained."""
    token, train = identity.tokens
    return (
        f"# Keep {token} out altogether:\n"
        f"User-agent: {token}\nDisallow: /\n\n"
        "# Let it read, but keep your texts out of training:\n"
        f"User-agent: {train}\nDisallow: /\n\n"
        "# Or keep it out of one part, and ask it to be slower:\n"
        f"# User-agent: {token}\n# Disallow: /private/\n# Crawl-delay: 30\n"
    )


def key_directory(key: Ed25519PrivateKey) -> str:
    """Return the JSON Web Key Set for DIRECTORY_PATH.

    `alg` is a name of the HTTP Signature Algorithms registry (RFC 9421 section 6.2), not of JOSE.

    Serve it as application/http-message-signatures-directory+json.
    """
    jwk = public_jwk(key) | {"kid": thumbprint(key), "use": "sig", "alg": "ed25519"}
    return json.dumps({"keys": [jwk]}, indent=2, sort_keys=True) + "\n"


def _card(identity: IdentitySettings, page: PublisherPage) -> str:
    """Return the signature agent card: an OAuth client metadata document (RFC 7591 section 2).

    Its `rfc9309-compliance` is false unless it says otherwise (draft-meunier-webbotauth-registry).
    """
    root = urljoin(identity.contact, "/")
    card: dict[str, object] = {
        "client_id": urljoin(root, CARD_PATH),
        "client_name": identity.token,
        "client_uri": identity.contact,
        "jwks_uri": urljoin(root, DIRECTORY_PATH),
        "web_bot_auth": {
            "expected-user-agent": identity.user_agent,
            "purpose": ", ".join(page.purposes),
            "rfc9309-compliance": True,
            "rfc9309-product-token": identity.token,
            "trigger": "crawler",
        },
    }
    if identity.email:
        card["contacts"] = [f"mailto:{identity.email}"]
    return json.dumps(card, indent=2, sort_keys=True) + "\n"


def _ways_out(identity: IdentitySettings) -> Iterator[tuple[str, str, str]]:
    """Yield, for each protocol we read, its name, what to write and what follows."""
    token, train = identity.tokens
    for protocol in PROTOCOLS:
        for way in protocol.ways:
            text = way.text.replace("{token}", token).replace("{train}", train)
            yield way.where, text, way.effect


def _html(identity: IdentitySettings, page: PublisherPage, *, signed: bool) -> str:
    token = escape(identity.token)
    rows = "\n".join(
        f"<tr><th scope=row>{escape(name)}</th><td><pre>{escape(text)}</pre></td>"
        f"<td>{escape(effect)}</td></tr>"
        for name, text, effect in _ways_out(identity)
    )
    purposes = "".join(f"<li>{escape(purpose)}</li>" for purpose in page.purposes)
    changes = "".join(
        f"<li><time>{escape(change.at)}</time> <b>{escape(change.title)}</b> "
        f"{escape(change.text)}</li>"
        for change in page.changes
    )
    email = escape(identity.email, quote=True)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{token}: who we are and how to refuse us</title>
<link rel="alternate" type="application/atom+xml" href="changes.atom" title="Changes">
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse}}th,td{{text-align:left;vertical-align:top;padding:.4rem;
border-top:1px solid #bbb}}pre{{margin:0;white-space:pre-wrap}}</style>
</head>
<body>
<h1>{token}</h1>
<p>{token} is a web crawler operated by {escape(page.operator)}. It introduces itself as</p>
<pre>{escape(identity.user_agent)}</pre>
<p>Write to <a href="mailto:{email}">{email}</a>: to refuse, to have something removed, or if
the crawler behaves badly. Tell us the host and, if you can, a line of your log.</p>
<h2>What the texts are used for</h2>
<ul>{purposes}</ul>
<p>{escape(page.data_use)}</p>
<h2>How to refuse</h2>
<p>Any one of these is enough. One refusal outweighs every permission.</p>
<table>
<tr><th>Where</th><th>What to write</th><th>What we do</th></tr>
{rows}
</table>
<p><a href="robots-sample.txt">A robots.txt to copy from.</a></p>
{_promised(page)}
<h2>How to know it is us</h2>
<p>We send {_sender(identity, page)}{_signing(signed=signed)}</p>
<h2>Changes</h2>
<p><a href="changes.atom">Feed</a></p>
<ul>{changes}</ul>
<p>Last changed <time>{escape(page.updated)}</time></p>
</body>
</html>
"""


def _promised(page: PublisherPage) -> str:
    if page.promises is None:
        return ""
    parts = "".join(
        f"<dt>{escape(title)}</dt>" + "".join(f"<dd>{escape(item)}</dd>" for item in items)
        for title, items in page.promises.sentences().items()
    )
    return f"<h2>How fast it takes effect, and what is kept</h2>\n<dl>{parts}</dl>"


def _sender(identity: IdentitySettings, page: PublisherPage) -> str:
    sent = "a From header with the address above" if identity.email else "the name above"
    ranges = ' and crawl from <a href="ranges.json">these address ranges</a>' if page.ranges else ""
    return f"{sent}{ranges}."


def _signing(*, signed: bool) -> str:
    if not signed:
        return ""
    return (
        " Requests are signed (HTTP Message Signatures, tag <code>web-bot-auth</code>); the keys"
        f" are at <code>/{DIRECTORY_PATH}</code> on this host."
    )


def _ranges(page: PublisherPage) -> str:
    """Return our ranges in the form that large crawlers publish theirs."""
    networks = [ip_network(text) for text in page.ranges]
    prefixes: list[Mapping[str, str]] = [
        {f"ipv{network.version}Prefix": str(network)} for network in networks
    ]
    return json.dumps({"creationTime": page.updated, "prefixes": prefixes}, indent=2) + "\n"


def _atom(identity: IdentitySettings, page: PublisherPage) -> str:
    contact = identity.contact
    feed = urljoin(contact if contact.endswith("/") else f"{contact}/", "changes.atom")
    host = escape(urlsplit(contact).hostname or "")
    entries = "".join(
        f"<entry><id>tag:{host},{escape(change.at[:10])}:change-{number}</id>"
        f"<title>{escape(change.title)}</title><updated>{escape(change.at)}</updated>"
        f"<content>{escape(change.text)}</content></entry>\n"
        for number, change in enumerate(page.changes, start=1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{escape(feed)}</id><title>{escape(identity.token)}: changes</title>"
        f"<updated>{escape(page.updated)}</updated>"
        f"<author><name>{escape(page.operator)}</name></author>"
        f'<link rel="self" href="{escape(feed)}"/><link href="{escape(contact)}"/>\n'
        f"{entries}</feed>\n"
    )
