"""The condition language: a text becomes the condition that paths build, and back; a mistake is told with its place."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workfront_client import NOW, TODAY, USER, custom, days, exists, hours, not_exists, outer, raw, raw_parameters
from workfront_client import v22 as api
from workfront_client.v22 import Hour, Project, Task, TaskStatus, User
from workfront_core.errors import QueryError
from workfront_core.query.condition import FilterCondition
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.language.objects import model_named
from workfront_core.query.language.parsing import parse
from workfront_core.query.language.syntax_error import ConditionSyntaxError
from workfront_core.query.language.values import UnknownCodeWarning
from workfront_core.query.language.words import STATES, WORDS
from workfront_core.query.operators import Operator
from workfront_core.query.path import ObjectPath, member_names

f = Task.f


def sent(condition: FilterCondition[Any]) -> list[tuple[str, str]]:
    return list(parameters((condition,)))


def conditions_of_each_operator() -> Iterator[FilterCondition[Any]]:
    """Conditions that use every operator, each on every kind of field that has it."""
    for text in (f.name, custom("Region"), custom("Budget code", of=f.project)):
        yield from _on_text(text)
    yield from _on_numbers()
    yield from _on_times()
    yield from _on_codes_and_objects()


def _on_text(text: Any) -> Iterator[FilterCondition[Any]]:
    yield from (
        text == "it's",
        text != 'a "b" \\',
        text.differs("x"),
        text < "b",
        text >= "b",
        text <= "z",
        text > "",
    )
    yield from (text.in_(["a", "b"]), text.not_in(["a"]), text.iin_(["a"]), text.not_iin(["a", "b"]))
    yield from (
        text.between("a", "b"),
        text.not_between("a", "b"),
        text.ibetween("a", "b"),
        text.not_ibetween("a", "b"),
    )
    yield from (text.iequals("a"), text.idiffers("a"), text.contains("a"), text.not_contains("a"))
    yield from (text.icontains("a"), text.not_icontains("a"), text.icontains_any(["a", "b"]), text.like("a%_"))
    yield from (text.not_icontains_any(["a"]), text.icontains_all(["a", "b"]), text.not_icontains_all(["a"]))
    yield from (text.startswith("a"), text.istartswith("a"), text.endswith("a"), text.iendswith("a"))
    yield from (
        text.ilike("a%"),
        text.soundex("a"),
        text.is_blank(),
        text.not_blank(),
        text.is_null(),
        text.not_null(),
    )
    yield from (text.length < 3, text.length == 3, text.length > 3, text.length <= 3, text.length != 3)


def _on_numbers() -> Iterator[FilterCondition[Any]]:
    number = f.percent_complete
    for value in (0, -5, 1.25, 100_000):
        yield from (
            number == value,
            number != value,
            number < value,
            number.between(value, value + 1),
            number.in_([value, 7]),
        )
    yield from (
        number.any_bits(3),
        number.all_bits(3),
        number.no_bits(3),
        custom("Target") > 5,
        custom("Target").all_bits(1),
    )


def _on_times() -> Iterator[FilterCondition[Any]]:
    for time in (date(2026, 3, 18), datetime(2026, 3, 18, 12, 30, 1, 5000, tzinfo=UTC), TODAY, TODAY - days(7)):
        for path in (f.planned_completion_date, custom("Deadline"), f.project.planned_completion_date):
            yield from (path == time, path != time, path < time, path >= time, path.in_([time]), path.differs(time))
            yield path.between(time, time)
    yield from (
        f.entry_date > NOW - hours(2),
        f.entry_date < TODAY.begin_of("month"),
        f.entry_date < TODAY.end_of("week"),
    )


def _on_codes_and_objects() -> Iterator[FilterCondition[Any]]:
    yield from (f.is_critical == True, f.is_critical != False, f.is_critical.is_null())  # noqa: E712
    yield from (
        f.status == TaskStatus.NEW,
        f.status.in_(["NEW", "ZZZ"]),
        f.status != "INP",
        f.priority == 3,
        f.priority > 2,
    )
    yield from (f.assigned_to_id == USER.id, f.role_id.in_(USER.role_ids), f.assigned_to.is_null())
    yield from (
        f.actual_completion_date > f.planned_completion_date,
        f.name == custom("Alias"),
        custom("A") == custom("B"),
    )
    yield from (custom("Sizes").has_all(["S", "M"]), f.project.tasks.name == "a")
    yield from (Task.f.name == "$$USER.ID", f.name == "FIELDx", f.name == "today", f.name == "a\nb\tc")


def outcome_of(code: str, text: str) -> str:
    """The condition as it is written again, or what is said of it."""
    try:
        return str(api.parse(code, text))
    except ConditionSyntaxError as error:
        return error.message


def trees() -> Iterator[FilterCondition[Any]]:
    a, b, c = f.name == "a", f.percent_complete < 5, f.status == "NEW"
    yield from (a & b, a | b, ~a, a & (b | c), (a & b) | c, ~(a | b), ~(a & b) & c, a & b & c, a | b | c)
    hour = Hour.f.task_id == outer(f.id)
    yield from (
        exists(Hour, hour),
        not_exists(Hour, hour, Hour.f.hours > 2),
        exists(Hour, hour, (Hour.f.hours > 2)) & a,
    )
    yield exists(Hour, Hour.f.owner_id == outer(f.assigned_to.id), Hour.f.entry_date >= TODAY.begin_of("month"))
    yield from (raw("statusEquatesWith", "in", "CUR", "PLN"), raw("project:name", "eq", "x"), raw("name", "isnull"))


@pytest.mark.parametrize("condition", [*conditions_of_each_operator(), *trees()], ids=str)
def test_the_text_of_a_condition_is_the_condition_again(condition: FilterCondition[Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnknownCodeWarning)
        assert sent(parse(str(condition), Task)) == sent(condition)


def test_every_operator_and_every_word_is_written_and_read() -> None:
    used = {
        operator
        for condition in conditions_of_each_operator()
        for key, operator in sent(condition)
        if key.endswith("_Mod")
    }
    of_raw_filters_alone = {Operator.EQ}  # it travels without its name
    assert {str(operator) for operator in Operator} - used == {str(operator) for operator in of_raw_filters_alone}
    written = " ".join(str(condition) for condition in [*conditions_of_each_operator(), Project.f.name.is_blank()])
    of_lists = {"has", "hasany", "is true", "is false"}
    assert not [word for word in {**WORDS, **STATES} if word not in of_lists and f"{word} " not in f"{written} "]


def test_a_list_is_tested_by_its_entries() -> None:
    paths = api.Announcement.f.recipient_types
    for condition in (paths.has("a"), paths.has_any(["a", "b"])):
        assert sent(parse(str(condition), api.Announcement)) == sent(condition)
    assert str(paths.has("a")) == "recipientTypes has 'a'"


def test_what_the_language_has_no_word_for_shows_as_it_travels() -> None:
    assert str(raw("name", "clike", "x")) == "raw.name clike 'x'"
    assert "OR:1:status" in str(raw_parameters(("OR:1:status", "CUR")))


@pytest.mark.parametrize("code", list(api.OBJECTS))
def test_every_member_of_every_object_is_found_by_wire_and_by_python_name(code: str) -> None:
    model: Any = model_named(code, "workfront_client.v22")
    root = model.f
    kind: type = type(root)
    for name, python_name in member_names(kind).items():
        path = getattr(root, python_name)
        text = (
            f"exists {code} (ID = outer.ID and {name}.ID is null)"
            if isinstance(path, ObjectPath)
            else f"{name} is null"
        )
        found = outcome_of(code, text)
        unfiltered = "NOT_FILTERABLE" in found or "WRITE_ONLY" in found or "has no field ID" in found
        assert unfiltered or str(path).replace(":", ".") in found, text


@pytest.mark.parametrize("name", ["HOUR", "hour", "Hour", "documentFolder", "document_folder", "DOCFDR"])
def test_an_object_is_found_by_any_of_its_names(name: str) -> None:
    assert str(api.parse(name, "ID is not null")) == "ID is not null"


@pytest.mark.parametrize(
    ("text", "says", "marked"),
    [
        ("percentComplet < 100", "Task has no field percentComplet", "percentComplet"),
        ("Name = 'x'", "Did you mean name?", "Name"),
        ("assignedTo.fristName = 'x'", "User has no field fristName", "fristName"),
        ("assignedTo = 'Jo'", "assignedTo is an object", "'Jo'"),
        ("assignedTo < 'Jo'", "'<' does not apply", "<"),
        ("name.x = 'a'", "name is a field", "x"),
        ("name = Brief", "a text stands in quotes", "Brief"),
        ("status = INPROGRES", "Did you mean IN_PROGRESS?", "INPROGRES"),
        ("status = 5", "status has no value 5", "5"),
        ("priority = 'high'", "priority is a code", "'high'"),
        ("percentComplete = half", "percentComplete is a number", "half"),
        ("percentComplete = 'half'", "'half' is a text", "'half'"),
        ("percentComplete = true", "never true", "true"),
        ("percentComplete = today", "percentComplete takes a number", "percentComplete = today"),
        ("isCritical = 1", "Write true or false", "1"),
        ("isCritical < true", "It can be compared by = != differs in is", "<"),
        ("percentComplete contains 5", "'contains' does not apply", "contains"),
        ("name contains projectID", "projectID is a field", "projectID"),
        ("name = percentComplete", "percentComplete is a number", "percentComplete"),
        ("entryDate < 2026-02-30", "not in the calendar", "2026-02-30"),
        ("entryDate < 2026-03-18T25:00Z", "not in the calendar", "2026-03-18T25:00Z"),
        ("entryDate < 2026-03-18T12:00", "This time has no zone", "2026-03-18T12:00"),
        ("entryDate < '2026-03-18'", "without quotes", "'2026-03-18'"),
        ("entryDate < 12345TODAY-7d", "single quotes", "12345TODAY-7d"),
        ("entryDate < today - 7", "Write it like today - 7d", "7"),
        ("entryDate < start(week) - 1m", "by another unit than weeks", "start(week) - 1m"),
        ("entryDate < start(fortnight)", "The periods are day, week", "fortnight"),
        ("entryDate < $$TODAI", "not a wildcard", "$$TODAI"),
        ("assignedToID = my.homeTeamId", "Did you mean homeTeamID", "my.homeTeamId"),
        ("name = 'x' and", "Here a test is missing", ""),
        ("(name = 'x' or name = 'y'", "This parenthesis is not closed", "("),
        ("name = 'x')", "never opened", ")"),
        ("name = 'x' name = 'y'", "Join two tests with 'and' or 'or'", "name"),
        ("name", "Here a comparison is missing", ""),
        ("100 > percentComplete", "On the left of a comparison stands a field", "100"),
        ("'name' = 'x'", "Write the field's name: name.", "'name'"),
        ("name is 'x'", "Behind 'is' stands", "'x'"),
        ("status in NEW", "a list in parentheses", "NEW"),
        ("status in (NEW", "Here ) is missing", ""),
        ("status in ()", "Here a value is missing", ")"),
        ("percentComplete between 1, 9", "the upper end", ","),
        ("percentComplete between 9 and 1", "nothing lies between", "percentComplete between 9 and 1"),
        ("name containz 'x'", "Did you mean contains", "containz"),
        ("name = 'x", "This quote is not closed", "'x"),
        ("name = `x`", "has no meaning", "`"),
        ("project.* = 1", "has no meaning", "*"),
        ("parameterValues = 1", "all custom fields together; '=' does not apply", "="),
        ("DE:Budget code = 'A'", 'Write DE:"Budget code"', "DE:Budget code"),
        ("name.DE:Region = 'A'", "has no custom fields", "name.DE:Region"),
        ("not name like 'a%'", "not exists task (ID = outer.ID and name like 'a%')", "not name like 'a%'"),
        ("name not like 'a%'", "no opposite of 'like'", "name not like 'a%'"),
        ("length(percentComplete) = 1", "has no length", "length(percentComplete)"),
        ("length(name) = 'x'", "Write a whole number", "'x'"),
        ("project.portfolio.owner.manager.name = 'x'", "5 levels deep", None),
        ("exists huor (ownerID = outer.ID)", "Did you mean Hour?", "huor"),
        ("exists hour (hours > 2)", "how the rows belong together", "exists hour (hours > 2)"),
        ("exists hour (taskID > outer.ID)", "by = alone", ">"),
        ("projectID = outer.ID", "for one test of exists", "outer.ID"),
        ("", "The condition is empty", ""),
        ("   ", "The condition is empty", ""),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_write(text: str, says: str, marked: str | None) -> None:
    with pytest.raises(ConditionSyntaxError) as caught:
        parse(text, Task)
    assert says in str(caught.value)
    assert (caught.value.message, caught.value.hint) != ("", "")
    if marked is not None:
        assert text[caught.value.start : caught.value.end] == marked


def test_the_caret_stands_below_the_line_of_the_mistake() -> None:
    with pytest.raises(ConditionSyntaxError) as caught:
        parse("name = 'x'\n  and statu = NEW", Task)
    lines = str(caught.value).splitlines()
    assert lines[1:3] == ["    and statu = NEW", "        ^^^^^"]


def test_a_faults_place_survives_pickling() -> None:
    with pytest.raises(ConditionSyntaxError) as caught:
        parse("statu = NEW", Task)
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert (copy.text, copy.start, copy.end, str(copy)) == ("statu = NEW", 0, 5, str(caught.value))


@pytest.mark.parametrize(
    "text", ["(" * 60 + "name = 'x'" + ")" * 60, "not " * 60 + "name = 'x'", "~" * 2000 + "name = 'x'"]
)
def test_a_condition_that_is_too_deep_is_refused_before_it_is_too_deep_for_python(text: str) -> None:
    with pytest.raises(ConditionSyntaxError, match="more than 50 levels"):
        parse(text, Task)


def test_a_condition_that_is_too_long_is_refused_without_showing_all_of_it() -> None:
    with pytest.raises(ConditionSyntaxError, match="10,000") as caught:
        parse(f"name = '{'x' * 10_000}'", Task)
    assert len(str(caught.value)) < 300


def test_a_code_of_the_tenants_own_is_sent_with_a_warning() -> None:
    with pytest.warns(UnknownCodeWarning, match="status has no value 'HLD'"):
        assert sent(parse("status = 'HLD'", Task)) == [("status", "HLD")]


@pytest.mark.parametrize("spelling", ["INP", "'INP'", "inp", "'inp'", "'In Progress'", '"in progress"', "IN_PROGRESS"])
def test_a_code_is_taken_by_code_label_and_name(spelling: str) -> None:
    assert sent(parse(f"status = {spelling}", Task)) == [("status", "INP")]


@pytest.mark.parametrize("text", ["valuefield=name\ndisplayname=Name", "column.0.valuefield=name"])
def test_a_view_is_not_taken_for_a_filter(text: str) -> None:
    with pytest.raises(QueryError, match="a view or a grouping"):
        parse(text, Task)


def test_lines_of_the_language_are_not_taken_for_text_mode() -> None:
    assert sent(parse("name='a'\nand description='b'", Task)) == [("name", "a"), ("description", "b")]
    assert sent(parse("status=NEW\nname=a b", Task)) == [("status", "NEW"), ("name", "a b")]


@pytest.mark.parametrize("bad", [None, 5, ["name = 'x'"], b"name = 'x'"])
def test_what_is_not_a_text_is_refused(bad: Any) -> None:
    with pytest.raises(QueryError, match="takes the text of a condition"):
        parse(bad, Task)
    with pytest.raises(QueryError, match=r"takes the class|given by its name"):
        parse("name = 'x'", bad)
    with pytest.raises(QueryError, match="takes the text of a condition"):
        api.parse("task", bad)


def test_an_unknown_object_is_told_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="There is no object 'tsk'"):
        api.parse("tsk", "name = 'x'")


def test_a_condition_of_a_text_keeps_to_its_object() -> None:
    with pytest.raises(QueryError, match="belongs to Task"):
        exists(User, User.f.id == outer(f.assigned_to_id), parse("name = 'x'", Task))  # type: ignore[misc]
