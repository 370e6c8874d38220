"""A plain static file server in a thread, as free of opinions as such a server can be."""

import functools
import http.server
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Site:
    """A folder that is being served."""

    folder: Path
    address: str  # "127.0.0.5:40213", as `connect_to` wants it
    asked: Counter[str] = field(default_factory=Counter)  # request target -> times


@contextmanager
def static_site(folder: Path, address: str = "127.0.0.1") -> Iterator[Site]:
    """Serve the files of `folder` on a free port of `address` until the block ends."""
    asked: Counter[str] = Counter()

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked[self.path] += 1
            super().do_GET()

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:  # a killed crawler says no goodbye
                self.close_connection = True

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    handler = functools.partial(Handler, directory=str(folder))
    with Server((address, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield Site(folder, f"{address}:{server.server_address[1]}", asked)
        finally:
            server.shutdown()
            thread.join()
