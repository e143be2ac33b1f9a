"""Facts about edits: forms of a call, what stays, how values are read. docs/protocol.md 10, 11.3, 11.5."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from workfront_testing.conformance.check import Mark, Observed
from workfront_testing.conformance.values import at
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.step import Step, edit, read, task

_NAME: Final = (read("task", "name,description"),)
_PINNED: Final = "plannedStartDate,taskConstraint"


def _named(seen: Observed, name: str) -> bool:
    """Returns whether the edit answered the new name, and a read gives it as well."""
    return [answer.row.get("name") for answer in seen.answers[-2:]] == [name, name]


def _last(seen: Observed, **members: object) -> bool:
    return {name: seen.answers[-1].row[name] for name in members} == members


def _pin(written: str) -> tuple[Step, ...]:
    return (edit("task", taskConstraint="MSO", constraintDate=written), read("task", "constraintDate,taskConstraint"))


def _is_at(seen: Observed, wanted: datetime) -> bool:
    row = seen.answers[-1].row
    return row["taskConstraint"] == "MSO" and at(row["constraintDate"]) == wanted


def _in_its_zone(seen: Observed, wanted: str) -> bool:
    """Returns whether a moment without offset was taken in the zone that answers are in."""
    row = seen.answers[-1].row
    return bool(row["taskConstraint"] == "MSO" and row["constraintDate"].startswith(wanted))


CHANGES: Final = (
    Change(
        "An edit by PUT on the ID answers the row, and stays.",
        Mark.DOC,
        "11.3",
        (edit("task", name="Fill"), *_NAME),
        lambda s: _named(s, "Fill"),
        (task(),),
    ),
    Change(
        "An edit takes its values from the query.",
        Mark.DOC,
        "11.3",
        (Step("PUT", "task/{task.ID}?name=Fill by query"), *_NAME),
        lambda s: _named(s, "Fill by query"),
        (task(),),
    ),
    Change(
        "An edit takes the ID from the query.",
        Mark.DOC,
        "11.3",
        (Step("PUT", "task?id={task.ID}&name=Fill by id"), *_NAME),
        lambda s: _named(s, "Fill by id"),
        (task(),),
    ),
    Change(
        "An edit takes JSON in updates.",
        Mark.DOC,
        "11.3",
        (Step("PUT", 'task/{task.ID}?updates={"name":"Fill by updates"}'), *_NAME),
        lambda s: _named(s, "Fill by updates"),
        (task(),),
    ),
    Change(
        "Fields that an edit does not name stay as they are.",
        Mark.DOC,
        "11.3",
        (edit("task", name="Fill"), *_NAME),
        lambda s: _last(s, name="Fill", description="Two metres"),
        (task(description="Two metres"),),
    ),
    Change(
        "fields shapes the answer to an edit.",
        Mark.DOC,
        "11.3",
        (edit("task", "project:name,description", description="Wide"),),
        lambda s: s.answer.row["project"]["name"] == s.value("project.name") and _last(s, description="Wide"),
        (task(),),
    ),
    Change(
        "null in JSON empties a field.",
        Mark.SEEN,
        "11.3",
        (edit("task", "name", description=None), *_NAME),
        lambda s: _last(s, name="Measure", description=None),
        (task(description="Two metres"),),
    ),
    Change(
        "An empty text in the query empties a field.",
        Mark.SEEN,
        "11.3",
        (Step("PUT", "task/{task.ID}?description="), *_NAME),
        lambda s: s.answers[1].row["name"] == "Measure" and s.answers[1].row["description"] in (None, ""),
        (task(description="Two metres"),),
    ),
    Change(
        "A number may be text.",
        Mark.DOC,
        "3.1",
        (edit("task", "percentComplete,priority", percentComplete="25", priority="3"),),
        lambda s: _last(s, percentComplete=25, priority=3) and type(s.answer.row["priority"]) is int,
        (task(),),
    ),
    Change(
        "A truth may be the text true.",
        Mark.SEEN,
        "3.1",
        (edit("task", "isLevelingExcluded,name", isLevelingExcluded="true"), read("task", "isLevelingExcluded,name")),
        lambda s: all(answer.row["isLevelingExcluded"] is True for answer in s.answers),
        (task(),),
    ),
    Change(
        "Text beyond ASCII comes back as it went.",
        Mark.DOC,
        "5.3",
        (edit("task", name="Maß für 東京 🙂"), *_NAME),
        lambda s: _named(s, "Maß für 東京 🙂"),
        (task(),),
    ),
    Change(
        "Quotes, slashes, signs and lines of a text come back as they went.",
        Mark.DOC,
        "5.3",
        (edit("task", description="a \"b\" <c> \\ / & + % # ;\nd\te"), *_NAME),
        lambda s: _last(s, description="a \"b\" <c> \\ / & + % # ;\nd\te"),
        (task(),),
    ),
    Change(
        "A moment with a colon before its milliseconds is understood.",
        Mark.DOC,
        "10",
        _pin("2031-05-14T09:00:00:000+0000"),
        lambda s: _is_at(s, datetime(2031, 5, 14, 9, tzinfo=UTC)),
        (task(),),
    ),
    Change(
        "A moment with a dot before its milliseconds and Z is understood.",
        Mark.DOC,
        "10",
        _pin("2031-05-14T09:00:00.000Z"),
        lambda s: _is_at(s, datetime(2031, 5, 14, 9, tzinfo=UTC)),
        (task(),),
    ),
    Change(
        "An offset of a moment counts.",
        Mark.DOC,
        "10",
        _pin("2031-05-14T09:00:00:000-0500"),
        lambda s: _is_at(s, datetime(2031, 5, 14, 14, tzinfo=UTC)),
        (task(),),
    ),
    Change(
        "A moment without an offset is in the zone of the answers.",
        Mark.INFERRED,
        "10",
        _pin("2031-05-14T10:30:00"),
        lambda s: _in_its_zone(s, "2031-05-14T10:30:00"),
        (task(),),
    ),
    Change(
        "A date alone is understood as a moment of that day.",
        Mark.SEEN,
        "10",
        _pin("2031-05-14"),
        lambda s: s.answers[1].row["constraintDate"].startswith("2031-05-14T"),
        (task(),),
    ),
    Change(
        "Several rows are made by one list.",
        Mark.DOC,
        "11.5",
        (Step("POST", "task", [{"name": one, "projectID": "{project.ID}"} for one in ("One", "Two", "Three")]),),
        lambda s: [row["name"] for row in s.answer.rows] == ["One", "Two", "Three"] and len(s.answer.ids) == 3,
    ),
    Change(
        "Several rows are edited by one list, in its order.",
        Mark.DOC,
        "11.5",
        (Step("PUT", "task", [{"ID": "{second.ID}", "name": "B"}, {"ID": "{first.ID}", "name": "A"}]),
         read("first", "name")),
        lambda s: s.answer.ids == [s.value("second.ID"), s.value("first.ID")]
        and [row["name"] for row in s.answer.rows] == ["B", "A"] and _last(s, name="A"),
        (task("first"), task("second")),
    ),
    Change(
        "A bulk create with atomic answers success alone.",
        Mark.DOC,
        "11.5",
        (Step("POST", "task?atomic=true", [{"name": "All of {task.ID}", "projectID": "{project.ID}"}] * 2),
         Step("GET", "task/count?projectID={project.ID}&name=All of {task.ID}")),
        lambda s: (s.answer.document == {"success": True} or s.answer.row == {"success": True})
        and s.answers[1].count == 2,
        (task(),),
    ),
    Change(
        "A bulk edit with atomic changes nothing where one row is refused.",
        Mark.DOC,
        "11.5",
        (Step("PUT", "task?atomic=true", [{"ID": "{task.ID}", "name": "No"}, {"ID": "{other.ID}", "status": "ZZZ"}]),
         *_NAME),
        lambda s: bool(s.answer.message) and _last(s, name="Measure", description=None),
        (task(), task("other")),
    ),
    Change(
        "More than 100 rows at once are refused, and none is made.",
        Mark.DOC,
        "11.5",
        (Step("POST", "task", [{"name": "Crowd", "projectID": "{project.ID}"}] * 101),
         Step("GET", "task/count?projectID={project.ID}&name=Crowd"), Step("GET", "task/count?projectID={project.ID}")),
        lambda s: "100 objects" in s.answer.message and s.answers[1].count == 0 < s.answers[2].count,
        (task(),),
    ),
    Change(
        "The planned dates of a task that is ASAP are not written.",
        Mark.SEEN,
        "11.3",
        (edit("task", _PINNED, plannedStartDate="2031-09-01T09:00:00", name="Later"), read("task", f"name,{_PINNED}")),
        lambda s: _last(s, name="Later", taskConstraint="ASAP")
        and at(s.answers[1].row["plannedStartDate"]) == at(s.value("task.plannedStartDate")),
        (task(fields=_PINNED),),
    ),
    Change(
        "An edit is stamped with its moment and who made it.",
        Mark.DOC,
        "14",
        (edit("task", "lastUpdateDate,lastUpdatedByID,entryDate", name="Stamped"),),
        lambda s: s.answer.row["lastUpdatedByID"] == s.value("me.ID")
        and at(s.answer.row["lastUpdateDate"]) >= at(s.answer.row["entryDate"]),
        (task(),),
    ),
)  # fmt: skip
