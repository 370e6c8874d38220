"""Start the hostile web alone: `python -m tests.hostile [policy.toml] [seeds.txt]`.

Writes the network policy that reaches it, and its seeds, if files are named; prints its
routes; serves until interrupted, then says whether anything got through.
"""

import asyncio
import contextlib
import sys
from pathlib import Path

from tests.hostile.web import HostileWeb


async def main(files: list[str]) -> None:
    async with HostileWeb() as web:
        for file, text in zip(
            files,
            (web.policy(), "".join(f"{route.url}\n" for route in web.routes.values())),
            strict=False,
        ):
            Path(file).write_text(text)
        for route in web.routes.values():
            print(f"{route.url:60} {route.outcome:20} {route.ends}")
        print(f"listening on {web.ports}", flush=True)
        try:
            await asyncio.Event().wait()
        finally:
            print(f"requests {len(web.requests)}, forbidden connections {web.forbidden_visits}")
            print("leaks:", web.leaks or "none")


with contextlib.suppress(KeyboardInterrupt):
    asyncio.run(main(sys.argv[1:]))
