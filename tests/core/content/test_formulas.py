r"""Every formula stands in the text once, in TeX, in whatever form and how often a page states it.

`X` in a case is an element of another copy that must not be read beside it.
"""

# ruff: noqa: E501, RUF001 - pages
import pytest

from tests.core.content.test_page import PROSE, text_of

NS = 'xmlns="http://www.w3.org/1998/Math/MathML"'
ROW = "<mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>"
TEX = '<annotation encoding="application/x-tex">E=mc^2</annotation>'
MATH = f"<math {NS}><semantics>{ROW}{TEX}</semantics></math>"
BARE = f"<math {NS}>{ROW}</math>"
KATEX = f'<span class="katex"><span class="katex-mathml">{MATH}</span><span class="katex-html" aria-hidden="true"><span class="base"><span class="mord mathnormal">E</span><span class="mrel">=</span><span class="mord">mc</span><span class="msupsub">2</span></span></span></span>'
FRAME = '<span class="MathJax" id="MathJax-Element-1-Frame" tabindex="0" {}><nobr aria-hidden="true"><span class="math" id="MathJax-Span-1"><span class="mi">E</span><span class="mo">=</span>mc<span class="mn">2</span></span></nobr>{}</span>'
SCRIPT = '<script type="math/tex{}" id="MathJax-Element-1">E=mc^2</script>'
ASSISTIVE = f'<span class="MJX_Assistive_MathML" role="presentation">{BARE}</span>'
ESCAPED = BARE.replace("<", "&lt;").replace('"', "&quot;")
PREVIEW = '<span class="MathJax_Preview">E=mc²</span>'
CHTML = '<mjx-math class="MJX-TEX" aria-hidden="true"><mjx-mi class="mjx-i"><mjx-c class="mjx-c1D438 TEX-I"></mjx-c></mjx-mi><mjx-mo class="mjx-n" space="4"><mjx-c class="mjx-c3D"></mjx-c></mjx-mo><mjx-mi><mjx-c class="mjx-c1D45A TEX-I"></mjx-c></mjx-mi><mjx-msup><mjx-mi><mjx-c class="mjx-c1D450 TEX-I"></mjx-c></mjx-mi><mjx-script style="vertical-align: 0.4em;"><mjx-mn><mjx-c class="mjx-c32"></mjx-c></mjx-mn></mjx-script></mjx-msup></mjx-math>'
SVG = '<svg><g stroke="currentColor"><g data-mml-node="math"><g data-mml-node="mi"><use data-c="1D438" xlink:href="#a"></use></g><g data-mml-node="mo"><use data-c="3D"></use></g><g data-mml-node="mi"><use data-c="1D45A"></use></g><g data-mml-node="msup"><g data-mml-node="mi"><use data-c="1D450"></use></g><g data-mml-node="mn"><use data-c="32"></use></g></g></g></g></svg>'
WIKI = f'<span class="mwe-math-element"><span class="mwe-math-mathml-{{0}} mwe-math-mathml-a11y" style="display: none;"><math {NS} alttext="{{{{\\displaystyle E=mc^2}}}}"><semantics>{ROW}<annotation encoding="application/x-tex">{{{{\\displaystyle E=mc^2}}}}</annotation></semantics></math></span><img src="/svg/1" class="mwe-math-fallback-image-{{0}} mw-invert" aria-hidden="true" alt="{{{{\\displaystyle E=mc^2}}}}"></span>'
RENDERER = '<script src="https://cdn.test/mathjax@3/es5/tex-mml-chtml.js"></script>'


def read(inner, head="", **choices):
    html = f"<html><head>{head}</head><body><main><article><h1>T</h1><p>{PROSE}</p>{inner}<p>{PROSE}</p></article></main></body></html>"
    text = text_of(html, **choices)
    assert text.count("This is a sentence") == 8
    return text.replace(PROSE.strip(), "").removeprefix("T").strip()


# Forms of E=mc^2 in a line; each reads as "Given $E=mc^2$ here."
INLINE = {
    "MathML with its TeX": MATH,
    "MathML, the TeX called LaTeX": MATH.replace("application/x-tex", "LaTeX"),
    "MathML, the TeX called TeX": MATH.replace("application/x-tex", "TeX"),
    "MathML with a prefix": MATH.replace("<m", "<m:m").replace("</m", "</m:m").replace("m:math", "math"),
    "MathML with alttext": BARE.replace("<math", '<math alttext="E=mc^2"'),
    "MathML with a title": BARE.replace("<math", '<math title=" E=mc^2 "'),
    "MathML alone": BARE,
    "MathML with content MathML": MATH.replace(TEX, '<annotation-xml encoding="MathML-Content"><apply><eq></eq><ci>E</ci><ci>m</ci></apply></annotation-xml>' + TEX),
    "MathML with another annotation": BARE.replace("</math>", '<annotation encoding="StarMath 5.0">E = m c^2 </annotation></math>'),
    "invisible times": BARE.replace("<mi>m</mi>", "<mi>m</mi><mo>&#x2062;</mo>"),
    "KaTeX": KATEX,
    "KaTeX without MathML, its style loaded": '<span class="katex"><span class="katex-html" aria-hidden="true">E=mc^2</span></span>',
    "KaTeX, MathML only": f'<span class="katex">{MATH}</span>',
    "KaTeX in a wrapper of its own": f'<span class="ztext-math" data-tex="E=mc^2">{KATEX}</span>',
    "MathJax 2: preview, drawn, script": PREVIEW + FRAME.format("", "") + SCRIPT.format(""),
    "MathJax 2 with assistive MathML": PREVIEW + FRAME.format("", ASSISTIVE) + SCRIPT.format(""),
    "MathJax 2 with MathML in data": FRAME.format(f'data-mathml="{ESCAPED}"', ASSISTIVE) + SCRIPT.format(""),
    "MathJax 2, script gone": FRAME.format(f'data-mathml="{ESCAPED}"', ASSISTIVE) + MATH.replace(MATH, "<math></math>"),
    "MathJax 2, script gone, assistive": PREVIEW + FRAME.format("", ASSISTIVE),
    "MathJax 2 as SVG": f'<span class="MathJax_SVG" id="MathJax-Element-1-Frame"><svg><title>E=mc2</title></svg>{ASSISTIVE}</span>' + SCRIPT.format(""),
    "MathJax 2 as CHTML": f'<span class="mjx-chtml MathJax_CHTML" id="MathJax-Element-1-Frame"><span class="mjx-math">E=mc2</span>{ASSISTIVE}</span>' + SCRIPT.format(""),
    "a script not drawn yet": SCRIPT.format(""),
    "a script with a preview": PREVIEW + SCRIPT.format(""),
    "a script of MathML": f'<script type="math/mml">{BARE}</script>',
    "a script of AsciiMath": '<script type="math/asciimath">E=mc^2</script>',
    "MathJax 3 with assistive MathML": f'<mjx-container class="MathJax" jax="CHTML" tabindex="0">{CHTML}<mjx-assistive-mml unselectable="on" display="inline">{BARE}</mjx-assistive-mml></mjx-container>',
    "MathJax 3 in HTML alone": f'<mjx-container class="MathJax" jax="CHTML">{CHTML}</mjx-container>',
    "MathJax 3 in SVG alone": f'<mjx-container class="MathJax" jax="SVG">{SVG}</mjx-container>',
    "MathJax 3 in SVG with MathML": f'<mjx-container class="MathJax" jax="SVG">{SVG}<mjx-assistive-mml>{BARE}</mjx-assistive-mml></mjx-container>',
    "MathJax 3 with the source in data": f'<mjx-container class="MathJax" data-latex="E=mc^2">{CHTML}</mjx-container>',
    "Wikipedia": WIKI.format("inline"),
    "Wikipedia's image alone": '<img src="/svg/1" class="mwe-math-fallback-image-inline" alt="{\\displaystyle E=mc^2}">',
    "an image of TeX": '<img class="tex" src="/1.png" alt="E=mc^2">',
    "KaTeX copied without its box": f'<span class="katex-mathml">{MATH}</span><span class="katex-html" aria-hidden="true">E=mc2</span>',
    "an image of a service": '<img src="https://math.test/equation?tex=E%3Dmc%5E2" alt="E=mc^2" eeimg="1">',
    "an image of QuickLaTeX": '<img src="q.png" class="ql-img-inline-formula quicklatex-auto-format" alt="E=mc^2">',
    "an image of LaTeX": '<img src="/latex.php?latex=E" class="latex" alt="E=mc^2">',
    "an image of LaTeX2HTML": '<img width="70" src="img1.png" alt="$E=mc^2$">',
    "an image in a style": '<img src="x.svg" alt="\\displaystyle E=mc^2">',
    "an image by its address": '<img src="https://latex.codecogs.com/svg.latex?E%3Dmc%5E2">',
    "an image by its query": '<img src="https://math.test/latex.php?latex=E%3Dmc%5E2&bg=fff" alt="">',
    "an image by its title": '<img class="latex" title="E=mc^2" src="/a.png">',
    "AsciiMath in the text": "`E=mc^2`",
    "LaTeXML": MATH.replace("<math", '<math id="S1.p1.m1" class="ltx_Math" alttext="E=mc^2" display="inline"'),
    "LaTeXML's image": '<img class="ltx_Math" alt="E=mc^2" src="x1.png">',
    "TeX of pandoc": '<span class="math inline">\\(E=mc^2\\)</span>',
    "TeX of pandoc for KaTeX": '<span class="math inline">E=mc^2</span>',
    "TeX of arithmatex": '<span class="arithmatex">\\(E=mc^2\\)</span>',
    "TeX in the text": "\\(E=mc^2\\)",
    "TeX in the text, spaced": "\\( E=mc^2\n \\)",
    "TeX between dollar signs": '<span class="math-container">$E=mc^2$</span>',
}  # fmt: skip
ASCII_MATH = '<script src="https://cdn.test/MathJax.js?config=AM_HTMLorMML"></script>'
NEEDS_RENDERER = frozenset(
    name for name in INLINE if name.startswith("TeX ") or "style loaded" in name
)


@pytest.mark.parametrize("name", INLINE)
def test_a_formula_in_a_line_stands_there_once(name):
    inner = f"<p>Given {INLINE[name]} here.</p>"
    if "script gone" in name:
        inner += BARE.replace(ROW, "<mi>y</mi>")  # else nothing tells that formulas are there

    head = RENDERER if name in NEEDS_RENDERER else ASCII_MATH if "AsciiMath in" in name else ""
    text = read(inner, head).replace("\n\n$y$", "")

    assert text.replace("$$", "$", 0) == "Given $E=mc^2$ here."


DISPLAY = {
    "MathML": MATH.replace("<math", '<math display="block"'),
    "MathML in the old manner": MATH.replace("<math", '<math mode="display"'),
    "KaTeX": f'<span class="katex-display">{KATEX}</span>',
    "KaTeX by its MathML": KATEX.replace("<math", '<math display="block"'),
    "MathJax 2": f'<div class="MathJax_Display">{FRAME.format("", "")}</div>' + SCRIPT.format("; mode=display"),
    "MathJax 2 as SVG": '<div class="MathJax_SVG_Display"><span class="MathJax_SVG" id="MathJax-Element-1-Frame"><svg></svg></span></div>' + SCRIPT.format(";mode=display"),
    "MathJax 2, not drawn": SCRIPT.format("; mode=display"),
    "MathJax 3": f'<mjx-container class="MathJax" jax="CHTML" display="true">{CHTML}<mjx-assistive-mml display="block">{BARE}</mjx-assistive-mml></mjx-container>',
    "Wikipedia": f'<dl><dd>{WIKI.format("display")}</dd></dl>',
    "LaTeXML": MATH.replace("<math", '<math class="ltx_Math" display="block"'),
    "TeX of pandoc": '<span class="math display">\\[E=mc^2\\]</span>',
    "TeX of Sphinx": '<div class="math notranslate nohighlight">\\[E=mc^2\\]</div>',
    "TeX in the text": "<p>\\[ E=mc^2 \\]</p>",
    "an image": '<p><img class="mwe-math-fallback-image-display" alt="E=mc^2"></p>',
}  # fmt: skip


@pytest.mark.parametrize("name", DISPLAY)
def test_a_formula_on_its_own_stands_between_two_signs(name):
    text = read(f"<div>{DISPLAY[name]}</div>", RENDERER if "TeX" in name else "")

    assert text == "$$E=mc^2$$"


@pytest.mark.parametrize(
    ("mathml", "line"),
    [
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", r"\frac{a}{b}"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", r"\sqrt{x+1}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt[3]{x}"),
        ("<msub><mi>x</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>", "x_{ij}"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i^2"),
        ("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>", "{a+b}^2"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>12</mn></msup>", "(a)^{12}"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f'"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>", "∑_{i=1}^n i"),
        ("<munder><mi>lim</mi><mi>x</mi></munder><mi>f</mi>", r"\lim_x f"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", r"\sin x"),
        ("<mover><mi>v</mi><mo>→</mo></mover>", r"\vec{v}"),
        ("<mover><mi>x</mi><mo>☆</mo></mover>", r"\overset{☆}{x}"),
        ("<mover><mi>x</mi><mo>ˉ</mo></mover>", r"\bar{x}"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\bar{x}"),
        ("<mover><mi>x</mi><mo>¨</mo></mover><mover><mi>y</mi><mo>˙</mo></mover>", r"\ddot{x}\dot{y}"),
        ("<mover><mi>x</mi><mo>‾</mo></mover>", r"\overline{x}"),
        ("<mmultiscripts><mi>X</mi><mi>a</mi><mi>b</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "{}_6^{14}X_a^b"),
        ("<mmultiscripts><mi>R</mi><mi>i</mi><none/><none/><mi>j</mi></mmultiscripts>", "R_i^j"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
        ('<mfenced open="[" close="]" separators=";"><mi>a</mi><mi>b</mi></mfenced>', "[a;b]"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>", r"\begin{matrix}1 & 0 \\ 0 & 1\end{matrix}"),
        ("<mtext>if </mtext><mi>x</mi>", r"\text{if}x"),
        ("<mi>𝑥</mi><mo>∈</mo><mi>ℝ</mi>", r"x∈\mathbb{R}"),
        ("<mi>𝑥</mi><mo>∈</mo><msup><mi>𝔻</mi><mn>2</mn></msup>", r"x∈\mathbb{D}^2"),
        ("<mi>x</mi><mphantom><mi>y</mi></mphantom><mspace width='1em'></mspace><mi>z</mi>", "x z"),
        ("<maction><mi>x</mi><mi>y</mi></maction>", "x"),
        ("<mrow></mrow>", ""),
    ],
)  # fmt: skip
def test_mathml_without_its_source_is_written_in_a_line(mathml, line):
    text = read(f"<p>Given <math {NS}>{mathml}</math> here.</p>")

    assert text == (f"Given ${line}$ here." if line else "Given here.")


def test_formulas_are_left_out_where_the_policy_says_so():
    for name in [*INLINE]:
        inner = f"<p>Given {INLINE[name]} here.</p><math><mi>y</mi></math>"

        text = read(inner, RENDERER + ASCII_MATH, formulas="drop")

        assert text == "Given here.", name


@pytest.mark.parametrize(
    "inner",
    [
        "It costs $5 and $6.",
        'It costs <img alt="$5" src=x>$5 and $6.',
        "Call f\\(x) and g.",
        '<code class="math">x</code> is a variable.',
        '<span class="latex">LaTeX</span> is a system.',
        '<span class="formula">Formula 1</span> is a race.',
    ],
)
def test_what_only_looks_like_a_formula_is_left_as_it_is(inner):
    text = read(f"<p>{inner}</p>", RENDERER)

    assert "$$" not in text
    assert text.count("$") == inner.count(" $") + inner.count(">$")


def test_the_end_of_a_line_in_a_formula_is_no_sign_of_another():
    tex = "\\begin{aligned} a &= b \\\\(n+1) c &= d \\\\[2pt] e &= f \\end{aligned}"

    assert read(f"<p>\\[{tex}\\]</p>", RENDERER) == f"$${tex}$$"


def test_asciimath_stands_between_the_signs_of_asciidoc_where_it_is_drawn():
    inner = "<p>Given \\$E=mc^2\\$ here.</p>"

    assert read(inner, ASCII_MATH) == "Given $E=mc^2$ here."
    assert read("<p>It costs \\$5 here.</p>", ASCII_MATH) == "It costs \\$5 here."


def test_what_sphinx_and_pandoc_mark_is_a_formula_though_nothing_draws_it():
    inner = (
        '<p>On <span class="math notranslate nohighlight">\\(p\\)</span>-adic numbers and '
        '<span class="math inline">\\(E=mc^2\\)</span>, a <span class="math class">class</span>.</p>'
    )

    assert read(inner) == "On $p$-adic numbers and $E=mc^2$, a class."
    assert read(inner, formulas="drop") == "On -adic numbers and , a class."


def test_what_may_not_be_quoted_is_no_formula_either():
    for inner in (
        f"<span data-nosnippet>{KATEX}</span>",
        KATEX.replace("<span", "<span data-nosnippet", 1),
        KATEX.replace("<math", "<math data-nosnippet"),
        f"<div data-nosnippet>{MATH}</div>",
    ):
        assert "mc" not in read(f"<p>Given</p>{inner}<p>here.</p>")


def test_nothing_nested_takes_more_than_its_size():
    deep = f"<math>{'<mrow>' * 2_000}<mi>x</mi>{'</mrow>' * 2_000}</math>"
    wide = f"<math>{'<mi>x</mi>' * 2_000}</math>"

    assert read(f"<p>Given {deep} here.</p>") == "Given $x$ here."
    assert len(read(f"<p>Given {wide} here.</p>")) < 3_000


@pytest.mark.parametrize("name", ["align", "equation*", "gather"])
def test_an_environment_of_equations_stands_on_its_own(name):
    tex = f"\\begin{{{name}}} a &= b \\\\ c &= d \\end{{{name}}}"

    assert read(f"<p>{tex}</p>", RENDERER) == f"$${tex}$$"
    assert read(f"<p>$${tex}$$</p>", RENDERER) == f"$${tex}$$"
    assert read(f"<p>x</p><p>{tex}</p>", RENDERER, formulas="drop") == "x"
    assert read(f"<p>Write {tex} so.</p>") == f"Write {tex} so."
    assert read("<p>\\begin{align} a = b</p>", RENDERER) == "\\begin{align} a = b"


QUILL = '<span class="{}"><span class="{}">$E=mc^2$</span><span class="mq-root-block"><var>E</var>=<var>mc</var><sup>2</sup></span></span>'
COPY = '<mjx-copytext aria-hidden="true">\\(E=mc^2\\)</mjx-copytext>'
DRAWN = f'<mjx-container class="MathJax">{CHTML}</mjx-container>'
BARE_SCRIPT = '<script type="math/tex">E=mc^2</script>'


@pytest.mark.parametrize(
    "inner",
    [
        QUILL.format("mq-math-mode mathquill-static", "mq-selectable"),
        QUILL.format("mathquill-rendered-math", "selectable"),
        KATEX + BARE_SCRIPT,
        BARE_SCRIPT + KATEX,
        f'<span class="arithmatex">{PREVIEW}{BARE_SCRIPT}{KATEX}</span>',
        DRAWN + COPY,
        DRAWN + '<span class="mjx-copytext">E=mc^2</span>',
        DRAWN + BARE_SCRIPT,
        BARE_SCRIPT + " " + DRAWN,
        '<span data-latex="E=mc^2"></span>',
        '<span data-formula="E=mc^2">E=mc2</span>',
        '<span data-latex="E=mc^2">E=mc<sup>2</sup></span>',
        f'<span class="ql-formula" data-value="E=mc^2">\ufeff<span>{KATEX}</span>\ufeff</span>',
        '<code class="code math js-render-math">E=mc^2</code>',
        '<span class="sr-only">\\(E=mc^2\\)</span><span aria-hidden="true">E=mc<sup>2</sup></span>',
        f"<alternatives>{BARE}<tex-math>E=mc^2</tex-math></alternatives>",
        '<img class="equation_image" alt="LaTeX: E=mc^2" src="/equation_images/E">',
    ],
)  # fmt: skip
def test_a_copy_of_a_formula_beside_it_goes(inner):
    head = '<script src="/mathquill.js"></script>'

    assert read(f"<p>Given {inner} here.</p>", head) == "Given $E=mc^2$ here."


def test_scripts_beside_other_formulas_stay():
    other = BARE_SCRIPT.replace("E=mc^2", "a+b")

    assert read(f"<p>Given {KATEX}{other} here.</p>") == "Given $E=mc^2$$a+b$ here."
    assert read(f"<p>Given {KATEX} and {BARE_SCRIPT} here.</p>").count("E=mc^2") == 2
    assert "R" in read('<p>Given <span data-formula="=SUM(A1:A3)">R</span> here.</p>')


def test_words_that_a_script_draws_letter_by_letter_are_read():
    letters = "".join(f'<mjx-c class="mjx-c{ord(sign):X}"></mjx-c>' for sign in "if")
    drawn = f"<mjx-container><mjx-math><mjx-mtext>{letters}</mjx-mtext></mjx-math></mjx-container>"

    assert read(f"<p>Given {drawn} here.</p>") == "Given $\\text{if}$ here."
