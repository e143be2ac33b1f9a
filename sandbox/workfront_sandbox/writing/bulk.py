"""Creates, edits and deletes as calls make them: one row or many, atomic or not. docs/protocol.md 11.5."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.query.filter_groups import CONTROL, STEERING
from workfront_sandbox.reading.reads import check_named_by_id, ids_of
from workfront_sandbox.wire.errors import invalid
from workfront_sandbox.wire.json_value import Row, is_list, is_object
from workfront_sandbox.writing.copies import copy
from workfront_sandbox.writing.numbering import close_gaps
from workfront_sandbox.writing.writes import create, delete, edit

SUCCESS: Final = {"success": True}
_NOT_VALUES: Final = (CONTROL - {"username", "password", "options"}) | STEERING | {"id", "ids"}


_PLACES: Final = frozenset({"name", "projectID", "parentID", "templateID", "sourceTaskID"})
"""What says of a copy what it is and where it stands; a copy is made there."""


def post(call: Call, code: str) -> Any:
    """Creates what the call holds, or copies. Raises ApiError."""
    _check_new(call, code)
    if call.parameters.first("copySourceID"):
        with call.atomically():
            copied = _copy(call, code, *_copy_of(call))
            _check_fields(call, code)
        return _answer(call, code, [copied], single=True)
    entries, single = entries_of(call)
    return _write(call, code, entries, lambda values: _create(call, code, values), single=single)


def _check_new(call: Call, code: str) -> None:
    """Raises ApiError where a call that makes rows names rows that are there, or does not say which it copies."""
    name, sources = call.object(code).name, call.parameters.all("copySourceID")
    if ids_of(call):
        raise invalid(f"POST makes a new {name}: leave its ID out, or edit the row that has it by PUT")
    if sources and (len(sources) > 1 or not sources[0].strip()):
        raise invalid(f"copySourceID names the one {name} to copy")


def put(call: Call, code: str, object_id: str | None) -> Any:
    """Edits the row of the address, or the rows the call names. Raises ApiError."""
    if call.parameters.first("copySourceID"):
        raise invalid("copySourceID makes a copy: send it by POST")
    entries, single = entries_of(call)
    ids = ids_of(call, object_id)
    if ids:
        _check_one(call, code, entries, ids, single=single)
        targets = [{**entries[0], "ID": one} for one in ids]
        return _write(call, code, targets, lambda values: _edit(call, code, values), single=len(ids) == 1)
    return _write(call, code, entries, lambda values: _edit(call, code, values), single=single)


def _check_one(call: Call, code: str, entries: Sequence[Row], ids: Sequence[str], *, single: bool) -> None:
    """Raises ApiError where the body of an edit names other rows than its address."""
    if not single:
        raise invalid(
            f"The call names a {call.object(code).name} by its ID, the list in its body others: send one object"
        )
    for named in filter(None, (entries[0].get("ID"), entries[0].get("id"))):
        if list(ids) != [named]:
            raise invalid(f"ID {str(named)[:100]} of the body is not that of the call: leave it out")


def delete_all(call: Call, code: str, object_id: str | None) -> Row:
    """Deletes the rows the call names. Raises ApiError 404 where one is missing.

    Without ``atomic`` every row stands for itself: those before a missing one are gone. With it, all go or none, and
    those that went with another of them are not missing.
    """
    ids = ids_of(call, object_id)
    if not ids:
        raise invalid(f"Which {call.object(code).name}? The call names no ID")
    check_named_by_id(call)
    call.tenant.limits.check_bulk(len(ids))
    done = len(call.changes)
    try:
        _delete(call, code, list(dict.fromkeys(ids)), force=call.parameters.flag("force"))
    finally:
        with call.atomically():
            close_gaps(call, done)
    return SUCCESS


def _delete(call: Call, code: str, ids: Sequence[str], *, force: bool) -> None:
    if not call.parameters.flag("atomic"):
        for one in ids:
            with call.atomically():
                delete(call, code, one, force=force)
        return
    there = {str(row["ID"]) for row in call.store.many(code, ids)}
    with call.atomically():
        for one in ids:
            if one not in there or call.store.get(code, one) is not None:
                delete(call, code, one, force=force)


def entries_of(call: Call) -> tuple[list[Row], bool]:
    """Returns the values the call writes, and whether they are of one row. Raises ApiError."""
    plain = plain_values(call)
    document = call.parameters.document
    if document is None:
        return [plain], True
    if call.parameters.inline and plain:
        name = next(iter(plain))
        raise invalid(f"Cannot mix 'updates' JSON parameter with non-JSON update parameter '{name[:100]}'")
    if is_list(document):
        if not all(is_object(item) for item in document):
            raise invalid("JSON parsing error: a list of objects is needed")
        call.tenant.limits.check_bulk(len(document))
        return list(document), False
    return [{**document, **plain}], True


def plain_values(call: Call) -> Row:
    """Returns the fields written as plain parameters; repeated keys are a list."""
    values: Row = {}
    for key, value in call.parameters.pairs:
        if key in _NOT_VALUES or key.startswith("$$") or (key == "ID"):
            continue
        known = values.get(key)
        values[key] = value if key not in values else [*known, value] if is_list(known) else [known, value]
    return values


def _write(call: Call, code: str, entries: Sequence[Row], write: Callable[[Row], Row], *, single: bool) -> Any:
    """Writes rows. Without ``atomic`` every row stands for itself: rows before a bad one stay. With it, all or none."""
    if call.parameters.flag("atomic"):
        with call.atomically():
            for values in entries:
                write(values)
            _check_fields(call, code)
        return SUCCESS
    rows: list[Row] = []
    for values in entries:
        with call.atomically():
            rows.append(write(values))
            if len(rows) == 1:
                _check_fields(call, code)
    return _answer(call, code, rows, single=single)


def _check_fields(call: Call, code: str) -> None:
    """Raises ApiError where the answer cannot have the fields that are asked for, so that nothing stays written.

    A field of one's own that a lenient tenant had nowhere before is known once it was written.
    """
    call.projection.select(code, call.fields())


def _answer(call: Call, code: str, rows: Sequence[Row], *, single: bool) -> Any:
    shaped = call.shaped(code, rows)
    return shaped[0] if single else shaped


def _create(call: Call, code: str, values: Row) -> Row:
    _check_no_id(call, code, values)
    return create(call, code, values)


def _check_no_id(call: Call, code: str, values: Row) -> None:
    if values.get("ID"):
        raise invalid(f"A new {call.object(code).name} gets its ID: leave ID out, or edit the row that has it by PUT")


def _edit(call: Call, code: str, values: Row) -> Row:
    object_id = values.get("ID") or values.get("id")
    if not isinstance(object_id, str) or not object_id:
        raise invalid("Each object of an edit needs its ID")
    rest = {name: value for name, value in values.items() if name not in {"ID", "id"}}
    return edit(call, code, object_id, rest)


def _copy(call: Call, code: str, source_id: str, values: Row, options: Sequence[str]) -> Row:
    """Returns a copy that was edited: what its values lead to is as if it had been there before."""
    _check_no_id(call, code, values)
    placed = {name: value for name, value in values.items() if name in _PLACES}
    copied = copy(call, code, source_id, placed, options)
    rest = {name: value for name, value in values.items() if name not in _PLACES}
    return edit(call, code, str(copied["ID"]), rest) if rest else copied


def _copy_of(call: Call) -> tuple[str, Row, list[str]]:
    values = {name: value for name, value in plain_values(call).items() if name != "options"}
    document = call.parameters.document
    if is_object(document):
        values |= document
    elif document is not None:
        raise invalid("JSON parsing error: updates of a copy is not an object")
    return str(call.parameters.first("copySourceID")), values, _options(call.parameters.all("options"))


def _options(written: Sequence[str]) -> list[str]:
    return [word for text in written for word in text.strip("[] ").replace('"', "").split(",") if word]
