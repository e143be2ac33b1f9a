"""The demo tenant: every reference leads somewhere, sums are right, and it grows as told."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest

from workfront_sandbox import Clock, HttpRequest, Sandbox, demo

NOW = datetime(2027, 5, 12, 10, 30, tzinfo=UTC)


def seeded(scale: int = 1, now: datetime = NOW, **options: Any) -> Sandbox:
    sandbox = Sandbox(clock=Clock(now))
    demo.seed(sandbox, scale, **options)
    return sandbox


@pytest.fixture(scope="module")
def tenant() -> Sandbox:
    return seeded()


def everything(sandbox: Sandbox) -> dict[str, list[dict[str, Any]]]:
    return {code: sandbox.rows(code) for code in sandbox.tenant.store.codes}


def ask(sandbox: Sandbox, path: str, query: str = "") -> Any:
    reply = sandbox.answer(HttpRequest("GET", f"/attask/api/v22.0/{path}", query, {"sessionid": "any"}))
    assert reply.status == 200, reply.body
    return json.loads(reply.body)["data"]


def test_every_reference_leads_to_a_row(tenant: Sandbox) -> None:
    schema = tenant.tenant.catalogue.newest
    rows = everything(tenant)
    ids = {code: {row["ID"] for row in found} for code, found in rows.items()}
    followed = Counter[str]()
    for code, found in rows.items():
        for join in schema.objects[code].references.values():
            if join.near is None:
                continue
            for row in found:
                if row.get(join.near):
                    assert row[join.near] in ids[join.target], (code, join.name, row)
                    followed[code] += 1
    assert set(rows) - set(followed) == {"CUST"}
    assert sum(followed.values()) > 10_000


def test_every_id_by_type_and_object_leads_to_a_row(tenant: Sandbox) -> None:
    ids = {code: {row["ID"] for row in found} for code, found in everything(tenant).items()}
    pairs = {"OBJCAT": ("objObjCode", "objID"), "DOCU": ("docObjCode", "objID"), "NOTE": ("noteObjCode", "objID"),
             "ACSRUL": ("accessorObjCode", "accessorID")}  # fmt: skip
    for code, (kind, key) in pairs.items():
        assert tenant.rows(code)
        assert all(row[key] in ids[row[kind]] for row in tenant.rows(code)), code


def test_only_fields_of_the_metadata_are_filled(tenant: Sandbox) -> None:
    schema = tenant.tenant.catalogue.newest
    custom = {row["name"] for row in tenant.rows("PARAM")}
    for code, found in everything(tenant).items():
        known = set(schema.objects[code].fields)
        joins = [*schema.objects[code].references.values(), *schema.collections(code).values()]
        tied = {join.near or join.list_field for join in joins}
        for row in found:
            plain = {name for name in row if not name.startswith("DE:")}
            assert plain <= known | tied | {"ID"}, (code, plain - known)
            assert {name[3:] for name in row if name.startswith("DE:")} <= custom


def test_codes_are_among_those_the_tenant_has(tenant: Sandbox) -> None:
    schema = tenant.tenant.catalogue.newest
    own = {(row["enumClass"], row["value"]) for row in tenant.rows("CSTEM")}
    for code, found in everything(tenant).items():
        for name, described in schema.objects[code].fields.items():
            if not described.values or code == "CSTEM":
                continue
            base = {item.value for item in described.values}
            for row in found:
                value = row.get(name)
                if value is None or isinstance(value, list):
                    continue
                bare = value.removesuffix(":A") if isinstance(value, str) else value
                assert bare in base or (f"{name}_{code}".upper(), bare) in own, (code, name, value)


def test_dates_are_written_as_the_api_writes_them(tenant: Sandbox) -> None:
    task = next(row for row in tenant.rows("TASK") if row["wbs"] == "1.1")
    assert task["plannedStartDate"].endswith("T09:00:00:000+0000")
    assert len(tenant.rows("HOUR")[0]["entryDate"]) == len("2027-05-12")
    for code, found in everything(tenant).items():
        assert all(tenant.tenant.written(code, row) == row for row in found), code


def test_hours_add_up_in_tasks_issues_projects_and_timesheets(tenant: Sandbox) -> None:
    spent: defaultdict[str, float] = defaultdict(float)
    for hour in tenant.rows("HOUR"):
        for key in ("taskID", "opTaskID", "projectID", "timesheetID"):
            if hour.get(key):
                spent[hour[key]] += hour["hours"]
    for task in tenant.rows("TASK"):
        if not task["numberOfChildren"]:
            assert task["actualWorkRequired"] == spent[task["ID"]] * 60
    for code in ("OPTASK", "PROJ"):
        assert all(row["actualWorkRequired"] == spent[row["ID"]] * 60 for row in tenant.rows(code))
    assert all(row["totalHours"] == spent[row["ID"]] > 0 for row in tenant.rows("TSHET"))
    assert sum(row["hours"] for row in tenant.rows("HOUR")) > 1000


def test_parents_show_the_work_of_their_parts(tenant: Sandbox) -> None:
    parts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for task in tenant.rows("TASK"):
        parts[task["parentID"] or task["projectID"]].append(task)
    owners = [row for row in tenant.rows("TASK") if row["numberOfChildren"]] + tenant.rows("PROJ")
    for owner in owners:
        inner = parts[owner["ID"]]
        assert owner["workRequired"] == sum(task["workRequired"] for task in inner)
        assert owner.get("numberOfChildren", len(inner)) == len(inner)
        assert owner["plannedStartDate"] == min(task["plannedStartDate"] for task in inner)
        assert owner["plannedCompletionDate"] == max(task["plannedCompletionDate"] for task in inner)
    for project in tenant.rows("PROJ"):
        assert project["totalTaskCount"] == sum(row["projectID"] == project["ID"] for row in tenant.rows("TASK"))


def test_the_work_breakdown_is_numbered_without_gaps(tenant: Sandbox) -> None:
    by_id = {row["ID"]: row for row in tenant.rows("TASK")}
    deepest = 0
    for project in tenant.rows("PROJ"):
        tasks = [row for row in tenant.rows("TASK") if row["projectID"] == project["ID"]]
        assert sorted(row["taskNumber"] for row in tasks) == list(range(1, len(tasks) + 1))
        assert len({row["wbs"] for row in tasks}) == len(tasks)
        for row in tasks:
            above = by_id[row["parentID"]]["wbs"] + "." if row["parentID"] else ""
            assert row["wbs"].startswith(above)
            deepest = max(deepest, row["wbs"].count(".") + 1)
    assert deepest == 3


def test_a_task_starts_after_the_tasks_it_follows(tenant: Sandbox) -> None:
    by_id = {row["ID"]: row for row in tenant.rows("TASK")}
    links = tenant.rows("PRED")
    assert len(links) > 500
    for link in links:
        before, after = by_id[link["predecessorID"]], by_id[link["successorID"]]
        assert before["projectID"] == after["projectID"]
        assert before["plannedCompletionDate"] < after["plannedStartDate"]


def test_progress_fits_the_day(tenant: Sandbox) -> None:
    now = tenant.clock.wire()
    states = Counter(row["status"] for row in tenant.rows("TASK"))
    assert states["NEW"] > 100
    assert states["CPL"] > 100
    assert states["INP"] > 10
    assert {"CPL:A", "REV"} <= set(states)
    for task in tenant.rows("TASK"):
        if task["status"] == "NEW":
            assert task["percentComplete"] == 0
        if task["status"] in {"CPL", "CPL:A"}:
            assert task["percentComplete"] == 100
            assert task["actualCompletionDate"] <= now
    assert all(row["entryDate"] < now[:10] for row in tenant.rows("HOUR"))
    assert all(row["entryDate"] <= now for row in tenant.rows("OPTASK") + tenant.rows("NOTE"))


def test_the_caller_has_work_and_projects(tenant: Sandbox) -> None:
    assert ask(tenant, "work/myWork")
    assert ask(tenant, "proj/count", "ownerID=$$USER.ID")["count"] >= 6
    (me,) = ask(tenant, "user/search", "ID=$$USER.ID&fields=role:name,homeTeam:name,teams:name,accessLevel:name")
    assert me["role"]["name"] == "Project manager"
    assert me["teams"][0]["name"] == me["homeTeam"]["name"] == "Planning"
    assert me["accessLevel"]["name"] == "System Administrator"


def test_custom_fields_can_be_searched_and_read(tenant: Sandbox) -> None:
    found = ask(tenant, "proj/search", "DE:Expected%20reach=300000&DE:Expected%20reach_Mod=gte&fields=DE:Channels")
    assert found
    assert all(isinstance(row["DE:Channels"], list | str) for row in found)
    forms = ask(tenant, "proj/" + found[0]["ID"], "fields=category:name,objectCategories:category:name")
    assert forms["category"]["name"] == forms["objectCategories"][0]["category"]["name"] == "Campaign brief"


def test_documents_can_be_downloaded(tenant: Sandbox) -> None:
    document = tenant.rows("DOCU")[0]
    path, _, query = document["downloadURL"].partition("?")
    reply = tenant.answer(HttpRequest("GET", path, query, {"sessionid": "any"}))
    version = next(row for row in tenant.rows("DOCV") if row["ID"] == document["currentVersionID"])
    assert reply.status == 200
    assert len(reply.body) == version["docSize"] > 0


def test_people_and_projects_have_names_of_their_own() -> None:
    draft = demo.drawn(NOW, "me", "customer", 20)
    for code, name in (("USER", "username"), ("PROJ", "name"), ("PRGM", "name"), ("PORT", "name")):
        names = Counter(row[name] for row in draft.of(code))
        assert max(names.values()) == 1, (code, names.most_common(1))


def test_the_same_seed_gives_the_same_rows() -> None:
    one, two = (demo.drawn(NOW, "me", "customer") for _ in range(2))
    assert one.rows == two.rows
    assert one.content == two.content
    assert demo.drawn(NOW, "me", "customer", chance=8).rows != one.rows


def test_it_is_the_same_all_day_and_moves_with_the_weeks() -> None:
    early = demo.drawn(NOW.replace(hour=1), "me", "customer")
    late = demo.drawn(NOW.replace(hour=23), "me", "customer")
    assert early.rows == late.rows
    later = demo.drawn(NOW + timedelta(days=21), "me", "customer")
    assert [row["name"] for row in later.of("TASK")] == [row["name"] for row in early.of("TASK")]
    assert later.of("PROJ")[0]["plannedStartDate"] > early.of("PROJ")[0]["plannedStartDate"]


@pytest.mark.parametrize("day", range(7))
def test_it_can_be_laid_on_any_day_of_the_week_in_any_zone(day: int) -> None:
    now = datetime(2027, 2, 1 + day, 3, tzinfo=timezone(timedelta(hours=day - 3)))
    draft = demo.drawn(now, "me", "customer")
    days = sorted({row["entryDate"] for row in draft.of("HOUR")})
    assert all(datetime.fromisoformat(text).weekday() < 5 for text in days)
    assert days[-1] < now.date().isoformat()
    assert all(one < two for one, two in pairwise(days))


def test_work_grows_with_the_scale_and_people_with_its_root() -> None:
    one, nine = demo.drawn(NOW, "me", "customer"), demo.drawn(NOW, "me", "customer", 9)
    for code in ("PRGM", "PROJ"):
        assert len(nine.of(code)) == 9 * len(one.of(code))
    for code in ("TASK", "ASSGN", "PRED", "OPTASK", "HOUR", "DOCU", "NOTE"):
        assert 8 < len(nine.of(code)) / len(one.of(code)) < 10.5, code
    for code in ("USER", "PORT"):
        assert len(nine.of(code)) == 3 * len(one.of(code))
    assert len(nine.of("CTGY")) == len(one.of("CTGY"))


def test_a_tenant_that_has_projects_stays_as_it_is(tenant: Sandbox) -> None:
    before = everything(tenant)
    assert demo.seed(tenant) == 0
    assert everything(tenant) == before


def test_it_says_how_many_rows_it_laid() -> None:
    sandbox = Sandbox(clock=Clock(NOW))
    before = sum(map(len, everything(sandbox).values()))
    seeded = demo.seed(sandbox)
    replaced = 2  # the user every call is made as, and the default schedule
    assert seeded == sum(map(len, everything(sandbox).values())) - before + replaced


def test_a_scale_below_one_is_refused() -> None:
    sandbox = Sandbox()
    with pytest.raises(ValueError, match="must be 1 or more"):
        demo.seed(sandbox, 0)


def test_it_is_inserted_in_one_transaction_with_one_statement_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []
    sandbox = traced(statements, monkeypatch)
    statements.clear()
    demo.seed(sandbox)
    kinds = Counter(statement.split()[0] for statement in statements)
    rows = sum(map(len, everything(sandbox).values()))
    assert (kinds["BEGIN"], kinds["COMMIT"], kinds["SAVEPOINT"]) == (1, 1, 0)
    assert kinds["SELECT"] < 10
    assert len(statements) - 2 * kinds["ALTER"] < rows * 1.1


def traced(statements: list[str], monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Returns a sandbox whose database notes each statement it runs."""
    connect = sqlite3.connect

    def connect_traced(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **options)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_traced)
    return Sandbox(clock=Clock(NOW))


def test_what_is_written_to_a_task_stays_there_for_parents_too() -> None:
    sandbox = seeded()
    rows = sandbox.rows("TASK")
    parents = [row["ID"] for row in rows if row.get("numberOfChildren") or any(
        other.get("parentID") == row["ID"] for other in rows)]  # fmt: skip
    assert parents
    for task in [*parents[:10], *(row["ID"] for row in rows[:10])]:
        body = b'{"percentComplete": 55}'
        sandbox.answer(HttpRequest("PUT", f"/attask/api/v22.0/TASK/{task}", "", {"sessionid": "any"}, body))
        assert ask(sandbox, f"TASK/{task}", "fields=percentComplete")["percentComplete"] == 55
