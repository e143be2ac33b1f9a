"""Projects that are complete, dead or wait for approval: what in them can still be changed, where locks count.

Which locks a tenant has is a preference of each; here they are all on or all off.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ENUM_CLASSES, ROW_KEYS, WORK
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.status import meaning

_LOCKED: Final = (*WORK, "DOCU")
_VIOLATION: Final = "com.attask.common.ProjectStatusViolationException"
_ENDED: Final = frozenset({"CPL", "DED"})
_PENDING: Final = ":A"
_FORMS: Final = frozenset({"categoryID", "objectCategories", "parameterValues"})
_FREE_WHILE_PENDING: Final = _FORMS | {"status"}


def check_open(
    call: Call, code: str, row: Mapping[str, Any], written: Mapping[str, Any], *, is_new: bool = False
) -> None:
    """Raises ApiError where a row is made, edited or deleted in a project in which that is over.

    Args:
        call: the call.
        code: type of the row.
        row: the row as it is, or the values of a new one.
        written: the fields that are written; none for a deletion.
        is_new: whether the row is a new one.
    """
    if not call.tenant.locks or code not in _LOCKED:
        return
    names = {name for name in written if not name.startswith(CUSTOM)}
    project = _project_of(call, row)
    if project is not None and (is_new or not written or names - _FORMS):
        _check_project(call, project, is_new=is_new)
    if not is_new and str(row.get("status") or "").endswith(_PENDING) and names - _FREE_WHILE_PENDING:
        raise invalid(f"{call.object(code).name} {row.get('name')} waits for approval and cannot be edited")


def _check_project(call: Call, project: Row, *, is_new: bool) -> None:
    status = str(project.get("status") or "")
    if status.endswith(_PENDING):
        if is_new:
            raise invalid(f"Project {project.get('name')} waits for approval: nothing can be added to it")
        return
    if meaning(call, "PROJ", status) in _ENDED:
        label = _label(call, status)
        raise ApiError(422, f"Unable to complete operation for a project of status {label}", _VIOLATION)


def _label(call: Call, status: str) -> str:
    rows = call.store.where("CSTEM", enumClass=ENUM_CLASSES["PROJ", "status"], value=status)
    return next((str(row["label"]) for row in rows if row.get("label")), status)


def _project_of(call: Call, row: Mapping[str, Any]) -> Row | None:
    key = row.get("projectID")
    for code in WORK:
        owner = call.store.get(code, str(row[ROW_KEYS[code]])) if row.get(ROW_KEYS[code]) else None
        key = key or (owner or {}).get("projectID")
    if row.get("docObjCode") in {"PROJ", *WORK} and row.get("objID") and not key:
        about = call.store.get(str(row["docObjCode"]), str(row["objID"])) or {}
        key = about.get("ID") if row["docObjCode"] == "PROJ" else about.get("projectID")
    return call.store.get("PROJ", str(key)) if key else None
