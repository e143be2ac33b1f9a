"""What generated services are put together from: one mixin an operation, each in a sync and an async form.

A generated service names its model and inherits the operations the metadata lists:
``class TaskService(Get[Task], Search[Task]): model = Task``.
"""

from __future__ import annotations

from workfront_core.payload import Custom
from workfront_core.reading_service import (
    AsyncCount,
    AsyncGet,
    AsyncReport,
    AsyncSearch,
    Count,
    Get,
    Report,
    Search,
)
from workfront_core.selection import Fields
from workfront_core.service_base import AsyncService, Service
from workfront_core.writing_service import AsyncCopy, AsyncDelete, AsyncReplace, Copy, Delete, Replace

__all__ = [
    "AsyncCopy",
    "AsyncCount",
    "AsyncDelete",
    "AsyncGet",
    "AsyncReplace",
    "AsyncReport",
    "AsyncSearch",
    "AsyncService",
    "Copy",
    "Count",
    "Custom",
    "Delete",
    "Fields",
    "Get",
    "Replace",
    "Report",
    "Search",
    "Service",
]
