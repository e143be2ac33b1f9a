"""The asynchronous client that generated ones inherit."""

from __future__ import annotations

from workfront_core.client.asynchronous import AsyncClient

__all__ = [
    "AsyncClient",
]
