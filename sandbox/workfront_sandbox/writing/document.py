"""Uploaded content, and the documents and versions that hold it. docs/protocol.md 11.8."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.tenant.tenant import Tenant, new_id
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.multipart import Part
from workfront_sandbox.writing.check_out import check_version
from workfront_sandbox.writing.rows import add, change

OWNERS: Final = ("TASK", "OPTASK", "TTSK", "USER", "ITRN", "PROJ", "PRGM", "PORT", "TMPL")
"""Object types a document hangs on by a field of their own, what stands within another before that."""

_TIES: Final = {code: ROW_KEYS[code] for code in OWNERS}

_LABELS: Final[Mapping[str, str]] = {"jpg": "JPEG Image", "jpeg": "JPEG Image"}
"""What files of a type are called, as far as it is on record, by the ending of their names."""


def store_upload(tenant: Tenant, content: bytes | IO[bytes], file_name: str = "", handle: str | None = None) -> str:
    """Stores content under a handle, which later makes a document of it."""
    handle = handle or new_id()
    tenant.store.put_content(handle, file_name, content)
    return handle


def take_upload(call: Call) -> Row:
    """Answers an upload. Raises ApiError where there is no part named uploadedFile with a file name."""
    part = next((part for part in call.parameters.parts if part.name == "uploadedFile"), None)
    if part is None:
        raise invalid("The request has no part named uploadedFile with a file name")
    return {"handle": store_upload(call.tenant, part.data, _base_name(part))}


def attach_content(call: Call, code: str, object_id: str) -> None:
    """Ties a document or a version to the content it was made with. Raises ApiError for an unknown handle."""
    row = call.row(code, object_id)
    held = call.store.content_name(str(row.get("handle")))
    if held is None:
        raise invalid(f"No upload has the handle {str(row.get('handle'))[:100]}")
    if code == "DOCV":
        check_version(call, str(row.get("documentID")))
        numbered = row if row.get("version") else change(call, code, object_id, {"version": _next_version(call, row)})
        name = _complete_version(call, numbered, held[0])
        if row.get("documentID") and name:
            change(call, "DOCU", str(row["documentID"]), {"name": name})
        return
    change(call, "DOCU", object_id, _owner(call, row) | {"downloadURL": download_url(object_id)})
    version = call.store.get("DOCV", str(row.get("currentVersionID"))) if row.get("currentVersionID") else None
    made = version or add(call, "DOCV", {"version": "1", "fileName": row.get("name")})
    change(call, "DOCV", str(made["ID"]), {"documentID": object_id, "handle": row["handle"]})
    _complete_version(call, call.row("DOCV", str(made["ID"])), held[0])


def download_url(document_id: str) -> str:
    """Returns where the content of a document is found, relative to the host."""
    return f"/attask/document/download?ID={document_id}"


def content_of(tenant: Tenant, document_id: str, version_id: str | None = None) -> tuple[str, bytes]:
    """Returns file name and content of a document's current or given version. Raises ApiError 404."""
    document = tenant.store.get("DOCU", document_id)
    key = version_id or (document or {}).get("currentVersionID")
    version = tenant.store.get("DOCV", str(key)) if key else None
    content = tenant.store.content(str(version.get("handle"))) if version else None
    if document is None or version is None or content is None or version.get("documentID") != document_id:
        raise ApiError(404, f'Document with primary key value(s) "{document_id[:100]}" not found')
    return str(version.get("fileName") or document.get("name") or "document"), content


def _next_version(call: Call, version: Row) -> str:
    """Returns the number of a new version: one more than the highest its document ever had."""
    others = call.store.where("DOCV", documentID=version.get("documentID")) if version.get("documentID") else []
    document = call.store.get("DOCU", str(version.get("documentID"))) or {}
    numbers = [str(one.get("version")) for one in others] + [str(document.get("lastVersionNum"))]
    known = [int(number) for number in numbers if number.isdecimal()]
    return str(max([*known, len(others) - 1]) + 1)


def _complete_version(call: Call, version: Row, file_name: str) -> str:
    """Gives a version the name and the size of its content, and its document the version; returns the name."""
    _, size = call.store.content_name(str(version.get("handle"))) or ("", 0)
    name = str(version.get("fileName") or file_name)
    change(call, "DOCV", str(version["ID"]), {"fileName": name, "docSize": size, **_type_of(name)})
    if version.get("documentID"):
        current = {"currentVersionID": version["ID"], "lastVersionNum": version.get("version")}
        change(call, "DOCU", str(version["documentID"]), current)
    return name


def _type_of(file_name: str) -> Row:
    """Returns what the name of a file tells of its type: whatever ends in nothing is of none, and makes no proof."""
    ending = file_name.rpartition(".")[2] if "." in file_name else ""
    known: Row = {"fileType": None, "documentTypeLabel": _LABELS.get(ending.lower()), "isProofable": None}
    untyped: Row = {"fileType": "unk", "documentTypeLabel": "Undefined File Type", "isProofable": False}
    return {"ext": ending, **(known if ending else untyped)}


def check_owner(row: Row) -> None:
    """Raises ApiError for a document of an object type that has no documents."""
    code = row.get("docObjCode")
    if code and code not in OWNERS:
        raise invalid(f'Invalid Parameter: docObjCode value "{code}"')


def check_content(_: Call, row: Row) -> Row:
    """Returns nothing more for a new version. Raises ApiError for one of a document that has no content."""
    if row.get("documentID") and not row.get("handle"):
        raise invalid("A version of a document needs handle: upload its content first")
    return {}


def owner_of(call: Call, row: Row) -> Row:
    """Returns what a new document hangs on: by type and ID, and by the field that collections find it by.

    Raises ApiError.
    """
    check_owner(row)
    named = _owner(call, row)
    return named or _named_by_field(row)


def moved_document(call: Call, before: Row, changes: Row) -> Row:
    """Returns what follows for a document that an edit hangs on something else, by type and ID or by a field."""
    check_owner(changes)
    written = {name for name, value in changes.items() if before.get(name) != value}
    free: Row = dict.fromkeys(_TIES.values())
    if {"docObjCode", "objID"} & written:
        home = {**before, **changes}
        return {**free, **_owner(call, home), "ownerID": home.get("ownerID")}
    named = _named_by_field({name: changes[name] for name in written})
    return {**free, **{name: changes[name] for name in written if name in free}, **named} if named else {}


def _named_by_field(row: Row) -> Row:
    """Returns type and ID of what a field of a document names, nothing where none does."""
    found = next((code for code, name in _TIES.items() if row.get(name)), None)
    return {"docObjCode": found, "objID": row[_TIES[found]]} if found else {}


def _owner(call: Call, row: Row) -> Row:
    """Returns the field by which collections find a document: that of the object it hangs on."""
    code = str(row.get("docObjCode"))
    if not row.get("docObjCode") or not row.get("objID"):
        return {}
    call.row(code, str(row["objID"]))
    return {ROW_KEYS[code]: row["objID"], "ownerID": row.get("ownerID") or call.caller.user_id}


def _base_name(part: Part) -> str:
    """Returns the file's own name: old browsers send whole paths."""
    return (part.file_name or "").replace("\\", "/").rpartition("/")[2]
