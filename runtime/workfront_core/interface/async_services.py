"""What generated asynchronous services are put together from: one mixin an operation."""

from __future__ import annotations

from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders, payload
from workfront_core.operations import operation as operations
from workfront_core.operations.action import NO_ROW, optional_row
from workfront_core.operations.payload import Custom
from workfront_core.query.condition import FilterCondition
from workfront_core.query.selection import Fields
from workfront_core.services._async.bulk import AsyncCreateMany, AsyncDeleteMany, AsyncUpdateMany
from workfront_core.services._async.documents import AsyncDownloadDocument, AsyncUploadDocument, AsyncUploadVersion
from workfront_core.services._async.reading import AsyncCount, AsyncGet, AsyncReport, AsyncSearch
from workfront_core.services._async.service import AsyncService
from workfront_core.services._async.sharing import AsyncHasMembers, AsyncShare, AsyncSharePublic
from workfront_core.services._async.writing import AsyncCopy, AsyncDelete, AsyncReplace, AsyncSave

__all__ = [
    "NO_ROW",
    "AsyncCopy",
    "AsyncCount",
    "AsyncCreateMany",
    "AsyncDelete",
    "AsyncDeleteMany",
    "AsyncDownloadDocument",
    "AsyncGet",
    "AsyncHasMembers",
    "AsyncReplace",
    "AsyncReport",
    "AsyncSave",
    "AsyncSearch",
    "AsyncService",
    "AsyncShare",
    "AsyncSharePublic",
    "AsyncUpdateMany",
    "AsyncUploadDocument",
    "AsyncUploadVersion",
    "Custom",
    "Fields",
    "FilterCondition",
    "WorkfrontObject",
    "decoders",
    "operations",
    "optional_row",
    "payload",
]
