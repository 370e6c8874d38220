"""Code keeps its lines and spaces, wherever it stands, and gains no numbers of lines."""

# ruff: noqa: E501 - pages
import pytest

from tests.core.content.test_page import PROSE, page_of, text_of

CODE = "def keep(log):\n    if log:\n\n        return log"
LINES = CODE.split("\n")


def blocks(inner):
    return page_of(f"<body>{inner}").outline.texts


def rows(row, lines=LINES):
    return "".join(row.format(n=n, line=line) for n, line in enumerate(lines, 1))


def numbers(sign="\n"):
    return sign.join(map(str, range(1, len(LINES) + 1)))


SPANS = rows('<span class="line">{line}\n</span>')
CASES = {
    "pre": f"<pre>{CODE}</pre>",
    "pre code": f'<pre class="hl"><code class="language-python">\n{CODE}\n</code></pre>',
    "pre with br": f"<pre>{CODE.replace(chr(10), '<br>')}</pre>",
    "textarea": f"<textarea>{CODE}</textarea>",
    "style": f'<div style="white-space: pre">{CODE}</div>',
    "rows of a file": "<table class='highlight js-file-line-container'><tbody>"
    + rows('<tr>\n  <td id="L{n}" class="blob-num js-line-number" data-line-number="{n}"></td>\n  <td class="blob-code">{line}</td>\n</tr>\n')
    + "</tbody></table>",
    "rows with breaks": "<table>"
    + rows('<tr><td class="blob-num" data-line-number="{n}"></td><td class="blob-code">{line}\n</td></tr>')
    + "</table>",
    "rows with numbers": "<table>"
    + rows('<tr><td class="lines-num"><span id="L{n}">{n}</span></td><td class="lines-code"><code>{line}</code></td></tr>')
    + "</table>",
    "rows of hljs": '<code><table class="hljs-ln">'
    + rows('<tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="{n}"><div class="hljs-ln-n" data-line-number="{n}"></div></td><td class="hljs-ln-line hljs-ln-code" data-line-number="{n}">{line}</td></tr>')
    + "</table></code>",
    "two columns": f'<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre><span class="normal">{numbers()}</span></pre></div></td><td class="code"><div class="highlight"><pre>{CODE}\n</pre></div></td></tr></table>',
    "two columns and br": f'<figure class="highlight"><table><tr><td class="gutter"><pre><span class="line">{numbers("</span><br><span class=line>")}</span><br></pre></td><td class="code"><pre>{CODE.replace(chr(10), "<br>")}</pre></td></tr></table></figure>',
    "rouge": f'<div class="highlight"><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">{numbers()}\n</pre></td><td class="rouge-code"><pre>{CODE}\n</pre></td></tr></tbody></table></div>',
    "cgit": f"<table class='blob'><tr><td class='linenumbers'><pre><a id='n1' href='#n1'>{numbers('</a>' + chr(10) + '<a>')}</a></pre></td><td class='lines'><pre><code>{CODE}</code></pre></td></tr></table>",
    "numbers in the lines": f"<pre>{rows('<span class=lineno>{n:2} </span>{line}' + chr(10))}</pre>",
    "chroma": f'<pre class="chroma"><code>{rows("<span class=line><span class=ln>{n:2}</span><span class=cl>{line}" + chr(10) + "</span></span>")}</code></pre>',
    "numbers as links": f"<pre>{rows('<a class=' + chr(34) + 'line-number' + chr(34) + ' href=#L{n}>{n}</a>{line}' + chr(10))}</pre>",
    "numbers not to be selected": f'<pre><code>{rows("<span style=" + chr(34) + "user-select:none" + chr(34) + ">{n}</span>{line}" + chr(10))}</code></pre>',
    "numbers beside": f'<div class="flex"><pre class="nums">{numbers()}</pre><pre>{CODE}</pre></div>',
    "a box a line": f"<pre>{rows('<div class=line>{line}</div>', LINES).replace('<div class=line></div>', '<div class=line><br></div>')}</pre>",
    "a box a line, and breaks": f"<pre>{rows('<div>{line}</div>' + chr(10)).replace('<div></div>', '<div><br></div>')}</pre>",
    "a list a file": f'<pre class="prettyprint linenums"><ol class="linenums">{rows("<li class=L0><code>{line}</code></li>").replace("<code></code>", "<br>")}</ol></pre>',
    "lines with breaks": f"<pre><code>{SPANS}</code></pre>",
    "a button": f"<pre><button>Copy</button>{CODE}</pre>",
    "lxr": f"<pre>{rows('<a class=line name=L{n} href=#L{n}>{n:4}</a> {line}' + chr(10))}</pre>",
    "rustdoc": f"<pre class=rust><code>{rows('<a href=#{n} id={n} data-nosnippet>{n}</a>{line}' + chr(10))}</code></pre>",
    "cells of headings": "<table class=remarkup-code><tbody>"
    + rows("<tr><th class=phui-line-number data-n={n}></th><td class=c>{line}</td></tr>")
    + "</tbody></table>",
    "trac": "<table class=code><thead><tr><th class=lineno>Line</th><th>&nbsp;</th></tr></thead><tbody>"
    + rows("<tr><th id=L{n}><a href=#L{n}>{n}</a></th><td>{line}</td></tr>")
    + "</tbody></table>",
    "doxygen": "<div class=fragment>"
    + rows("<div class=line><a name=l0000{n}></a><span class=lineno>    {n}</span>&#160;{line}</div>").replace("    ", "&#160; &#160; ")
    + "</div>",
    "empty boxes of lines": f"<pre><div class=code-container><code>{rows('<div class=line>{line}</div>')}</code></div></pre>",
    "a style that wraps": f'<div style="white-space: pre-wrap">{CODE}</div>',
    "code with breaks": f"<code>{CODE.replace(' ', '&nbsp;').replace(chr(10), '<br>' + chr(10) + '  ')}</code>",
    "no-break spaces": f"<pre>{CODE.replace('    ', '&nbsp;&nbsp;&nbsp; ')}</pre>",
    "syntaxhighlighter": '<div class="syntaxhighlighter py"><table><tbody><tr><td class="gutter">'
    + rows('<div class="line number{n} index0 alt2">{n}</div>')
    + '</td><td class="code"><div class="container">'
    + rows('<div class="line number{n} index0 alt2"><code class="py plain">{line}</code></div>').replace('<code class="py plain"></code>', "&nbsp;").replace("    ", "&nbsp;&nbsp;&nbsp;&nbsp;")
    + "</div></td></tr></tbody></table></div>",
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_code_is_one_block_with_its_lines(name):
    found = blocks(CASES[name])

    assert len(found) == 1
    assert [line.rstrip() for line in found[0].split("\n")] == LINES


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("markdown", [False, True])
def test_code_in_an_article_is_kept_whole(name, markdown):
    if name in ("textarea", "style", "rows of hljs", "a style that wraps"):
        pytest.skip("what stands in a form or in a bare box is the model's to judge")
    html = f"<main><article><h1>T</h1><p>{PROSE}</p>{CASES[name]}<p>{PROSE}</p></article></main>"

    text = text_of(html, markdown=markdown)

    lines = [line.rstrip() for line in text.split("\n")]
    at = lines.index(LINES[0])
    assert lines[at : at + len(LINES)] == LINES


@pytest.mark.parametrize(
    ("html", "found"),
    [
        # Ordinary tables and numbers.
        ("<table><tr><td class=num>1</td><td>Paris</td></tr></table>", ["1", "Paris"]),
        ("<table><tr><td class=gutter>left</td><td>Some  text</td></tr></table>", ["left", "Some text"]),
        ("<table><tr><td class=code>FR</td><td>France</td></tr></table>", ["FR", "France"]),
        ("<pre>42</pre>", ["42"]),
        ("<pre>1 2 4</pre>", ["1 2 4"]),
        ('<pre>x = <span class="nums">42</span></pre>', ["x = 42"]),
        ('<pre><span class="ln">a</span> b</pre>', ["a b"]),
        # A page inside of code stays a page.
        ("<pre>a<h2>b</h2><p>c</p><footer>d</footer></pre>", ["a", "b", "c", "d"]),
        ('<pre>a<div class="site-footer">b</div>c</pre>', ["a", "b", "c"]),
        ("<pre>a<div data-nosnippet>b</div>c</pre>", ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_what_is_no_code_stays_what_it_is(html, found):
    assert blocks(html) == found


def test_boxes_of_lines_stand_line_by_line():
    lines = rows('<div class=row><div id=LC{n} style="white-space:pre">{line}</div></div>')

    assert f"\n\n{CODE}\n\n".replace("\n\n        r", "\n        r") in text_of(
        f"<main><h1>T</h1><p>{PROSE}</p><div>{lines}</div><p>{PROSE}</p></main>"
    )


def test_a_style_that_texts_have_too_is_none_of_their_boxes():
    html = '<div style="white-space:pre-wrap"><p>one\n two</p><p>three</p></div>'

    assert blocks(html) == ["one two", "three"]
    assert blocks("<p>a <code>b<br>c</code></p>") == ["a b\nc"]


def test_what_may_not_be_quoted_in_code_is_left_out():
    html = f"<main><h1>T</h1><p>{PROSE}</p><pre>a = 1\n<div data-nosnippet>secret</div>b = 2</pre><p>{PROSE}</p></main>"

    assert "secret" not in text_of(html)
