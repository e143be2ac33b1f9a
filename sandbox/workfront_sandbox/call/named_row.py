"""Rows that arguments name by their IDs: each must be there, or nothing is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.json_value import is_list

_NAMED: Final[Mapping[str, str]] = {
    "templatetaskid": "TTSK", "assignmentid": "ASSGN", "categoryid": "CTGY", "documentid": "DOCU",
    "templateid": "TMPL", "projectid": "PROJ", "optaskid": "OPTASK", "issueid": "OPTASK", "parentid": "TASK",
    "taskid": "TASK", "userid": "USER", "adminid": "USER", "roleid": "ROLE", "teamid": "TEAMOB", "hourid": "HOUR",
    "timesheetid": "TSHET",
}  # fmt: skip
"""How names of arguments end that hold an ID, and the type of the row it names."""


def named_type(code: str, argument: str) -> str | None:
    """Returns the type of the rows that an argument names, or None where it names none."""
    word = argument.lower().removesuffix("s")
    return code if word == "id" else next((kind for end, kind in _NAMED.items() if word.endswith(end)), None)


def check_named_rows(call: Call, code: str, arguments: Mapping[str, Any]) -> None:
    """Raises ApiError 404 where an argument names a row that is not there, or that the caller may not see."""
    for name, value in arguments.items():
        kind = named_type(code, name)
        for one in value if is_list(value) else [value]:
            if kind is not None and isinstance(one, str) and one and not one.startswith("$$"):
                call.row(kind, one)
