"""What lies beside the copies: the pieces it is put together from hold whatever their order."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.core.urls import parse
from crawler.screen import sorted_hosts
from crawler.screen.sorted_hosts import HOSTS, host_rows
from crawler.screen.surt_keys import surt_key, surt_keys

URLS = [
    "https://www.example.org/A/b/",
    "http://www2.example.org:8080/",
    "https://192.0.2.1/x?b=2&a=1",
    "https://example.org/a;jsessionid=0123456789abcdef0123456789abcdef",
    "https://example.org/(0123456789abcdefghijklmn)/x.aspx",
    "https://[::1]:8443/?sid=0123456789abcdef0123456789abcdef",
    "https://a.example/p/?",
]


def test_keys_of_a_column_are_those_of_its_urls():
    urls = [parse(text) for text in URLS * 2]

    keys = surt_keys(pa.array([url.text for url in urls]), pa.array([url.origin for url in urls]))

    assert keys.to_pylist() == [surt_key(url) for url in urls]


def test_keys_of_no_urls_are_none():
    assert not len(surt_keys(pa.array([], pa.string()), pa.array([], pa.string())))


@settings(max_examples=20)
@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=9), min_size=1, max_size=5))
def test_hosts_come_in_order_each_as_it_was_known_last(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("hosts")
    paths, last = [], {}
    for number, names in enumerate(files):
        paths.append(folder / f"{number}.parquet")
        with host_rows(paths[-1]) as out:
            for name in dict.fromkeys(names):
                last[name] = f"[{number}]"
                out.add((name, *([None] * (len(HOSTS) - 2)), last[name]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorted_hosts, "_AT_ONCE", 2)
        found = [(row[0], row[-1]) for row in sorted_hosts.sorted_hosts(paths, folder / "merged")]

    assert found == sorted(last.items())
    assert sorted(folder.iterdir()) == sorted(paths)
