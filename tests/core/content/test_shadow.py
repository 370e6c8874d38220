"""What stands in declarative shadow roots is on the page: text, links and signals."""

# ruff: noqa: E501 - pages
import pytest

from tests.core.content.test_page import PROSE, carriers, page_of, text_of

ROOT = '<template shadowrootmode="open">'


def paths(html):
    return [link.url.path for link in page_of(html).links()]


@pytest.mark.parametrize(
    "html",
    [
        f"<my-page>{ROOT}@</template></my-page>",
        f"<div>{ROOT}@</template></div>",
        "<my-page><template shadowrootmode=closed>@</template></my-page>",
        "<my-page><template ShadowRootMode='OPEN' shadowrootdelegatesfocus>@</template></my-page>",
        "<my-page><template shadowroot=open>@</template></my-page>",
        f"<x-a>{ROOT}<x-b>{ROOT}@</template></x-b></template></x-a>",
        f"<section><p>{PROSE}</p><x-a>{ROOT}<style>p{{}}</style>@<slot></slot></template> light</x-a></section>",
    ],
)
def test_a_shadow_root_is_read_where_it_stands(html):
    html = html.replace(
        "@",
        f"<main><article><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><a href=/two>on</a></article></main>",
    )

    assert text_of(html).count("This is a sentence") >= 8
    assert paths(html) == ["/two"]


@pytest.mark.parametrize(
    "template",
    [
        "<x-a><template>@</template></x-a>",
        "<x-a><template shadowrootmode=none>@</template></x-a>",
        "<x-a><template data-shadowrootmode=open>@</template></x-a>",
        "<ul><template shadowrootmode=open>@</template></ul>",  # no host (DOM section 4.2.14)
        f"<x-a>{ROOT}one</template>{ROOT}@</template></x-a>",  # only the first is the root
        f"<x-a>{ROOT}<template>@</template></template></x-a>",
    ],
)
def test_any_other_template_is_not_on_the_page(template):
    html = f"<main><h1>T</h1><p>{PROSE}</p>{template.replace('@', '<p>never shown</p><a href=/no>no</a>')}</main>"

    assert "never shown" not in text_of(html)
    assert paths(html) == []


def test_signals_in_a_shadow_root_count():
    html = f"<p>{PROSE}</p><my-foot>{ROOT}<footer>No text and data mining.</footer></template></my-foot>"

    assert carriers(html, "prose") == [("footer", "No text and data mining.", "footer")]
