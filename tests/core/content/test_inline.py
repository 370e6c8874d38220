"""What stands within a line reads as it is shown: powers, quotations, emoji; no signs of links."""

# ruff: noqa: E501, RUF001 - the signs of many languages
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content.html import inline
from tests.core.content.test_page import PROSE, page_of, text_of


def read(inner, lang="en"):
    """Return how the blocks of an element read."""
    return "\n".join(page_of(f"<html lang={lang}><body>{inner}").outline.texts)


def line_of(inner, lang="en"):
    return read(f"<p>{inner}</p>", lang)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>6</sup> gulls", "10^6 gulls"),
        ("10<sup>-3</sup> and 10<sup>−12</sup>", "10^-3 and 10^−12"),
        ("E = mc<sup>2</sup>", "E = mc^2"),
        ("H<sub>2</sub>O and C<sub>6</sub>H<sub>12</sub>O<sub>6</sub>", "H_2O and C_6H_12O_6"),
        ("SO<sub>4</sub><sup>2−</sup>", "SO_4^2−"),
        ("5 km<sup>2</sup>, 3 m<sup>3</sup>", "5 km^2, 3 m^3"),
        ("x<sup>n+1</sup>", "x^{n+1}"),
        ("<i>x</i><sup><i>n</i></sup>", "x^n"),
        ("2<sup>2<sup>n</sup></sup>", "2^2^n"),
        ("<i>a</i><sub>ij</sub>", "a_ij"),
        ("V<sub>max</sub>", "V_max"),
        ("log<sub>10</sub>(x)", "log_10(x)"),
        ("(a+b)<sup>2</sup>", "(a+b)^2"),
        ("<b>R</b><sup>n</sup>", "R^n"),
        ("A<sup>*</sup>", "A^*"),
        ("<code>2</code><sup>64</sup>", "2^64"),
        ("x<sub>1</sub><sup>2</sup>", "x_1^2"),
        ("10<sup> 6 </sup> gulls", "10^6 gulls"),
        ("10 <sup>6</sup> gulls", "10 ^6 gulls"),
        ("3<sup>1</sup>/<sub>2</sub> cups", "3 1/2 cups"),
        ("10<sup>6</sup>/<sub>L</sub> and 10<sup>6</sup>/mL", "10^6/L and 10^6/mL"),
        ("the n<sup>th</sup> and the (k+1)<sup>st</sup>", "the nth and the (k+1)st"),
        ("A<sup>T</sup>A", "A^TA"),
        ('10<span style="font-size:80%;vertical-align: super">6</span> gulls', "10^6 gulls"),
        ('CO<font style="vertical-align:sub">2</font>', "CO_2"),
        ('10<span class="sup">6</span>, m<span class="text-superscript">2</span>', "10^6, m^2"),
        ('law<span style="vertical-align:super"><a href="#n3">3</a></span> here', "law here"),
        ('10<span style="vertical-align:baseline">6</span>', "106"),
        # Parts of the word before.
        (
            "the 21<sup>st</sup>, 2<sup>nd</sup>, 3<sup>rd</sup> and 4<sup>th</sup>",
            "the 21st, 2nd, 3rd and 4th",
        ),
        (
            "le 1<sup>er</sup>, la 2<sup>e</sup>, M<sup>me</sup> et n<sup>o</sup> 5",
            "le 1er, la 2e, Mme et no 5",
        ),
        ("Acme<sup>®</sup> and Widget<sup>TM</sup>", "Acme® and Widget™"),
        ("20<sup>°</sup> C", "20° C"),
        # Texts of their own.
        ("<sup>Small print</sup> here", "Small print here"),
        ("New <sup>beta</sup>", "New beta"),
        ("Price<sup>for each month of the year</sup>", "Price for each month of the year"),
        ("a <sub>b</sub>", "a b"),
        ("a<sup></sup>b", "ab"),
    ],
)
def test_what_is_raised_or_lowered_does_not_run_into_the_word(html, text):
    assert line_of(html) == text


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>[1]</sup>",
        '<sup><a href="#fn1">1</a></sup>',
        '<a href="#fn1"><sup>1</sup></a>',
        '<sup class="reference" id="cite_ref-3"><a href="#cite_note-3"><span>[</span>3<span>]</span></a></sup>',
        '<sup id="fnref:2"><a class="footnote" href="#fn:2">2</a></sup>',
        '<a class="footnote-ref" href="#fn1" role="doc-noteref">1</a>',
        '<sup><a href="notes.html#n12">12</a></sup>',
        "<sup>†</sup>",
        "<sup>*</sup>",
        "<sup>[note 4]</sup>",
        "<sup>[<i>citation needed</i>]</sup>",
        '<sup><a href="#a">a</a>,<a href="#b">b</a></sup>',
        "<sup>1,2</sup>",
        "<sup>3–5</sup>",
        '<a href="#r7">[7]</a>',
        '<span class="footnote"><a href="#fn1">1</a></span>',
        '<a href="#_ftn1" name="_ftnref1">1</a>',
        '<span class="x"><sup><a href="#en-4">iv</a></sup></span>',
    ],
)
def test_marks_of_notes_go(mark):
    assert (
        line_of(f"The keeper wrote{mark} down the weather.") == "The keeper wrote down the weather."
    )
    assert line_of(f"The keeper wrote.{mark} Then he slept.") == "The keeper wrote. Then he slept."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("the reservoir<sup>1</sup> and", "the reservoir and"),
        ("as Müller<sup>12</sup> says", "as Müller says"),
        ("5 metres<sup>2</sup> of it", "5 metres^2 of it"),
        ("an area<sup>2</sup> so", "an area so"),
        ("km<sup>2</sup>, mol<sup>3</sup>", "km^2, mol^3"),
        ("sigma<sup>100</sup>", "sigma^100"),
        ("value<sup>0</sup>", "value^0"),
    ],
)
def test_a_plain_number_behind_a_word_is_a_note_unless_the_word_is_counted(html, text):
    assert line_of(html) == text


def test_a_number_behind_a_full_stop_is_a_note():
    assert (
        line_of("It was cold.<sup>12</sup> It snowed,<sup>3</sup> too.")
        == "It was cold. It snowed, too."
    )


@pytest.mark.parametrize(
    ("lang", "html", "text"),
    [
        ("en", "said <q>come in</q> and", "said “come in” and"),
        ("en", "<q>one <q>two</q></q>", "“one ‘two’”"),
        ("en-GB", "<q>one</q>, <q>two</q>", "“one”, “two”"),
        ("de", "<q>eins <q>zwei</q></q>", "„eins ‚zwei‘“"),
        ("de-CH", "<q>eins</q>", "«eins»"),
        ("fr", "<q>un</q>", "« un »"),
        ("es", "<q>uno</q>", "«uno»"),
        ("ru", "<q>один</q>", "«один»"),
        ("pl", "<q>raz</q>", "„raz”"),
        ("sv", "<q>ett</q>", "”ett”"),
        ("ja", "<q>一</q>", "「一」"),
        ("zh-Hant", "<q>一</q>", "「一」"),
        ("zh", "<q>一</q>", "“一”"),
        ("tlh", "<q>wa</q>", "“wa”"),
        ("de", '<span lang="fr"><q>un</q></span>', "« un »"),
        ("en", 'said "<q>come in</q>" and', 'said "come in" and'),
        ("en", "<q>“come in”</q>", "“come in”"),
        ("en", "<q cite='/x'><b>come</b> <a href=/y>in</a></q>.", "“come in”."),
        ("en", "a<q></q>b", "a“”b"),
    ],
)  # fmt: skip
def test_a_quotation_keeps_its_marks(lang, html, text):
    assert line_of(html, lang) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('back <img class="emoji" draggable="false" alt="🎉" src="1f389.svg"> in', "back 🎉 in"),
        ('back <img alt="😀" src="/i/1.png"> in', "back 😀 in"),
        ('<img class="wp-smiley" alt=":)" src="s.png"> hi', ":) hi"),
        (
            '<img class="smilies" src="./images/smilies/icon_e_smile.gif" alt=":D" title="Very Happy"> hi',
            ":D hi",
        ),
        ('<img src="/images/smilies/wink.gif" alt=";-)" border="0"> hi', ";-) hi"),
        ('<img class="emoji" title=":tada:" alt=":tada:" src="x"> hi', ":tada: hi"),
        ('<img alt="👩‍👩‍👧" src="x"> <img alt="🇫🇷" src="x"> <img alt="1️⃣" src="x">', "👩‍👩‍👧 🇫🇷 1️⃣"),
        ('<img alt="❤️" src="x">', "❤️"),
        ('<img alt="👍🏽" src="x"> ok', "👍🏽 ok"),
        ("<span class=emoji>🎉</span> <g-emoji>🚀</g-emoji>", "🎉 🚀"),
        # Pictures.
        ('a <img alt="A gull over the harbour" src="gull.jpg"> b', "a b"),
        ('a <img alt="" src="emoji.png"> b', "a b"),
        ('a <img class="emoji" src="emoji.png"> b', "a b"),
        ('a <img alt="42" src="x.png"> b', "a b"),
        ('a <img alt="Logo" src="/logo.svg"> b', "a b"),
        ('a <img alt="→" src="arrow.gif"> b', "a b"),
    ],
)
def test_an_image_that_is_a_word_is_read(html, text):
    assert line_of(html) == text


SIGN = '<a class="headerlink" href="#tides" title="Link to this heading">¶</a>'


@pytest.mark.parametrize(
    "heading",
    [
        f"<h2>Tides{SIGN}</h2>",
        '<h2 id="tides"><a class="anchor" href="#tides">#</a>Tides</h2>',
        '<h2>Tides <a href="#tides" aria-label="Anchor">§</a></h2>',
        '<h2><a href="#tides">🔗</a> Tides</h2>',
        '<h2>Tides<a class="hash-link" aria-label="Direct link to Tides" href="#tides">\u200b</a></h2>',
        '<h2>Tides<a class="headerlink" href="#tides">\uf0c1</a></h2>',
        '<h3>Tides <a class="permalink" href="#tides">Permalink</a></h3>',
        '<h2>Tides<a class="anchor-link" href="#tides"><span>Link to this section</span></a></h2>',
        '<h2><span class="mw-headline">Tides</span><span class="mw-editsection"><span>[</span><a href="/e">edit</a><span>]</span></span></h2>',
        '<h2>Tides <span>[<a href="/e">Bearbeiten</a> | <a href="/q">Quelltext bearbeiten</a>]</span></h2>',
        '<h2>Tides [<a href="/e">edit</a>]</h2>',
        '<h2>Tides <small>[<a href="/e">modifier</a>]</small></h2>',
        '<div class="mw-heading mw-heading2"><h2>Tides</h2><span class="mw-editsection"><span>[</span><a href="/e">edit</a><span>]</span></span></div>',
        '<h2>Tides<a class="copy-link" href="#tides">Copy link</a></h2>',
        '<h2><a href="#tides">Tides</a></h2>',
        '<h2><a class="anchor" href="#tides">Tides</a></h2>',
        '<h2 class="anchor">Tides</h2>',
        f"<dl><dt>Tides{SIGN}</dt></dl>",
        f"<table><caption>Tides{SIGN}</caption></table>",
    ],
)  # fmt: skip
def test_a_heading_is_read_without_links_to_itself(heading):
    assert read(heading).strip() == "Tides"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<h2>Chapter <a href="/ch1">1</a></h2>', "Chapter 1"),
        ('<h2><span class="header-section-number">1.2</span> Tides</h2>', "1.2 Tides"),
        ('<p>See note <a href="#fn1">1</a>.</p>', "See note 1."),
        ("<h2>The C# language, § 5 and item #3</h2>", "The C# language, § 5 and item #3"),
        ('<p>See <a href="/x">¶</a> there.</p>', "See ¶ there."),
        ('<p>Go [<a href="/a">here</a>]</p>', "Go [here]"),
        ("<h2>[Solved] How to swim</h2>", "[Solved] How to swim"),
        ('<h2>Array [<a href="/i">index</a>] access</h2>', "Array [index] access"),
        ('<p>text <a href="#fnref1" class="footnote-back">↩</a></p>', "text"),
    ],
)  # fmt: skip
def test_only_signs_go(html, text):
    assert read(html) == text


SIGNS = st.text(alphabet='ab12 .*†[]"“«+-−°a\u0301🎉\ue000', max_size=12)


@given(SIGNS, SIGNS, st.booleans(), st.booleans())
def test_no_raised_text_makes_it_raise(base, text, raised, linked):
    told = inline.sign_of(base, text, "sup", raised=raised, linked=linked)

    assert told in ("", "-", " ", "^", "_", "^{", "_{") or told.startswith("=")


def test_what_nests_deep_takes_no_longer_than_it_is_long():
    for tag in ("sup", "sub", "q", "a href=#x", "span class=anchor"):
        name = tag.partition(" ")[0]
        html = f"<h1>{f'<{tag}>' * 3_000}x{f'</{name}>' * 3_000} {PROSE}</h1>"

        assert "This is" in text_of(html)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("A = side<sup>2</sup>", "A = side^2"),
        ("watts per metre<sup>2</sup>", "watts per metre^2"),
        ("kg/meter<sup>3</sup>", "kg/meter^3"),
        ("sinh<sup>2</sup>", "sinh^2"),
        ("Lambda<sup>2</sup>", "Lambda^2"),
        ("Shop without credit<sup>2</sup>", "Shop without credit"),
        ("the parameter<sup>2</sup>", "the parameter"),
        ("per metre<sup>4</sup>", "per metre"),
        ("per metre<sup><a href=#fn2>2</a></sup>", "per metre"),
        ("per metre<sup>[2]</sup>", "per metre"),
    ],
)
def test_a_power_stays_where_a_word_is_measured_or_reckoned_with(html, said):
    assert f"We say {said} so." in text_of(f"<main><p>We say {html} so.</p></main>")
