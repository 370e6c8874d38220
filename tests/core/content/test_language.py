"""The language of a text, with and against what its page declares."""

# ruff: noqa: RUF001 - texts in many scripts
from __future__ import annotations

import numpy as np
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.core.content.metadata.language import identify
from crawler.core.content.metadata.language_model import Identifier, Model

SENTENCES = {
    "cs": "Město v pondělí oznámilo, že na jaře budou otevřeny tři nové autobusové linky.",
    "de": "Die Stadt teilte am Montag mit, dass im Frühjahr drei neue Buslinien eröffnet werden.",
    "es": "La ciudad anunció el lunes que tres nuevas líneas de autobús se abrirán en primavera.",
    "fr": "La ville a annoncé lundi que trois nouvelles lignes de bus ouvriront au printemps.",
    "it": "La città ha annunciato lunedì che in primavera apriranno tre nuove linee di autobus.",
    "ja": "市は月曜日、来年の春に三つの新しいバス路線を開通させ、北部と旧市街を結ぶと発表した。",
    "pt": "A cidade anunciou na segunda-feira que três novas linhas de ônibus serão abertas.",
    "ru": "Городские власти сообщили, что весной откроются три новых автобусных маршрута.",
    "th": "เมืองประกาศเมื่อวันจันทร์ว่าจะเปิดเส้นทางรถเมล์ใหม่สามสายในฤดูใบไม้ผลิหน้า",
    "zh": "市政府周一宣布，将在明年春天开通三条新的公交线路，连接城北与老城区。",
}


@pytest.mark.parametrize("declared", ["", "right", "en"])
@pytest.mark.parametrize("times", [1, 6])
@pytest.mark.parametrize("language", SENTENCES)
def test_a_language_is_told_whatever_the_page_declares(language, times, declared):
    stated = language if declared == "right" else declared

    assert identify(SENTENCES[language] * times, stated).language == language


@pytest.mark.parametrize("text", ["", "123 456", "OK"])
def test_nothing_is_said_of_too_few_letters(text):
    assert identify(text, "en").language == "und"


def test_ours_says_what_the_library_says():
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model = (library.nb_ptc, library.nb_pc, library.nb_classes, library.tk_nextmove)
    ours = Identifier(Model(*map(np.asarray, (*model, library.tk_output, library.tk_row))))

    for text in (*SENTENCES.values(), "", "1 2", "GROSS", "\ud800 x", "na\u0308chste " * 40):
        assert ours.classify(text) == library.classify(text)
