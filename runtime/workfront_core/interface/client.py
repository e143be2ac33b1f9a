"""The synchronous client that generated ones inherit."""

from __future__ import annotations

from workfront_core.client.sync import SyncClient
from workfront_core.services.lazy_service import LazyService

__all__ = [
    "LazyService",
    "SyncClient",
]
