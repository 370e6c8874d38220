"""One clock per host for all crawls and checks of a user on a machine: a small shared file.

Who asks a host holds its lease, a lock of the operating system that ends with the process; when
the host may be asked next stands in the file. Hosts stand there by keyed hash, an entry gives its
place up once its time has come, and times are counted since the machine's start, so that no step
of the wall clock moves them.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_MAGIC = b"hosts 1\n"
_HEAD = struct.Struct("<8s16s16s")  # magic, hash of the boot, key of the hosts' hashes
_ENTRY = struct.Struct("<Qd")  # hash of the host, when it may be asked
_BUCKETS, _PLACES = 65_536, 8  # 8 MB, of which the file system stores what is used
_START = 4_096
_BUCKET = _PLACES * _ENTRY.size
_SIZE = _START + _BUCKETS * _BUCKET
# Leases are locks on bytes far behind the end: one for each hash, so no two hosts share one.
_LEASES, _MASK = 1 << 61, (1 << 61) - 1
# Behind them a byte for each job, held by whoever works on it: are there others?
_PRESENT, _JOBS = 1 << 62, 1 << 30
# A process that is not alone waits so long (seconds) for the others to close idle connections;
# they look more often.
_MAKE_WAY = 0.6
# How soon (seconds) to look again at a host that another process is asking now.
_LOOK_AGAIN = 0.1
# A time further away than this was never meant: longer than any Retry-After that is obeyed.
_LONGEST = 60 * 86_400.0


class HostLeases:
    """The file as one process sees it. `offset`: what its clock is ahead of the machine's."""

    def __init__(
        self, folder: Path, job: str, offset: float, mapped: Mapping[str, str] | None = None
    ) -> None:
        """Open the file, made if it is not there. Processes of one `job` count as one.

        `mapped` are hosts that the policy has dialled elsewhere ("a.test", "a.test:80"): under
        their names other jobs may mean other servers.
        """
        self._offset = offset
        self._may_begin = -1.0  # not known before the first host
        self._mapped: dict[str, str] = {}
        for name, target in (mapped or {}).items():
            host = name if name.endswith("]") or ":" not in name else name.rpartition(":")[0]
            self._mapped[host] = f"{self._mapped.get(host, host)} {target}"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = os.open(folder / "hosts", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._key = self._prepare(blake2b(_boot().encode(), digest_size=16).digest())
            self._map = mmap.mmap(self._file, _SIZE)
            digest = blake2b(job.encode("utf-8", "replace"), digest_size=8, key=self._key).digest()
            self._job = int.from_bytes(digest, "big") % _JOBS
            fcntl.lockf(self._file, fcntl.LOCK_SH, 1, _PRESENT + self._job)
        except BaseException:
            os.close(self._file)
            raise

    def enter(self, host: str, now: float, delay: float) -> float:
        """Return 0.0 and take the host's lease, or the time at which to ask again.

        The host may be asked again `delay` from now at the earliest, also if this process dies.
        """
        if self._may_begin < 0.0:
            self._may_begin = 0.0 if self.alone() else now + _MAKE_WAY
        if now < self._may_begin:
            return self._may_begin
        number = self._hash(host)
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _LEASES + (number & _MASK))
        except OSError:
            return now + _LOOK_AGAIN
        passed = now - self._offset
        opens = self._opens(number)
        if passed < opens < passed + _LONGEST:
            self._let_go(number)
            return opens + self._offset
        self._note(number, passed + delay, passed)
        return 0.0

    def leave(self, host: str, opens: float, now: float) -> None:
        """Give the lease back; no process may ask the host before `opens`."""
        number = self._hash(host)
        self._note(number, opens - self._offset, now - self._offset)
        self._let_go(number)

    def alone(self) -> bool:
        """Say if no process works on another job, so that none may want our hosts."""
        ranges = ((0, self._job), (self._job + 1, _JOBS - self._job - 1))
        return not any(size and self._is_held(_PRESENT + start, size) for start, size in ranges)

    def _is_held(self, start: int, size: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, size, start)
        except OSError:
            return True
        fcntl.lockf(self._file, fcntl.LOCK_UN, size, start)
        return False

    def close(self) -> None:
        """Let everything go; what was asked stays noted."""
        self._map.close()
        os.close(self._file)

    def _prepare(self, boot: bytes) -> bytes:
        """Return the key of the hashes; times of before the machine's start mean nothing now."""
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, 0)
        try:
            head = os.pread(self._file, _HEAD.size, 0).ljust(_HEAD.size, b"\0")
            magic, before, key = _HEAD.unpack(head)
            if magic != _MAGIC or before != boot or os.fstat(self._file).st_size != _SIZE:
                key = os.urandom(16)
                os.ftruncate(self._file, 0)
                os.ftruncate(self._file, _SIZE)
                os.pwrite(self._file, _HEAD.pack(_MAGIC, boot, key), 0)
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, 0)
        return bytes(key)

    def _hash(self, host: str) -> int:
        name = self._mapped.get(host, host) if self._mapped else host
        digest = blake2b(name.encode("utf-8", "replace"), digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "big") | 1  # 0 is an empty place

    def _let_go(self, number: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _LEASES + (number & _MASK))

    def _places(self, number: int) -> range:
        start = _START + number % _BUCKETS * _BUCKET
        return range(start, start + _BUCKET, _ENTRY.size)

    def _opens(self, number: int) -> float:
        for at in self._places(number):
            host, opens = _ENTRY.unpack_from(self._map, at)
            if host == number:
                return float(opens)
        return 0.0

    def _note(self, number: int, opens: float, passed: float) -> None:
        places = self._places(number)
        for at in places:
            if _ENTRY.unpack_from(self._map, at)[0] == number:
                _ENTRY.pack_into(self._map, at, number, opens)
                return
        # Only who moves in must keep others from moving in.
        fcntl.lockf(self._file, fcntl.LOCK_EX, 1, places.start)
        try:
            times = {at: _ENTRY.unpack_from(self._map, at)[1] for at in places}
            # A free place, or one whose time has come; else that of the host due first.
            at = min(places, key=lambda place: max(times[place], passed))
            _ENTRY.pack_into(self._map, at, number, opens)
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, places.start)


def _boot() -> str:
    """Return what names this run of the machine, "" where it has no name."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return ""
