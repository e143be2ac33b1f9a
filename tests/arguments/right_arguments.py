"""Arguments that are right, by the name they have everywhere, or as ``method.name`` for one method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.arguments.call import AnyNumber
from tests.arguments.world import DOCUMENT, PROJECT, TASK, USER
from workfront_client.v22 import Document, DocumentVersion, Task
from workfront_core import AccessGrant, AccessorKind, CoreAction
from workfront_core.operations import operation
from workfront_core.services.untyped_model import untyped_model

GIVEN: Final[Mapping[str, Any]] = {
    "accessor_id": USER,
    "collection": Task.f.predecessors,
    "data_type": "TEXT",
    "display_type": "TEXT",
    "document": DOCUMENT,
    "ids": AnyNumber([TASK]),
    "kind": AccessorKind.USER,
    "label": "Region",
    "members": AnyNumber([{"predecessor_id": TASK}]),
    "method": "GET",
    "name": "calculateTimeline",
    "note_obj_code": "TASK",
    "note_text": "Done.",
    "obj_code": "TASK",
    "obj_id": TASK,
    "obj_types": ["TASK"],
    "object_id": TASK,
    "object_ids": [TASK],
    "path": "TASK/search",
    "replacement_id": "e" * 32,
    "request": operation.get(Task, TASK),
    "requests": [operation.get(Task, TASK)],
    "row": Task.from_wire({"ID": TASK}),
    "rows": [],
    "rule": AccessGrant(USER, AccessorKind.USER, CoreAction.VIEW),
    "source": b"text",
    "source_id": TASK,
    "target": TASK,
    "values": {"name": "x"},
}

OF_DOCUMENTS: Final[Mapping[str, Any]] = {
    **GIVEN,
    "collection": Document.f.folders,
    "row": Document.from_wire({"ID": DOCUMENT}),
    "upload.name": "plan.pdf",
    "upload.to": ("PROJ", PROJECT),
    "download.to": "plan.pdf",
}

OF_CLIENTS: Final[Mapping[str, Any]] = {
    **GIVEN,
    "to": "plan.pdf",
    "upload.name": "plan.pdf",
    "url": "/document/download?ID=1",
    "with_raw_response.call": lambda wf: wf.task.get(TASK),
}

OF_VERSIONS: Final[Mapping[str, Any]] = {
    **GIVEN,
    "document_id": DOCUMENT,
    "upload.name": "plan.pdf",
    "row": DocumentVersion.from_wire({"ID": DOCUMENT}),
    "values": {"version": "v2"},
}

OF_UNTYPED: Final[Mapping[str, Any]] = {**GIVEN, "row": untyped_model("TASK").from_wire({"ID": TASK})}
