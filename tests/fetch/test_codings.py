import gzip
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch import FetchError, FetchLimits
from crawler.fetch.content_codings import Decoded, codings_of, decode

LIMITS = FetchLimits()
MOST = 4_000_000
CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


def attempt(data: bytes, codings: tuple[str, ...], most: int):
    """Return what `decode` returns, or the code of its FetchError."""
    try:
        return decode(data, codings, LIMITS, most)
    except FetchError as error:
        return error.code


@given(st.binary(max_size=200_000), st.sampled_from(sorted(CODERS)))
def test_what_was_coded_comes_back(data, coding):
    decoded = decode(CODERS[coding](data), (coding,), LIMITS, MOST)

    assert decoded.data == data
    assert decoded.complete
    assert not decoded.cut


@given(st.binary(min_size=1, max_size=5_000))
def test_raw_deflate_comes_back_as_wrapped_deflate_does(data):
    assert decode(raw_deflate(data), ("deflate",), LIMITS, MOST).data == data


@given(st.binary(max_size=3_000), st.sampled_from(sorted(CODERS)), st.sampled_from(sorted(CODERS)))
def test_codings_are_undone_last_first(data, first, second):
    coded = CODERS[second](CODERS[first](data))

    assert decode(coded, (first, second), LIMITS, MOST).data == data


@given(st.binary(max_size=3_000), st.lists(st.sampled_from(sorted(CODERS)), max_size=2))
def test_bytes_that_claim_a_coding_end_in_data_or_in_a_fetch_error(data, codings):
    outcome = attempt(data, tuple(codings), 10_000)

    assert outcome in {"bad-coding", "coding-bomb"} or len(outcome.data) <= 10_000


@given(st.binary(min_size=40, max_size=3_000), st.sampled_from(sorted(CODERS)), st.integers(1, 39))
def test_a_coding_cut_short_is_never_called_complete(data, coding, length):
    whole = CODERS[coding](data)
    outcome = attempt(whole[: min(length, len(whole) - 1)], (coding,), MOST)

    assert outcome == "bad-coding" or not outcome.complete


@pytest.mark.parametrize("coding", sorted(CODERS))
def test_output_is_cut_at_the_byte(coding):
    data = bytes(range(256)) * 400

    decoded = decode(CODERS[coding](data), (coding,), LIMITS, 1_000)

    assert decoded.data == data[:1_000]
    assert decoded.cut


@pytest.mark.parametrize("coding", sorted(CODERS))
def test_output_of_exactly_the_limit_is_not_cut(coding):
    data = bytes(range(250)) * 4

    decoded = decode(CODERS[coding](data), (coding,), LIMITS, 1_000)

    assert decoded == (decoded.__class__)(data)


@pytest.mark.parametrize("coding", sorted(CODERS))
def test_a_ratio_beyond_the_limit_is_a_bomb(coding):
    limits = FetchLimits(ratio=100)
    with pytest.raises(FetchError) as caught:
        decode(CODERS[coding](bytes(8_000_000)), (coding,), limits, 20_000_000)

    assert caught.value.code == "coding-bomb"


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_members_beyond_the_limit_are_a_bomb(coding):
    with pytest.raises(FetchError) as caught:
        decode(CODERS[coding](b"") * (LIMITS.members + 1), (coding,), LIMITS, MOST)

    assert caught.value.code == "coding-bomb"


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_few_members_are_one_text(coding):
    coded = CODERS[coding](b"one ") + CODERS[coding](b"two ") + CODERS[coding](b"three")

    assert decode(coded, (coding,), LIMITS, MOST).data == b"one two three"


@pytest.mark.parametrize(
    ("lines", "codings"),
    [
        ([], ()),
        (["gzip"], ("gzip",)),
        (["GZIP , br"], ("gzip", "br")),
        (["gzip", "br"], ("gzip", "br")),
        (["identity"], ()),
        ([" ,, "], ()),
        (["utf-8"], ()),
        (["identity, UTF-8"], ()),
        (["none", "binary"], ()),
        (["utf-8, gzip"], ("gzip",)),
        (["gzip;q=1.0"], ("gzip",)),
        (['"gzip"'], ("gzip",)),
        (["application/x-gzip"], ("x-gzip",)),
        (["text/html; charset=utf-8"], ()),
        (["charset=utf-8"], ()),
        (["ISO-8859-1", "windows-1251"], ()),
        (["utf8mb4", "UTF_8"], ()),
        (["aws-chunked"], ()),
        (["8bit", "*"], ()),
        (["compress"], ("compress",)),
        (["xz", "bzip2"], ("xz", "bzip2")),
        (["rot13"], ("rot13",)),
        (["isotope"], ("isotope",)),
        (["us"], ("us",)),
    ],
)
def test_content_encoding_lines_are_read_in_order(lines, codings):
    assert codings_of(lines) == codings


PAGE = b"<!DOCTYPE html><p>words"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "compress", "en-US", "base64"])
def test_markup_that_nobody_coded_is_passed_on(coding):
    assert decode(PAGE, (coding,), LIMITS, MOST).data == PAGE


@pytest.mark.parametrize("codings", [("deflate",), ("br",), ("gzip", "gzip"), ("zstd", "gzip")])
@pytest.mark.parametrize("at", [0, 1_785_762_868])  # packed then, it begins like brotli's
def test_what_gzip_packed_is_unpacked_whatever_it_is_called(codings, at):
    assert decode(gzip.compress(PAGE, mtime=at), codings, LIMITS, MOST) == Decoded(PAGE)


def test_what_brotli_packed_and_was_cut_off_is_kept_as_far_as_it_goes():
    whole = brotli.compress(bytes(range(256)) * 40)
    found = decode(whole[:-3], ("br",), LIMITS, MOST)

    assert (found.complete, found.data) == (False, (bytes(range(256)) * 40)[: len(found.data)])


@pytest.mark.parametrize("data", [b"words", b"\x00\x01", b"< a", b"<p>words"])
def test_other_data_are_no_markup(data):
    assert attempt(data, ("gzip",), MOST) == "bad-coding"
