import pytest

from crawler.core.content import suspicious


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (b"", False),
        (b"<p>text</p>" * 10_000, False),
        (b"<br>" * 4_000 + b"<p></p>" * 1_000, False),
        (b"<div>" * 5_001, True),
        (b"<table><tr><td>" * 2_000, True),
        (b"a" * 2_000_001, True),
        (b"<p " + b"a " * 2_001 + b">", True),
        (b"<p " + b"a=1/" * 2_001 + b">", True),
        (b"<p " + b"a='1'" * 2_001 + b">", True),
        (b"<p " + b'a=">"' * 2_000 + b">", False),
        (b"<p " + b'a=">"' * 2_001 + b">", True),
        (b"<p " + b"a='>'" * 1_000 + b'a=">"' * 1_001 + b">", True),
        (b"<" * 5_000, False),
        (b"<" * 5_001, True),
        (b"<p>" + b"some words " * 10_000 + b"</p>", False),
        (b"<script>" + b"a=1;" * 10_000 + b"</script>", False),
        (b'<img src="data:image/png;base64,' + b"A" * 100_000 + b'">', False),
    ],
)
def test_a_page_is_suspicious_by_its_size_or_its_open_tags(body, verdict):
    assert suspicious(body) is verdict
