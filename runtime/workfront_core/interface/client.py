"""The synchronous client that generated ones inherit."""

from __future__ import annotations

from workfront_core.client.sync import SyncClient

__all__ = [
    "SyncClient",
]
