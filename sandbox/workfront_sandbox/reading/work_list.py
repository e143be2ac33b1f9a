"""The caller's work: to do, to accept, done, and what waits for a team of the caller's. docs/protocol.md 19.5."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from workfront_sandbox.call.call import Call
from workfront_sandbox.query.projection import done_statuses
from workfront_sandbox.reading.reads import Shuffle, found
from workfront_sandbox.schema.overrides import ENUM_CLASSES, ROW_KEYS, WORK
from workfront_sandbox.tenant.work_item import FINISHED
from workfront_sandbox.wire.json_value import Row

_REQUESTED: Final = "AA"
_ACCEPTED: Final = "AD"
_PEOPLE: Final = ("assignedToID", "roleID")

_Wanted: TypeAlias = Callable[[str, Row], bool]
"""Says of a part of the caller's whether it is wanted: status of the assignment, and the task or issue."""


def my_work(call: Call, _: str) -> list[Any]:
    """Returns what the caller has to do: in projects that go on, and in planned ones what was accepted."""
    current, planned = (_projects(call, meaning) for meaning in ("CUR", "PLN"))

    def is_wanted(status: str, row: Row) -> bool:
        project = row.get("projectID")
        goes_on = not project or project in current or (project in planned and status == _ACCEPTED)
        return goes_on and status != FINISHED

    return _shown(call, is_wanted, is_done=False)


def work_requests(call: Call, _: str) -> list[Any]:
    """Returns what was given to the caller, who has not accepted it yet."""
    return _shown(call, lambda status, _: status == _REQUESTED, is_done=False)


def my_accomplishments(call: Call, _: str) -> list[Any]:
    """Returns what the caller is done with."""
    ids = [key for status, key, row in _parts(call) if status == FINISHED or (not status and _is_done(call, row))]
    return _rows(call, ids)


def team_requests(call: Call, _: str) -> list[Any]:
    """Returns what a team of the caller's has, and nobody of it."""
    user = call.caller.user
    teams = {str(row.get("teamID")) for row in call.store.where("TEAMMB", userID=user["ID"])}
    teams |= {str(user["homeTeamID"])} if user.get("homeTeamID") else set()
    rows = [(code, row) for code in WORK for team in sorted(teams) for row in call.store.where(code, teamID=team)]
    free = [row for _, row in rows if not any(row.get(name) for name in _PEOPLE)]
    return _rows(call, [str(row["ID"]) for row in free if not _is_done(call, row)])


def _shown(call: Call, wanted: _Wanted, *, is_done: bool) -> list[Any]:
    ids = [key for status, key, row in _parts(call) if _is_done(call, row) == is_done and wanted(status, row)]
    return _rows(call, ids)


def _rows(call: Call, ids: list[str]) -> list[Any]:
    """Returns the rows with these IDs, of which the filters of the call leave what they let through."""
    keys = [("AND:mine:ID", key) for key in dict.fromkeys(ids)] or [("AND:mine:ID", "")]
    return call.shaped("WORK", found(call, "WORK", Shuffle(), *keys, ("AND:mine:ID_Mod", "in")))


def _parts(call: Call) -> Iterator[tuple[str, str, Row]]:
    """Yields the caller's parts: status of the assignment, ID and row of the task or issue. A seed may say who works on
    a row without an assignment: then there is no status.
    """
    me = call.caller.user_id
    for code in WORK:
        parts = {str(row[ROW_KEYS[code]]): row for row in call.store.where("ASSGN", assignedToID=me)
                 if row.get(ROW_KEYS[code])}  # fmt: skip
        rows = {str(row["ID"]): row for row in call.store.where(code, assignedToID=me)}
        rows |= {str(row["ID"]): row for row in call.store.many(code, list(parts))}
        for key, row in rows.items():
            yield str(parts.get(key, {}).get("status") or ""), key, row


def _projects(call: Call, status: str) -> frozenset[str]:
    """Returns the projects whose status is, or equates with, a system status."""
    own = call.store.cells("CSTEM", ("value", "equatesWith"), enumClass=ENUM_CLASSES["PROJ", "status"])
    words = {status, *(str(row["value"]) for row in own if row["equatesWith"] == status)}
    return frozenset(str(row["ID"]) for word in words for row in call.store.cells("PROJ", ("ID",), status=word))


def _is_done(call: Call, row: Row) -> bool:
    code = "OPTASK" if call.store.get("OPTASK", str(row["ID"])) else "TASK"
    return str(row.get("status")).removesuffix(":A") in done_statuses(call.store, code)
