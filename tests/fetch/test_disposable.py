import pytest

from crawler.fetch.disposable import Disposed, run_disposable


async def test_a_function_runs_elsewhere_and_its_value_comes_back():
    assert await run_disposable("builtins:divmod", (7, 3), 5.0) == (2, 1)


async def test_large_values_go_both_ways():
    data = bytes(range(256)) * 10_000

    assert await run_disposable("builtins:bytes", (data,), 5.0) == data


@pytest.mark.parametrize(
    ("function", "arguments", "code"),
    [
        ("time:sleep", (30,), "parse-timeout"),
        ("os:_exit", (3,), "parse-crashed"),
        ("os:abort", (), "parse-crashed"),
        ("ctypes:string_at", (1,), "parse-crashed"),
        ("builtins:bytearray", (8 * 2**30,), "parse-crashed"),
        ("builtins:int", ("x",), "bug"),
        ("no_such_module:f", (), "parse-crashed"),
        ("builtins:no_such_function", (), "parse-crashed"),
        ("builtins:open", ("/dev/null",), "bug"),
    ],
)
async def test_what_became_of_the_process_is_an_outcome(function, arguments, code):
    with pytest.raises(Disposed) as caught:
        await run_disposable(function, arguments, 0.5)

    assert caught.value.code == code


async def test_the_same_bug_has_the_same_fingerprint():
    details = set()
    for text in ("x", "y"):
        with pytest.raises(Disposed) as caught:
            await run_disposable("builtins:float", (f"not a number {text}",), 5.0)
        details.add(caught.value.detail)

    assert all(detail.startswith("ValueError ") for detail in details)


async def test_what_a_function_prints_is_no_answer():
    assert await run_disposable("builtins:print", ("noise",), 5.0) is None
