"""What a user must be allowed to before anything is written. It counts where the sandbox keeps rights.

docs/protocol.md 11.7
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from workfront_sandbox.access.ancestry import GUARDED
from workfront_sandbox.access.rights import CONTRIBUTE, DELETE, MANAGE, VIEW
from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.wire.errors import no_access
from workfront_sandbox.wire.json_value import Row

_CONTRIBUTED: Final = frozenset(
    {"status", "percentComplete", "condition", "commitDate", "actualStartDate", "actualCompletionDate", "assignments",
     "assignedToID", "roleID", "teamID", "categoryID", "objectCategories", "parameterValues"}
)  # fmt: skip
"""Fields that those who contribute may write; custom fields are among them."""

_NEEDED: Final[Mapping[str, Mapping[str, int]]] = {
    "TASK": {"PROJ": CONTRIBUTE, "TASK": CONTRIBUTE},
    "OPTASK": {"PROJ": VIEW, "TASK": VIEW},
    "DOCU": dict.fromkeys(GUARDED, VIEW),
    "NOTE": dict.fromkeys(GUARDED, VIEW),
    "HOUR": dict.fromkeys(GUARDED, CONTRIBUTE),
    "EXPNS": dict.fromkeys(GUARDED, CONTRIBUTE),
    "ASSGN": dict.fromkeys(GUARDED, CONTRIBUTE),
    "PROJ": {"PORT": VIEW, "PRGM": VIEW},
}
"""What a user must be allowed to with a row before something is added to it."""

_KEYS: Final = {
    **{ROW_KEYS[code]: code for code in ("PROJ", "TASK", "OPTASK", "PORT", "PRGM")},
    **dict.fromkeys(("parentID", "sourceTaskID"), "TASK"),
}
"""The fields by which a new row names what it is added to, and the types of that."""

_ADDING: Final = {"TASK": "ADD_TASKS", "EXPNS": "ADD_EXPENSES"}
"""What a rule calls it to add rows of a type, where it can forbid that."""

_ASSIGNING: Final = "EDIT_ASSIGNMENTS"
_CUSTOM: Final = "EDIT_CUSTOMDATA"
_CHANGES: Final[Mapping[str, frozenset[str]]] = {
    "CHANGE_STATUS": frozenset({"status"}),
    _ASSIGNING: frozenset({"assignments", "assignedTo", "assignedToID", "roleID", "teamID"}),
    _CUSTOM: frozenset({"categoryID", "objectCategories", "parameterValues"}),
    "EDIT_FINANCE": frozenset({"billingAmount", "budget", "costAmount", "costType", "currency", "fixedCost",
                               "fixedRevenue", "revenueType"}),
}  # fmt: skip
"""What rules can forbid besides their core action, and the fields whose change that is."""

FORBIDDEN: Final = frozenset({*_ADDING.values(), *_CHANGES, "SHARE"})
"""All that rules can forbid and that is looked at."""

_DECISIONS: Final = frozenset({"approveApproval", "rejectApproval"})
"""Actions of those who are asked, who need not be allowed to change what they decide on."""

_SHARING: Final = frozenset({"accessRules"})


def check_create(call: Call, code: str, values: Mapping[str, Any]) -> None:
    """Raises ApiError 403 where the user may not make such rows, or not add them to what they belong to."""
    if call.rights is None:
        return
    if code in GUARDED and not call.rights.may_add(code):
        raise _refusal(call, code, "add")
    for kind, owner in _owners(call, code, values):
        if call.rights.level(kind, owner) < _NEEDED.get(code, {}).get(kind, VIEW):
            raise _refusal(call, kind, "edit")
        if code in _ADDING and call.rights.forbids(kind, owner, _ADDING[code]):
            raise _refusal(call, kind, "edit")


def check_edit(call: Call, code: str, row: Row, written: Collection[str]) -> None:
    """Raises ApiError 403 where the user may not write these fields of a row."""
    if call.rights is None or code not in GUARDED:
        return
    names = [name for name in written if not name.startswith(CUSTOM)]
    needed = VIEW if written and set(names) <= _SHARING and names else CONTRIBUTE
    if any(name not in _CONTRIBUTED | _SHARING for name in names):
        needed = MANAGE
    _check(call, code, row, needed, "edit")
    for action, fields in _CHANGES.items():
        custom = action == _CUSTOM and len(names) < len(written)
        if (custom or fields & set(names)) and call.rights.forbids(code, row, action):
            raise _refusal(call, code, "edit")


def check_delete(call: Call, code: str, row: Row) -> None:
    """Raises ApiError 403 where the user may not delete a row."""
    _check(call, code, row, DELETE, "delete")


def check_action(call: Call, code: str, row: Row, name: str) -> None:
    """Raises ApiError 403 where the user may not act on a row."""
    _check(call, code, row, VIEW if name in _DECISIONS else CONTRIBUTE, "edit")
    if call.rights is not None and "assign" in name.lower() and call.rights.forbids(code, row, _ASSIGNING):
        raise _refusal(call, code, "edit")


def check_share(call: Call, code: str, row: Row, level: int) -> None:
    """Raises ApiError 403 where the user would give more than the user has."""
    _check(call, code, row, level, "share")
    if call.rights is not None and call.rights.forbids(code, row, "SHARE"):
        raise _refusal(call, code, "share")


def _check(call: Call, code: str, row: Row, needed: int, verb: str) -> None:
    if call.rights is not None and call.rights.level(code, row) < needed:
        raise _refusal(call, code, verb)


def _refusal(call: Call, code: str, verb: str) -> Exception:
    return no_access(verb, "issue" if code == "OPTASK" else call.object(code).name.lower())


def _owners(call: Call, code: str, values: Mapping[str, Any]) -> list[tuple[str, Row]]:
    found: list[tuple[str, Row]] = []
    named = [(kind, values.get(name)) for name, kind in _KEYS.items()]
    for kind_name, key_name in (("docObjCode", "objID"), ("noteObjCode", "objID")):
        named.append((str(values.get(kind_name) or ""), values.get(key_name)))
    for kind, key in named:
        row = call.store.get(kind, str(key)) if key and kind in GUARDED and (code != kind or kind == "TASK") else None
        if row is not None:
            found.append((kind, row))
    return found
