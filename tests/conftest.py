import contextlib
import gc
import itertools
import os
import shutil
import signal
import socket
import sys

import hypothesis
import pytest

# Tests and the processes they start share what one of them has compiled, whatever the shell says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A shell's job in the background ignores Ctrl-C: those that tests press it for must hear it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples on every run: twenty, fifty in CI, `make test-all` tries four hundred, and
# HYPOTHESIS_PROFILE=explore looks further.
hypothesis.settings.register_profile("few", max_examples=20, derandomize=True, deadline=None)
hypothesis.settings.register_profile("same", max_examples=50, derandomize=True, deadline=None)
hypothesis.settings.register_profile("all", max_examples=400, derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", max_examples=5_000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "few"))


MEMORY = "/dev/shm"  # noqa: S108 - each run has a folder of its own there
ROOM = 4 * 2**30


def pytest_configure():
    """Have the tests' folders in memory where there is room: on a disk half the time is `fsync`."""
    with contextlib.suppress(OSError):
        flags = os.statvfs(MEMORY).f_flag
        if shutil.disk_usage(MEMORY).free >= ROOM and not flags & (os.ST_NOEXEC | os.ST_RDONLY):
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)


@pytest.fixture(scope="session")
def state_folders(tmp_path_factory):
    """Name a new folder for each test: making one of eleven thousand would cost seconds."""
    folder = tmp_path_factory.mktemp("states")
    return (str(folder / str(number)) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_state(monkeypatch, state_folders):
    """Keep hosts' clocks of a test apart from the user's and from other tests'."""
    monkeypatch.setenv("XDG_STATE_HOME", next(state_folders))


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Let a test reach this machine and nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            real = getattr(socket.socket, name)

            def guarded(self, address, real=real):
                if self.family != socket.AF_UNIX:
                    host = str(address[0])
                    assert host.startswith("127.") or host in ("localhost", "::1"), (
                        f"a test tried to reach {address}"
                    )
                return real(self, address)

            patch.setattr(socket.socket, name, guarded)
        yield


def pytest_collection_finish():
    """Leave what was collected out of every later look for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(config, val, argname):  # noqa: ARG001 - as pytest calls it
    """Call bytes by their argument: packed ones hold the time, and differ between processes."""
    return argname if isinstance(val, bytes) else None
