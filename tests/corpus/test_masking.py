import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.corpus.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to ada.l+x@mail.example.org.", "Write to <EMAIL_ADDRESS>."),
        ("at 8.8.8.8 and 2001:4860:4860::8888,", "at <IP_ADDRESS> and <IP_ADDRESS>,"),
        ("call +49 30 1234 5678 or (212) 555-0123", "call <PHONE_NUMBER> or <PHONE_NUMBER>"),
        ("at 192.168.0.1 and ::1", "at 192.168.0.1 and ::1"),
        ("version 1.2.3.4.5 of 999.1.1.1", "version 1.2.3.4.5 of 999.1.1.1"),
        ("in 2024-05-01 at 10:20:30, 1234567890", "in 2024-05-01 at 10:20:30, 1234567890"),
        ("me@home and @name", "me@home and @name"),
    ],
)
def test_personal_data_is_replaced_by_tags(text, masked):
    assert mask(text)[0] == masked


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    once, _ = mask(text)
    assert mask(once) == (once, {"email": 0, "ip": 0, "phone": 0})


@pytest.mark.parametrize("text", ["1" * 200_000, "a@" * 100_000, ":" * 200_000, "1.2." * 50_000])
def test_hostile_texts_end(text):
    assert mask(text)[1]["email"] == 0  # a quadratic pattern would not end in the suite's time
