"""Views: object types without rows of their own, which show those of others. docs/protocol.md 19.7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

Columns: TypeAlias = Mapping[str, str]
"""Columns of a table by field."""

_SHOWN: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "UPDATE": {
        "NOTE": {
            "ID": "ID", "updateObjID": "ID", "updateNoteID": "ID", "entryDate": "entryDate", "enteredByID": "ownerID",
            "refObjCode": "noteObjCode", "refObjID": "objID", "topObjCode": "topNoteObjCode", "topObjID": "topObjID",
            "threadID": "threadID",
        },
        "JRNLE": {
            "ID": "ID", "updateObjID": "ID", "updateJournalEntryID": "ID", "entryDate": "entryDate",
            "enteredByID": "editedByID", "refObjCode": "objObjCode", "refObjID": "objID", "topObjCode": "topObjCode",
            "topObjID": "topObjID", "subObjCode": "subObjCode", "subObjID": "subObjID", "changeType": "changeType",
        },
    }
}  # fmt: skip
"""The fields of rows that look otherwise than what they are made of, by the type of that, and what each shows."""

_KIND: Final = "updateObjCode"
"""The field that says what such a row is made of."""

_NEWEST_FIRST: Final = frozenset({"UPDATE"})


def fields_of(code: str, part: str, columns: Columns) -> Mapping[str, str]:
    """Returns the fields of a view that rows of a type have there, and the field each is of such a row."""
    shown = _SHOWN.get(code, {}).get(part)
    return {field: field for field in columns} if shown is None else shown


def columns_of(code: str, parts: Mapping[str, Columns]) -> dict[str, str]:
    """Returns the columns of a view by field, of the types of its parts that have rows."""
    named = dict.fromkeys(
        field
        for part, columns in parts.items()
        for field, own in fields_of(code, part, columns).items()
        if own in columns
    )
    if code in _SHOWN:
        named[_KIND] = None
    return {field: "id" if field == "ID" else f"c{at}" for at, field in enumerate(named)}


def statement(code: str, parts: Mapping[str, Columns], columns: Columns) -> str:
    """Returns the statement that makes a view."""
    selects = [_select(code, part, own, columns) for part, own in parts.items()]
    return f'CREATE TEMP VIEW "{code}" AS {" UNION ALL ".join(selects)}'


def _select(code: str, part: str, own: Columns, columns: Columns) -> str:
    shown = fields_of(code, part, own)
    cells = {
        name: f"'{part}'" if field == _KIND and code in _SHOWN else own.get(shown.get(field, ""), "NULL")
        for field, name in columns.items()
    }
    named = ", ".join(f"{cell} AS {name}" for name, cell in cells.items())
    place = f"-{own['entryDate']}" if code in _NEWEST_FIRST and "entryDate" in own else "seq"
    return f'SELECT {place} AS seq, {_body(code, part, shown)} AS body, {named} FROM "{part}"'  # noqa: S608


def _body(code: str, part: str, shown: Mapping[str, str]) -> str:
    if code not in _SHOWN:
        return "body"
    pairs = [f"'{field}', json_extract(body, '$.{own}')" for field, own in shown.items()]
    return f"json_object('{_KIND}', '{part}', {', '.join(pairs)})"
