"""Licence addresses and names to SPDX ids and classes."""

# ruff: noqa: E501, RUF001, FBT003 - tables of patterns in many scripts
from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from crawler.core.late_expressions import late

PD, ATTR, SA, NC, ND, ARR, UNKNOWN = "PD", "ATTR", "SA", "NC", "ND", "ARR", "UNKNOWN"
OPEN = frozenset({PD, ATTR, SA})

_MAX_URL = 500  # characters
# Ports that have an id of their own (SPDX licence list 3.27); the others get a LicenseRef.
_PORTS = frozenset(
    [
        "BY-2.5-AU",
        "BY-3.0-AT",
        "BY-3.0-AU",
        "BY-3.0-DE",
        "BY-3.0-IGO",
        "BY-3.0-NL",
        "BY-3.0-US",
        "BY-SA-2.0-UK",
        "BY-SA-2.1-JP",
        "BY-SA-3.0-AT",
        "BY-SA-3.0-DE",
        "BY-SA-3.0-IGO",
        "BY-NC-3.0-DE",
        "BY-ND-3.0-DE",
        "BY-NC-SA-2.0-DE",
        "BY-NC-SA-2.0-FR",
        "BY-NC-SA-2.0-UK",
        "BY-NC-SA-3.0-DE",
        "BY-NC-SA-3.0-IGO",
        "BY-NC-ND-3.0-DE",
        "BY-NC-ND-3.0-IGO",
    ]
)
_VERSIONS = frozenset({"1.0", "2.0", "2.5", "3.0", "4.0"})
_CODES = frozenset({"BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"})
_ORDER = ("BY", "NC", "ND", "SA")


@dataclass(frozen=True, slots=True)
class Named:
    """A licence that an address or a text names."""

    spdx: str
    family: str  # what the class is looked up by
    kind: str
    url: str = ""
    certain: bool = True  # False: no version was named


_CC_URL = late(
    r"(?:https?:)?/{0,2}(?:www\.)?creativecommons\.org/{1,2}"
    r"(?:(?P<zone>licen[sc]es)/(?P<code>[a-z+-]+)|(?P<pd>publicdomain)/(?P<mark>[a-z]+))"
    r"(?:/(?P<version>\d\.\d))?(?:/(?P<port>(?!deed|legalcode|rdf)[a-z]{2,8}(?:-[a-z]{2})?))?"
    r"(?:/(?:deed|legalcode|rdf)[^/]*)?/?(?:[?#].*)?\Z"
)


def from_url(url: str) -> Named | None:
    """Return the licence at an address: relative scheme, deeds, ports and %2F forms too."""
    text = url.strip()[:_MAX_URL].rstrip(".,;)")
    if "%2f" in text.lower():
        text = unquote(text)
    lowered = text.lower()
    match = _CC_URL.match(lowered)
    if match:
        return _cc_from_match(match)
    bare = re.sub(r"\A(?:https?:)?//(?:www\.)?", "", lowered).rstrip("/")
    bare = re.split(r"[?#]", bare, maxsplit=1)[0].rstrip("/") if "kogl" not in bare else bare
    if bare.startswith("spdx.org/licenses/"):
        spdx = _BY_LOWER.get(bare.rpartition("/")[2].removesuffix(".html").removesuffix(".json"))
        return Named(spdx, spdx, KINDS[spdx], text) if spdx else None
    for pattern, spdx in _URLS:
        if pattern.fullmatch(bare):
            return Named(spdx, spdx, KINDS[spdx], text)
    return None


def _cc_from_match(match: re.Match[str]) -> Named | None:
    version, port = match["version"] or "", match["port"] or ""
    if match["pd"]:
        mark = {"zero": ("CC0-1.0", "zero/1.0"), "mark": ("CC-PDM-1.0", "mark/1.0")}.get(
            match["mark"], ("CC-PDDC", "certification/1.0/us")
        )
        if match["mark"] not in ("zero", "mark", "certification"):
            return None
        return Named(mark[0], mark[0], PD, f"https://creativecommons.org/publicdomain/{mark[1]}/")
    code = match["code"]
    if code == "publicdomain":
        return Named("CC-PDDC", "CC-PDDC", PD, "https://creativecommons.org/licenses/publicdomain/")
    if code in ("sampling", "sampling+", "nc-sampling+", "devnations"):
        name = "LicenseRef-CC-" + code.replace("+", "-Plus").title().replace("Nc-", "NC-")
        return Named(name, name, UNKNOWN, f"https://creativecommons.org/licenses/{code}/1.0/")
    return cc(frozenset(code.upper().split("-")), version, port.upper())


def cc(elements: frozenset[str], version: str, port: str = "") -> Named | None:
    """Return the Creative Commons licence of those elements, None if there is none such."""
    if not elements or elements - set(_ORDER) or elements >= {"ND", "SA"}:
        return None
    if elements == {"NC", "ND"}:  # the address nd-nc/1.0 swaps the order of by-nc-nd
        elements |= {"BY"}
    code = "-".join(part for part in _ORDER if part in elements)
    kind = ND if "ND" in elements else NC if "NC" in elements else SA if "SA" in elements else ATTR
    path = code.lower()
    if not version:
        name = f"LicenseRef-CC-{code}-unversioned"
        return Named(
            name, f"CC-{code}", kind, f"https://creativecommons.org/licenses/{path}/", False
        )
    url = f"https://creativecommons.org/licenses/{path}/{version}/"
    family = f"CC-{code}-{version}"
    if version not in _VERSIONS and version != "2.1":
        return None
    if port and port not in ("INTERNATIONAL", "UNPORTED"):
        url += f"{port.lower()}/"
        known = f"{code}-{version}-{port}" in _PORTS
        return Named(f"{'' if known else 'LicenseRef-'}{family}-{port}", family, kind, url)
    known = (code in _CODES and version in _VERSIONS) or family == "CC-SA-1.0"
    return Named(family if known else f"LicenseRef-{family}", family, kind, url)


# --- other licences ---------------------------------------------------------------

KINDS: dict[str, str] = {
    **dict.fromkeys(
        [
            "CC0-1.0",
            "CC-PDM-1.0",
            "CC-PDDC",
            "PDDL-1.0",
            "DL-DE-ZERO-2.0",
            "NIST-PD",
            "NIST-PD-fallback",
            "Unlicense",
            "LicenseRef-US-Gov-PD",
        ],
        PD,
    ),
    **dict.fromkeys(
        [
            "OGL-UK-1.0",
            "OGL-UK-2.0",
            "OGL-UK-3.0",
            "OGL-Canada-2.0",
            "OPL-UK-3.0",
            "etalab-2.0",
            "LicenseRef-etalab-1.0",
            "NLOD-1.0",
            "NLOD-2.0",
            "DL-DE-BY-2.0",
            "ODC-By-1.0",
            "CDLA-Permissive-1.0",
            "CDLA-Permissive-2.0",
            "MIT",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "0BSD",
            "ISC",
            "FreeBSD-DOC",
            "OGDL-Taiwan-1.0",
            "Linux-man-pages-copyleft",
            "LicenseRef-OGL-UK-unversioned",
            "LicenseRef-KOGL-1",
            "LicenseRef-PDL-1.0",
            "PSF-2.0",
        ],
        ATTR,
    ),
    **dict.fromkeys(
        [
            "GFDL-1.1-or-later",
            "GFDL-1.2-or-later",
            "GFDL-1.3-or-later",
            "GFDL-1.2-no-invariants-or-later",
            "GFDL-1.3-no-invariants-or-later",
            "ODbL-1.0",
            "CDLA-Sharing-1.0",
            "LAL-1.3",
            "LicenseRef-GFDL-unversioned",
        ],
        SA,
    ),
    "LicenseRef-InC": ARR,
}
for _code in _CODES:
    for _version in _VERSIONS:
        _kind = (
            "ND" if "ND" in _code else "NC" if "NC" in _code else "SA" if "SA" in _code else ATTR
        )
        KINDS[f"CC-{_code}-{_version}"] = _kind
_BY_LOWER = {spdx.lower(): spdx for spdx in KINDS if not spdx.startswith("LicenseRef")}

_URLS = tuple(
    (late(pattern), spdx)
    for pattern, spdx in (
        (r"nationalarchives\.gov\.uk/doc/open-government-licence/version/1(?:/.*)?", "OGL-UK-1.0"),
        (r"nationalarchives\.gov\.uk/doc/open-government-licence/version/2(?:/.*)?", "OGL-UK-2.0"),
        (r"nationalarchives\.gov\.uk/doc/open-government-licence/version/3(?:/.*)?", "OGL-UK-3.0"),
        (r"nationalarchives\.gov\.uk/doc/open-government-licen[cs]e", "LicenseRef-OGL-UK-unversioned"),
        (r"(?:open|ouvert)\.canada\.ca/(?:en/open-government-licence|fr/licence-du-gouvernement-ouvert)-canada", "OGL-Canada-2.0"),
        (r"parliament\.uk/site-information/copyright(?:-parliament)?/open-parliament-licence", "OPL-UK-3.0"),
        (r"etalab\.gouv\.fr/licence-ouverte-open-licence", "etalab-2.0"),
        (r"(?:etalab\.gouv\.fr|data\.gouv\.fr)/.*(?:licence[-_]ouverte[-_]?v?2|etalab-2\.0).*", "etalab-2.0"),
        (r"github\.com/etalab/licence-ouverte/blob/(?:master|main)/(?:lo|open-licence)\.md", "etalab-2.0"),
        (r"etalab\.gouv\.fr/wp-content/uploads/2014/05/(?=.*licence).*\.pdf", "LicenseRef-etalab-1.0"),
        (r"data\.norge\.no/nlod/(?:no|en)/1\.0", "NLOD-1.0"),
        (r"data\.norge\.no/nlod/(?:no|en)/2\.0", "NLOD-2.0"),
        (r"govdata\.de/dl-de/by-2-0", "DL-DE-BY-2.0"),
        (r"govdata\.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0"),
        (r"gnu\.org/(?:licenses|copyleft)/(?:old-licenses/)?fdl-1\.1(?:\.[a-z-]+)*+", "GFDL-1.1-or-later"),
        (r"gnu\.org/(?:licenses|copyleft)/(?:old-licenses/)?fdl-1\.2(?:\.[a-z-]+)*+", "GFDL-1.2-or-later"),
        (r"gnu\.org/(?:licenses|copyleft)/fdl-1\.3(?:\.[a-z-]+)*+", "GFDL-1.3-or-later"),
        (r"gnu\.org/(?:licenses|copyleft)/fdl(?:\.[a-z-]+)*+", "LicenseRef-GFDL-unversioned"),
        (r"opendatacommons\.org/licenses/pddl(?:/1[.-]0)?(?:/.*)?", "PDDL-1.0"),
        (r"opendatacommons\.org/licenses/odbl(?:/1[.-]0)?(?:/.*)?", "ODbL-1.0"),
        (r"opendatacommons\.org/licenses/by(?:/1[.-]0)?(?:/.*)?", "ODC-By-1.0"),
        (r"cdla\.(?:dev|io)/permissive-1-0", "CDLA-Permissive-1.0"),
        (r"cdla\.(?:dev|io)/permissive-2-0", "CDLA-Permissive-2.0"),
        (r"cdla\.(?:dev|io)/sharing-1-0", "CDLA-Sharing-1.0"),
        (r"opensource\.org/licen[cs]es?/mit(?:-license(?:\.php)?)?", "MIT"),
        (r"(?:mit-license\.org)", "MIT"),
        (r"apache\.org/licenses/license-2\.0(?:\.(?:html|txt))?", "Apache-2.0"),
        (r"opensource\.org/licen[cs]es?/apache-2\.0", "Apache-2.0"),
        (r"opensource\.org/licen[cs]es?/bsd-3-clause", "BSD-3-Clause"),
        (r"opensource\.org/licen[cs]es?/bsd-2-clause", "BSD-2-Clause"),
        (r"opensource\.org/licen[cs]es?/(?:isc|isc-license(?:-txt)?)", "ISC"),
        (r"opensource\.org/licen[cs]es?/0bsd", "0BSD"),
        (r"freebsd\.org/copyright/freebsd-doc-license(?:\.html)?", "FreeBSD-DOC"),
        (r"unlicense\.org", "Unlicense"),
        (r"artlibre\.org/licence/lal(?:/.*)?", "LAL-1.3"),
        (r"usa\.gov/(?:publicdomain/label/1\.0|government-works)", "LicenseRef-US-Gov-PD"),
        (r"data\.gov\.tw/license", "OGDL-Taiwan-1.0"),
        (r"kogl\.or\.kr/info/license\.do#01-tab", "LicenseRef-KOGL-1"),
        (r"rightsstatements\.org/(?:vocab|page)/inc(?:/1\.0)?", "LicenseRef-InC"),
    )
)  # fmt: skip

# --- names in text -----------------------------------------------------------------

_SHORT = late(
    r"(?<![\w-])cc[\s_-]*+(?P<code>by(?:[\s_-]*+(?:nc|nd|sa|noncommercial|sharealike|noderivs))*)"
    r"(?![a-z])(?:[\s_-]*+(?:licen[cs]e)?+[\s_-]*+v?(?P<version>[1-4]\.[0-5])(?!\.?\d))?"
    r"(?:[\s_-]++(?P<port>[a-z]{2}|igo)(?![a-z]))?",
    re.IGNORECASE,
)
_ZERO = late(
    r"(?<![\w-])cc[\s_-]?0(?![\d.]{0,40}[2-9])(?:[\s_-]*v?1\.0)?(?![\w.]{0,40}\d)", re.IGNORECASE
)
_LONG = late(
    r"creative[\s-]?commons|クリエイティブ・?コモンズ|知识共享|知識共享|創用\s?cc|크리에이티브\s?커먼즈",
    re.IGNORECASE,
)
_CODED = late(r"\W*(?:licen[cs]e\W*)?(BY(?:[ _-](?:NC|ND|SA))*|by(?:-(?:nc|nd|sa))+)\b")
_LONG_SPAN = 140  # characters after "Creative Commons" in which its elements stand
_ELEMENTS = (
    ("BY", late(
        r"attribution|namensnennung|atribuci|reconocimiento|attribuzione|naamsvermelding|paternit"
        r"|atribui|erkännande|navngivelse|nimeä|uznanie|表示|署名|姓名標示|저작자|атрибуц", re.IGNORECASE)),
    ("NC", late(
        r"non[\s-]?commercial|nicht[\s-]?kommerziell|no[\s-]?comercial|não[\s-]?comercial|utilisation "
        r"commerciale|non commerciale|niet[\s-]?commercieel|icke-?kommersiell|użycie niekomercyjne"
        r"|非営利|非商业|非商業|비영리|некоммерч", re.IGNORECASE)),
    ("ND", late(
        r"no[\s-]?deriv|keine[\s-]bearbeitung|sin[\s-]?(?:obra)?[\s-]?deriv|sem[\s-]?deriv|pas de "
        r"modification|non opere derivate|geen[\s-]?afgeleide|改変禁止|禁止演绎|禁止改作|변경금지"
        r"|без производных", re.IGNORECASE)),
    ("SA", late(
        r"share[\s-]?alike|weitergabe unter gleichen|compartir[\s-]?igual|compartilha[\s-]?igual"
        r"|partage (?:dans les mêmes|à l.identique)|condividi allo stesso|gelijk[\s-]?delen"
        r"|dela[\s-]?lika|na tych samych|継承|相同方式共享|相同方式分享|동일조건|распространение на тех же", re.IGNORECASE)),
)  # fmt: skip
_VERSION = late(r"(?<![\d.])([1-4]\.[05])(?!\.?\d)|(?<![\d.])(2\.1)(?!\.?\d)")
_NAMES = tuple(
    (late(pattern, re.IGNORECASE), spdx)
    for pattern, spdx in (
        (r"public domain mark(?:\s+1\.0)?", "CC-PDM-1.0"),
        (r"open government licen[cs]e,?\s*+(?:(?:version|v)\s*+)?3(?:\.0)?", "OGL-UK-3.0"),
        (r"open government licen[cs]e,?\s*+(?:(?:version|v)\s*+)?2(?:\.0)?(?! ?[-–] ?canada)", "OGL-UK-2.0"),
        (r"open government licen[cs]e,?\s*+(?:(?:version|v)\s*+)?1(?:\.0)?", "OGL-UK-1.0"),
        (r"open government licen[cs]e\s*[-–]\s*canada", "OGL-Canada-2.0"),
        (r"open parliament licen[cs]e(?:,?\s*v?3\.0)?", "OPL-UK-3.0"),
        (r"licence ouverte(?:\s*+/\s*+open licen[cs]e)?,?\s*+(?:(?:version|v)\s*+)?2(?:\.0)?|etalab[\s-]2\.0", "etalab-2.0"),
        (r"gnu free documentation licen[cs]e,?\s*+(?:(?:version|v)\s*+)?1\.3|gfdl[\s-]*1\.3", "GFDL-1.3-or-later"),
        (r"gnu free documentation licen[cs]e,?\s*+(?:(?:version|v)\s*+)?1\.2|gfdl[\s-]*1\.2", "GFDL-1.2-or-later"),
        (r"gnu free documentation licen[cs]e|\bgfdl\b", "LicenseRef-GFDL-unversioned"),
        (r"datenlizenz deutschland[\s–-]*(?:namensnennung|by)[\s–-]*(?:version\s*)?2\.0|dl-de/by-2-0", "DL-DE-BY-2.0"),
        (r"datenlizenz deutschland[\s–-]*zero[\s–-]*(?:version\s*)?2\.0|dl-de/zero-2-0", "DL-DE-ZERO-2.0"),
        (r"norsk lisens for offentlige data.{0,20}2\.0|\bnlod[\s-]*2\.0", "NLOD-2.0"),
        (r"apache licen[cs]e,?\s*+(?:(?:version|v)\s*+)?2\.0|\bapache[\s-]2\.0", "Apache-2.0"),
        (r"\bMIT licen[cs]e", "MIT"),
        (r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|すべての権利|版权所有|все права защищены|tutti i diritti riservati|todos os direitos reservados", "ARR"),
    )
)  # fmt: skip


def from_text(text: str) -> Named | None:
    """Return the first licence that a short text names, None if it names none.

    A class is told from the elements alone when no version is named.
    """
    if match := re.search(
        r"(?:https?:)?//(?:www\.)?creativecommons\.org/[^\s\"'<>)\]]+", text, re.IGNORECASE
    ):
        return from_url(match[0].rstrip(".,;"))
    if match := _SHORT.search(text):
        return _coded(match)
    if _ZERO.search(text):
        return Named("CC0-1.0", "CC0-1.0", PD, "https://creativecommons.org/publicdomain/zero/1.0/")
    if match := _LONG.search(text):
        return _long(text[match.end() : match.end() + _LONG_SPAN])
    for pattern, spdx in _NAMES:
        if pattern.search(text):
            if spdx == "ARR":
                return None
            return Named(spdx, spdx, KINDS[spdx], "", certain="unversioned" not in spdx)
    exact = _BY_LOWER.get(text.strip().lower())
    return Named(exact, exact, KINDS[exact]) if exact else None


def names_in(sentence: str) -> list[Named]:
    """Return the licence a sentence names, and other Creative Commons ones beside it."""
    first = from_text(sentence)
    if first is None:
        return []
    others = (_coded(match) for match in _SHORT.finditer(sentence))
    return list({named.spdx: named for named in (first, *others) if named is not None}.values())


def reserves_all(text: str) -> bool:
    """Whether a text says that all rights are reserved."""
    return _NAMES[-1][0].search(text) is not None


def _coded(match: re.Match[str]) -> Named | None:
    code = re.sub(r"noncommercial", "nc", match["code"].lower())
    code = code.replace("sharealike", "sa").replace("noderivs", "nd")
    elements = frozenset(re.findall("BY|NC|ND|SA", code.upper()))
    port = (match["port"] or "").upper()
    version = match["version"] or ""
    return cc(elements, version, port if version == "3.0" or port == "IGO" else "")


def _long(text: str) -> Named | None:
    if re.match(r"\W*(?:zero|cc0|0\b)", text, re.IGNORECASE):
        return Named("CC0-1.0", "CC0-1.0", PD, "https://creativecommons.org/publicdomain/zero/1.0/")
    if re.match(r"\W*public domain mark", text, re.IGNORECASE):
        return Named("CC-PDM-1.0", "CC-PDM-1.0", PD)
    if match := _CODED.match(text):
        elements = frozenset(re.split("[ _-]", match[1].upper()))
    else:
        elements = frozenset(code for code, pattern in _ELEMENTS if pattern.search(text))
    if not elements:
        return None
    version = _VERSION.search(text)
    return cc(elements | {"BY"}, (version[1] or version[2]) if version else "")
