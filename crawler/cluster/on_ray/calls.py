"""Calls of actors that may not be reached: an answer, or none after a while."""

from __future__ import annotations

import asyncio
from typing import Any


async def called(method: Any, *arguments: object, wait: float, answer: Any = None) -> Any:  # noqa: ANN401
    """Return what the actor's method returns, or None if it cannot be reached within `wait`.

    `answer` stands for the answer None of a method that returns nothing.
    """
    from ray.exceptions import RayError  # noqa: PLC0415 - an extra

    try:
        found = await asyncio.wait_for(_answered(method.remote(*arguments)), wait)
    except (RayError, TimeoutError):
        return None
    return answer if found is None else found


async def _answered(reference: Any) -> Any:  # noqa: ANN401
    return await reference
