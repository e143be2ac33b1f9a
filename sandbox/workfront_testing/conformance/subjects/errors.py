"""What errors look like, and what is refused. docs/protocol.md 5.2."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.answer import as_row
from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import every, refused

_UNKNOWN: Final = ("task/search?fields=noSuchField",)


def _is_error(seen: Observed) -> bool:
    error = as_row(seen.answer.members.get("error"))
    return "noSuchField" in str(error.get("message"))


def _is_json(seen: Observed) -> bool:
    return "json" in seen.answer.content_type and bool(seen.answer.message)


CHECKS: Final = (
    Check("An error is an object under error, with a message.", Mark.DOC, "5.2", _UNKNOWN, _is_error),
    Check(
        "An answer with an error has no data.",
        Mark.DOC,
        "5.2",
        _UNKNOWN,
        every(_is_error, lambda s: "data" not in s.answer.members),
    ),
    Check("An error is JSON by its header.", Mark.DOC, "5.2", _UNKNOWN, _is_json),
    Check("An unknown field is 422.", Mark.DOC, "5.2", _UNKNOWN, refused("does not support field", status=422)),
    Check(
        "An unknown filter is 422.",
        Mark.DOC,
        "5.2",
        ("task/search?noSuchField=1",),
        refused("does not support field", status=422),
    ),
    Check(
        "An unknown named query is 422.",
        Mark.INFERRED,
        "5.2",
        ("task/noSuchQuery",),
        refused("does not support namedQuery", status=422),
    ),
    Check(
        "The text of an unknown query names the objCode.",
        Mark.SEEN,
        "5.2",
        ("ctgy/noSuchQuery",),
        refused("does not support namedQuery noSuchQuery (CTGY)"),
    ),
    Check(
        "The text of an unknown query names the version.",
        Mark.SEEN,
        "5.2",
        ("task/noSuchQuery",),
        lambda s: s.answer.message.startswith(f"APIModel {s.version.upper().replace('.', '_')} "),
    ),
    Check(
        "GET on an action is read as a named query and refused.",
        Mark.SEEN,
        "11.6",
        ("task/{task.ID}/calculateDataExtension", "task/calculateDataExtension"),
        lambda s: all("namedQuery" in answer.message for answer in s.answers[1:]) and not s.answer.is_success,
    ),
    Check(
        "Journal entries are not filtered by objCode.",
        Mark.SEEN,
        "8.1",
        ("jrnle/search?objCode=TASK",),
        refused('Search Parameter value "objCode"'),
    ),
    Check(
        "Projects are not filtered by isTemplate.",
        Mark.SEEN,
        "8.1",
        ("proj/search?isTemplate=false",),
        refused('Search Parameter value "isTemplate"'),
    ),
    Check(
        "Preferences are not listed.",
        Mark.SEEN,
        "8.1",
        ("custpr/search", "user?id=$$USER"),
        every(refused(), lambda s: bool(s.answers[1].row)),
    ),
    Check(
        "A page too large is 422.",
        Mark.INFERRED,
        "5.2",
        ("task/search?$$LIMIT=2001",),
        refused("greater than the maximum", status=422),
    ),
    Check(
        "The fields of issues are told by their object's name.",
        Mark.SEEN,
        "5.2",
        ("optask/search?fields=noSuchField",),
        refused("does not support field noSuchField (OpTask)"),
    ),
    Check(
        "A field of a related object is told by that object's name.",
        Mark.INFERRED,
        "5.2",
        ("task/search?fields=project:noSuchField",),
        refused("does not support field noSuchField (Project)"),
    ),
    Check(
        "A secondary object does not answer by itself.",
        Mark.SEEN,
        "5.2",
        ("nonwkd/search",),
        refused("NONWKD is not a top level object"),
    ),
    Check(
        "A secondary object called by itself is 422.",
        Mark.SEEN,
        "5.2",
        ("nonwkd/search",),
        refused("not a top level object", status=422),
    ),
    Check(
        "The text of a wrong number has the text.",
        Mark.SEEN,
        "5.2",
        ("task/search?priority=high",),
        refused('For input string: "high"'),
    ),
    Check(
        "The text of a wrong moment has the text.",
        Mark.SEEN,
        "5.2",
        ("task/search?entryDate=sometime",),
        refused('Unparseable date: "sometime"'),
    ),
    Check(
        "A path with too many parts names the fault.",
        Mark.SEEN,
        "5.2",
        ("proj/{project.ID}/tasks/more",),
        refused("too many parts"),
    ),
    Check(
        "Sorting by an unknown field is refused.",
        Mark.INFERRED,
        "7.4",
        ("task/search?noSuchField_Sort=asc",),
        refused("noSuchField"),
    ),
)
