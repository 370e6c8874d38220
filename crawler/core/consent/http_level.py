"""The HTTP level: refusals, prices and challenges in place of the page."""

from __future__ import annotations

from crawler.core.consent import challenge_headers
from crawler.core.consent.protocol import NOTHING, Case, Protocol, Reading, Says, WayOut, signal
from crawler.core.decision import Usage, Value

_DENY: Says = {Usage.CRAWL: Value.DENY}
_DEFER: Says = {Usage.CRAWL: Value.DEFER}
_PAID: Says = {Usage.CRAWL: Value.CONDITIONAL}
_PRICES = ("crawler-price", "payment-required", "x-payment-required")


def read(case: Case) -> Reading:
    """Resolve the page's status line and the headers that go with it."""
    page = case.page
    if page is None:
        return NOTHING
    status = page.status
    stands_in = challenge_headers.stands_in(page.headers)
    if stands_in and not case.spec:
        name = stands_in.partition(":")[0]
        return Reading((signal("http.challenge", f"header {name}", stands_in, _DENY),))
    if not case.spec and (test := case.elements.get("challenge")):
        raw = f"{test[0].name}: {test[0].text}"
        return Reading((signal("http.challenge", "page", raw, _DENY),))
    place, raw = "status", f"HTTP {status}"
    if status == 402:  # noqa: PLR2004 - payment required
        price = next((f"{n}: {v}" for n in _PRICES for v in case.lines(n)), raw)
        if price == raw:  # draft-ryan-httpauth-payment
            asked = case.lines("www-authenticate")
            price = next((v for v in asked if v.lower().startswith("payment")), raw)
        return Reading((signal("http.payment", place, price, _PAID),))
    if status == 451:  # noqa: PLR2004 - RFC 7725
        return Reading((signal("http.legal", place, raw, _DENY),))
    if status in {401, 403, 407}:
        why = next(
            (f"{n}: {v}" for n in ("crawler-error", "www-authenticate") for v in case.lines(n)), raw
        )
        return Reading((signal("http.refused", place, why, _DENY),))
    if status in {408, 425, 429} or status >= 500:  # noqa: PLR2004 - RFC 9110 section 15.6
        return Reading((signal("http.overload", place, raw, _DEFER),))
    return NOTHING


PROTOCOL: Protocol = Protocol(
    name="http",
    read=read,
    places=("headers", "document"),
    headers=(
        "cf-mitigated",
        "crawler-charged",
        "crawler-error",
        "crawler-price",
        "payment-required",
        "www-authenticate",
        "x-amzn-waf-action",
        "x-payment-required",
        "x-vercel-mitigated",
    ),
    rules={
        "http.refused": "The server refused us access to the page.",
        "http.legal": "The server withholds the page for legal reasons (status 451).",
        "http.challenge": "A bot challenge was served in place of the page.",
        "http.payment": "The server asks for payment.",
        "http.overload": "The server was overloaded; the page is asked for later.",
        "http.gone": "The page is gone.",
        "http.error": "The server answered with an error in place of the page.",
    },
    ways=(WayOut("HTTP status", "401, 402, 403 or 451", "The page counts as refused."),),
    where="status, `crawler-price`, `WWW-Authenticate: Payment`, `cf-mitigated`,"
    " `x-amzn-waf-action`, `x-vercel-mitigated`; a page that is a bot challenge sent as"
    " success",
    refuses="401, 403, 407, 451, challenges; 402 is conditional; 408, 425, 429, 5xx defer",
    former_prefix="htp",
)
