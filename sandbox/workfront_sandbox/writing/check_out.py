"""Documents that somebody works on: until they are checked in again, others neither replace nor delete them."""

from __future__ import annotations

from workfront_sandbox.access.ancestry import above
from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid, no_access
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change


def check_out(call: Call, document_id: str) -> None:
    """Keeps a document for the caller. Raises ApiError where somebody else has it."""
    row = call.row("DOCU", document_id)
    if row.get("checkedOutByID") not in {None, call.caller.user_id}:
        raise _refusal(call, row)
    kept = {"checkedOutByID": call.caller.user_id, "checkOutTimestamp": call.tenant.clock.wire()}
    change(call, "DOCU", document_id, kept)


def check_in(call: Call, document_id: str) -> None:
    """Lets others have a document again. Raises ApiError 403 for others than who has it and administrators, 422 where
    nobody has it.
    """
    row = call.row("DOCU", document_id)
    if not row.get("checkedOutByID"):
        raise invalid(f"Document {row.get('name')} is not checked out")
    if row["checkedOutByID"] != call.caller.user_id and not call.tenant.is_admin(call.caller.user):
        raise no_access("check in", "document")
    change(call, "DOCU", document_id, {"checkedOutByID": None, "checkOutTimestamp": None})


def check_version(call: Call, document_id: str) -> None:
    """Raises ApiError where a document that is to get a new version is checked out by somebody else."""
    row = call.store.get("DOCU", document_id) or {}
    if row.get("checkedOutByID") not in {None, call.caller.user_id}:
        raise _refusal(call, row)


def check_deletable(call: Call, code: str, row: Row) -> None:
    """Raises ApiError where a row is a document that is checked out, or such a document stands below it."""
    if call.store.column("DOCU", "checkedOutByID") is None:
        return
    for document in call.store.every("DOCU"):
        if document.get("checkedOutByID") and _is_at(call, code, row, document):
            raise _refusal(call, document)


def _is_at(call: Call, code: str, row: Row, document: Row) -> bool:
    if code == "DOCU":
        return bool(document["ID"] == row["ID"])
    return any(kind == code and owner["ID"] == row["ID"] for kind, owner in above(call.store, "DOCU", document))


def _refusal(call: Call, document: Row) -> Exception:
    who = (call.store.get("USER", str(document.get("checkedOutByID"))) or {}).get("name") or "somebody"
    return invalid(f"Document {document.get('name')} is checked out by {who}: check it in first")
