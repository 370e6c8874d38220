"""The HTTP level (prefix htp): refusals, prices and challenges in place of the page."""

from __future__ import annotations

from crawler.core.consent import challenge
from crawler.core.consent.protocol import NOTHING, Case, Protocol, Reading, Says, signal
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
    stands_in = challenge.stands_in(page.headers)
    if stands_in and not case.spec:
        name = stands_in.partition(":")[0]
        return Reading((signal("htp.challenge", f"header {name}", stands_in, _DENY),))
    place, raw = "status", f"HTTP {status}"
    if status == 402:  # noqa: PLR2004 - payment required
        price = next((f"{n}: {v}" for n in _PRICES for v in case.lines(n)), raw)
        return Reading((signal("htp.payment", place, price, _PAID),))
    if status == 451:  # noqa: PLR2004 - RFC 7725
        return Reading((signal("htp.legal", place, raw, _DENY),))
    if status in {401, 403, 407}:
        why = next(
            (f"{n}: {v}" for n in ("crawler-error", "www-authenticate") for v in case.lines(n)), raw
        )
        return Reading((signal("htp.refused", place, why, _DENY),))
    if status in {408, 425, 429} or status >= 500:  # noqa: PLR2004 - RFC 9110 section 15.6
        return Reading((signal("htp.overload", place, raw, _DEFER),))
    return NOTHING


PROTOCOL: Protocol = Protocol("http", "htp", ("headers",), read)
