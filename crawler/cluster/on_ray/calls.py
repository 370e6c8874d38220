"""Calls of actors that may not be reached: an answer, or none after a while."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

_log = logging.getLogger(__name__)


async def called(method: Any, *arguments: object, wait: float, answer: Any = None) -> Any:  # noqa: ANN401
    """Return what the actor's method returns, or None if it cannot be reached within `wait`.

    `answer` stands for the answer None of a method that returns nothing.
    """
    from ray.exceptions import RayError, RayTaskError  # noqa: PLC0415 - an extra

    try:
        # Not wait_for: before Python 3.12 it may pass over that whoever waits is cancelled.
        async with asyncio.timeout(wait):
            found = await method.remote(*arguments)
    except RayTaskError as error:  # it was reached, and failed
        _log.warning("%s: %s", getattr(method, "_method_name", "a call"), error.cause or error)
        return None
    except (RayError, TimeoutError):
        return None
    return answer if found is None else found
