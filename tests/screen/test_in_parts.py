"""A screening in parts, as arrays of jobs and Ray do it: the same bytes as by one process."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawler.inputs import Columns
from crawler.screen.parts import Part, _of_one_deal
from crawler.screen.plan import Asked, Plan, Planned
from crawler.screen.workers import NoRayError, RayTasks, _on_node
from crawler.store.connection import StoreError
from tests.cli.run import invoke
from tests.inputs.made import gzipped, linked_warc, warc

EVIDENCE = [
    {"domain": f"h{n}.test", "date": "2024-01-01", "robots_txt": "User-agent: *\nDisallow: /1"}
    for n in range(0, 9, 2)
]
OPTIONS = ["--evidence", "evidence.jsonl", "--no-collect", "--job", "job", "--out", "out"]
SCRIPT = Path(__file__).parents[2] / "docs/slurm/screen.sbatch"
FILES = ["a.warc.gz", "b.warc", "in/c.jsonl", "in/d.parquet", "e.txt", "f.jsonl", "torn.warc.gz"]


def write(folder):
    """Write inputs of many forms; records of one WARC are of responses in another."""
    (folder / "in").mkdir()
    pages = [(f"http://h{n % 9}.test/{n}", b"<p>text of a page") for n in range(60)]
    robots = [("http://h1.test/robots.txt", b"User-agent: *\nDisallow: /1", "200 OK", [])]
    (folder / "a.warc.gz").write_bytes(gzipped(warc(robots + pages, requests=True)))
    (folder / "b.warc").write_bytes(linked_warc())
    rows = [{"url": f"http://h{n % 9}.test/{n}", "date": "2024-05-18"} for n in range(200)]
    rows += [{"url": "http://h\u00e4.test/\ud800"}, {"url": ""}, {}]
    (folder / "in/c.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    pq.write_table(pa.Table.from_pylist(rows[:150]), folder / "in/d.parquet")
    (folder / "e.txt").write_text("".join(f"http://h{n}.test/1\n" for n in range(9)))
    (folder / "f.jsonl").write_text('{"url": 5}\nnonsense\n{"url": "http://h0.test/"}\n')
    (folder / "torn.warc.gz").write_bytes(gzipped(warc(pages))[:700])
    lines = "".join(f"{json.dumps(item)}\n" for item in EVIDENCE)
    (folder / "evidence.jsonl").write_text(lines)


def screen(*more, code=0):
    done = invoke("screen", *FILES, *OPTIONS, *more)
    assert done.exit_code == code, done.output
    return done.output


def taken(folder):
    """Return the bytes of all files that were written, and move the screening away."""
    out = folder / "out"
    found = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    plan = (folder / "job/screen/plan.json").read_bytes()
    shutil.rmtree(folder / "job")
    shutil.rmtree(out)
    (folder / "job/screen").mkdir(parents=True)
    (folder / "job/screen/plan.json").write_bytes(plan)  # the time at which it was first begun
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with inputs of many forms, the one we are in."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    return tmp_path


@pytest.fixture
def alone(folder):
    """Return what one process writes of the inputs."""
    screen()
    return taken(folder)


def test_parts_and_joins_in_turn_end_with_the_bytes_of_one_process(tmp_path, alone):
    for _ in range(3):
        for number in (3, 1, 2):
            screen("--part", f"{number}/3")
        screen("--join")

    assert "finished already" in screen("--part", "1/3")
    assert "finished already" in screen("--join")
    assert taken(tmp_path) == alone


def test_parts_without_records_take_two_turns_and_more_parts_than_files_are_none(
    folder, monkeypatch
):
    monkeypatch.setattr(sys.modules[__name__], "FILES", ["in/c.jsonl", "in/d.parquet"])
    for _ in range(2):
        assert not (folder / "out").exists()
        for number in range(1, 5):
            screen("--part", f"{number}/4")
        screen("--join")

    assert (folder / "out/manifest.json").exists()


def test_a_join_before_its_parts_names_what_is_missing_and_one_process_does_the_rest(
    tmp_path, alone
):
    screen("--part", "1/2")
    done = invoke("screen", *FILES, *OPTIONS, "--join")
    assert done.exit_code == 1
    assert "inputs are not surveyed yet" in str(done.exception)
    screen("--part", "2/2")
    screen("--join")
    screen("--part", "2/2")
    screen()

    assert taken(tmp_path) == alone


def test_a_part_of_another_screening_touches_nothing(folder):
    screen("--part", "1/2")
    before = sorted(path.name for path in (folder / "job/screen").iterdir())
    done = invoke("screen", *FILES, *OPTIONS, "--annotate", "--part", "2/2")

    assert done.exit_code == 1
    assert "holds another screening" in str(done.exception)
    assert sorted(path.name for path in (folder / "job/screen").iterdir()) == before


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/2/3", "\u0661/2"])
def test_a_part_is_written_k_of_n(folder, text):
    done = invoke("screen", *FILES, *OPTIONS, f"--part={text}")

    assert "write K/N" in str(done.exception)
    assert not (folder / "job").exists()


@pytest.mark.parametrize("count", [1, 2, 3, 7, 20])
def test_every_input_is_of_one_part_and_large_ones_are_spread(count):
    inputs = [Planned(n, str(n), str(n), (n * 37) % 11) for n in range(17)]
    parts = [Part(number, count).of(inputs) for number in range(1, count + 1)]

    assert sorted(item.number for part in parts for item in part) == list(range(17))
    weights = [sum(item.size for item in part) for part in parts]
    assert max(weights) - min(weights) <= 10


def test_a_node_without_the_jobs_folder_says_so_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # and back again: a node goes to where the driver is
    for place in (("/nowhere", tmp_path), (str(tmp_path), Path("job/screen"))):
        with pytest.raises(NoRayError, match=r"does not see .* all nodes have at the same path"):
            _on_node(place, len, "")


def start(*more):
    words = [sys.executable, "-m", "crawler", "screen", *FILES, *OPTIONS, *more]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_parts_that_are_killed_and_begun_at_once_end_with_the_same_bytes(folder):
    chance = random.Random(5)
    for turn in range(3):
        running = [start("--part", f"{number}/3") for number in (1, 2, 3)]
        time.sleep(0.6 + chance.random())
        for process in running[: 1 + turn]:
            process.send_signal(signal.SIGKILL)
        codes = [process.wait() for process in running]
        for number, code in enumerate(codes, 1):
            if code:
                assert start("--part", f"{number}/3").wait() == 0
        joining = start("--join")
        time.sleep(0.4 + chance.random())
        joining.send_signal(signal.SIGKILL)
        if joining.wait():
            assert start("--join").wait() == 0

    found = taken(folder)
    screen()  # with the time at which the first of the parts began
    assert taken(folder) == found


# What Slurm does with the script, on this machine: arrays at once, dependencies by being behind.
SBATCH = """#!/bin/bash
while [[ $1 == --* ]]; do
  case $1 in --array=*) array=${1#--array=1-} ;; --dependency=afterok:*) known=${1##*:} ;; esac
  shift
done
[[ -z ${known-} || -e job-$known ]] || exit 1
for task in $(seq 1 "${array:-1}"); do
  SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=1 "$@" >> log 2>&1 & running+=" $!"
done
for process in $running; do wait "$process" || exit 1; done
number=$(ls -d job-* 2>/dev/null | wc -l)
touch "job-$number"
echo "$number"
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_script_for_slurm_screens_to_the_end(alone, folder, monkeypatch):
    (folder / "bin").mkdir()
    command = f'#!/bin/sh\nexec {sys.executable} -m crawler "$@"\n'
    for name, text in (("sbatch", SBATCH), ("crawler", command)):
        (folder / "bin" / name).write_text(text)
        (folder / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("N", "2")

    done = subprocess.run([SCRIPT, *FILES, *OPTIONS], capture_output=True, text=True, check=False)

    log = (folder / "log").read_text()
    assert (done.returncode, done.stdout.count("turn")) == (0, 3), done.stderr + log
    assert taken(folder) == alone


@pytest.fixture
def cluster():
    """Return a Ray cluster of a head and a node, real processes."""
    utils = pytest.importorskip("ray.cluster_utils")
    size = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False}
    cluster = utils.Cluster(initialize_head=True, head_node_args=size)
    cluster.more = cluster.add_node(num_cpus=1, object_store_memory=80_000_000)
    yield cluster
    cluster.shutdown()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_tasks_of_a_cluster_that_loses_a_node_end_with_the_bytes_of_one_process(
    alone, folder, cluster
):
    process = start("--ray", cluster.address)
    until = time.monotonic() + 120
    while not list((folder / "job/screen").glob("*.survey.json")) and time.monotonic() < until:
        time.sleep(0.01)
    cluster.remove_node(cluster.more, allow_graceful=False)

    assert process.wait() == 0
    assert taken(folder) == alone


def damaged(task):
    raise StoreError(f"{task} is damaged")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_an_error_of_a_task_is_raised_as_it_was(cluster, tmp_path, monkeypatch):
    import ray

    monkeypatch.chdir(tmp_path)
    ray.init(address=cluster.address, log_to_driver=False)
    try:
        with pytest.raises(StoreError) as told:
            list(RayTasks(ray, tmp_path).map(damaged, ["it", "that"]))
    finally:
        ray.shutdown()

    assert str(told.value) == "it is damaged"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_ray_without_an_address_starts_a_cluster_and_ends_it(alone, folder, monkeypatch):
    pytest.importorskip("ray")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)

    assert start("--ray", "--workers", "2").wait() == 0

    assert taken(folder) == alone


def test_parts_of_another_number_wait_for_those_at_work(tmp_path):
    plan = Plan(tmp_path, Asked((), "out", "", "now", Columns()), 0.0, ())
    with _of_one_deal(plan, Part(1, 3)), _of_one_deal(plan, Part(2, 3)):
        with (
            pytest.raises(StoreError, match="parts of 3 are at work"),
            _of_one_deal(plan, Part(1, 2)),
        ):
            pass
        with _of_one_deal(plan, Part(3, 3)):
            pass
    with _of_one_deal(plan, Part(1, 2)):
        pass
