"""Facts about writes that are refused: status, words, and that nothing changed. docs/protocol.md 5.2."""

from __future__ import annotations

from typing import Any, Final

from workfront_testing.conformance.answer import as_row
from workfront_testing.conformance.check import Mark, Observed
from workfront_testing.conformance.writing.change import Change
from workfront_testing.conformance.writing.confinement import NOBODY
from workfront_testing.conformance.writing.step import Step, act, edit, issue, read, task

_AFTER: Final = read("task", "name")


def _refused(seen: Observed, *words: str) -> bool:
    """Returns whether the first answer is an error with these words, and a read behind it shows the old name."""
    kept = [answer.row.get("name") for answer in seen.answers[1:]]
    said = all(word in seen.answer.message for word in words) and bool(seen.answer.message)
    return said and seen.answer.status == 422 and all(name in ("Measure", "Leak") for name in kept)


def _edit(rule: str, *words: str, **values: Any) -> Change:
    """Returns the fact that an edit with a value that cannot be is refused whole."""
    return Change(
        rule, Mark.SEEN, "5.2", (edit("task", name="No", **values), _AFTER),
        lambda s: _refused(s, *words), (task(),),
    )  # fmt: skip


def _is_kept(seen: Observed) -> bool:
    return bool(seen.answers[-1].row["name"] == "Measure")


CHANGES: Final = (
    _edit("An unknown field in an edit is refused, and nothing changes.", "does not support field noSuchField (Task)",
          noSuchField="x"),
    _edit("Text for a number is refused, and nothing changes.", 'For input string: "half"', percentComplete="half"),
    _edit("Text for a moment is refused, and nothing changes.", 'Unparseable date: "tomorrow"',
          commitDate="tomorrow"),
    Change(
        "A value that refers to no row is refused in the words for a row that is not there, and nothing changes.",
        Mark.SEEN,
        "5.2",
        (edit("task", name="No", assignedToID=NOBODY), _AFTER),
        lambda s: f'with primary key value(s) "{NOBODY}" not found' in s.answer.message and _is_kept(s),
        (task(),),
    ),
    Change(
        "A custom field that nobody defined is refused, and nothing changes.",
        Mark.SEEN,
        "5.2",
        (Step("PUT", "task/{task.ID}", {"name": "No", "DE:no such field of conform": "x"}), _AFTER),
        lambda s: "not found" in s.answer.message and _is_kept(s),
        (task(),),
    ),
    Change(
        "An unknown field in a create is refused.",
        Mark.SEEN,
        "5.2",
        (task(noSuchField="x"),),
        lambda s: _refused(s, "does not support field noSuchField (Task)"),
    ),
    Change(
        "An edit never creates: an ID that does not exist fails.",
        Mark.DOC,
        "11.3",
        (Step("PUT", "task", [{"ID": "{task.ID}", "name": "Yes"}, {"ID": NOBODY, "name": "No"}]), read("task", "name")),
        lambda s: "not found" in s.answer.message and s.answers[1].row["name"] in ("Yes", "Measure"),
        (task(),),
    ),
    Change(
        "The text of an unknown ID names the object and the ID.",
        Mark.SEEN,
        "5.2",
        (Step("GET", f"task/{NOBODY}"),),
        lambda s: s.answer.message == f'Task with primary key value(s) "{NOBODY}" not found',
    ),
    Change(
        "An unknown action is refused.",
        Mark.SEEN,
        "5.2",
        (act("task", "noSuchAction"),),
        lambda s: _refused(s, "does not support action noSuchAction (TASK)"),
        (task(),),
    ),
    Change(
        "An unknown argument of an action is refused, and nothing happens.",
        Mark.SEEN,
        "5.2",
        (act("task", "move", projectID="{project.ID}", IDs="x"), _AFTER),
        lambda s: _refused(s, "action move does not support argument named IDs"),
        (task(),),
    ),
    Change(
        "Text for a list in an action is refused.",
        Mark.SEEN,
        "5.2",
        (act("task", "assignMultiple", userIDs="x"), _AFTER),
        lambda s: _refused(s, "argument type mismatch"),
        (task(),),
    ),
    Change(
        "Text for a map in an action is refused.",
        Mark.SEEN,
        "5.2",
        (act("optask:issue", "convertToTask", task="x"), read("optask:issue", "name")),
        lambda s: _refused(s, "class java.lang.String cannot be cast to class java.util.Map"),
        (issue(),),
    ),
    Change(
        "An assignment to a user who does not exist is refused.",
        Mark.SEEN,
        "5.2",
        (act("task", "assign", objID=NOBODY, objCode="USER"), read("task", "name,assignments")),
        lambda s: "not found" in s.answer.message and s.answers[1].row["assignments"] == [],
        (task(),),
    ),
    Change(
        "A move to a project that does not exist is refused, and nothing moves.",
        Mark.SEEN,
        "5.2",
        (act("task", "move", projectID=NOBODY), read("task", "name,projectID")),
        lambda s: "not found" in s.answer.message and s.answers[1].row["projectID"] == s.value("project.ID"),
        (task(),),
    ),
    Change(
        "A note needs the object it stands on.",
        Mark.SEEN,
        "11.1",
        (Step("POST", "note", {"noteText": "Dug", "noteObjCode": "TASK", "objID": "{task.ID}"}),
         Step("POST", "note", {"noteText": "Dug", "objID": "{task.ID}"})),
        lambda s: s.answers[0].is_success and bool(s.answers[0].row) and bool(s.answers[1].message),
        (task(),),
    ),
    Change(
        "A row that was deleted is told by a key.",
        Mark.SEEN,
        "5.2",
        (Step("DELETE", "task?id={task.ID}"), Step("GET", "task/{task.ID}")),
        lambda s: s.answers[0].is_success
        and as_row(s.answers[1].members.get("error")).get("msgKey") == "exception.norecordfound",
        (task(),),
    ),
    Change(
        "A deletion of a row that does not exist is refused.",
        Mark.DOC,
        "5.2",
        (Step("DELETE", "task?id={task.ID}"), Step("DELETE", "task?id={task.ID}")),
        lambda s: s.answers[0].is_success and bool(s.answers[0].document) and s.answers[1].status == 404
        and "not found" in s.answers[1].message,
        (task(),),
    ),
)  # fmt: skip
