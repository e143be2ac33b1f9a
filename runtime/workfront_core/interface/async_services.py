"""What generated asynchronous services are put together from: one mixin an operation, each imported when it is used."""

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
    from workfront_core.services._async.bulk import AsyncCreateMany as AsyncCreateMany
    from workfront_core.services._async.bulk import AsyncDeleteMany as AsyncDeleteMany
    from workfront_core.services._async.bulk import AsyncUpdateMany as AsyncUpdateMany
    from workfront_core.services._async.documents import AsyncDownloadDocument as AsyncDownloadDocument
    from workfront_core.services._async.documents import AsyncUploadDocument as AsyncUploadDocument
    from workfront_core.services._async.documents import AsyncUploadVersion as AsyncUploadVersion
    from workfront_core.services._async.journal import AsyncJournal as AsyncJournal
    from workfront_core.services._async.lazy_calls import AsyncMetadataCall as AsyncMetadataCall
    from workfront_core.services._async.lazy_calls import AsyncUntypedCall as AsyncUntypedCall
    from workfront_core.services._async.public_sharing import AsyncSharePublic as AsyncSharePublic
    from workfront_core.services._async.reading import AsyncCount as AsyncCount
    from workfront_core.services._async.reading import AsyncGet as AsyncGet
    from workfront_core.services._async.reading import AsyncReport as AsyncReport
    from workfront_core.services._async.reading import AsyncSearch as AsyncSearch
    from workfront_core.services._async.service import AsyncService as AsyncService
    from workfront_core.services._async.sharing import AsyncHasMembers as AsyncHasMembers
    from workfront_core.services._async.sharing import AsyncShare as AsyncShare
    from workfront_core.services._async.writing import AsyncCopy as AsyncCopy
    from workfront_core.services._async.writing import AsyncCustomCopy as AsyncCustomCopy
    from workfront_core.services._async.writing import AsyncDelete as AsyncDelete
    from workfront_core.services._async.writing import AsyncReplace as AsyncReplace
    from workfront_core.services._async.writing import AsyncSave as AsyncSave
    from workfront_core.services.lazy_service import lazy_model as lazy_model
    from workfront_core.values.sequences import SequenceNotStr as SequenceNotStr

__all__ = [
    "NO_CUSTOM",
    "NO_ROW",
    "AsyncCopy",
    "AsyncCount",
    "AsyncCreateMany",
    "AsyncCustomCopy",
    "AsyncDelete",
    "AsyncDeleteMany",
    "AsyncDownloadDocument",
    "AsyncGet",
    "AsyncHasMembers",
    "AsyncJournal",
    "AsyncMetadataCall",
    "AsyncReplace",
    "AsyncReport",
    "AsyncSave",
    "AsyncSearch",
    "AsyncService",
    "AsyncShare",
    "AsyncSharePublic",
    "AsyncUntypedCall",
    "AsyncUpdateMany",
    "AsyncUploadDocument",
    "AsyncUploadVersion",
    "Custom",
    "Extra",
    "Fields",
    "FilterCondition",
    "Form",
    "SequenceNotStr",
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
            "AsyncCopy": "services._async.writing",
            "AsyncCustomCopy": "services._async.writing",
            "AsyncCount": "services._async.reading",
            "AsyncCreateMany": "services._async.bulk",
            "AsyncDelete": "services._async.writing",
            "AsyncDeleteMany": "services._async.bulk",
            "AsyncDownloadDocument": "services._async.documents",
            "AsyncGet": "services._async.reading",
            "AsyncJournal": "services._async.journal",
            "AsyncHasMembers": "services._async.sharing",
            "AsyncReplace": "services._async.writing",
            "AsyncReport": "services._async.reading",
            "AsyncSave": "services._async.writing",
            "AsyncSearch": "services._async.reading",
            "AsyncService": "services._async.service",
            "AsyncShare": "services._async.sharing",
            "AsyncSharePublic": "services._async.public_sharing",
            "AsyncUpdateMany": "services._async.bulk",
            "AsyncUploadDocument": "services._async.documents",
            "AsyncUploadVersion": "services._async.documents",
            "Custom": "operations.custom_values",
            "Extra": "operations.payload",
            "Fields": "query.selection",
            "FilterCondition": "query.condition",
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
