import pytest

from crawler.fetch import FetchLimits, IdentitySettings

# Small enough that a test waits for moments, large enough for a busy machine.
QUICK = FetchLimits(
    connect="2s",
    tls="1s",
    first_byte="1s",
    between_bytes="500ms",
    total="2s",
    dns="2s",
    header_count=200,
    header_bytes="64KiB",
    wire_bytes="2MB",
    decoded_bytes="4MB",
)


@pytest.fixture
def limits():
    return QUICK


@pytest.fixture
def identity():
    about = {"token": "Example", "contact": "https://bot.example/about"}
    return IdentitySettings(**about, email="bot@bot.example")
