"""Places of tasks: numbers without gaps, and places in the work breakdown. docs/protocol.md 19.6."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.tenant.predecessor_text import follow_links
from workfront_sandbox.wire.json_value import Row

_HOMES: Final = {"TASK": "projectID", "TTSK": "templateID"}
_NUMBER: Final = "taskNumber"
_PLACE: Final = "wbs"


def next_number(call: Call, code: str, row: Mapping[str, Any]) -> Row:
    """Returns the number of a new task behind all others of its project, or of its template."""
    home = row.get(_HOMES.get(code, ""))
    return {_NUMBER: call.store.last_number(code, _NUMBER, **{_HOMES[code]: home}) + 1} if home else {}


def number_behind(call: Call, code: str, object_id: str) -> None:
    """Gives a task that came back, and those below it, numbers behind all others, if those have theirs."""
    back, waiting = list[Row](), [object_id]
    while waiting:
        row = call.row(code, waiting.pop())
        back.append(row)
        waiting.extend(str(one["ID"]) for one in call.store.where(code, parentID=row["ID"]))
    home = {_HOMES[code]: back[0].get(_HOMES[code])}
    ids, own = {row["ID"] for row in back}, {row.get(_NUMBER) for row in back} - {None}
    others = {row[_NUMBER] for row in call.store.cells(code, ("ID", _NUMBER), **home) if row["ID"] not in ids} - {None}
    if own & others:
        ordered = sorted((row for row in back if row.get(_NUMBER)), key=lambda row: float(row[_NUMBER]))
        last = int(max(others))
        _put(call, code, [(str(row["ID"]), {_NUMBER: at}) for at, row in enumerate(ordered, start=last + 1)])


def close_gaps(call: Call, done: int) -> None:
    """Gives tasks behind those deleted since so many changes were made their new numbers. Nobody edited them: they bear
    no other stamp.
    """
    gone: dict[tuple[str, Any], list[Any]] = {}
    for one in call.changes[done:]:
        if one.type == "DELETE" and one.code in _HOMES:
            gone.setdefault((one.code, one.old.get(_HOMES[one.code])), []).append(one.old.get(_NUMBER))
    for (code, home), numbers in gone.items():
        renumber(call, code, home, numbers)


def number_all(call: Call, code: str, home: Any) -> None:
    """Gives the tasks of a project, or of a template, numbers without gaps and their places. Those that had no number
    are the last.
    """
    if not home:
        return
    rows = call.store.cells(code, ("ID", "parentID", _NUMBER, _PLACE), **{_HOMES[code]: home})
    ordered = sorted(rows, key=lambda row: (row[_NUMBER] is None, row[_NUMBER] or 0))
    places = _places(ordered)
    named = [(row, {_NUMBER: at, _PLACE: places[str(row["ID"])]}) for at, row in enumerate(ordered, start=1)]
    known = call.tenant.catalogue.types[code].fields
    changed = [(str(row["ID"]), {name: value for name, value in fields.items() if name in known and row[name] != value})
               for row, fields in named]  # fmt: skip
    _put(call, code, [(one, fields) for one, fields in changed if fields])


def renumber(call: Call, code: str, home: Any, gone: Collection[Any] = ()) -> None:
    """Takes numbers that are free now out of the tasks of a project, or of a template, and gives all their places."""
    if not home:
        return
    free = sorted(number for number in gone if isinstance(number, int | float))
    rows = call.store.cells(code, ("ID", "parentID", _NUMBER, _PLACE), **{_HOMES[code]: home})
    ordered = sorted(rows, key=lambda row: row[_NUMBER] or 0)
    places = _places(ordered)
    _put(call, code, [(str(row["ID"]), new) for row in ordered if (new := _other(row, free, places))])


def _put(call: Call, code: str, changed: Sequence[tuple[str, Row]]) -> None:
    """Gives tasks their numbers and places, and those that wait for them the text that names them."""
    call.store.put_cells(code, changed)
    numbered = [one for one, fields in changed if _NUMBER in fields]
    if code == "TASK" and numbered:
        links = call.store.members("PRED", ("predecessorID",), numbered)
        follow_links(call.store, (row.get("successorID") for found in links.values() for row in found))


def _other(row: Row, free: list[int | float], places: Mapping[str, str]) -> Row:
    """Returns the fields of a task that are others now."""
    fields: Row = {}
    if free and row[_NUMBER] is not None and (before := bisect_left(free, row[_NUMBER])):
        fields[_NUMBER] = int(row[_NUMBER]) - before
    if row[_PLACE] is not None and row[_PLACE] != places[str(row["ID"])]:
        fields[_PLACE] = places[str(row["ID"])]
    return fields


def _places(rows: list[Row]) -> dict[str, str]:
    """Returns the place of each task: 3 under no parent, 2.1 under the second one."""
    there, below = {row["ID"] for row in rows}, dict[Any, list[Row]]()
    for row in rows:
        below.setdefault(row["parentID"] if row["parentID"] in there else None, []).append(row)
    places: dict[str, str] = {}
    waiting: list[tuple[Any, str]] = [(None, "")]
    while waiting:
        parent, above = waiting.pop()
        for at, row in enumerate(below.pop(parent, ()), start=1):
            places[str(row["ID"])] = f"{above}{at}"
            waiting.append((row["ID"], f"{above}{at}."))
    return places | {str(row["ID"]): row[_PLACE] for row in rows if str(row["ID"]) not in places}
