"""What generated services are put together from: one mixin an operation."""

from __future__ import annotations

from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders, payload
from workfront_core.operations import operation as operations
from workfront_core.operations.action import NO_ROW, optional_row
from workfront_core.operations.payload import Custom
from workfront_core.query.condition import FilterCondition
from workfront_core.query.selection import Fields
from workfront_core.services._sync.bulk import CreateMany, DeleteMany, UpdateMany
from workfront_core.services._sync.documents import DownloadDocument, UploadDocument, UploadVersion
from workfront_core.services._sync.reading import Count, Get, Report, Search
from workfront_core.services._sync.service import Service
from workfront_core.services._sync.sharing import HasMembers, Share, SharePublic
from workfront_core.services._sync.writing import Copy, Delete, Replace, Save

__all__ = [
    "NO_ROW",
    "Copy",
    "Count",
    "CreateMany",
    "Custom",
    "Delete",
    "DeleteMany",
    "DownloadDocument",
    "Fields",
    "FilterCondition",
    "Get",
    "HasMembers",
    "Replace",
    "Report",
    "Save",
    "Search",
    "Service",
    "Share",
    "SharePublic",
    "UpdateMany",
    "UploadDocument",
    "UploadVersion",
    "WorkfrontObject",
    "decoders",
    "operations",
    "optional_row",
    "payload",
]
