"""Rows created, edited and deleted, one at a time. docs/protocol.md 11.1, 11.3, 11.4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.errors import invalid, not_computed
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.assignment import is_issue_given_back
from workfront_sandbox.writing.attached_form import follow_forms
from workfront_sandbox.writing.billing import check_billed, check_kept_hours
from workfront_sandbox.writing.bounds import check_bounds
from workfront_sandbox.writing.check_out import check_deletable
from workfront_sandbox.writing.defaults import complete, derive, ignored
from workfront_sandbox.writing.finished import check_open
from workfront_sandbox.writing.folder import check_empty
from workfront_sandbox.writing.following import check_completion, check_taken, lasting
from workfront_sandbox.writing.group import check_empty_group
from workfront_sandbox.writing.hours import remove_general
from workfront_sandbox.writing.nested import Writing, write_related
from workfront_sandbox.writing.permission import check_create, check_delete, check_edit
from workfront_sandbox.writing.person import check_member, check_word
from workfront_sandbox.writing.portfolio import move_up
from workfront_sandbox.writing.recycle_bin import throw_away
from workfront_sandbox.writing.requirements import check_address, check_kept, check_new
from workfront_sandbox.writing.rows import add, change
from workfront_sandbox.writing.schedule import check_default
from workfront_sandbox.writing.side_effects import apply, follow_deletion, follow_lost_ties
from workfront_sandbox.writing.values import read_entry


def create(call: Call, code: str, values: Mapping[str, Any]) -> Row:
    """Returns a new row, as it is stored. Raises ApiError where the values are not accepted."""
    values = _without_topics(code, values)
    check_new(call, code, values)
    check_address(call, code, values)
    check_create(call, code, values)
    check_open(call, code, values, values, is_new=True)
    check_member(call, code, values)
    entry = read_entry(call, code, values)
    check_bounds(call, entry.plain, {})
    entry.plain = lasting(call, code, {}, entry.plain) if code == "PROJ" else entry.plain
    ready = complete(call, code, entry.plain)
    object_id = str(add(call, code, ready)["ID"])
    call.making.add(object_id)
    write_related(call, code, object_id, entry.related, _MEMBERS)
    follow_forms(call, code, object_id, _written({**_form(ready), **values}, entry.plain))
    apply(call, code, object_id, {}, values)
    call.making.discard(object_id)
    row = call.row(code, object_id)
    check_completion(call, code, entry.plain, row)
    check_taken(call, code, entry.plain, row)
    return row


def edit(call: Call, code: str, object_id: str, values: Mapping[str, Any]) -> Row:
    """Returns an existing row after the given fields were changed. Raises ApiError 404 where there is none."""
    before = call.row(code, object_id)
    values = _without_empty_list(code, before, values)
    check_kept(call, code, values, before)
    check_address(call, code, values, object_id)
    check_edit(call, code, before, values)
    check_open(call, code, before, values)
    check_billed(code, before, values)
    entry = read_entry(call, code, values, before)
    check_bounds(call, entry.plain, before)
    check_word(call, code, before, entry.plain)
    plain = {name: value for name, value in entry.plain.items() if not ignored(code, name, before, entry.plain)}
    plain = lasting(call, code, before, plain)
    change(call, code, object_id, derive(call, code, before, plain))
    write_related(call, code, object_id, entry.related, _MEMBERS)
    follow_forms(call, code, object_id, _written(values, entry.plain))
    apply(call, code, object_id, before, _written(values, entry.plain))
    row = call.row(code, object_id)
    check_completion(call, code, plain, row)
    check_taken(call, code, plain, row)
    return row


def delete(call: Call, code: str, object_id: str, *, force: bool) -> None:
    """Takes a row away, and what hangs on it. Raises ApiError where that needs force."""
    if code == "WRKITM":
        raise not_computed("Deleting a WorkItem, which is there as long as its assignment")
    check_delete(call, code, call.row(code, object_id))
    check_open(call, code, call.row(code, object_id), {})
    if code == "TTSK" and not force:
        name = "This Template Task cannot be deleted since it is referenced by other objects."
        raise invalid(f"{name} Please use force delete.")
    before = call.row(code, object_id)
    check_kept_hours(call, code, before)
    check_deletable(call, code, before)
    if code == "SCHED":
        check_default(before, None)
    if code == "DOCFDR":
        check_empty(call, before)
    if code == "TSHET":
        remove_general(call, object_id)
    if code == "GROUP":
        check_empty_group(call, before)
    _take_away(call, code, object_id)


def _take_away(call: Call, code: str, object_id: str) -> None:
    """Takes a row away that may be, and brings others in line."""
    before, done = call.row(code, object_id), len(call.changes)
    if code == "PRGM":
        move_up(call, before)
    throw_away(call, code, object_id)
    follow_deletion(call, code, before)
    follow_lost_ties(call, done)


_MEMBERS: Final = Writing(create, edit, _take_away)


def _without_topics(code: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the values of a new row; topics of a queue are made by themselves, and dropped where they are nested."""
    return {name: value for name, value in values.items() if name != "queueTopics"} if code == "QUED" else values


def _without_empty_list(code: str, before: Row, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the values of an edit without an empty list of assignments that takes nobody away."""
    if not before.get("assignedToID") or not is_issue_given_back(code, values):
        return values
    return {name: value for name, value in values.items() if name != "assignments"}


def _form(row: Row) -> Row:
    """Returns the form a new row begins with, written or not."""
    return {"categoryID": row["categoryID"]} if row.get("categoryID") else {}


def _written(values: Mapping[str, Any], plain: Row) -> Row:
    """Returns what was written, each plain field as it was taken."""
    return {**values, **plain}
