"""Bot challenges: a page that tests its visitor in place of what was asked for.

Told by what only the test itself holds: none of these marks stands in a page that merely guards a
form or loads a vendor's script, and a page with text of its own is no test whatever it holds.
"""

from __future__ import annotations

from functools import cache
from html import unescape

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from crawler.core.late_expressions import late

MOST_TEXT = 1_500  # characters a test shows; an article says more
_MOST_BYTES = 150_000  # octets of a test, scripts and all
_MOST_TAGS = 600
# Each vendor's own test, as it stands in tags and scripts (lower case), not in text.
_MARKS: dict[str, tuple[bytes, ...]] = {
    "Cloudflare": (
        b"_cf_chl_opt",
        b"cf-browser-verification",
        b"/cdn-cgi/challenge-platform/h/g/orchestrate/",
        b"/cdn-cgi/challenge-platform/h/b/orchestrate/",
        b"cf_chl_prog",
        b"challenge-error-text",
        b"cf-error-details",
        b"/cdn-cgi/l/chk_",
    ),
    "Anubis": (b"anubis_challenge", b"/.within.website/x/", b"anubis_version"),
    "go-away": (b"/.well-known/.git.gammaspectra.live/", b"go-away/cmd/"),
    "Cerberus": (b"/.cerberus/",),
    "DataDome": (b"captcha-delivery.com", b"var dd={'rt'", b'var dd={"rt"'),
    "HUMAN": (b"px-captcha", b"captcha.px-cdn.net", b"captcha.px-cloud.net", b"_pxblockscript"),
    "Imperva": (
        b"_incapsula_resource?cwudnsai",
        b"_incapsula_resource?swudnsai",
        b"reeseskipexpirationcheck",
        b"distil_r_captcha",
        b"distil_ident_block",
    ),
    "AWS WAF": (b"gokuprops", b"awswafcookiedomainlist", b"awswafintegration.checkforcerefresh"),
    "Akamai": (b"sec-if-cpt-container", b"/_sec/cp_challenge/", b"sec-cpt-if", b"bm-verify="),
    "Sucuri": (b"sucuri_cloudproxy_js", b"sucuri-firewall-block"),
    "DDoS-Guard": (b"/.well-known/ddos-guard/js-challenge", b"data-ddg-origin", b"ddg-captcha"),
    "Kasada": (b"window.kpsdk={}", b"kpsdk.now", b"/ips.js?"),
    "F5": (b"window.bobcmn", b"bobcmn="),
    "Radware": (b"validate.perfdrive.com", b"/ssjsinternal", b"shieldsquare_"),
    "Reblaze": (b"rbzns", b"winsocks(true)"),
    "SiteGround": (b"/.well-known/sgcaptcha/",),
    "LiteSpeed": (b"/.lsrecap/", b"lsrecaptcha"),
    "Imunify360": (b"wsidchk", b"imunify360-webshield"),
    "Vercel": (b"/.well-known/vercel/security/",),
    "Fastly": (b"/_fs-ch-",),
    "Alibaba": (b"acw_sc__v2", b"_____tmd_____", b"x5secdata"),
    "Yandex": (b"/checkcaptcha?",),
    "Qrator": (b"/__qrator/",),
    "Baleen": (b"/.bln-internals/",),
    "Amazon": (b"/errors/validatecaptcha",),
    "haproxy-protection": (b"/.basedflare/", b"/.haproxy-protection/"),
    "BunkerWeb": (b"/.bunkerweb/", b"bw-challenge"),
    "SafeLine": (b"/.safeline/", b"safeline_bot_challenge"),
    "InfinityFree": (b"slowaes.decrypt", b'document.cookie="__test='),
    "Tencent EdgeOne": (b"eo_bot_ssid", b"__tst_status"),
}
_VENDORS = [(mark, vendor) for vendor, marks in _MARKS.items() for mark in marks]
_WIDGET = late(
    rb"challenges\.cloudflare\.com|cf-turnstile|hcaptcha|recaptcha|arkoselabs|friendlycaptcha"
    rb"|geetest|mcaptcha|altcha|smart-?captcha|captcha"
)
_WIDGETS = b"challenges.cloudflare.com cf-turnstile captcha arkoselabs geetest altcha".split()
# What a test calls itself. With nothing else on the page, and a script or form that does the
# testing, that is enough whoever made it.
_TITLES = late(
    r"just a moment|attention required!? \| cloudflare|please wait\.* \| cloudflare"
    r"|ddos-guard|ddos protection"
    r"|security (?:check|checkpoint|verification|challenge)\b(?! (?:of|for|in|at|on|by)\b)"
    r"|(?:making sure|checking|verif(?:y|ying)|confirm|validating|prove|are you|make sure|ensuring)"
    r"[^|]{0,30}(?:\bbot\b|\brobot\b|\bhuman\b|browser|connection)"
    r"|(?:bot|robot|human|browser|client|captcha) (?:check|challenge|verification|detection)"
    r"|pardon our interruption|access to this page has been denied|one moment,? please"
    r"|you are being redirected|^captcha$|request unsuccessful|^human verification"
    r"|access to this (?:site|service) has been limited|web page blocked|request rejected"
    r"|detected unusual traffic|browser is solving"
    r"|einen moment\b|ihr browser wird (?:\u00fcber|ge)pr\u00fcft|un momento\b"
    r"|\u3057\u3070\u3089\u304f\u304a\u5f85\u3061|\u8bf7\u7a0d\u5019|\uc7a0\uc2dc\ub9cc"
    r"|\u8bbf\u95ee\u88ab(?:\u963b\u65ad|\u62e6\u622a)"
    r"|ich bin kein roboter|sicherheits(?:abfrage|\u00fcberpr\u00fcfung)"
    r"|un instant|v\u00e9rification de (?:s\u00e9curit\u00e9|votre)"
    r"|\u0432\u044b \u043d\u0435 \u0440\u043e\u0431\u043e\u0442"
    r"|\u5b89\u5168\u9a8c\u8bc1|\u4eba\u673a\u9a8c\u8bc1"
)
# The same as words that stand unbroken in any page with such a title: `+` joins those of one.
_TITLE_WORDS = (
    "moment attention+required cloudflare+wait ddos security+check|verification|challenge"
    " bot|human|browser|connection|client|captcha"
    "+sure|check|verif|confirm|validating|prove|you|ensuring|challenge|detection"
    " interruption denied being+redirected unsuccessful limited blocked"
    " rejected unusual+traffic solving browser+wird captcha"
    " \u3057\u3070\u3089\u304f \u8bf7\u7a0d\u5019 \uc7a0\uc2dc\ub9cc \u8bbf\u95ee\u88ab"
    " roboter sicherheits instant rification \u0440\u043e\u0431\u043e\u0442 \u9a8c\u8bc1"
)
# "bot" ends there, and is no "bottom" or "both": so many pages have those.
_BOTS = [b"bot" + bytes([end]) for end in range(256) if not bytes([end]).isalnum()]
# What may stand for a letter of such a word; other names of characters stand for no letter of one.
_REFERENCES = (b"&#", b"cy;")
# What a test asks for or explains, in the few words it has.
_ASKS = late(
    r"enable (?:javascript|cookies)|(?:are|is) (?:a )?human"
    r"|not an? (?:ro)?bots?\b|\brobot\b|checking your browser|verif|challenge|captcha"
    r"|unusual traffic"
    r"|security service|(?:ray|incident|support|reference|attack|event|trace) ?id|response code"
    r"|press (?:&|and) hold|automated|\u963b\u65ad"
    r"|\u0440\u043e\u0431\u043e\u0442|\u9a8c\u8bc1|roboter|javascript"
)
# Asked in so many words, in the languages of the policy of consent and some more.
_CONFIRMS = late(
    r"not an? (?:ro)?bot\b|kein(?:e)? (?:ro)?bot(?:er)?\b|n'\u00eates pas un robot|pas un robot"
    r"|no (?:eres|es|soy) un robot|n\u00e3o (?:\u00e9|sou) um rob[o\u00f4]"
    r"|non (?:sono|sei|essere|\u00e8) un robot|geen robot|nie jeste[\u015bm] robotem"
    r"|(?:ikke|inte|et ole) (?:en )?robot|robot olmad|nejste robot|nem robot|nu e\u0219ti robot"
    r"|\u043d\u0435 (?:\u044f\u0432\u043b\u044f\u0435\u0442\u0435\u0441\u044c )?"
    r"\u0440\u043e\u0431\u043e\u0442"
    r"|\u30ed\u30dc\u30c3\u30c8\u3067(?:\u306f)?(?:\u306a|\u3042\u308a\u307e\u305b\u3093)"
    r"|\ub85c\ubd07\uc774 \uc544"
    r"|\u4e0d\u662f\u673a\u5668\u4eba|\u4e0d\u662f\u6a5f\u5668\u4eba"
)
# What a form has that is for more than a test.
_FIELDS = (b"<textarea", b'type="password"', b"type=password", b'type="email"', b"type=email")
_TINY = 80  # characters beside such a title, such as "Loading..."
_DOERS = (
    b"<script", b"<form", b"http-equiv", b"support id", b"attack id", b"incident id", b"event id",
)  # fmt: skip
_FEW_WORDS = 600  # characters of a test that is told by its words alone
_FEW_LINKS = 5  # the frame of a site's own pages has more
_SPACES = b" \t\n\v\f\r\x1c\x1d\x1e\x1f"
_NO_TEXT = (b"<script", b"<style", b"<svg")
_ASIDE = (*_NO_TEXT, b"<title")


def in_place_of(body: bytes) -> str:
    """Return whose test `body` (HTML, in an encoding that has ASCII) is, "" if it is none."""
    if len(body) > _MOST_BYTES:
        return ""
    low = body.lower()
    marked, may_be = _told(low)
    if not marked and not (may_be and any(doer in low for doer in _DOERS)):
        return ""
    tags, shown, title = _parts(low)
    if len(tags) > _MOST_TAGS or len(shown) > MOST_TEXT:
        return ""
    inner = b"\n".join(tags)
    if marked and (found := _marks().find_matches_as_indexes(inner)):
        return _VENDORS[found[0][0]][1]
    if len(shown) > _FEW_WORDS or inner.count(b"<a ") > _FEW_LINKS:
        return ""
    tested = _WIDGET.search(inner) is not None
    if tested and _CONFIRMS.search(shown) and not any(field in inner for field in _FIELDS):
        return "unknown"
    titled = _TITLES.search(title) is not None
    if titled and len(shown) < _TINY and b"<script" in inner:
        return "unknown"
    named = titled or _TITLES.search(shown)
    return "unknown" if named and (tested or _ASKS.search(shown)) else ""


def _told(low: bytes) -> tuple[bool, bool]:
    """Say whether a page has a vendor's mark, and whether it may be a test by its other words."""
    automaton, needed = _words()
    hits = automaton.find_matches_as_indexes(low + b" ", overlapping=True)
    found = {number for number, _, _ in hits}
    marked = bool(found) and min(found) < len(_VENDORS)
    may_be = any(reference in low for reference in _REFERENCES) or any(
        all(not group.isdisjoint(found) for group in groups) for groups in needed
    )
    return marked, may_be


@cache
def _words() -> tuple[BytesAhoCorasick, list[list[frozenset[int]]]]:
    """Return marks and words in one automaton, and which of them a test without a mark needs."""
    number: dict[bytes, int] = {mark: place for place, (mark, _) in enumerate(_VENDORS)}
    needed = [
        [
            frozenset(
                number.setdefault(form, len(number))
                for word in group.split(b"|")
                for form in (_BOTS if word == b"bot" else [word])
            )
            for group in words.split(b"+")
        ]
        for words in [*_WIDGETS, *_TITLE_WORDS.encode().split()]
    ]
    # Three times as fast as what it would choose for so many.
    return BytesAhoCorasick(list(number), implementation=Implementation.DFA), needed


@cache
def _marks() -> BytesAhoCorasick:
    return BytesAhoCorasick([mark for mark, _ in _VENDORS], MatchKind.LeftmostFirst)


def _parts(low: bytes) -> tuple[list[bytes], str, str]:
    """Return the tags and scripts of a page, the words between them, and its title.

    Of a page with more tags or text than a test has, the beginning with so many.
    """
    tags: list[bytes] = []
    texts: list[bytes] = []
    title = b""
    size = 0  # of the text, at least
    at = 0
    find, whole = low.find, len(low)
    while len(tags) <= _MOST_TAGS and size <= MOST_TEXT:
        start = find(b"<", at)
        text = low[at : start if start >= 0 else whole]
        if text:
            texts.append(text)
            if b"&" not in text and text.isascii():
                size += len(text.translate(None, _SPACES))
        if start < 0:
            break
        if low.startswith(b"<!--", start):
            end = find(b"-->", start)
            at = whole if end < 0 else end + 3
            continue
        end = find(b">", start)
        at = whole if end < 0 else end + 1
        tags.append(low[start:at])
        if not low.startswith(_ASIDE, start):
            continue  # as most do
        if low.startswith(b"<title", start):
            end = find(b"</title", at)
            title = low[at : whole if end < 0 else end]
            at += len(title)
            continue
        raw = next(name for name in _NO_TEXT if low.startswith(name, start))
        end = find(b"</" + raw[1:], at)
        end = whole if end < 0 else end
        if raw == b"<script":
            tags.append(low[at:end])
        at = end
    return tags, _plain(b" ".join(texts)), _plain(title)


def _plain(text: bytes) -> str:
    return " ".join(unescape(text.decode("utf-8", "replace")).replace("\u2019", "'").split())
