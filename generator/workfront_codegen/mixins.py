"""Which classes of the engine a service inherits: what the metadata of its object type lists, and nothing else."""

from __future__ import annotations

from workfront_codegen.ir import Mixin
from workfront_schema.snapshot import ObjectType, Relation

_BY_VERB = (
    ("get", Mixin("Get")),
    ("search", Mixin("Search")),
    ("count", Mixin("Count")),
    ("report", Mixin("Report")),
    ("copy", Mixin("Copy", takes_values=True)),
    ("delete", Mixin("Delete")),
    ("replace", Mixin("Replace")),
    ("add", Mixin("CreateMany", takes_values=True)),
    ("edit", Mixin("UpdateMany", takes_values=True)),
    ("edit", Mixin("Save")),
    ("delete", Mixin("DeleteMany")),
)
_BY_FLAG = (
    ("SHARABLE", Mixin("Share")),
    ("PUBLIC_SHARABLE", Mixin("SharePublic")),
)
_BY_OBJECT = (
    ("DOCU", "add", Mixin("UploadDocument")),
    ("DOCU", "get", Mixin("DownloadDocument")),
    ("DOCV", "add", Mixin("UploadVersion")),
    ("JRNLE", "report", Mixin("Journal")),
)
_MEMBERS = Mixin("HasMembers")


def mixins(item: ObjectType) -> tuple[Mixin, ...]:
    """Returns the mixins of an object type, in a fixed order."""
    found = [mixin for verb, mixin in _BY_VERB if verb in item.verbs]
    found += [mixin for flag, mixin in _BY_FLAG if flag in item.flags]
    found += [mixin for code, verb, mixin in _BY_OBJECT if code == item.obj_code and verb in item.verbs]
    found += [_MEMBERS] if "edit" in item.verbs and any(map(_is_writable, item.collections)) else []
    return tuple(found)


def _is_writable(collection: Relation) -> bool:
    return collection.target is not None and "READ_ONLY" not in collection.flags
