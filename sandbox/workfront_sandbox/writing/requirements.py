"""What a strict sandbox asks of rows: values the service cannot do without, and e-mail addresses of one user each.

That a new row needs them is on record, the words in which the service says so are for a few alone, and what it answers
where they are emptied later is not: the other words here are the sandbox's own, and emptied they are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.writing.list_control import NO_DEFINITION

_NAME: Final = ("name",)
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("PROJ", "PORT", "PRGM", "TMPL", "ROLE", "GROUP", "TEAMOB", "CMPY", "CTGY", "PARAM"), _NAME),
    "TASK": _NAME,
    "OPTASK": ("name", "projectID"),
    "TTSK": ("name", "templateID"),
    "USER": ("emailAddr",),
    "HOUR": ("hours",),
    "EXPNS": ("expenseTypeID",),
    "BILL": ("projectID", "description"),
}
"""The fields that a new row of a type needs."""

_NEEDED_BY_STRICT: Final[Mapping[str, tuple[str, ...]]] = {
    "TASK": ("projectID",),
    "USER": ("firstName", "lastName"),
    "PARAM": ("label", "dataType", "displayType"),
    "PGRP": ("name",),
    "CTGY": ("objTypes",),
    "CTGYPA": ("parameterID", "displayOrder"),
    "CTCSRL": ("ruleType",),
    "CTCSRM": ("matchType", "parameterID", "value"),
    "OBJCAT": ("categoryID",),
    "DOCU": ("name",),
    "ACSRUL": ("coreAction",),
    "NOTE": ("noteText", "objID", "noteObjCode"),
    "NTAG": ("objObjCode", "objID"),
    "QUET": ("queueDefID", "name", "allowedOpTaskTypes"),
    "PTLSEC": ("name", "uiObjCode", "reportType", "isReport", "filterID", "groupByID", "viewID"),
    "UIFT": ("name", "uiObjCode", "filterType", "isReport", "isText", "definition"),
    "UIGB": ("name", "uiObjCode", "isReport", "isText", "definition"),
    "UIVW": (
        "name",
        "uiObjCode",
        "layoutType",
        "uiviewType",
        "isReport",
        "isText",
        "isNewFormat",
        "definition",
    ),
}
"""Fields that a strict sandbox wants in addition. Others take tasks of a person, which stand in no project, users
by their whole name, custom fields and forms that only have a name, reports and queue topics of a word or two.
"""

_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("PARAM", "label"): "Label is required and cannot be empty",
    ("NTAG", "objObjCode"): "objCode cannot be null",
    **dict.fromkeys((("UIFT", "definition"), ("UIGB", "definition"), ("UIVW", "definition")), NO_DEFINITION),
    ("CTGY", "objTypes"): "Cannot invoke CategoryObjTypesEnum.getFeature() because objTypeEnum is null",
}
"""What the service says where a new row lacks a field, as far as it is on record."""

TARGETS: Final[Mapping[str, tuple[str, ...]]] = {
    "USER": ("name", "firstName"),
    "HOUR": ("taskID", "opTaskID", "projectID", "hourTypeID"),
    "EXPNS": ("projectID", "taskID", "templateID", "templateTaskID"),
    "ASSGN": ("taskID", "opTaskID"),
}
"""Fields of which a new row of a type needs one."""

_KEPT: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("PROJ", "TASK", "OPTASK"), ("status",)),
    "USER": ("name", "firstName", "lastName"),
}
"""Fields that are filled in where a new row has none, or others of its kind, and that are never emptied."""

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")


def check_new(call: Call, code: str, values: Mapping[str, Any]) -> None:
    """Raises ApiError where a new row lacks what it needs, if the sandbox checks values."""
    if not call.tenant.checks_values:
        return
    for name in wanted(code, is_strict=call.tenant.strict):
        if not _has(values, name) and not _is_spared(code, name, values):
            raise invalid(_WORDS.get((code, name)) or f"{name} is needed for a new {call.object(code).name}")
    one_of = TARGETS.get(code, ())
    if one_of and not any(_has(values, name) for name in one_of):
        raise invalid(f"One of {', '.join(one_of)} is needed for a new {call.object(code).name}")


def check_kept(call: Call, code: str, values: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Raises ApiError where a row is to lose what it cannot do without, if the sandbox checks values."""
    if not call.tenant.checks_values:
        return
    for name in (*wanted(code, is_strict=call.tenant.strict), *_KEPT.get(code, ())):
        if _is_spared(code, name, {**before, **values}):
            continue
        if any(values.get(one, name) in (None, "") for one in (name, name.removesuffix("ID"))):
            raise invalid(f"{name} cannot be emptied ({call.object(code).name})")
    one_of = TARGETS.get(code, ())
    after = {**before, **values}
    if any(_has(before, name) for name in one_of) and not any(_has(after, name) for name in one_of):
        raise invalid(f"One of {', '.join(one_of)} has to stay ({call.object(code).name})")


def _is_spared(code: str, name: str, row: Mapping[str, Any]) -> bool:
    """Returns whether a row does without a field that others of its type need: a list groups by nothing, a report says
    by null that it has no filter, and users go by their whole name where a program names them so.
    """
    if code == "USER":
        return name in {"firstName", "lastName"} and bool(row.get("name")) and "firstName" not in row
    if code != "PTLSEC":
        return False
    return (name == "groupByID" and row.get("reportType") == "L") or (name == "filterID" and name in row)


def wanted(code: str, *, is_strict: bool) -> tuple[str, ...]:
    """Returns the fields that a new row of a type needs."""
    return (*NEEDED.get(code, ()), *(_NEEDED_BY_STRICT.get(code, ()) if is_strict else ()))


def check_address(call: Call, code: str, values: Mapping[str, Any], object_id: str = "") -> None:
    """Raises ApiError where a user is given an e-mail address that is none, or another user's, if the sandbox
    checks values.
    """
    address = values.get("emailAddr")
    if code != "USER" or not address or not call.tenant.checks_values:
        return
    if not _ADDRESS.fullmatch(str(address)):
        raise invalid(f'Invalid Parameter: emailAddr value "{str(address)[:100]}"')
    wanted = str(address).casefold()
    for row in call.store.every("USER"):
        if row["ID"] != object_id and wanted in {str(row.get(name)).casefold() for name in ("emailAddr", "username")}:
            raise invalid(f"User with emailAddr {str(address)[:100]} already exists.")


def _has(values: Mapping[str, Any], name: str) -> bool:
    return any(values.get(one) is not None and values.get(one) != "" for one in (name, name.removesuffix("ID")))
