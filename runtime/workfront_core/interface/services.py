"""What generated services are put together from: one mixin an operation, each imported when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workfront_core.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from workfront_core.models.model import WorkfrontObject as WorkfrontObject
    from workfront_core.operations import call_arguments as arguments
    from workfront_core.operations import decoders as decoders
    from workfront_core.operations import operation as operations
    from workfront_core.operations import payload as payload
    from workfront_core.operations.custom_values import Custom as Custom
    from workfront_core.operations.custom_values import Form as Form
    from workfront_core.operations.no_custom import NO_CUSTOM as NO_CUSTOM
    from workfront_core.operations.no_row import NO_ROW as NO_ROW
    from workfront_core.operations.no_row import optional_row as optional_row
    from workfront_core.operations.payload import Extra as Extra
    from workfront_core.query.condition import FilterCondition as FilterCondition
    from workfront_core.query.selection import Fields as Fields
    from workfront_core.services._sync.bulk import CreateMany as CreateMany
    from workfront_core.services._sync.bulk import DeleteMany as DeleteMany
    from workfront_core.services._sync.bulk import UpdateMany as UpdateMany
    from workfront_core.services._sync.documents import DownloadDocument as DownloadDocument
    from workfront_core.services._sync.documents import UploadDocument as UploadDocument
    from workfront_core.services._sync.documents import UploadVersion as UploadVersion
    from workfront_core.services._sync.journal import Journal as Journal
    from workfront_core.services._sync.lazy_calls import MetadataCall as MetadataCall
    from workfront_core.services._sync.lazy_calls import UntypedCall as UntypedCall
    from workfront_core.services._sync.public_sharing import SharePublic as SharePublic
    from workfront_core.services._sync.reading import Count as Count
    from workfront_core.services._sync.reading import Get as Get
    from workfront_core.services._sync.reading import Report as Report
    from workfront_core.services._sync.reading import Search as Search
    from workfront_core.services._sync.service import Service as Service
    from workfront_core.services._sync.sharing import HasMembers as HasMembers
    from workfront_core.services._sync.sharing import Share as Share
    from workfront_core.services._sync.writing import Copy as Copy
    from workfront_core.services._sync.writing import CustomCopy as CustomCopy
    from workfront_core.services._sync.writing import Delete as Delete
    from workfront_core.services._sync.writing import Replace as Replace
    from workfront_core.services._sync.writing import Save as Save
    from workfront_core.services.lazy_service import lazy_model as lazy_model
    from workfront_core.values.sequences import SequenceNotStr as SequenceNotStr

__all__ = [
    "NO_CUSTOM",
    "NO_ROW",
    "Copy",
    "Count",
    "CreateMany",
    "Custom",
    "CustomCopy",
    "Delete",
    "DeleteMany",
    "DownloadDocument",
    "Extra",
    "Fields",
    "FilterCondition",
    "Form",
    "Get",
    "HasMembers",
    "Journal",
    "MetadataCall",
    "Replace",
    "Report",
    "Save",
    "Search",
    "SequenceNotStr",
    "Service",
    "Share",
    "SharePublic",
    "UntypedCall",
    "UpdateMany",
    "UploadDocument",
    "UploadVersion",
    "WorkfrontObject",
    "arguments",
    "decoders",
    "lazy_model",
    "operations",
    "optional_row",
    "payload",
]

if not TYPE_CHECKING:  # a checker must not take an unknown name for a lazy one
    __getattr__, __dir__ = lazy_exports(
        __name__,
        {
            "NO_CUSTOM": "operations.no_custom",
            "Form": "operations.custom_values",
            "NO_ROW": "operations.no_row",
            "optional_row": "operations.no_row",
            "Copy": "services._sync.writing",
            "CustomCopy": "services._sync.writing",
            "Count": "services._sync.reading",
            "CreateMany": "services._sync.bulk",
            "Custom": "operations.custom_values",
            "Extra": "operations.payload",
            "Delete": "services._sync.writing",
            "DeleteMany": "services._sync.bulk",
            "DownloadDocument": "services._sync.documents",
            "Fields": "query.selection",
            "FilterCondition": "query.condition",
            "Get": "services._sync.reading",
            "Journal": "services._sync.journal",
            "HasMembers": "services._sync.sharing",
            "Replace": "services._sync.writing",
            "Report": "services._sync.reading",
            "Save": "services._sync.writing",
            "Search": "services._sync.reading",
            "Service": "services._sync.service",
            "Share": "services._sync.sharing",
            "SharePublic": "services._sync.public_sharing",
            "UpdateMany": "services._sync.bulk",
            "UploadDocument": "services._sync.documents",
            "UploadVersion": "services._sync.documents",
            "SequenceNotStr": "values.sequences",
            "WorkfrontObject": "models.model",
            "arguments": "operations.call_arguments:",
            "decoders": "operations.decoders:",
            "lazy_model": "services.lazy_service",
            "operations": "operations.operation:",
            "payload": "operations.payload:",
        },
        root="workfront_core",
    )
