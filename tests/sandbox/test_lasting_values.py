"""What is written is there after others wrote and everything was computed anew, or it was refused in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.test_kinds import OWN, REFUSAL, SCHEMA, VERSIONS, asker, reachable, read, refusals, value_of
from workfront_sandbox.schema.catalogue import ObjectSchema
from workfront_sandbox.schema.following import OF_SUBTASKS, OF_TASKS
from workfront_sandbox.writing.defaults import IGNORED
from workfront_schema.snapshot import Field

START = "2027-05-10T09:00:00:000+0000"
MIA = f"{0xA1:032x}"
BY_HAND = {("TASK", "plannedStartDate"), ("TASK", "plannedCompletionDate")}
"""Dates that stay until the timeline is computed: docs/protocol.md 11.3."""
OTHER_THAN_WRITTEN = {("PARAM", "dataType"), ("PARAM", "displayType")}
"""Kinds that become others: docs/protocol.md 10."""


@pytest.fixture(params=VERSIONS, ids="v{}".format)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def world(version: int, **options: Any) -> tuple[Asker, Mapping[str, tuple[str, str]]]:
    """A sandbox with a project under way, and type and ID of its rows, by what they are."""
    seed = {"me": MIA, "USER": [{"ID": MIA, "name": "Mia", "roleID": OWN}], "ROLE": [{"ID": OWN}]}
    ask = asker(version, seed, **options)

    def made(code: str, **values: Any) -> str:
        return str(ask("POST", code, json_body=values)["ID"])

    plan = made("PROJ", name="plan", plannedStartDate=START)
    first = made("TASK", name="first", projectID=plan)
    parent = made("TASK", name="parent", projectID=plan)
    work = {"durationType": "S", "workRequired": 480, "assignedToID": MIA}
    child = made("TASK", name="child", projectID=plan, parentID=parent, **work)
    issue = made("OPTASK", name="issue", projectID=plan)
    rows = {
        "first task": ("TASK", first),
        "project": ("PROJ", plan),
        "empty project": ("PROJ", made("PROJ", name="empty", plannedStartDate=START)),
        "parent": ("TASK", parent),
        "task": ("TASK", child),
        "other task": ("TASK", made("TASK", name="other", projectID=plan)),
        "issue": ("OPTASK", issue),
        "hour": ("HOUR", made("HOUR", taskID=child, hours=2)),
        "expense": ("EXPNS", made("EXPNS", taskID=child, plannedAmount=5, actualAmount=3)),
        "assignment": ("ASSGN", str(ask("GET", "ASSGN/search", {"taskID": child})[0]["ID"])),
    }
    return ask, rows


def stir(ask: Asker, rows: Mapping[str, tuple[str, str]]) -> None:
    """Writes to other fields and other rows, and has everything computed anew."""
    for code, row_id in rows.values():
        if code in {"PROJ", "TASK", "OPTASK", "EXPNS"}:
            ask.reply("PUT", f"{code}/{row_id}", json_body={"description": "stirred"})
    plan, task, issue = rows["project"][1], rows["task"][1], rows["issue"][1]
    ask("DELETE", f"TASK/{rows['first task'][1]}")
    for values in ({"taskID": task}, {"opTaskID": issue}, {"projectID": plan}):
        ask.reply("POST", "HOUR", json_body={**values, "hours": 1})
    ask.reply("POST", "EXPNS", json_body={"taskID": task, "plannedAmount": 7, "actualAmount": 9, "isBillable": True})
    ask.reply("POST", "NOTE", json_body={"noteText": "x", "noteObjCode": "TASK", "objID": task})
    ask.reply("POST", "TASK", json_body={"name": "late", "projectID": plan})
    for name in ("project", "empty project"):
        for action in ("calculateTimeline", "calculateFinance"):
            ask.reply("PUT", f"PROJ/{rows[name][1]}/{action}")


def values_of(described: ObjectSchema) -> Iterator[tuple[Field, Any]]:
    """Every plain field that a write may name, with a value for it."""
    for item in described.fields.values():
        plain = not {"READ_ONLY", "WRITE_ONLY"} & set(item.flags) and not item.name.endswith(("ID", "IDs", "ObjCode"))
        pair = (described.code, item.name)
        if plain and pair not in BY_HAND | OTHER_THAN_WRITTEN | IGNORED and item.name not in {"name", "description"}:
            yield item, value_of(item)


WORLD_ROWS = ("project", "empty project", "parent", "task", "other task", "issue", "hour", "expense", "assignment")


@pytest.mark.parametrize("which", WORLD_ROWS)
def test_what_is_written_to_work_is_there_after_everything_was_computed_anew(version: int, which: str) -> None:
    fields = {item.name: value for item, value in values_of(SCHEMA.at(version).objects[world(version)[1][which][0]])}
    ask, rows = world(version)
    path = "/".join(rows[which])
    there = ask("GET", path, {"fields": ",".join(fields)})
    other = {name: value for name, value in fields.items() if there[name] != value}
    taken = {
        name: value for name, value in other.items() if not refusals(ask.reply("PUT", path, json_body={name: value}))
    }
    suspects = changed(version, which, taken, one_by_one=False)
    assert [name for name in suspects if changed(version, which, {name: taken[name]}, one_by_one=True)] == []
    assert 0 < len(taken) < len(other)


def changed(version: int, which: str, values: Mapping[str, Any], *, one_by_one: bool) -> list[str]:
    """The fields that have another value than the one that was written, after everything was computed anew."""
    ask, rows = world(version)
    path = "/".join(rows[which])
    for name, value in values.items():
        reply = ask.reply("PUT", path, json_body={name: value})
        if one_by_one and read_of(ask, path, name) != value:
            return [f"{name} at once: {refusals(reply)}"]
    stir(ask, rows)
    row = ask("GET", path, {"fields": ",".join(values)})
    return [name for name, value in values.items() if row[name] != value]


def read_of(ask: Asker, path: str, name: str) -> Any:
    """One field of a row."""
    return ask("GET", path, {"fields": name})[name]


def test_what_is_written_to_any_type_is_there_after_another_field_was_written(version: int) -> None:
    lost: list[str] = []
    tried = 0
    for described in reachable(version, "edit", "search"):
        fields = list(values_of(described))
        ask = asker(version, {described.code: [{"ID": OWN}]})
        for item, value in fields:
            if refusals(ask.reply("PUT", f"{described.code}/{OWN}", json_body={item.name: value})):
                continue
            other = next((pair for pair in fields if pair[0].name.startswith("ext") and pair[0] != item), None)
            if other is not None:
                ask.reply("PUT", f"{described.code}/{OWN}", json_body={other[0].name: other[1]})
            tried += 1
            if (there := read(ask, described, item.name)[item.name]) != value:
                lost.append(f"{described.code}.{item.name}: {there} for {value}")
    assert tried > 700
    assert lost == []


@pytest.mark.parametrize("empty", [None, "another"])
def test_the_stamp_of_the_last_write_is_not_written(version: int, empty: str | None) -> None:
    for described in reachable(version, "edit", "search"):
        if "lastUpdateDate" not in described.fields:
            continue
        ask = asker(version, {described.code: [{"ID": OWN, "lastUpdateDate": START}]})
        value = empty and "2027-05-12T09:00:00:000+0000"
        reply = ask.reply("PUT", f"{described.code}/{OWN}", json_body={"lastUpdateDate": value})
        assert refusals(reply).endswith(f"A value of one's own for it: {REFUSAL}"), described.code
        assert refusals(ask.reply("PUT", f"{described.code}/{OWN}", json_body={"lastUpdateDate": START})) == ""


def test_the_words_say_what_computes_a_field_and_what_to_write_instead() -> None:
    ask, rows = world(22)
    task, plan = (
        ask.refused("PUT", "/".join(rows[which]), json_body={"actualCost": 5}) for which in ("task", "project")
    )
    text = "is summed up from hours, expenses, assignments and their rates: write those"
    assert task == (422, f"actualCost (Task) {text}. A value of one's own for it: {REFUSAL}")
    assert plan == (422, f"actualCost (Project) {text}. A value of one's own for it: {REFUSAL}")


@pytest.mark.parametrize(("which", "names"), [("parent", OF_SUBTASKS), ("project", OF_TASKS)])
def test_a_row_is_written_whole_with_what_follows_from_rows_below_it(which: str, names: frozenset[str]) -> None:
    ask, rows = world(22)
    code, row_id = rows[which]
    shown = sorted(names - {"durationExpression"})
    row = ask("GET", f"{code}/{row_id}", {"fields": ",".join(shown)})
    there = {name: row[name] for name in shown if row[name] is not None}
    assert refusals(ask.reply("PUT", f"{code}/{row_id}", json_body=there)) == ""


def test_a_condition_that_is_set_by_hand_is_taken_with_its_type() -> None:
    ask, rows = world(22)
    path = "/".join(rows["project"])
    new = {"name": "new", "condition": "AR"}
    for method, place, body in (("PUT", path, {}), ("PUT", "/".join(rows["empty project"]), {}), ("POST", "PROJ", new)):
        assert "conditionType MN" in ask.refused(method, place, json_body={**body, "condition": "AR"})[1]
    by_hand = ask("POST", "PROJ", {"fields": "condition"}, json_body={**new, "conditionType": "MN"})
    assert by_hand["condition"] == "AR"
    assert "write theirs" in ask.refused("POST", "PROJ", json_body={"name": "new", "percentComplete": 5})[1]
    ask("POST", "PROJ", json_body={"name": "new", "percentComplete": 0, "condition": "ON"})
    ask("PUT", path, json_body={"condition": "AR", "conditionType": "MN"})
    stir(ask, rows)
    assert ask("GET", path, {"fields": "condition"})["condition"] == "AR"


def test_what_is_not_taken_is_left_out_where_effects_are_ignored() -> None:
    ask, rows = world(22, effects="ignore")
    path = "/".join(rows["parent"])
    before = ask("GET", path, {"fields": "duration,percentComplete,actualCost"})
    ask("PUT", path, json_body={"duration": 77, "percentComplete": 3, "actualCost": 4})
    assert ask("GET", path, {"fields": "duration,percentComplete,actualCost"}) == before


@pytest.mark.parametrize("which", ["task", "other task", "issue"])
def test_work_that_is_open_was_not_completed_at_any_moment(which: str) -> None:
    ask, rows = world(22)
    code, path = rows[which][0], "/".join(rows[which])
    done = {"TASK": "CPL", "OPTASK": "CLS"}[code]
    text = ask.refused("PUT", path, json_body={"actualCompletionDate": START})[1]
    assert f"write the status {done} as well" in text
    new = {"name": "new", "projectID": rows["project"][1], "actualCompletionDate": START}
    assert ask.refused("POST", code, json_body=new)[1] == text
    ask("PUT", path, json_body={"actualCompletionDate": START, "status": done})
    later = {"actualCompletionDate": "2027-05-11T09:00:00:000+0000"}
    ask("PUT", path, json_body=later)
    assert read_of(ask, path, "actualCompletionDate")[:10] == "2027-05-11"
    made = ask("POST", code, json_body={**new, "status": done})
    assert read_of(ask, f"{code}/{made['ID']}", "actualCompletionDate") == START


@pytest.mark.parametrize("which", ["task", "parent", "issue"])
def test_work_that_becomes_a_project_brings_nothing_that_would_be_lost(which: str) -> None:
    ask, rows = world(22)
    code, row_id = rows[which]
    values = {"status": "INP", "description": "how"} | ({} if which == "parent" else {"workRequired": 120})
    ask("PUT", f"{code}/{row_id}", json_body=values)
    made = ask("PUT", f"{code}/{row_id}/convertToProject", json_body={"project": {"name": "grown"}})["result"]
    assert ask("GET", f"PROJ/{made}", {"fields": "name,description"})["description"] == "how"


def test_an_issue_that_becomes_a_task_brings_its_work() -> None:
    ask, rows = world(22)
    path = "/".join(rows["issue"])
    ask("PUT", path, json_body={"workRequired": 120, "assignments": [{"assignedToID": ask.sandbox.tenant.me}]})
    made = ask("PUT", f"{path}/convertToTask", json_body={"task": {"name": "grown"}})["result"]
    assert read_of(ask, f"TASK/{made}", "workRequired") == 120


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("TASK", "wbs", "parentID"),
        ("TASK", "taskNumber", "parentID"),
        ("TTSK", "taskNumber", "parentID"),
        ("TASK", "originalDuration", "became a parent"),
        ("TASK", "convertedOpTaskName", "convertToTask"),
        ("PROJ", "convertedOpTaskName", "convertToProject"),
        *((code, "previousStatus", "approveApproval") for code in ("PROJ", "TASK", "OPTASK")),
        *((code, "submittedByID", "approveApproval") for code in ("PROJ", "TASK", "OPTASK")),
        *((code, "lastNoteID", "write a NOTE") for code in ("PROJ", "TASK", "OPTASK", "DOCU", "TMPL", "TTSK")),
        ("HOUR", "approvedByID", "unapprove"),
        ("DOCU", "checkedOutByID", "checkOut"),
        ("DOCU", "lastVersionNum", "add a version"),
        ("NOTE", "threadID", "parentNoteID"),
        ("TSHET", "totalHours", "hours of the timesheet"),
    ],
)
def test_what_only_calls_of_their_own_change_is_not_written(version: int, code: str, name: str, words: str) -> None:
    ask = asker(version, {code: [{"ID": OWN}], "USER": [{"ID": OWN}], "NOTE": [{"ID": OWN}]})
    described = SCHEMA.at(version).objects[code]
    value = OWN if name.endswith("ID") else value_of(described.fields[name])
    before = ask.sandbox.rows(code)
    for method, path in (("PUT", f"{code}/{OWN}"), ("POST", code)):
        text = refusals(ask.reply(method, path, json_body={name: value}))
        assert name in text, (method, text)
        assert words in text, (method, text)
    assert ask.sandbox.rows(code) == before
