"""Who may see the pages: nobody without the token, no other name, no other site's forms."""

import pytest

from crawler.store.database import connect
from crawler.store.job import DATABASE
from crawler.store.orders import read_orders
from tests.serve.looking import HOME, TOKEN, looking

PATHS = [
    "/", "/1/", "/1/live", "/1/hosts", "/1/host?name=x", "/1/explain?url=x", "/1/page?url=x",
    "/1/samples", "/1/takedown", "/static/style.css", "/static/serve.css", "/1/pause", "/nothing",
]  # fmt: skip


@pytest.fixture
def job(tmp_path):
    connect(tmp_path / DATABASE).close()
    return tmp_path


@pytest.mark.parametrize("path", PATHS)
async def test_without_the_token_nothing_is_shown(job, path):
    async with looking(job, entered=False) as client:
        for method in ("GET", "HEAD", "POST"):
            answer = await client.request(method, path)
            assert answer.status_code == 401
            assert str(job.name) not in answer.text
        assert (await client.request("OPTIONS", path)).status_code == 405
        assert (await client.request("DELETE", path)).status_code == 405


@pytest.mark.parametrize(
    "cookie",
    ["", "crawler-8420=", "crawler-8420=x", f"crawler-8420={TOKEN}", "crawler-1={session}",
     "other={session}", "crawler-8420=\xe9{session}", "crawler-8420={session}x"],
)  # fmt: skip
async def test_only_the_session_of_the_token_is_a_session(job, cookie):
    async with looking(job, entered=False) as client:
        await client.enter()
        session = client.headers["cookie"].partition("=")[2]
        sent = cookie.replace("{session}", session).encode("latin-1")
        del client.headers["cookie"]
        client.cookies.clear()
        assert (await client.get("/1/", headers=[(b"cookie", sent)])).status_code == 401


async def test_the_cookie_is_found_among_those_of_other_programs(job):
    async with looking(job) as client:
        own = client.headers["cookie"]
        client.headers["cookie"] = f'odd={{"a": 1}}; =; ;; x; "; {own}; y=z'
        assert (await client.get("/1/")).status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], f"{TOKEN}x", "\u00e9\u0000", "%ff%fe"])
async def test_a_wrong_token_lets_nobody_in(job, token):
    async with looking(job, entered=False) as client:
        answer = await client.get("/1/", params={"token": token})
        assert answer.status_code in {401, 403}
        assert "set-cookie" not in answer.headers


async def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_has(job):
    async with looking(job, entered=False) as client:
        answer = await client.enter()
    cookie = answer.headers["set-cookie"]

    assert answer.status_code == 200  # a redirect would lose a strict cookie
    assert TOKEN not in answer.text + cookie
    assert "HttpOnly; SameSite=Strict; Path=/" in cookie


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8420", 200),
        ("localhost:8420", 200),
        ("LOCALHOST:9999", 200),  # a tunnel
        ("[::1]:8420", 200),
        ("127.0.0.1", 200),
        ("evil.test", 421),
        ("evil.test:8420", 421),
        ("127.0.0.1.evil.test", 421),
        ("127.0.0.1:8420@evil.test", 421),
        ("127.0.0.1:x", 421),
        ("localhost.", 421),
        ("[::1", 421),
        ("", 421),
        ("crawl.lan:80", 421),
    ],
)
async def test_only_names_of_ours_are_answered(job, host, status):
    async with looking(job) as client:
        assert (await client.get("/1/", headers={"host": host})).status_code == status
    async with looking(job, names=("crawl.lan",)) as client:
        assert (await client.get("/1/", headers={"host": "crawl.lan"})).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/1/?said=paused"])
async def test_every_answer_forbids_scripts_frames_and_keeping(job, path):
    async with looking(job) as client:
        if path == "/1/live":
            return
        answer = await client.get(path)
    policy = answer.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert " on" + "click" not in answer.text


@pytest.mark.parametrize("act", ["pause", "resume", "reload", "limits"])
async def test_nothing_changes_by_get_or_from_elsewhere(job, act):
    async with looking(job) as client:
        form = await client.form()
        good = {"form": form, "max_pages": "5"}
        path = f"/1/{act}"
        assert (await client.get(path)).status_code == 405
        for data, headers in (
            ({}, {}),
            ({"form": "x"}, {}),
            ({"form": TOKEN}, {}),
            (good, {"origin": "http://evil.test"}),
            (good, {"origin": "null"}),
            (good, {"origin": "http://127.0.0.1:9999"}),
            (good, {"sec-fetch-site": "cross-site"}),
            (good, {"sec-fetch-site": "same-site"}),
            (good, {"content-type": "text/plain"}),
            (good, {"content-type": "application/json"}),
            (good | {"more": "x" * 20_000}, {}),
            (good | {f"f{n}": "x" for n in range(60)}, {}),
        ):
            answer = await client.post(path, data=data, headers=headers)
            assert answer.status_code == 403, (data, headers)
        assert not (job / "orders.json").exists()
        answer = await client.post(path, data=good, headers={"origin": HOME})
        assert answer.status_code == 303


async def test_a_page_that_is_to_look_only_has_no_buttons_and_takes_no_orders(job):
    async with looking(job) as client:
        form = await client.form()
    async with looking(job, read_only=True) as client:
        text = (await client.get("/1/")).text
        answer = await client.post("/1/pause", data={"form": form})

    assert 'method="post"' not in text
    assert answer.status_code == 403
    assert not read_orders(job).paused


async def test_what_is_no_job_or_no_path_is_said(job):
    async with looking(job) as client:
        for path in ("/2/", "/0/", "/99999999999999999999/", "/1/none", "/static/../access.py"):
            answer = await client.get(path)
            assert answer.status_code == 404
            assert "Traceback" not in answer.text
