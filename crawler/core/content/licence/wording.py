"""What the words around a licence say: of which work it is, and how firmly."""

# ruff: noqa: E501, RUF001 - patterns in many scripts
from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.core.content.licence.spdx_ids import reserves_all
from crawler.core.late_expressions import late

_MAX_SENTENCES = 60
_SENTENCE = late(r"(?<=[.!?。！？])\s+(?=[A-ZÀ-ÞΑ-ЯЁ©\"“(]|[^\x00-\u04ff])|(?<=[。！？])|\s[|•·]\s")

# The licence is of the page's text or of the whole site.
_WHOLE = late(
    r"\b(?:this is an? open[- ]access (?:article|paper|work|book|chapter)|th(?:is|e|ese)\s+(?:\w+\s+){0,2}?(?:page|article|post|text|work|site|website|web site|blog|"
    r"content|contents|document|documentation|book|wiki|tutorial|guide|course|material|materials|"
    r"publication|paper|chapter|lesson|handbook|manual|textbook)s?|textbooks on|(?:all|our|its|original|written|textual|"
    r"site|website|page|blog|wiki|article)\s+(?:\w+\s+){0,2}?(?:content|contents|text|texts|articles?|"
    r"posts?|pages?|material|materials|writing|documentation|works?)|content\s+(?:on|of|in|is|"
    r"available|from|licensed)|contents?\s+(?:are|is)\b|text\s+(?:is|of|on|are|available|content)|"
    r"(?:site|page|website|documentation|articles?|posts?|blog|wiki|materials?)\s+(?:\w+\s+)?(?:is|are)\b|(?:documentation|docs|text|texts|articles|posts)\s+"
    r"(?:licen[sc]ed|distributed|released|published|available)\b|"
    r"unless otherwise (?:noted|stated|indicated|specified)|except (?:where|as) otherwise|"
    r"dies(?:e|er|es)\s+(?:werk|seite|website|text|artikel|inhalt|beitrag|dokument)\w*|"
    r"(?:inhalte?|texte?|beiträge|artikel)\s+(?:\w+\s+){0,4}?(?:ist|sind|steh\w*|unter|diese[rs])|"
    r"(?:cette|ce|cet|ce\(tte\))\s+(?:œuvre|oeuvre|création|page|site|article|texte|document|contenu)|"
    r"(?:le|les|tous les)\s+(?:contenus?|textes?|articles?)|"
    r"est[ea]\s+(?:obra|página|sitio|artículo|texto|site|artigo|trabalho|contenido)|"
    r"(?:el|los|todo el)\s+(?:contenidos?|textos?)|(?:o|todo o)\s+conteúdo|"
    r"quest[oa']?\s*(?:opera|pagina|sito|articolo|testo)|i\s+(?:contenuti|testi)|"
    r"(?:deze|dit)\s+(?:werk|pagina|artikel|tekst|site|website)|de\s+(?:inhoud|tekst)|"
    r"treści?|zawartość|t(?:en|a|o)\s+(?:utwór|dzieło|artykuł|strona|tekst))\b|"
    r"(?:本|この|当)(?:作品|サイト|ページ|記事|文書|网站|網站|站|页|頁|文|著作|博客|書|书|教程|作業|ブログ|ウェブサイト|コンテンツ)|"
    r"(?:所有|全部)(?:文章|內容|内容|文字)|"
    r"текст(?:ы|а)?\b|содержани[ея]\b|материал(?:ы|ов)\b|эт(?:а|о|от)\s+(?:работа|произведение|сайт|статья)",
    re.IGNORECASE,
)
_SITE = late(r"\b(?:site|website|blog|wiki|seite|sitio|sito|сайт)", re.IGNORECASE)
# A grant, and not merely the name of a licence.
_STATES = late(
    r"licen[sc]ed|marked with|(?:available|released|published|distributed|shared|made available|provided|offered|"
    r"dedicated|placed|used|usable|falls|covered|is|are|governed)\s+(?:\w+\s+){0,4}?(?:under|to the public domain|"
    r"into the public domain|in the public domain|by)|under (?:a|the|an)\b.{0,60}licen[sc]e|"
    r"lizen[sz]|unter (?:der|einer|den)|steht unter|mis(?:e)? à disposition|sous (?:la |une )?licen|"
    r"bajo (?:una |la )?licen|sob (?:uma |a )?licen|(?:sotto|con) (?:una )?licen|distribuito|distribuid|"
    r"onder (?:een|de)|ライセンス|许可|許可|授权|授權|采用|利用許諾|の下で|licenciad|stehen\b.{0,60}\bunter|лицензи|доступ|na licencji|van toepassing|valt onder|waived all copyright|"
    r"no rights reserved",
    re.IGNORECASE,
)
_MEDIA = late(
    r"\b(?:photo(?:s|graph|graphs|graphers?|graphy)?|images?|pictures?|videos?|audio|music|songs?|sound|icons?|"
    r"fonts?|typeface|illustrations?|artwork|drawings?|diagrams?|figures?|logo|logos|podcasts?|clips?|"
    r"themes?|templates?|designs?|layout|stylesheet|css|maps?|tiles|openstreetmap|screenshots?|bild(?:er)?|fotos?|foto|grafik(?:en)?|karte(?:n)?|"
    r"imagen|imágenes|imagem|imagens|immagin[ei]|afbeelding(?:en)?|slides)\b|写真|画像|图片|圖片|照片|"
    r"фото\w*|изображени\w*",
    re.IGNORECASE,
)
# A library that lends books and a programme of study are no code: those words need company.
_CODE = late(
    r"\b(?:code|codes|code samples?|open source|source files?|software|snippets?|scripts?|plugin|app|api|"
    r"(?:this|your|software|programming|component|client|standard|java|javascript|js|typescript|"
    r"python|php|ruby|rust|perl|go|c|c\+\+)\s+librar(?:y|ies)|librar(?:y|ies)\s+(?:is|are)|"
    r"(?:this|the|computer)\s+programs?|programs?\s+(?:is|are)|quellcode|código)\b",
    re.IGNORECASE,
)
_OTHER = late(
    r"\b(?:data|dataset|data ?sets?|database|metadata|daten(?!lizenz)|datos|données|comments?|abstracts?|"
    r"user[- ](?:contributions?|content|submitted|generated)|contributions?|submissions?|papers? (?:is|are)|the "
    r"paper|quote[sd]?|excerpts?|adapted from|based on|derived from|reproduced|courtesy|"
    r"from wikipedia|wikipedia|via|reprinted|learn (?:more|about)|about creative commons|"
    r"what is|how to|choose a|our supporters|logos?|some (?:of|content|pages|articles|materials?|posts|images)|"
    r"certain|selected|parts? of|portions?|individual|each|where (?:noted|indicated|marked)|if you|"
    r"you (?:can|could|should|must)|your (?:\w+ )?(?:work|content|page|site|blog|photos?|posts?)|(?:copied|re-?posted|mirrored) from|authors? (?:can|may|must|choose|retain)|may be licensed|"
    r"not (?:licensed|available|covered|under|apply|included)|(?:no longer|previously|formerly|was|were|used to be|will(?:\s+\w+)? be)"
    r"\s+(?:\w+\s+){0,2}?(?:licensed|released|available|published)|hope|aspire|plan|intend|considering|whether|by (?:users|members|readers|visitors))\w*\b",
    re.IGNORECASE,
)
# The usual exception for third-party parts leaves the rule as it is.
_USUAL_EXCEPTION = late(
    r"(?:except|unless|save|sauf|außer|sofern|soweit|wenn|excepto|salvo|tranne|tenzij|если|除非|除另有|特に断り)"
    r"[\w\s,]{0,30}?(?:otherwise|noted|stated|indicated|specified|anders|contraire|contrario|indicación|"
    r"diversamente|vermeld|angegeben|не указано|注明|ない限り|声明|說明|mention)\w*",
    re.IGNORECASE,
)
# Of pictures and the like an exception says nothing about the text.
_THINGS = (
    r"(?:photo\w*+|images?|pictures?|videos?|audio|music|icons?|fonts?|illustrations?|artworks?|drawings?|diagrams?|"
    r"figures?|logos?|trademarks?|screenshots?|maps?|bilder|fotos?|coat of arms|crests?|insignia|emblems?)"
)
_MEDIA_EXCEPTION = late(
    rf"\b(?:except(?:ing)?(?:\s+for)?|excluding|apart from|with the exception of|other than|not including|ausgenommen)"
    rf"\s++(?:\w++\s++){{0,2}}?{_THINGS}\b(?:,?\s*+(?:(?:and|or|und|&)\s*+)?(?:\w++\s++){{0,2}}?{_THINGS}\b){{0,5}}|"
    rf"\b{_THINGS}\s++(?:is|are)\s++(?:not (?:included|covered|licensed)|excluded)\b|"
    rf"\b{_THINGS}\s++sind\s++(?:ausgenommen|ausgeschlossen)\b",
    re.IGNORECASE,
)
_HEDGE = late(
    r"\b(?:some|unless|except|excluding|excepting|exceptions?|may not|might|mostly|partly|partially|certain|"
    r"generally|usually|where (?:possible|applicable|noted|indicated)|einige|teilweise|ausgenommen|außer|"
    r"certains|sauf|algunos|excepto|alcuni|salvo|does not apply|not all)\b|除外|一部",
    re.IGNORECASE,
)
_SOME_RIGHTS = late(r"some rights reserved", re.IGNORECASE)
_USUAL, _STRONG = 0.98, 0.7
# One sentence with two grants, one of them for code or media: "..., and code samples are ...".
_SPLIT = late(
    r"(?:,|(?<!\s))\s++(?:and|while)\s++(?=(?:(?:\w++\s++){0,3}?(?:code|samples?|examples?|snippets?|scripts?|software|"
    r"images?|photos?|photographs?|videos?|media)|(?:\w++\s++){0,2}?(?:text|content|documentation|"
    r"articles|posts))\s++(?:is|are)\b)",
    re.IGNORECASE,
)
# A grant that names no work, first in its block or after nothing but a copyright notice.
_ALONE = late(
    r"(?:(?:©|\(c\)|copyright|copyleft)[^.|·•;:]{0,80}[.,|·•;:–—-]?\s{0,9})?"
    r"(?:(?:is\s++)?licen[sc]ed (?:to the public )?under|(?:published|released|available) under|"
    r"lizenziert unter|licen[sc]e\s?:|lizenz:|licencia:|licença:|licenza:)",
    re.IGNORECASE,
)
_ORIGIN = late(r"based on a work at\s+\S+", re.IGNORECASE)


# A sentence that goes on with what the one before was about.
_GOES_ON = late(
    r"\W*(?:(?:it|they|this|these|both|and|which|es|sie|il|elle)\b|(?:is |are )?(?:licen[sc]ed|available|released|published|"
    r"distributed|shared|lizenziert|licence|license)\b)",
    re.IGNORECASE,
)
# Words for the text itself; a "work" may be a picture.
_TEXT = late(
    r"\b(?:text|texts|content|contents|articles?|posts?|pages?|site|website|blog|wiki|documentation|documents?|book|chapter|"
    r"publication|paper|inhalte?|texte?|seite|artikel|contenus?|contenidos?|conteúdo|contenuti|inhoud|treści?)\b"
    r"|文章|文字|内容|內容|コンテンツ|記事|текст|материал",
    re.IGNORECASE,
)
_QUOTES = (
    (r"[“„]", r"[”“](?!\w)"),
    ("«", "»"),
    ("[「『]", "[」』]"),
    (r"(?<!\w)['‘]\b", r"['’](?!\w)"),
)
_GRANTED = late(
    r"\b(?:(?:dual[- ])?licen[sc]ed|available|released|published(?! from)|distributed|shared|provided|offered|dedicated|placed|"
    r"governed|covered|marked with)\b",
    re.IGNORECASE,
)
# Words that limit the text to some of it, and those that only say where it is.
_RESTRICTED = late(
    r"^\W*(?:most|some|only|few|many|certain|several|parts?|none|no|first|last|following|selected|older|newer|other|"
    r"individual|the (?:first|last|following|other|original|old|older))\b|"
    r"\b(?:marked|tagged|label+ed|flagged|older|newer|designated|identified|bearing|with|that|which|before|after|since|"
    r"until|describes?|lists?|uses?|presents?|contains?|includes?|hosts?|collects?|quotes?)\b",
    re.IGNORECASE,
)
_MODIFIER = late(
    r"\b(?:on|of|in|from|for|by|at|to|here|herein|presented|published|provided|posted|found|hosted|contained|produced|created|"
    r"written|authored|copyright)\b|[©(]",
    re.IGNORECASE,
)
_AUXILIARY = late(
    r"is|are|was|has|have|be|been|being|both|all|also|now|made|hereby|currently|and|itself|\w+ly",
    re.IGNORECASE,
)
_HEAD = late(
    r"\b(?:texts?|contents?|articles?|posts?|(?:web)?pages?|(?:web ?)?sites?|blogs?|wikis?|documentation|docs?|documents?|"
    r"(?:text)?books?|e-?books?|chapters?|publications?|papers?|reports?|guides?|manuals?|handbooks?|tutorials?|courses?|"
    r"lessons?|materials?|works?|writings?|information|resources?|stor(?:y|ies)|essays?|standards?|specifications?|"
    r"modules?|units?|journals?|newsletters?|everything|it|this|these|they)\W*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the words around a licence speak of."""

    whole: bool  # the page's text or the site
    site: bool
    states: bool  # a grant is stated
    media: bool
    code: bool
    other: bool


def read_words(text: str) -> Context:
    """Return what a sentence that names a licence speaks of."""
    plain = _USUAL_EXCEPTION.sub(" otherwise ", _MEDIA_EXCEPTION.sub(" ", _URL.sub(" ", text)))
    usual = _USUAL_EXCEPTION.search(text) is not None
    return Context(
        whole=_WHOLE.search(text) is not None,
        site=_SITE.search(plain) is not None,
        states=_STATES.search(plain) is not None,
        media=_MEDIA.search(plain) is not None,
        code=_CODE.search(plain) is not None,
        other=_OTHER.search(plain) is not None
        or (usual and _SOMETHING_ELSE.search(plain) is not None),
    )


_URL = late(r"https?://\S+")
_SOMETHING_ELSE = late(r"third[- ]party", re.IGNORECASE)


def hedged(text: str) -> float:
    """Return the factor that hedge words put on a claim's confidence."""
    plain = _SOME_RIGHTS.sub(" ", text)
    rest = _USUAL_EXCEPTION.sub(" ", _MEDIA_EXCEPTION.sub(" ", plain))
    if _HEDGE.search(rest):
        return _STRONG
    return _USUAL if rest != plain else 1.0


def reserves_text(text: str) -> bool:
    """Say if a text reserves all rights, and not only those in its pictures."""
    return reserves_all(text) and any(
        reserves_all(part) and not (_MEDIA.search(part) and not _TEXT.search(part))
        for part in statements(text)
    )


def names_text(clause: str) -> bool:
    """Say if a grant names the text as what it grants."""
    return _TEXT.search(clause) is not None


def goes_on(clause: str) -> bool:
    """Say if a sentence leaves it to the one before what it is about."""
    return _GOES_ON.match(clause) is not None


def of_part(clause: str) -> bool:
    """Say if the subject of an English grant is something else than the text, or a part of it.

    In "Answers on this site are licensed under ..." it is the answers, not the site.
    """
    granted = _GRANTED.search(clause)
    if granted is None or "waived all" in clause:
        return False
    subject = _MEDIA_EXCEPTION.sub(" ", _USUAL_EXCEPTION.sub(" ", clause[: granted.start()]))
    return bool(subject.strip(" ,")) and not any(map(_is_text, re.split(r"[,;:|–—]", subject)))


def _is_text(phrase: str) -> bool:
    if _RESTRICTED.search(phrase):
        return False
    words = _MODIFIER.split(phrase, maxsplit=1)[0].split()
    while len(words) > 1 and _AUXILIARY.fullmatch(words[-1]):
        words.pop()
    return _HEAD.search(" ".join(words)) is not None


def quoted(clause: str) -> bool:
    """Say if a grant stands in quotation marks: an example of one."""
    granted = _GRANTED.search(clause)
    before, after = (clause[: granted.start()], clause[granted.end() :]) if granted else ("", "")
    return any(
        len(re.findall(opening, before)) > len(re.findall(closing, before))
        and re.search(closing, after)
        for opening, closing in _QUOTES
    ) or (before.count('"') % 2 == 1 and '"' in after)


def statements(text: str) -> list[str]:
    """Return the sentences of a legal text, and the grants in one, each cut at 500 characters."""
    sentences = _SENTENCE.split(text)[:_MAX_SENTENCES]
    return [
        clause.strip()[:500]
        for sentence in sentences
        for clause in _clauses(sentence[:2_000])
        if clause.strip()
    ]


def grants_alone(text: str) -> bool:
    """Say if a text begins with a grant of which only its place tells what is granted."""
    return _ALONE.match(text) is not None


def without_origin(text: str) -> str:
    """Return a licence notice without the address of the work it is about."""
    return _ORIGIN.sub(" ", text)


def _clauses(sentence: str) -> list[str]:
    first, *rest = _SPLIT.split(sentence)
    clauses = [first]
    for clause in rest:
        if _STATES.search(clauses[-1]):
            clauses.append(clause)
        else:  # two subjects of one grant
            clauses[-1] = f"{clauses[-1]} and {clause}"
    return clauses
