"""The asynchronous client that generated ones inherit."""

from __future__ import annotations

from workfront_core.client._async.client import AsyncClient
from workfront_core.services.lazy_service import ServiceAttribute, lazy_service

__all__ = [
    "AsyncClient",
    "ServiceAttribute",
    "lazy_service",
]
