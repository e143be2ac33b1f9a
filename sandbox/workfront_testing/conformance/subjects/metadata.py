"""Metadata, and the codes it lists. docs/protocol.md 7.8, 1.2, 10."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from workfront_testing.conformance.answer import Row, as_list, as_row
from workfront_testing.conformance.check import Check, Mark, Observed, Test
from workfront_testing.conformance.expect import described, has, member, members, row

_TYPES: Final = frozenset(
    {"string", "int", "double", "boolean", "dateTime", "date", "string[]", "map", "java.math.BigDecimal"}
    | {"java.lang.Boolean", "java.lang.Long", "byte[]", None}
)
_FIELD_FLAGS: Final = frozenset(
    {"LAZY_READ", "READ_ONLY", "WRITE_ONLY", "DYNAMIC", "NOT_GROUPABLE", "NOT_FILTERABLE", "CURRENCY", "PERCENT"}
    | {"AUTO_LOAD", "RESTRICTABLE"}
)
_OPERATIONS: Final = frozenset({"add", "copy", "count", "delete", "edit", "get", "replace", "report", "search"})
_PARTS: Final = ("fields", "references", "collections", "search", "actions", "queries", "operations")


def _index(test: Callable[[Row], bool]) -> Test:
    """Returns a test: every object of the index passes, and there are many."""

    def passes(seen: Observed) -> bool:
        found = described(seen.answer, "objects")
        return len(found) > 100 and all(test(one) for one in found.values())

    return passes


def _object(name: str, code: str) -> Test:
    return lambda seen: described(seen.answer, "objects").get(name, {}).get("objCode") == code


def _secondary(seen: Observed) -> bool:
    found = described(seen.answer, "objects").get("NonWorkDay", {})
    return found.get("secondaryObject") == "true"


def _codes(*codes: object) -> Callable[[Row], bool]:
    """Returns what tells whether a field lists these codes, and perhaps more."""
    return lambda found: set(codes) <= {as_row(one).get("value") for one in as_list(found.get("possibleValues"))}


def _listed(found: Row) -> bool:
    return all(has("label", "value")(as_row(one)) for one in as_list(found.get("possibleValues")))


def _some(part: str, test: Callable[[Row], bool]) -> Test:
    """Returns a test: a member of a part of metadata passes."""
    return lambda seen: any(test(one) for one in described(seen.answer, part).values())


def _flags(found: Row) -> bool:
    return set(map(str, as_list(found.get("flags")))) <= _FIELD_FLAGS


def _can(*operations: str) -> Callable[[Row], bool]:
    return lambda found: set(operations) <= set(as_list(found.get("operations")))


def _argument(name: str, kind: str) -> Callable[[Row], bool]:
    def passes(found: Row) -> bool:
        arguments = [as_row(one) for one in as_list(found.get("arguments"))]
        return any((one.get("name"), one.get("type")) == (name, kind) for one in arguments)

    return passes


_INDEX: Final = ("metadata",)
_TASK: Final = ("task/metadata",)
_PROJECT: Final = ("proj/metadata",)
_ISSUE: Final = ("optask/metadata",)


def _field(rule: str, gets: tuple[str, ...], name: str, test: Callable[[Row], bool]) -> Check:
    """Returns a check of the codes of one field."""
    return Check(rule, Mark.SEEN, "10", gets, member("fields", name, test))


_FORM: Final = (
    Check("GET metadata lists objects by name.", Mark.DOC, "7.8", _INDEX, _index(has("name", "objCode"))),
    Check(
        "A name of no type may have empty metadata.",
        Mark.SEEN,
        "7.8",
        ("customerInformation/metadata", "task/metadata"),
        lambda s: s.answer.data == {} and bool(s.answers[1].row),
    ),
    Check("An object of the index has label and url.", Mark.DOC, "7.8", _INDEX, _index(has("label", "url"))),
    Check(
        "Addresses of metadata have the objCode in lower case.",
        Mark.SEEN,
        "1.2",
        _INDEX,
        _index(lambda r: f"/{str(r['objCode']).lower()}/" in f"{r['url']}/"),
    ),
    Check(
        "Objects of the index are keyed by their names.",
        Mark.DOC,
        "7.8",
        _INDEX,
        lambda s: (
            len(described(s.answer, "objects")) > 100
            and all(key == one.get("name") for key, one in described(s.answer, "objects").items())
        ),
    ),
    Check("secondaryObject is a text.", Mark.SEEN, "1.2", _INDEX, _secondary),
    Check("Task is TASK in the index.", Mark.DOC, "1.2", _INDEX, _object("Task", "TASK")),
    Check("OpTask is OPTASK in the index.", Mark.DOC, "1.2", _INDEX, _object("OpTask", "OPTASK")),
    Check("Project is PROJ in the index.", Mark.DOC, "1.2", _INDEX, _object("Project", "PROJ")),
    Check(
        "An object's metadata has name, label, objCode and flags.",
        Mark.DOC,
        "7.8",
        _TASK,
        row(has("name", "label", "objCode", "flags")),
    ),
    Check("An object's metadata has its parts.", Mark.DOC, "7.8", _TASK, row(has(*_PARTS))),
    Check(
        "Parts of metadata are objects by name; operations are a list.",
        Mark.DOC,
        "7.8",
        _TASK,
        row(
            lambda r: (
                all(isinstance(r.get(part), dict) for part in _PARTS[:-1]) and isinstance(r.get("operations"), list)
            )
        ),
    ),
    Check(
        "Operations are of nine words.",
        Mark.SEEN,
        "7.8",
        _TASK,
        row(lambda r: bool(r.get("operations")) and set(r["operations"]) <= _OPERATIONS),
    ),
    Check(
        "A task can be searched, counted and reported on.",
        Mark.DOC,
        "7.8",
        _TASK,
        row(_can("get", "search", "count", "report")),
    ),
    Check("A task can be added, edited and deleted.", Mark.DOC, "7.8", _TASK, row(_can("add", "edit", "delete"))),
    Check(
        "Types of fields are of a dozen words.",
        Mark.SEEN,
        "7.8",
        _TASK,
        members("fields", lambda r: r.get("fieldType") in _TYPES, 50),
    ),
    Check("Flags of fields are of ten words.", Mark.SEEN, "7.8", _TASK, members("fields", _flags, 50)),
    Check("A field has a label.", Mark.SEEN, "7.8", _TASK, members("fields", has("label"), 50)),
    Check("Possible values have label and value.", Mark.SEEN, "7.8", _TASK, members("fields", _listed, 50)),
    Check(
        "Values of an integer code are integers.",
        Mark.SEEN,
        "7.8",
        _TASK,
        member(
            "fields",
            "priority",
            lambda r: (
                bool(r.get("possibleValues"))
                and all(type(as_row(one).get("value")) is int for one in r["possibleValues"])
            ),
        ),
    ),
    Check(
        "Values of other codes are texts.",
        Mark.SEEN,
        "7.8",
        _TASK,
        member(
            "fields",
            "status",
            lambda r: (
                bool(r.get("possibleValues"))
                and all(type(as_row(one).get("value")) is str for one in r["possibleValues"])
            ),
        ),
    ),
    Check(
        "A reference names the code of its target.",
        Mark.SEEN,
        "7.8",
        _TASK,
        member("references", "project", lambda r: r.get("typeObjCode") == "PROJ"),
    ),
    Check(
        "The type of a reference is the name of its target.",
        Mark.SEEN,
        "7.8",
        _TASK,
        member("references", "project", lambda r: r.get("fieldType") == "Project"),
    ),
    Check(
        "A collection names the code of its target.",
        Mark.SEEN,
        "7.8",
        _PROJECT,
        member("collections", "tasks", lambda r: r.get("typeObjCode") == "TASK"),
    ),
    Check(
        "Every collection names type and code of its target.",
        Mark.SEEN,
        "7.8",
        _TASK,
        members("collections", has("fieldType", "typeObjCode")),
    ),
    Check(
        "Fields that only the service computes are READ_ONLY.",
        Mark.SEEN,
        "7.8",
        _TASK,
        _some("fields", lambda r: "READ_ONLY" in as_list(r.get("flags"))),
    ),
    Check(
        "search names what can be filtered by without being a field.",
        Mark.SEEN,
        "7.8",
        _PROJECT,
        member("search", "isComplete", has("label")),
    ),
    Check(
        "collectionSelector is the path a search name stands for.",
        Mark.SEEN,
        "7.8",
        _TASK,
        member("search", "assignmentsUsersMM", lambda r: r.get("collectionSelector") == "assignments:assignedTo"),
    ),
    Check(
        "An action lists its arguments by name and type.",
        Mark.SEEN,
        "7.8",
        _TASK,
        members("actions", lambda r: all(has("name", "type")(as_row(one)) for one in as_list(r.get("arguments"))), 10),
    ),
    Check(
        "A task can be moved to a project.",
        Mark.DOC,
        "11.6",
        _TASK,
        member("actions", "move", _argument("projectID", "string")),
    ),
    Check(
        "Several tasks can be copied.",
        Mark.DOC,
        "11.6",
        _TASK,
        member("actions", "bulkCopy", _argument("taskIDs", "string[]")),
    ),
    Check("An issue becomes a task.", Mark.SEEN, "11.6", _ISSUE, member("actions", "convertToTask", has("arguments"))),
    Check(
        "A timeline is recalculated by an action of projects.",
        Mark.DOC,
        "11.6",
        _PROJECT,
        member("actions", "calculateTimeline", has("label")),
    ),
    Check(
        "?fields= narrows metadata.",
        Mark.DOC,
        "7.8",
        ("task/metadata?fields=collections",),
        row(lambda r: bool(r.get("collections")) and not {"fields", "references", "actions"} & set(r)),
    ),
    Check(
        "No member of fields begins with DE:.",
        Mark.SEEN,
        "7.8",
        _PROJECT,
        lambda s: (
            len(described(s.answer, "fields")) > 50
            and not any(name.startswith("DE:") for name in described(s.answer, "fields"))
        ),
    ),
    Check(
        "myWork is a named query of WORK.",
        Mark.DOC,
        "7.7",
        ("work/metadata",),
        lambda s: "myWork" in described(s.answer, "queries"),
    ),
    Check(
        "A label is a text, in every part.",
        Mark.SEEN,
        "7.8",
        _TASK,
        members("references", lambda r: isinstance(r.get("label"), str)),
    ),
    Check(
        "Metadata of one object is its entry of the index, and more.",
        Mark.DOC,
        "7.8",
        ("task/metadata", "metadata"),
        lambda s: (
            s.answer.row.get("objCode") == "TASK"
            and described(s.answers[1], "objects").get("Task", {}).get("objCode") == "TASK"
        ),
    ),
    Check(
        "Tasks do not have a field plannedHours.",
        Mark.SEEN,
        "10",
        _TASK,
        lambda s: (
            "workRequired" in described(s.answer, "fields") and "plannedHours" not in described(s.answer, "fields")
        ),
    ),
)
_CODES: Final = (
    _field(
        "Statuses of projects.",
        _PROJECT,
        "status",
        _codes("CUR", "ONH", "PLN", "CPL", "DED", "REQ", "APR", "REJ", "IDA"),
    ),
    _field("Statuses of tasks.", _TASK, "status", _codes("NEW", "INP", "CPL")),
    _field(
        "Statuses of issues.", _ISSUE, "status", _codes("NEW", "INP", "AWF", "ONH", "ROP", "WTR", "RLV", "VCP", "CLS")
    ),
    _field("Conditions of projects.", _PROJECT, "condition", _codes("ON", "AR", "IT")),
    Check(
        "Conditions of tasks are integers.", Mark.CONFLICT, "10", _TASK, member("fields", "condition", _codes(0, 1, 2))
    ),
    Check(
        "Codes of progressStatus are ON, BH, RK, LT.",
        Mark.CONFLICT,
        "10",
        _TASK,
        member("fields", "progressStatus", _codes("ON", "BH", "RK", "LT")),
    ),
    _field("Priorities are 0 to 4.", _TASK, "priority", _codes(0, 1, 2, 3, 4)),
    _field("Severities are 1 to 5.", _ISSUE, "severity", _codes(1, 2, 3, 4, 5)),
    _field("Types of issues.", _ISSUE, "opTaskType", _codes("ISU", "BUG", "CHO", "REQ")),
    _field("Duration types of tasks.", _TASK, "durationType", _codes("W", "D", "A", "S")),
    _field("Units of durations.", _TASK, "durationUnit", _codes("M", "H", "D", "W", "T")),
    _field("Units of elapsed durations.", _TASK, "durationUnit", _codes("EM", "EH", "ED", "EW", "ET")),
    _field(
        "Constraints of tasks.",
        _TASK,
        "taskConstraint",
        _codes("FIXT", "MSO", "MFO", "ASAP", "ALAP", "SNLT", "SNET", "FNLT", "FNET"),
    ),
    _field("Constraints by availability of time.", _TASK, "taskConstraint", _codes("EAT", "LAT")),
)
CHECKS: Final = (*_FORM, *_CODES)
