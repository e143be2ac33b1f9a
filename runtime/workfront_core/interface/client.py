"""The synchronous client that generated ones inherit."""

from __future__ import annotations

from workfront_core.client._sync.client import SyncClient
from workfront_core.services.lazy_service import ServiceAttribute, lazy_service

__all__ = [
    "ServiceAttribute",
    "SyncClient",
    "lazy_service",
]
