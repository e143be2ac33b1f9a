"""Copies of rows with what belongs to them. docs/protocol.md 11.2."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.joins import owner_key
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.errors import ApiError, no_such_verb
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.belongings import LINKS, STAMPS, copy_belongings, copy_links
from workfront_sandbox.writing.copied_work import follow_copies
from workfront_sandbox.writing.copy_options import check_copy_options, cleared
from workfront_sandbox.writing.finance import SUMS
from workfront_sandbox.writing.numbering import next_number
from workfront_sandbox.writing.rows import add, change
from workfront_sandbox.writing.status import meaning
from workfront_sandbox.writing.values import read_entry

COPYABLE: Final = frozenset(
    {
        "ACSLVL", "ARVPRC", "CALPTL", "CTGY", "EXTSEC", "GROUP", "OPTASK", "PARAM", "PTLSEC", "PTLTAB", "PROJ",
        "SCHED", "SCHREP", "SCORE", "TASK", "TMPL", "TTSK", "TSPRO", "UIFT", "UIGB", "UIVW",
    }
)  # fmt: skip
"""Object types that copy by ``copySourceID``."""

_PARTS: Final = {
    "PROJ": ("TASK",), "TMPL": ("TTSK",), "TASK": ("TASK",), "TTSK": ("TTSK",), "CTGY": ("CTGYPA",), "PARAM": ("POPT",),
}  # fmt: skip
_NEVER: Final = frozenset(
    {*SUMS, "actualWorkRequired", "actualWorkRequiredDouble", "billedRevenue",
     "billingRecordID", "convertedOpTaskID", "currentApprovalStepID", "hasNotes", "hasResolvables",
     "lastConditionNoteID", "lastNoteID", "numberOpenOpTasks", "rejectionIssueID"}
)  # fmt: skip
"""What a row has of its hours, notes, issues and bills, none of which are copied, and sums, which are made anew."""

_QUEUE: Final = "queueDefID"
_OWNERS: Final = ("projectID", "templateID")
"""Fields by which a queue and its routing rules name what they are of."""

_STATUS_CLASS: Final = "com.attask.common.ProjectStatusViolationException"


def copy(call: Call, code: str, source_id: str, values: Mapping[str, Any], options: Collection[str] = ()) -> Row:
    """Returns a new row like another, with the given fields changed. Raises ApiError where there is nothing to copy."""
    if code not in COPYABLE:
        raise no_such_verb("COPY")
    source = call.row(code, source_id)
    _check_open(call, code, source)
    entry = read_entry(call, code, values)
    changes = {"name": f"Copy of {source.get('name')}"} if code == "PROJ" and source.get("name") else {}
    with call.atomically():
        (made,) = copy_all(call, code, [(source, {**changes, **entry.plain})], options)
    return call.row(code, str(made["ID"]))


def copy_all(
    call: Call,
    code: str,
    wanted: Sequence[tuple[Row, Mapping[str, Any]]],
    options: Collection[str] = (),
    ties: Row | None = None,
) -> list[Row]:
    """Returns copies of rows that have all that belongs to them, but for what the options leave out.

    Args:
        call: what the copies are made in.
        code: type of the rows.
        wanted: each row, and the fields that its copy has otherwise.
        options: what is left out.
        ties: fields that the copies of parts have otherwise, such as their project.

    Raises:
        ApiError: 422, an option that such copies do not have.
    """
    check_copy_options(code, options)
    made: dict[str, dict[str, str]] = {}
    copied: list[Row] = []
    for source, changes in wanted:
        copied.append(_copy_one(call, code, source, changes, options, made))
        _copy_parts(call, code, source, copied[-1], ties or {}, options, made)
    if "clearPredecessors" not in options:
        for part in made:
            if part in LINKS:
                copy_links(call, part, made[part])
    for part, ids in made.items():
        follow_copies(call, part, list(ids.values()))
    return [call.row(code, str(row["ID"])) for row in copied]


def copy_row(call: Call, code: str, source: Row, changes: Mapping[str, Any], options: Collection[str] = ()) -> Row:
    """Returns one row like another, without the rows below it, with all else that belongs to it."""
    check_copy_options(code, options)
    copied = _copy_one(call, code, source, changes, options, {})
    follow_copies(call, code, [str(copied["ID"])])
    return call.row(code, str(copied["ID"]))


def _copy_one(
    call: Call,
    code: str,
    source: Row,
    changes: Mapping[str, Any],
    options: Collection[str],
    made: dict[str, dict[str, str]],
) -> Row:
    fields = {name: value for name, value in source.items() if name not in STAMPS | _NEVER}
    ready = {**fields, **cleared(call, code, source, options), **changes}
    copied = add(call, code, ready | next_number(call, code, ready))
    made.setdefault(code, {})[str(source["ID"])] = str(copied["ID"])
    copy_belongings(call, code, str(source["ID"]), str(copied["ID"]), options)
    if code == "TASK" and source.get("milestoneID"):
        change(call, code, str(source["ID"]), {"milestoneID": None})
    if code in {"PROJ", "TMPL"} and source.get(_QUEUE):
        change(call, code, str(copied["ID"]), {_QUEUE: copy_queue(call, code, str(source[_QUEUE]), copied)})
    return copied


def _copy_parts(
    call: Call,
    code: str,
    source: Row,
    copied: Row,
    ties: Row,
    options: Collection[str],
    made: dict[str, dict[str, str]],
) -> None:
    """Copies the rows below one row, but for copies that are there already; parents among them stay parents."""
    for part in _PARTS.get(code, ()):
        key, copies = owner_key(code, part), set(made.get(part, {}).values())
        inside = [row for row in call.store.where(part, **{key: source["ID"]}) if row["ID"] not in copies]
        for row in inside:
            new = _copy_one(call, part, row, {key: copied["ID"], **ties}, options, made)
            if part == code:
                _copy_parts(call, part, row, new, ties, options, made)
        if part != code and part in LINKS:
            for row in inside:
                if row.get("parentID"):
                    change(call, part, made[part][str(row["ID"])], {"parentID": made[part].get(str(row["parentID"]))})


def copy_queue(call: Call, code: str, queue_id: str, owner: Row, into: str | None = None) -> str | None:
    """Returns a queue like another, with its topics and rules, for the copy of its project.

    Args:
        call: the call.
        code: the type of the owner.
        queue_id: the queue that it is like.
        owner: whose queue it is.
        into: a queue of the owner, which takes the details of the other and keeps its own topics and rules as well.
    """
    queue = call.store.get("QUED", queue_id)
    if queue is None:
        return None
    made: dict[str, str] = {}
    ties = {name: owner["ID"] if name == ROW_KEYS[code] else None for name in _OWNERS}
    source = next((name for name in _OWNERS if queue.get(name)), None)
    for rule in call.store.where("RRUL", **{source: queue[source]}) if source else ():
        made[str(rule["ID"])] = str(_like(call, "RRUL", rule, ties, made)["ID"])
    if into is None:
        copied = str(_like(call, "QUED", queue, ties, made)["ID"])
    else:
        details = {name: value for name, value in _mapped(queue, made).items() if name not in _OWNERS}
        copied = str(change(call, "QUED", into, details)["ID"])
    for topic in call.store.where("QUET", queueDefID=queue_id):
        made[str(topic["ID"])] = str(_like(call, "QUET", topic, {_QUEUE: copied}, made)["ID"])
    return copied


def _like(call: Call, code: str, row: Row, changes: Row, made: Mapping[str, str]) -> Row:
    return add(call, code, {**_mapped(row, made), **changes})


def _mapped(row: Row, made: Mapping[str, str]) -> Row:
    """Returns a row without what each has of its own, with copies in the place of what it names."""
    return {name: made.get(str(value), value) for name, value in row.items() if name not in STAMPS}


def _check_open(call: Call, code: str, source: Row) -> None:
    """Raises ApiError 422 for a project that is complete, which cannot be copied."""
    if code == "PROJ" and meaning(call, code, source.get("status")) == "CPL":
        message = "Unable to complete operation for a project of status Complete"
        raise ApiError(422, message, _STATUS_CLASS)
