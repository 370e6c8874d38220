"""What a caller may have to catch, under its public name."""

from __future__ import annotations

from crawler.store.connection import StoreError as JobError

__all__ = ["JobError"]
