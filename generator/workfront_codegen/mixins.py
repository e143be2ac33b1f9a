"""Which classes of the engine a service inherits: what the metadata of its object type lists, and nothing else."""

from __future__ import annotations

from workfront_codegen.ir import Mixin
from workfront_codegen.snapshot import ObjectType, Relation

_BY_VERB = (
    ("get", Mixin("_service", "Get")),
    ("search", Mixin("_service", "Search")),
    ("count", Mixin("_service", "Count")),
    ("report", Mixin("_service", "Report")),
    ("copy", Mixin("_service", "Copy", takes_values=True)),
    ("delete", Mixin("_service", "Delete")),
    ("replace", Mixin("_service", "Replace")),
    ("add", Mixin("_bulk_service", "CreateMany", takes_values=True)),
    ("edit", Mixin("_bulk_service", "UpdateMany", takes_values=True)),
    ("delete", Mixin("_bulk_service", "DeleteMany")),
)
_BY_FLAG = (
    ("SHARABLE", Mixin("_sharing_service", "Share")),
    ("PUBLIC_SHARABLE", Mixin("_sharing_service", "SharePublic")),
)
_BY_OBJECT = (
    ("DOCU", "add", Mixin("_document_service", "UploadDocument")),
    ("DOCU", "get", Mixin("_document_service", "DownloadDocument")),
    ("DOCV", "add", Mixin("_document_service", "UploadVersion")),
)
_MEMBERS = Mixin("_sharing_service", "HasMembers")


def mixins(item: ObjectType) -> tuple[Mixin, ...]:
    """The mixins of an object type, in a fixed order."""
    found = [mixin for verb, mixin in _BY_VERB if verb in item.verbs]
    found += [mixin for flag, mixin in _BY_FLAG if flag in item.flags]
    found += [mixin for code, verb, mixin in _BY_OBJECT if code == item.obj_code and verb in item.verbs]
    found += [_MEMBERS] if "edit" in item.verbs and any(map(_is_writable, item.collections)) else []
    return tuple(found)


def _is_writable(collection: Relation) -> bool:
    return collection.target is not None and "READ_ONLY" not in collection.flags
