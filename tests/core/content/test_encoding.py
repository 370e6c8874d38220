"""Bytes become the text a browser would show."""

# ruff: noqa: E501, RUF001 - one case a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.core.content.decoding.encoding import decode, label, prescan
from crawler.core.content.decoding.encoding_labels import LABELS

HTML = "text/html"


@pytest.mark.parametrize(
    ("body", "content_type", "encoding", "source", "text"),
    [
        # A byte order mark beats everything.
        (b"\xef\xbb\xbfh\xc3\xa9", "text/html; charset=gbk", "utf-8", "bom", "hé"),
        (b"\xff\xfeh\x00\xe9\x00", "text/html; charset=utf-8", "utf-16le", "bom", "hé"),
        (b"\xfe\xff\x00h\x00\xe9", HTML, "utf-16be", "bom", "hé"),
        (b"\xef\xbb\xbf<meta charset=gbk>\xc3\xa9", HTML, "utf-8", "bom", "<meta charset=gbk>é"),
        # The header beats the meta.
        (b"<meta charset=utf-8>\xe9", "text/html; charset=iso-8859-1", "windows-1252", "header", "<meta charset=utf-8>é"),
        (b"\xe9", 'text/html; charset="windows-1252"', "windows-1252", "header", "é"),
        (b"\xe9", "text/html; CHARSET = Latin1 ; x=y", "windows-1252", "header", "é"),
        (b"\xcf\xf0\xe8", "text/html;charset=windows-1251", "windows-1251", "header", "При"),
        # An unknown label in the header is as none.
        (b"<meta charset=koi8-r>\xf0", "text/html; charset=nonsense", "koi8-r", "meta", "<meta charset=koi8-r>П"),
        # Meta, in its forms.
        (b"<meta charset='shift_jis'>\x93\xfa\x96\x7b", HTML, "shift_jis", "meta", "<meta charset='shift_jis'>日本"),
        (b'<meta http-equiv=content-type content="text/html; charset=euc-kr">\xc7\xd1', HTML, "euc-kr", "meta", '<meta http-equiv=content-type content="text/html; charset=euc-kr">한'),
        (b'<META CONTENT="text/html;charset=GB2312" HTTP-EQUIV=Content-Type>\xd6\xd0', HTML, "gbk", "meta", '<META CONTENT="text/html;charset=GB2312" HTTP-EQUIV=Content-Type>中'),
        (b"<meta charset=big5>\xa4\xa4", HTML, "big5", "meta", "<meta charset=big5>中"),
        (b"<meta charset=euc-jp>\xc6\xfc", HTML, "euc-jp", "meta", "<meta charset=euc-jp>日"),
        (b"<meta charset=iso-2022-jp>\x1b$BF|\x1b(B", HTML, "iso-2022-jp", "meta", "<meta charset=iso-2022-jp>日"),
        (b"<meta charset=utf-16>\xc3\xa9", HTML, "utf-8", "meta", "<meta charset=utf-16>é"),
        (b"<meta charset=x-user-defined>\xe9", HTML, "windows-1252", "meta", "<meta charset=x-user-defined>é"),
        # Neither comment nor other attribute nor late element declares.
        (b"<!-- <meta charset=gbk> --><p>h", HTML, "windows-1252", "default", "<!-- <meta charset=gbk> --><p>h"),
        (b"<p title='<meta charset=gbk>'>h", HTML, "windows-1252", "default", "<p title='<meta charset=gbk>'>h"),
        (b'<meta content="text/html; charset=gbk">h', HTML, "windows-1252", "default", '<meta content="text/html; charset=gbk">h'),
        # XML says it in its declaration.
        ('<?xml version="1.0" encoding="iso-8859-2"?>ł'.encode("iso-8859-2"), "text/xml", "iso-8859-2", "xml", '<?xml version="1.0" encoding="iso-8859-2"?>ł'),
        # Nothing said: the bytes tell, else windows-1252.
        ("naïve café, où ça".encode(), HTML, "utf-8", "detected", "naïve café, où ça"),
        (b"plain", HTML, "windows-1252", "default", "plain"),
        (b"", HTML, "windows-1252", "default", ""),
    ],
)  # fmt: skip
def test_the_encoding_is_chosen_as_a_browser_does(body, content_type, encoding, source, text):
    found = decode(body, content_type)

    assert (found.encoding, found.source, found.text, found.replaced) == (encoding, source, text, 0)
    assert found.utf8 == text.encode()


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("windows-1252", b"\x80\x81\x8d\x9f", "€\x81\x8dŸ"),
        ("windows-1251", b"\x98\xa8", "\x98Ё"),
        ("windows-1250", b"\x81\xb9", "\x81ą"),
        ("iso-8859-9", b"\xfd", "ı"),
        ("windows-874", b"\xa1\x81", "ก\x81"),
        ("tis-620", b"\xa1", "ก"),
        ("koi8-u", b"\xae\xa4", "ўє"),
        ("ibm866", b"\x8f", "П"),
        ("macintosh", b"\x8e\xdb", "é€"),
        ("x-mac-cyrillic", b"\xff\xa2", "€Ґ"),
        ("iso-8859-8-i", b"\xe0", "א"),
        ("iso-8859-7", b"\xa4", "€"),
        ("gb18030", b"\x81\x30\x81\x30\xd6\xd0", "\x80中"),
        ("gbk", b"\xd6\xd0", "中"),
        ("shift_jis", b"\x87\x40", "①"),
        ("euc-kr", b"\x81\x41", "갂"),
        ("big5-hkscs", b"\x87\x40", "䏰"),
        ("x-user-defined", b"a\x80", "a\uf780"),
        ("utf-16be", b"\x00a\x00b", "ab"),
        # Where the standard's indexes say more than Python's codecs, or otherwise.
        ("euc-jp", b"\xad\xa1\xa1\xc1\xa1\xdd\xf9\xa1", "①～－纊"),
        ("euc-jp", b"\x8e\xb1\x8f\xb0\xa1", "ｱ丂"),
        ("iso-2022-jp", b"\x1b$B-!!A\x1b(J\\~\x1b(I1\x1b(Bx", "①～¥‾ｱx"),
        ("shift_jis", b"\xf0\x40\x81\x60", "\ue000～"),
        ("gbk", b"\x80\xa8\xbc\xa6\xd9", "€ḿ︐"),
        ("big5", b"\xa3\xe1\xa1\x45\xa1\x4e\xa2\x46", "€‧﹑￠"),
    ],
)
def test_legacy_code_pages_keep_every_letter(content_type, body, text):
    found = decode(body, f"text/html; charset={content_type}")

    assert (found.text, found.replaced) == (text, 0)


@pytest.mark.parametrize(
    ("body", "content_type", "replaced"),
    [
        (b"a\xffb", "text/html; charset=utf-8", 1),
        (b"\xe2\x82 \xc3", "text/html; charset=utf-8", 2),
        ("\ufffd ok".encode(), "text/html; charset=utf-8", 0),
        (b"\x00\xd8", "text/html; charset=utf-16le", 1),
        (b"abc", "text/html; charset=hz-gb-2312", 1),
        (b"\xd2", "text/html; charset=windows-1253", 1),
        (b"\xa0", "text/html; charset=shift_jis", 1),
    ],
)
def test_what_cannot_be_read_is_replaced_and_counted(body, content_type, replaced):
    assert decode(body, content_type).replaced == replaced


@pytest.mark.parametrize(
    ("name", "body", "text"),
    [
        ("euc-jp", b"\xa9\xa1\xc6\xfc\xcb\xdc", "\ufffd日本"),
        ("euc-jp", b"\x8f\xa1\xa1\xc6\xfc", "\ufffd日"),
        ("euc-kr", b"\xc9\xa1\xc7\xd1", "\ufffd한"),
        ("big5", b"\xf9\xff\xa4\xa4", "\ufffd中"),
        ("gbk", b"\x81<p>\xd6\xd0", "\ufffd<p>中"),
        ("iso-2022-jp", b"\x1b$B)!F|\x1b(B", "\ufffd日"),
    ],
)
def test_an_unknown_letter_does_not_spoil_the_next(name, body, text):
    assert decode(body, f"text/html; charset={name}").text == text


def test_all_labels_of_the_standard_are_known():
    assert len(LABELS) == 228
    assert len(set(LABELS.values())) == 40
    assert label(" UTF8\n") == "utf-8"
    assert label("nonsense") is None


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        # What is cut short declares nothing.
        (b"<meta charset=iso-8859-2", None),
        (b"<meta charset='iso-8859-2", None),
        (b"<meta charset=koi8-r ", None),
        (b"<p title='<meta charset=koi8-r>", None),
        (b"<p title=\"<meta charset=koi8-r>' a=b", None),
        (b"<!-- <meta charset=koi8-r>", None),
        (b"<!-- > <meta charset=koi8-r>", None),
        (b"<!--><meta charset=koi8-r>", "koi8-r"),
        (b"<!-><meta charset=koi8-r>", "koi8-r"),
        (b"</ <meta charset=gbk><meta charset=koi8-r>", "koi8-r"),
        (b"<br/><meta charset=koi8-r>", "koi8-r"),
        (b"<metadata charset=koi8-r>", None),
        (b"<meta\x0bcharset=koi8-r>", None),
        (b"<meta/charset=koi8-r>", "koi8-r"),
        (b"<meta = charset=koi8-r>", "koi8-r"),
        (b"<meta charset=koi8-r/>", None),
        (b"<meta charset='\tkoi8-r '>", "koi8-r"),
        (b"<meta charset=bogus charset=gbk><meta charset=koi8-r>", "koi8-r"),
        (b"<meta charset='' http-equiv=content-type content='charset=gbk'>", None),
        (b"<meta http-equiv=content-type content='charset charset = koi8-r;x'>", "koi8-r"),
        (b'<meta http-equiv=content-type content="charset=koi8-r\'">', None),
        (b'<meta http-equiv=content-type content="charset=\'koi8-r">', None),
        (b"<script>'<meta charset=koi8-r>'</script>", "koi8-r"),
    ],
)
def test_the_prescan_reads_as_the_standard_says(start, encoding):
    assert prescan(start) == encoding


@pytest.mark.parametrize(
    ("body", "encoding", "source"),
    [
        (b" " * 1000 + b"<meta charset=koi8-r>", "koi8-r", "meta"),
        # The parser finds later what the prescan has not seen, but not in a script.
        (b"<title>" + b"x" * 2000 + b"</title><meta charset=koi8-r>\xf0", "koi8-r", "meta"),
        (b" " * 1003 + b"<meta charset=iso-8859-15>\xa4", "iso-8859-15", "meta"),
        # ... nor against letters that are UTF-8 throughout.
        (b" " * 2000 + "<meta charset=iso-8859-1>naïve".encode(), "utf-8", "detected"),
        (b" " * 2000 + b"<script>'<meta charset=koi8-r>'</script>", "windows-1252", "default"),
        (b"<!--" + b" " * 2000 + b"<meta charset=koi8-r>-->", "windows-1252", "default"),
        (b"<?xml version='1.0'encoding = 'koi8-r'?><p>", "koi8-r", "xml"),
        (b"<?xml encoding='utf-16'?><p>", "utf-8", "xml"),
        (b"<?xml encoding='koi8-r'?><meta charset=gbk>", "gbk", "meta"),
        (b" <?xml encoding='koi8-r'?>", "windows-1252", "default"),
        (b"<?xml encoding='koi 8-r'?>", "windows-1252", "default"),
        ("<?xml version='1.0'?><p>".encode("utf-16-be"), "utf-16be", "xml"),
        ("<!doctype html><p>Привет".encode("utf-16-le"), "utf-16le", "detected"),
        ("<!doctype html><p>plain".encode("utf-16-be"), "utf-16be", "detected"),
        (b"a\x00b" * 50, "windows-1252", "default"),
        (b"<p>\x1b$BF|K\\\x1b(B", "iso-2022-jp", "detected"),
    ],
)
def test_what_stands_elsewhere_counts_too(body, encoding, source):
    found = decode(body, HTML)

    assert (found.encoding, found.source) == (encoding, source)


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ('text/html; title="; charset=gbk"; charset=koi8-r', "koi8-r"),
        ("text/html; charset=koi8-r; charset=gbk", "koi8-r"),
        ("text/html; charset=nonsense; charset=gbk", "windows-1252"),
        ("text/html; xcharset=gbk", "windows-1252"),
        ("text/html; charset=", "windows-1252"),
    ],
)
def test_the_header_s_first_charset_counts(content_type, encoding):
    assert decode(b"x", content_type).encoding == encoding


@given(st.binary(max_size=300), st.sampled_from(sorted(LABELS)), st.booleans())
def test_no_bytes_raise_in_any_encoding(body, name, header):
    content_type = f"text/html; charset={name}" if header else HTML

    found = decode(
        body if header else b"<meta charset=" + name.encode() + b">" + body, content_type
    )

    found.text.encode("utf-8", "strict")


@given(st.binary(max_size=200))
def test_the_prescan_raises_on_nothing(body):
    found = prescan(b"<meta " + body)

    assert found is None or found in LABELS.values()
