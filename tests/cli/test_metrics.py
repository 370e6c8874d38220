"""`--metrics-port`: Prometheus is told what the run noted, and dashboards ask for no other."""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from crawler.cli.errors import UsageError
from crawler.cli.metrics_port import listen, serve_metrics
from crawler.report.metrics import metrics
from crawler.store.job import hold
from crawler.store.run_state import RunState, read_run_state, write_run_state
from tests.web.handmade import Reply, handmade, page

MONITORING = Path(__file__).parents[2] / "docs" / "monitoring"
DOCUMENT = MONITORING.parent / "metrics.md"
STATE = RunState(
    version="2.0",
    started_at=1_795_797_829.383358,
    at=1_795_797_900.5,
    paused=True,
    visits=9,
    bytes=123_456_789_012,
    kept=3,
    kept_before=4,
    active=2,
    uncommitted=1,
    outcomes={"kept": 3, "failed": 6},
    answered={"http.refused": 2},
    unasked={"robots.disallow": 5, "policy.never": 1, 'odd"\n\\': 1},
    failures={"timeout": 6},
    hosts={"ready": 1, "waiting": 2, "parked": 0},
    queued=77,
    memory=200_000_000,
    commits=(1, 0, 2),
    commit_seconds=0.5,
    late=(0, 4),
    late_seconds=0.03,
)


def told(text):
    """Return the samples by name and labels, read as the format says."""
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert name not in found, name
            found[name] = float(value)
    return found


def names(text):
    return set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))


def test_the_numbers_are_those_of_the_run():
    found = told(metrics({"": STATE}))

    assert found["crawler_pages"] == 7
    assert found["crawler_paused"] == 1
    assert found["crawler_received_bytes_total"] == 123_456_789_012
    assert found["process_start_time_seconds"] == 1_795_797_829.383358
    assert found['crawler_visits_total{outcome="failed"}'] == 6
    asked = 'crawler_turned_down_total{reason="http.refused",ground="refused",asked="true"}'
    assert found[asked] == 2
    own = 'crawler_turned_down_total{reason="policy.never",ground="filtered",asked="false"}'
    assert found[own] == 1
    assert found['crawler_commit_duration_seconds_bucket{le="0.005"}'] == 1
    assert found['crawler_commit_duration_seconds_bucket{le="0.025"}'] == 3
    assert found['crawler_commit_duration_seconds_bucket{le="+Inf"}'] == 3
    assert found["crawler_commit_duration_seconds_count"] == 3
    assert found["crawler_host_lateness_seconds_sum"] == 0.03


def test_shards_stand_side_by_side_under_one_heading():
    text = metrics({"0": STATE, "1": STATE})

    assert text.count("# TYPE crawler_pages gauge") == 1
    assert told(text)['crawler_pages{shard="1"}'] == 7


def test_the_document_names_every_metric_with_its_type_and_labels():
    text = metrics({"": STATE})
    listed = re.findall(r"^\| `(\w+)` \| (\w+) \| ([^|]*)\|", DOCUMENT.read_text(), re.MULTILINE)
    types = dict(re.findall(r"^# TYPE (\w+) (\w+)", text, re.MULTILINE))

    assert {name: kind for name, kind, _ in listed} == types
    for name, _, labels in listed:
        found = set(re.findall(rf"^{name}(?:_bucket)?{{(.*)}}", text, re.MULTILINE))
        used = {label for one in found for label in re.findall(r'(\w+)="', one)}
        assert used == set(re.findall(r"`(\w+)`", labels)), name


def _asked(expression):
    known = {"crawler_info", "up"} | {
        name + suffix for name in names(metrics({"": STATE})) for suffix in ("", "_bucket")
    }
    found = set(re.findall(r"\b((?:crawler|process)_\w+|up)\b(?=[{\[)]|\s|$)", expression))
    assert found
    assert found <= known, found - known


def test_dashboard_and_alerts_ask_for_metrics_that_there_are():
    dashboard = json.loads((MONITORING / "dashboard.json").read_text())
    rules = yaml.safe_load((MONITORING / "alerts.yml").read_text())["groups"][0]["rules"]
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            _asked(target["expr"])
    for rule in rules:
        _asked(rule["expr"])
        assert rule["annotations"].keys() == {"summary", "description"}
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    assert len(rules) >= 8


@pytest.mark.parametrize(
    "words",
    [
        ("check", "rules", MONITORING / "alerts.yml"),
        ("check", "config", MONITORING / "prometheus.yml"),
    ],
)
def test_prometheus_takes_our_files(words):
    if shutil.which("promtool") is None:
        pytest.skip("promtool (Debian: prometheus) is not there")
    subprocess.run(["promtool", *words], check=True, capture_output=True)


@pytest.mark.parametrize(
    "states", [{}, {"": RunState()}, {"": STATE}, {"0": STATE, "1": RunState()}]
)
def test_prometheus_takes_our_metrics(states):
    if shutil.which("promtool") is None:
        pytest.skip("promtool (Debian: prometheus) is not there")
    done = subprocess.run(
        ["promtool", "check", "metrics"],
        input=metrics(states).encode(),
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "unit", sorted(MONITORING.glob("*.service")) + sorted(MONITORING.glob("*.timer"))
)
def test_systemd_takes_our_units(unit, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not there")
    for path in [*MONITORING.glob("crawler*")]:
        text = path.read_text()
        text = re.sub(r"(?m)^(Exec\w+=\+?)/opt/\S+", r"\1/bin/true", text)
        (tmp_path / path.name).write_text(text.replace("User=crawler", "User=root"))
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit.name],
        capture_output=True,
        check=False,
        text=True,
    )

    assert unit.name not in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("place", "said"),
    [("x", "write a port"), ("70000", "write a port"), ("-1", "write a port"),
     ("1.2.3.4.5:80", "listened"),
     ("192.0.2.1:80", "cannot be listened at"), (":", "write a port"), ("[::zz]:1", "listened")],
)  # fmt: skip
def test_a_place_that_is_none_is_wrong_use(place, said):
    with pytest.raises(UsageError, match=said):
        listen(place)


def test_a_port_that_is_taken_is_said_before_anything_begins():
    with listen("0") as first, pytest.raises(UsageError, match="choose another"):
        listen(str(first.getsockname()[1]))
    assert listen("") is None


async def ask(port, request=b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


async def test_the_port_answers_what_is_asked_well_and_survives_the_rest(tmp_path):
    write_run_state(tmp_path, STATE)
    listening = listen("0")
    port = listening.getsockname()[1]
    serving = asyncio.create_task(serve_metrics(tmp_path, listening))
    nobody = await ask(port)
    with hold(tmp_path):
        pid = int((tmp_path / "lock").read_text())
        write_run_state(tmp_path, RunState(process=pid, kept=5))
        found = await ask(port)
        head = await ask(port, b"HEAD /metrics HTTP/1.1\r\n\r\n")
        others = [
            await ask(port, request)
            for request in (
                b"POST /metrics HTTP/1.1\r\n\r\n",
                b"GET / HTTP/1.1\r\n\r\n",
                b"\r\n\r\n",
            )
        ]
        silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(30)]
        for _, writer in silent:
            writer.close()
        assert await ask(port, b"x" * 9_000 + b"\r\n\r\n") == b""
        again = await ask(port)
    serving.cancel()

    assert nobody.startswith(b"HTTP/1.1 200")
    assert b"crawler_pages" not in nobody  # what is noted is of a process that is gone
    assert b"\ncrawler_pages 5\n" in found
    assert b"\ncrawler_pages 5\n" in again
    assert head.endswith(b"\r\n\r\n")
    assert b"version=0.0.4" in head
    assert [answer.split()[1] for answer in others] == [b"405", b"404", b"405"]


@pytest.mark.slow
@pytest.mark.parametrize("shards", [1, 2])
async def test_a_crawl_tells_what_it_does_while_it_runs(tmp_path, shards):
    hosts = [f"http://site-{number}.test" for number in range(6)]
    pages = {f"{host}/{n}": page(f"/{n + 1}", "/no") for host in hosts for n in range(8)}
    robots = Reply("User-agent: *\nDisallow: /no", type="text/plain")
    pages |= {f"{host}/robots.txt": robots for host in hosts}
    with listen("0") as free:
        port = free.getsockname()[1]
    async with handmade(pages) as web:
        policy = web.policy(tmp_path / "p.toml", delay="300ms", patience="2s")
        words = ("crawl", *(f"{host}/0" for host in hosts), "--job", tmp_path / "job")
        more = ("--policy", policy, "--metrics-port", port, "--shards", shards)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler",
            *map(str, words),
            *map(str, more),
            stderr=subprocess.PIPE,
        )
        seen, until = [], time.monotonic() + 60
        while process.returncode is None and time.monotonic() < until:
            await asyncio.sleep(0.3)
            try:
                seen.append(told((await ask(port)).decode().partition("\r\n\r\n")[2]))
            except OSError:
                continue
        _, errors = await process.communicate()

    assert process.returncode == 0, errors.decode()
    seen = [one for one in seen if sum(name.startswith("crawler_pages") for name in one) == shards]
    kept = [sum(n for name, n in one.items() if name.startswith("crawler_pages")) for one in seen]
    assert kept == sorted(kept)
    assert kept[-1] > 10
    last = seen[-1]
    assert any(name.startswith("crawler_turned_down_total{") for name in last)
    if shards == 2:
        assert {re.search(r'shard="(\d)"', name)[1] for name in last} == {"0", "1"}
    noted = [read_run_state(path.parent) for path in (tmp_path / "job").rglob("run.json")]
    assert sum(state.kept for state in noted) == 48
