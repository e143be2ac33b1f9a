"""What a strict sandbox asks of new rows: values the service cannot do without, and e-mail addresses of one user each.

That they are needed is on record, the words in which the service says so are not: those here are the sandbox's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid

_NAME: Final = ("name",)
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("PROJ", "PORT", "PRGM", "TMPL", "ROLE", "GROUP", "TEAMOB", "CMPY", "CTGY", "PARAM"), _NAME),
    "TASK": ("name", "projectID"),
    "OPTASK": ("name", "projectID"),
    "TTSK": ("name", "templateID"),
    "USER": ("firstName", "lastName", "emailAddr"),
    "HOUR": ("hours",),
    "EXPNS": ("expenseTypeID",),
    "BILL": ("projectID", "description"),
}
"""The fields that a new row of a type needs."""

TARGETS: Final[Mapping[str, tuple[str, ...]]] = {
    "HOUR": ("taskID", "opTaskID", "projectID", "hourTypeID"),
    "EXPNS": ("projectID", "taskID", "templateID", "templateTaskID"),
    "ASSGN": ("taskID", "opTaskID"),
}
"""Fields of which a new row of a type needs one."""

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")


def check_new(call: Call, code: str, values: Mapping[str, Any]) -> None:
    """Raises ApiError where a new row lacks what it needs, if the sandbox is strict."""
    if not call.tenant.strict:
        return
    for name in NEEDED.get(code, ()):
        if not _has(values, name):
            raise invalid(f"{name} is needed for a new {call.object(code).name}")
    one_of = TARGETS.get(code, ())
    if one_of and not any(_has(values, name) for name in one_of):
        raise invalid(f"One of {', '.join(one_of)} is needed for a new {call.object(code).name}")


def check_address(call: Call, code: str, values: Mapping[str, Any], object_id: str = "") -> None:
    """Raises ApiError where a user is given an e-mail address that is none, or another user's, if the sandbox is
    strict.
    """
    address = values.get("emailAddr")
    if code != "USER" or not address or not call.tenant.strict:
        return
    if not _ADDRESS.fullmatch(str(address)):
        raise invalid(f'Invalid Parameter: emailAddr value "{str(address)[:100]}"')
    wanted = str(address).casefold()
    for row in call.store.every("USER"):
        if row["ID"] != object_id and wanted in {str(row.get(name)).casefold() for name in ("emailAddr", "username")}:
            raise invalid(f"User with emailAddr {str(address)[:100]} already exists.")


def _has(values: Mapping[str, Any], name: str) -> bool:
    return any(values.get(one) is not None and values.get(one) != "" for one in (name, name.removesuffix("ID")))
