"""Every command that README and docs print is run as printed, on the demo web.

A document's commands run in their order in a folder of its own, which holds what its reader is
taken to have: a policy, seeds, a job, keys, copies. `example.org` is a host of the test's.
"""

import gzip
import json
import os
import re
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.main import get_command

from crawler.cli import COMMANDS, build
from tests.documents.printed import DOCUMENTS, PROGRAMS, commands, fences, inline
from tests.hostile.certificates import Authority

# What cannot be run here, by how it begins, and why.
NOT_RUN = {
    "make ": "sets up .venv anew, or runs these very tests; .ci/run runs each",
    "docker ": "needs a docker daemon",
    "pip install": "asks a registry",
    "python -m benchmarks.": "measures for minutes; tests/benchmarks runs its parts",
    "crawler export my-job --out s3://": "needs a bucket; tests/storage has a server of one",
    **{
        f"crawler {name} s3://": "needs a bucket; tests/cluster does the same at other URLs"
        for name in ("status", "explain", "export", "purge")
    },
    "N=64 docs/slurm/": "needs Slurm; tests/screen runs the script with a stand-in",
}
# What ends when it is stopped: started, given time to say something, and interrupted.
UNTIL_STOPPED = ("crawler serve", "crawler demo --serve")
# What is about a crawl that is running beside it.
BESIDE_A_CRAWL = ("crawler reload", "curl http://127.0.0.1:9464/")
# What ends otherwise than with 0, as the documents say.
CODES = {}
LONGEST = 90  # seconds a command may take
PAGE = (
    "<!doctype html><html lang=en><head><title>{title}</title>"
    "<meta name=author content='{author}'></head><body><main><h1>{title}</h1><p>{text}</p>"
    "<a href=/page>One more</a></main></body></html>"
)
SITES = {
    "example.org": ("Examples", "Grace Hopper"),
    "ada.example": ("Notes on the engine", "Ada Lovelace"),
}
POLICY = """\
extends = "default"
[identity]
token = "ExampleBot"
contact = "https://example.org/crawler"
email = "crawler@example.org"
[network]
allow = ["127.0.0.0/8"]
public = false
ca_file = "ca.pem"
[network.connect_to]
{hosts}
[politeness]
min_delay = "0s"
fetch_factor = 0
[limits]
patience = "{patience}"
[suppression]
path = "suppression.txt"
[archive]
enabled = true
"""


def test_commands_stand_in_fences_that_say_so():
    for document in DOCUMENTS:
        for mark, line, body in fences(document):
            first = body.split(maxsplit=1)[:1]
            assert mark or not first or first[0] not in PROGRAMS, f"{document}:{line}: mark it `sh`"


def test_nothing_is_left_out_that_no_document_prints():
    printed = [command.bare for document in DOCUMENTS for command in commands(document)]

    assert len(printed) > 50
    for table in (NOT_RUN, CODES, UNTIL_STOPPED, BESIDE_A_CRAWL):
        for beginning in table:
            if beginning != "crawler demo --serve":
                assert any(one.startswith(beginning) for one in printed), beginning


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_within_lines_exist_with_their_options(document):
    group = get_command(build(COMMANDS))
    for text in inline(document):
        words = re.split(r"\s+", text)[1:]
        command = group
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        named = words[:1] and re.fullmatch(r"[a-z][a-z-]+", words[0])
        assert not (named and hasattr(command, "commands")), f"{document}: there is no `{text}`"
        known = {option for param in command.params for option in param.opts}
        for word in words:
            option = word.partition("=")[0].rstrip(".,;:)")
            if re.fullmatch(r"--[a-z-]+", option):
                assert option in {*known, "--help"}, f"{document}: `{text}` has no {option}"


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        host = self.headers["host"].partition(":")[0]
        title, author = SITES[host]
        if self.path == "/robots.txt":
            kind, body = "text/plain", "User-agent: *\nAllow: /\n"
        else:
            text = f"What {author} wrote for {host}{self.path}, and nobody else, word by word. " * 4
            kind, body = "text/html", PAGE.format(title=title, author=author, text=text)
        known = self.path in ("/robots.txt", "/", "/page")
        self.send_response(200 if known else 404)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@contextmanager
def web(folder):
    """Serve the demo web and the two sites until the block ends; yield where hosts are."""
    authority = Authority(folder, "ca")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.socket = authority.context(*SITES).wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    demo = subprocess.Popen(
        [sys.executable, "-m", "crawler", "demo", "--serve", "--out", folder / "demo"],
        stdout=subprocess.DEVNULL,
    )
    try:
        while not (folder / "demo" / "seeds.txt").exists():
            assert demo.poll() is None
            time.sleep(0.05)
        import tomllib

        served = tomllib.loads((folder / "demo" / "policy.toml").read_text())
        port = server.server_address[1]
        yield served["network"]["connect_to"] | dict.fromkeys(SITES, f"127.0.0.1:{port}")
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(20)
        server.shutdown()
        server.server_close()


def run(folder, text, **options):
    """Run a command as a reader's shell does."""
    home = {"HOME": str(folder / "home"), "XDG_STATE_HOME": str(folder / "state")}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.Popen(
        ["bash", "-c", text], cwd=folder, env=os.environ | home | {"PATH": path, "COLUMNS": "80"},
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        **options,
    )  # fmt: skip


def done(folder, text):
    process = run(folder, text, stdin=subprocess.DEVNULL)
    try:
        said, _ = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        return -1, f"{said}\nhas not ended for {LONGEST} s"
    return process.returncode, said


def policy(hosts, patience):
    return POLICY.format(
        hosts="\n".join(f'"{host}" = "{place}"' for host, place in hosts.items()), patience=patience
    )


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """Make the folder of a reader who has a policy, seeds, keys, jobs and copies."""
    folder = tmp_path_factory.mktemp("reader")
    outside = tmp_path_factory.mktemp("web")
    with web(outside) as hosts:
        (folder / "home").mkdir()
        shutil.copy(outside / "ca.pem", folder)
        (folder / "my.toml").write_text(policy(hosts, "2s"))
        seeds = (outside / "demo" / "seeds.txt").read_text()
        (folder / "seeds.txt").write_text(f"{seeds}https://ada.example/\n")
        for words in (
            "crawl https://example.org/ --policy my.toml --job jobs/example",
            "crawl https://example.org/ --seeds-file seeds.txt --policy my.toml --job my-job",
            "identity keygen --out identity.pem",
            "export my-job --out mirror --key identity.pem",
            "feed my-job -o removals.jsonl --key identity.pem",
        ):
            code, said = done(folder, f"crawler {words}")
            assert code == 0, f"{words}: {said}"
        shutil.copytree(folder / "mirror", folder / "dataset")
        who = "-c user.name=reader -c user.email=reader@example.org"
        for words in ("init -q", "add .", f"{who} commit -qm Copy"):
            code, said = done(folder / "dataset", f"git {words}")
            assert code == 0, said
        shutil.copy(folder / "identity.pem", folder / "corpus.pem")
        _what_others_collected(folder)
        words = "screen rows.jsonl --job screening --out screened --policy my.toml --no-collect"
        code, said = done(folder, f"crawler {words}")
        assert code == 0, said
        yield folder, hosts


def _what_others_collected(folder):
    """Write the inputs of `seeds`, `audit`, `screen`: an index, snapshots, captures, lists."""
    lines = [
        f"org,example)/{n} 20260101000000 " + json.dumps(
            {"url": f"https://example.org/{n}", "mime": "text/html", "status": "200",
             "languages": "deu", "digest": f"X{n}"})
        for n in range(9)
    ]  # fmt: skip
    (folder / "cdx-00000.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    robots = "User-agent: GPTBot\nDisallow: /\n"
    row = {"domain": "example.org", "date": "2026-01-01", "robots_txt": robots}
    (folder / "snapshots.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    (folder / "robots-folder" / "example.org").mkdir(parents=True)
    (folder / "robots-folder" / "example.org" / "2026-01-01.txt").write_text(robots)
    (folder / "words.csv").write_text("domain,weight\nexample.org,100\n")
    (folder / "domains.csv").write_text("domain,weight\nexample.org,100\nada.example,20\n")
    row = {"url": "https://example.org/", "date": "2026-01-02", "text": "One two three."}
    (folder / "rows.jsonl").write_text(json.dumps(row))
    (archive,) = sorted((folder / "jobs" / "example" / "archive").glob("*.warc.gz"))[:1]
    for year in (2025, 2026):
        shutil.copy(archive, folder / f"{year}.warc.gz")
    (folder / "warc.paths.gz").write_bytes(gzip.compress(b"2026.warc.gz\n"))
    release = folder / "crawl-data" / "CC-MAIN-2024-22"
    for place in (release / "segments" / "1" / "warc", folder / "robotstxt"):
        place.mkdir(parents=True)
        shutil.copy(archive, place / "00000.warc.gz")
    listed = f"{release.relative_to(folder)}/segments/1/warc/00000.warc.gz\n"
    (release / "warc.paths.gz").write_bytes(gzip.compress(listed.encode()))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "document", [document for document in DOCUMENTS if commands(document)], ids=str
)
def test_every_command_runs_as_printed(document, reader, tmp_path):
    prepared, hosts = reader
    folder = tmp_path / "reader"
    shutil.copytree(prepared, folder)
    wrong, beside = [], None
    try:
        for command in commands(document):
            text = command.bare
            if any(text.startswith(beginning) for beginning in NOT_RUN):
                continue
            if text.startswith(BESIDE_A_CRAWL) and beside is None:
                beside = _crawl_beside(folder, hosts)
            _make_way(folder, text)
            if text.startswith(UNTIL_STOPPED):
                code, said = _interrupted(folder, command.text)
            elif "--metrics-port" in text:
                beside, code, said = _crawl_beside(folder, hosts, command.text), 0, ""
            else:
                code, said = done(folder, command.text)
            if code != CODES.get(text, 0):
                wrong.append(f"{command}\n  exit code {code}\n{said[-1_500:]}")
            if text.startswith("crawler policy init"):  # the reader fills it in
                (folder / "my.toml").write_text(policy(hosts, "2s"))
    finally:
        if beside is not None:
            with suppress(ProcessLookupError):
                os.killpg(beside.pid, signal.SIGKILL)
            beside.communicate()

    assert not wrong, "\n\n".join(wrong)


def _make_way(folder, text):
    """Move out of the way what a reader who gives this command does not have yet."""
    words = shlex.split(text.partition(">")[0])
    for option in ("--out", "-o"):
        if option in words[:-1] and not text.startswith(("crawler feed", "crawler report")):
            place = folder / words[words.index(option) + 1]
            if place.exists():
                place.rename(folder / f"before-{time.monotonic_ns()}")


def _crawl_beside(folder, hosts, text=""):
    """Start a crawl that does not end by itself, and wait until it is at work."""
    (folder / "my.toml").write_text(policy(hosts, "10m"))
    text = text or "crawler crawl --seeds-file seeds.txt --policy my.toml --job my-job"
    process = run(folder, f"exec {text}", stdin=subprocess.DEVNULL)
    until = time.monotonic() + LONGEST
    while not _is_at_work(folder, process, text):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, f"{text} is not at work after {LONGEST} s"
        time.sleep(0.1)
    return process


def _is_at_work(folder, process, text):
    if "--metrics-port" in text:
        with suppress(OSError), socket.create_connection(("127.0.0.1", 9464), 1):
            return True
        return False
    with suppress(OSError, ValueError):
        answer = json.loads((folder / "my-job" / "reload.answer").read_text())
        return answer["process"] == process.pid
    return False


def _interrupted(folder, text):
    """Start what does not end, let it speak, and stop it as Ctrl-C does."""
    process = run(folder, f"exec {text}", stdin=subprocess.DEVNULL)
    select.select([process.stdout], [], [], LONGEST)
    if process.poll() is not None:
        return process.returncode or 1, process.communicate()[0]
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=LONGEST)
    return (0 if process.returncode in (0, 130) and said else process.returncode), said
