"""Copies, moves, conversions and templates: what goes along, what options leave out, what is refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import BAKING, BRICKS, FIRE, LEAK, LIV, MIA, NOAH, OVEN, PAINT, SHOP, WEBSITE, Asker, bakery
from workfront_sandbox import Sandbox
from workfront_sandbox.actions.given_arguments import GivenArguments

DUE = "2027-05-20T17:00:00:000+0200"


@pytest.fixture
def furnished(ask: Asker) -> Asker:
    """Returns the bakery whose task has an assignment, an expense, a document, a rule, a form and a successor."""
    ask("PUT", f"TASK/{FIRE}", json_body={"parentID": None})
    ask.sandbox.insert("ASSGN", [{"taskID": FIRE, "projectID": OVEN, "assignedToID": LIV, "status": "DN"}])
    ask.sandbox.insert("EXPNS", [{"taskID": FIRE, "projectID": OVEN, "plannedAmount": 40.0}])
    ask.sandbox.insert("DOCU", [{"taskID": FIRE, "projectID": OVEN, "objID": FIRE, "docObjCode": "TASK", "name": "a"}])
    rule = {"securityObjID": FIRE, "securityObjCode": "TASK", "coreAction": "VIEW", "isInherited": False}
    ask.sandbox.insert("ACSRUL", [{**rule, "accessorID": LIV, "accessorObjCode": "USER"}])
    (form,) = ask.sandbox.insert("CTGY", [{"name": "Heat"}])
    ask.sandbox.insert("OBJCAT", [{"objID": FIRE, "objObjCode": "TASK", "categoryID": form, "categoryOrder": 0}])
    ask.sandbox.insert("PRED", [{"predecessorID": BRICKS, "successorID": FIRE, "predecessorType": "fs"}])
    return ask


def held(ask: Asker, task_id: str) -> dict[str, int]:
    """Returns how many rows of each kind belong to a task."""
    keys = {"ASSGN": "taskID", "EXPNS": "taskID", "DOCU": "taskID", "ACSRUL": "securityObjID", "OBJCAT": "objID"}
    rows = {code: [row for row in ask.sandbox.rows(code) if row.get(key) == task_id] for code, key in keys.items()}
    return {code: len(found) for code, found in rows.items()}


def row(ask: Asker, code: str, object_id: str) -> dict[str, Any]:
    return next(found for found in ask.sandbox.rows(code) if found["ID"] == object_id)


def copied(ask: Asker, *options: str) -> str:
    body = {"taskIDs": [FIRE], "projectID": SHOP, "options": list(options)}
    return str(ask("PUT", "TASK/bulkCopy", json_body=body)["result"][0])


def test_a_copy_has_all_that_belongs_to_its_source(furnished: Asker) -> None:
    made = copied(furnished)
    assert held(furnished, made) == held(furnished, FIRE) == dict.fromkeys(held(furnished, FIRE), 1)
    assignment = next(one for one in furnished.sandbox.rows("ASSGN") if one["taskID"] == made)
    assert (assignment["status"], assignment["projectID"]) == ("AA", SHOP)


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("clearAssignments", "ASSGN"),
        ("clearExpenses", "EXPNS"),
        ("clearDocuments", "DOCU"),
        ("clearPermissions", "ACSRUL"),
    ],
)
def test_each_option_leaves_out_one_thing_of_a_copy_and_of_what_moves(furnished: Asker, option: str, code: str) -> None:
    assert held(furnished, copied(furnished, option)) == held(furnished, FIRE) | {code: 0}
    wanted = held(furnished, FIRE) | {code: 0}
    furnished("PUT", f"TASK/{FIRE}/move", json_body={"projectID": SHOP, "options": [option]})
    assert held(furnished, FIRE) == wanted


def test_predecessors_are_taken_along_within_what_is_copied(furnished: Asker) -> None:
    copied(furnished)
    assert len(furnished.sandbox.rows("PRED")) == 1
    made = furnished("POST", "PROJ", {"fields": "name"}, form={"copySourceID": OVEN})
    numbers = {one["ID"]: one.get("projectID") for one in furnished.sandbox.rows("TASK")}
    links = [one for one in furnished.sandbox.rows("PRED") if numbers[one["successorID"]] == made["ID"]]
    assert [numbers[link["predecessorID"]] for link in links] == [made["ID"]]
    assert made["name"] == "Copy of New oven"
    bare = furnished("POST", "PROJ", form={"copySourceID": OVEN, "options": '["clearPredecessors"]'})["ID"]
    numbers = {one["ID"]: one.get("projectID") for one in furnished.sandbox.rows("TASK")}
    assert not [one for one in furnished.sandbox.rows("PRED") if numbers[one["successorID"]] == bare]


def test_a_copied_project_keeps_its_breakdown_whatever_the_order_of_its_tasks(ask: Asker) -> None:
    made = ask("POST", "PROJ", form={"copySourceID": OVEN})["ID"]
    tasks = {one["name"]: one for one in ask.sandbox.rows("TASK") if one.get("projectID") == made}
    assert tasks["First fire"]["parentID"] == tasks["Lay bricks"]["ID"]


def test_progress_constraints_approvers_and_custom_values_are_cleared(furnished: Asker) -> None:
    values = {"percentComplete": 40, "taskConstraint": "MSO", "constraintDate": DUE, "DE:Floor": "roof"}
    furnished("PUT", f"TASK/{FIRE}", json_body=values)
    made = row(furnished, "TASK", copied(furnished, "clearProgress", "clearConstraints", "clearCustomData"))
    assert (made["percentComplete"], made["taskConstraint"], made["status"]) == (0.0, "ASAP", "NEW")
    assert (made.get("DE:Floor"), made.get("constraintDate")) == (None, None)
    kept = row(furnished, "TASK", copied(furnished))
    assert (kept["percentComplete"], kept["taskConstraint"], kept["DE:Floor"]) == (40.0, "MSO", "roof")


def test_a_milestone_moves_to_the_copy(furnished: Asker) -> None:
    (milestone,) = furnished.sandbox.insert("MILE", [{"name": "Hot"}])
    furnished("PUT", f"TASK/{FIRE}", json_body={"milestoneID": milestone})
    made = copied(furnished)
    assert row(furnished, "TASK", made)["milestoneID"] == milestone
    assert row(furnished, "TASK", FIRE)["milestoneID"] is None


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("TASK/bulkCopy", {"taskIDs": [FIRE], "projectID": SHOP, "options": ["clearAll"]}),
        (f"TASK/{FIRE}/move", {"projectID": SHOP, "options": ["clearAll"]}),
        (f"OPTASK/{LEAK}/convertToTask", {"task": {}, "options": ["clearAll"]}),
        (f"OPTASK/{LEAK}/convertToProject", {"project": {}, "options": ["clearAll"]}),
    ],
)
def test_an_option_that_is_not_known_is_refused_and_nothing_is_done(
    ask: Asker, path: str, body: dict[str, Any]
) -> None:
    before = {code: ask.sandbox.rows(code) for code in ("TASK", "OPTASK", "PROJ")}
    assert ask.refused("PUT", path, json_body=body) == (422, "unknown copy option: clearAll")
    assert {code: ask.sandbox.rows(code) for code in before} == before


def test_options_of_copies_that_are_on_record_nowhere_are_refused(ask: Asker) -> None:
    (source,) = ask.sandbox.insert("CTGY", [{"name": "A"}])
    form = {"copySourceID": source, "options": '["clearProgress"]'}
    assert ask.refused("POST", "CTGY", form=form)[1].endswith("not computed by this sandbox")


def test_a_complete_project_is_not_copied(ask: Asker) -> None:
    done = ask.sandbox.insert("PROJ", [{"name": "Done", "status": "CPL"}])[0]
    message = "Unable to complete operation for a project of status Complete"
    assert ask.refused("POST", "PROJ", form={"copySourceID": done}) == (422, message)


def test_an_issue_moves_below_a_task(ask: Asker) -> None:
    ask("PUT", f"OPTASK/{LEAK}/moveToTask", {"projectID": WEBSITE, "parentID": PAINT})
    moved = row(ask, "OPTASK", LEAK)
    assert (moved["projectID"], moved["sourceTaskID"]) == (WEBSITE, PAINT)


@pytest.mark.parametrize("number", [1, 8, 3, -2])
def test_a_number_that_names_no_option_of_an_issue_is_refused(ask: Asker, number: int) -> None:
    assert ask.refused("PUT", "OPTASK/copyIssue", {"opTaskID": LEAK, "options": str(number)})[0] == 422


def test_an_issue_takes_along_what_the_conversion_asks_for(ask: Asker) -> None:
    ask.sandbox.insert("OBJCAT", [{"objID": LEAK, "objObjCode": "OPTASK", "categoryID": "c" * 32}])
    ask("PUT", f"OPTASK/{LEAK}", json_body={"DE:Floor": "roof", "ownerID": NOAH})
    options = ["preserveIssue", "preservePrimaryContact"]
    body = {"task": {}, "options": options, "copyNativeFields": False, "copyCategories": True}
    made = ask("PUT", f"OPTASK/{LEAK}/convertToTask", json_body=body)["result"]
    assert row(ask, "TASK", made)["DE:Floor"] == "roof"
    forms = ask("GET", f"TASK/{made}", {"fields": "objectCategories:categoryID"})["objectCategories"]
    assert [form["categoryID"] for form in forms] == ["c" * 32]
    rules = [one for one in ask.sandbox.rows("ACSRUL") if one["securityObjID"] == made]
    assert [(one["accessorID"], one["coreAction"]) for one in rules] == [(NOAH, "VIEW")]


@pytest.mark.parametrize("native", [{}, {"copyNativeFields": True}, {"copyNativeFields": False}])
def test_an_issue_that_becomes_a_task_takes_along_who_works_on_it(ask: Asker, native: dict[str, bool]) -> None:
    ask("PUT", f"OPTASK/{LEAK}", json_body={"assignments": [{"assignedToID": NOAH}, {"assignedToID": LIV}]})
    made = ask("PUT", f"OPTASK/{LEAK}/convertToTask", json_body={"task": {}, **native})["result"]
    fields = {"fields": "assignedToID,durationType,assignments:assignedToID"}
    task = ask("GET", f"TASK/{made}", fields)
    wanted = [] if native.get("copyNativeFields") is False else [NOAH, LIV]
    assert [part["assignedToID"] for part in task["assignments"]] == wanted
    assert (task["assignedToID"], task["durationType"]) == (wanted[0] if wanted else None, "A")


def test_a_task_that_becomes_a_project_gives_it_what_was_below(ask: Asker) -> None:
    ask.sandbox.insert("NOTE", [{"taskID": BRICKS, "objID": BRICKS, "noteObjCode": "TASK", "noteText": "Hot"}])
    made = ask("PUT", f"TASK/{BRICKS}/convertToProject", json_body={"project": {"name": "Masonry"}})["result"]
    child, (note,) = row(ask, "TASK", FIRE), ask.sandbox.rows("NOTE")
    assert (child["projectID"], child["parentID"]) == (made, None)
    assert (note["projectID"], note["taskID"]) == (made, None)


@pytest.fixture
def playbook(ask: Asker) -> tuple[Asker, str, list[str]]:
    """Returns the bakery, a template, and its three tasks: the second waits for the first, the third is below it."""
    (template,) = ask.sandbox.insert("TMPL", [{"name": "Bake", "isActive": True}])
    first, second = ask.sandbox.insert("TTSK", [{"templateID": template, "name": name} for name in ("Mix", "Bake")])
    (third,) = ask.sandbox.insert("TTSK", [{"templateID": template, "name": "Cool", "parentID": second}])
    ask.sandbox.insert("TPRED", [{"predecessorID": first, "successorID": second, "predecessorType": "ss"}])
    ask.sandbox.insert("TASSGN", [{"templateTaskID": first, "templateID": template, "roleID": BAKING}])
    return ask, template, [first, second, third]


def attached(ask: Asker, template: str, **arguments: Any) -> dict[str, dict[str, Any]]:
    ask("PUT", f"PROJ/{WEBSITE}/attachTemplate", json_body={"templateID": template, **arguments})
    found = [one for one in ask.sandbox.rows("TASK") if one.get("templateTaskID")]
    return {str(one["name"]): one for one in found}


def test_a_template_brings_links_and_assignments(playbook: tuple[Asker, str, list[str]]) -> None:
    ask, template, _ = playbook
    made = attached(ask, template)
    links = [(one["predecessorID"], one["successorID"], one["predecessorType"]) for one in ask.sandbox.rows("PRED")]
    assert links == [(made["Mix"]["ID"], made["Bake"]["ID"], "ss")]
    assert [one["roleID"] for one in ask.sandbox.rows("ASSGN") if one["taskID"] == made["Mix"]["ID"]] == [BAKING]
    assert made["Cool"]["parentID"] == made["Bake"]["ID"]


FULL: dict[str, Any] = {
    "ownerID": NOAH,
    "priority": 4,
    "description": "how",
    "URL": "x",
    "fixedCost": 50.0,
    "DE:Color": "red",
}


def full(ask: Asker, template: str) -> None:
    """Gives a template fields, a form, a document, a risk, an expense and a queue."""
    ask("PUT", f"TMPL/{template}", json_body={**FULL, "queueDef": {"isPublic": 1, "allowedOpTaskTypes": ["REQ"]}})
    (form,) = ask.sandbox.insert("CTGY", [{"name": "form", "objTypes": ["PROJ"]}])
    ask.sandbox.insert("OBJCAT", [{"objID": template, "objObjCode": "TMPL", "categoryID": form}])
    ask.sandbox.insert("RISK", [{"templateID": template, "description": "smoke"}])
    ask.sandbox.insert("EXPNS", [{"templateID": template, "plannedAmount": 7.0}])
    about = {"docObjCode": "TMPL", "objID": template}
    ask("POST", "DOCU", json_body={"name": "plan", "handle": ask.sandbox.upload(b"x", "plan.txt"), **about})


PARTS = "documents:name,risks:description,expenses:plannedAmount,objectCategories:categoryID,queueDef:isPublic"


def parts(row: dict[str, Any]) -> tuple[int, ...]:
    """How many documents, risks, expenses, forms and queues a project has."""
    names = ("documents", "risks", "expenses", "objectCategories")
    return (*(len(row[name]) for name in names), row["queueDef"] is not None)


def test_a_new_project_has_what_its_template_has(playbook: tuple[Asker, str, list[str]]) -> None:
    ask, template, _ = playbook
    full(ask, template)
    fields = f"ownerID,priority,description,URL,fixedCost,DE:Color,plannedCost,{PARTS}"
    made = ask("POST", "PROJ", {"fields": fields}, json_body={"name": "new", "templateID": template, "priority": 1})
    assert {name: made[name] for name in FULL} == {**FULL, "priority": 1}
    assert (parts(made), made["plannedCost"]) == ((1, 1, 1, 1, True), 57.0)
    assert made["documents"][0]["ID"] not in {row["ID"] for row in ask.sandbox.rows("DOCU") if row.get("templateID")}


def test_a_template_that_is_attached_fills_what_is_empty_and_adds_its_parts(
    playbook: tuple[Asker, str, list[str]],
) -> None:
    ask, template, _ = playbook
    full(ask, template)
    project = ask("POST", "PROJ", json_body={"name": "there", "ownerID": MIA, "priority": 2, "fixedCost": 10.0})["ID"]
    ask("PUT", f"PROJ/{project}/attachTemplate", json_body={"templateID": template})
    row = ask("GET", f"PROJ/{project}", {"fields": f"ownerID,priority,description,URL,fixedCost,plannedCost,{PARTS}"})
    kept = [row[name] for name in ("ownerID", "priority", "description", "URL", "fixedCost", "plannedCost")]
    assert (kept, parts(row)) == ([MIA, 2, None, "x", 60.0, 67.0], (1, 1, 1, 1, True))


@pytest.mark.parametrize(
    ("option", "left"),
    [
        ("clearDocuments", (0, 1, 1, 1, True)),
        ("clearRisks", (1, 0, 1, 1, True)),
        ("clearExpenses", (1, 1, 0, 1, True)),
        ("clearIssueSetup", (1, 1, 1, 1, False)),
    ],
)
def test_an_option_leaves_out_one_part_of_an_attached_template(
    playbook: tuple[Asker, str, list[str]], option: str, left: tuple[int, ...]
) -> None:
    ask, template, _ = playbook
    full(ask, template)
    project = ask("POST", "PROJ", json_body={"name": "there"})["ID"]
    ask("PUT", f"PROJ/{project}/attachTemplate", json_body={"templateID": template, "options": [option]})
    assert parts(ask("GET", f"PROJ/{project}", {"fields": PARTS})) == left


@pytest.mark.parametrize("named", [{"templateID": ""}, {"template": {}}], ids=["by its ID", "as an object"])
def test_a_project_is_made_of_an_active_template_named_in_either_way(
    playbook: tuple[Asker, str, list[str]], named: dict[str, Any]
) -> None:
    ask, template, _ = playbook
    body = {"name": "new", **({"template": {"ID": template}} if "template" in named else {"templateID": template})}
    made = ask("POST", "PROJ", {"fields": "tasks:name"}, json_body=body)
    assert [task["name"] for task in made["tasks"]] == ["Mix", "Bake", "Cool"]
    ask("PUT", f"TMPL/{template}", json_body={"isActive": False})
    assert "not active" in ask.refused("POST", "PROJ", json_body=body)[1]


def test_a_template_comes_without_what_is_excluded(playbook: tuple[Asker, str, list[str]]) -> None:
    ask, template, (_, second, _) = playbook
    options = ["clearAssignments", "clearPredecessors"]
    assert list(attached(ask, template, excludeTemplateTaskIDs=[second], options=options)) == ["Mix"]
    assert ask.sandbox.rows("PRED") == []
    assert not [one for one in ask.sandbox.rows("ASSGN") if one.get("projectID") == WEBSITE]


def test_a_template_goes_below_a_task_and_waits_for_another(playbook: tuple[Asker, str, list[str]]) -> None:
    ask, template, _ = playbook
    above, before = ask.sandbox.insert("TASK", [{"name": name, "projectID": WEBSITE} for name in ("All", "Shop")])
    made = attached(ask, template, parentTaskID=above, predecessorTaskID=before)
    assert {made[name]["parentID"] for name in ("Mix", "Bake")} == {above}
    waiting = {one["successorID"] for one in ask.sandbox.rows("PRED") if one["predecessorID"] == before}
    assert waiting == {made["Mix"]["ID"], made["Bake"]["ID"]}


def test_templates_that_are_not_active_and_places_elsewhere_are_refused(playbook: tuple[Asker, str, list[str]]) -> None:
    ask, template, _ = playbook
    body = {"templateID": template, "parentTaskID": FIRE}
    assert ask.refused("PUT", f"PROJ/{WEBSITE}/attachTemplate", json_body=body)[0] == 422
    ask("PUT", f"TMPL/{template}", json_body={"isActive": False})
    assert ask.refused("PUT", f"PROJ/{WEBSITE}/attachTemplate", json_body={"templateID": template})[0] == 422


def test_template_tasks_are_copied_with_what_they_wait_for(playbook: tuple[Asker, str, list[str]]) -> None:
    ask, template, (first, second, _) = playbook
    (other,) = ask.sandbox.insert("TMPL", [{"name": "Fry"}])
    body = {"templateTaskIDs": [first, second], "templateID": other}
    made = ask("PUT", "TTSK/bulkCopy", json_body=body)["result"]
    rows = [one for one in ask.sandbox.rows("TTSK") if one["templateID"] == other]
    assert sorted(str(one["name"]) for one in rows) == ["Bake", "Cool", "Mix"]
    assert next(one for one in rows if one["name"] == "Cool")["parentID"] == made[1]
    assert [one["roleID"] for one in ask.sandbox.rows("TASSGN") if one["templateTaskID"] == made[0]] == [BAKING]
    links = [(one["predecessorID"], one["successorID"]) for one in ask.sandbox.rows("TPRED")]
    assert (made[0], made[1]) in links
    assert template != other


def test_an_argument_without_an_effect_is_refused_in_words(ask: Asker) -> None:
    body = {"project": {"name": "Dear"}, "exchangeRate": {"rate": 2.0}}
    status, message = ask.refused("PUT", "PROJ/createProjectWithOverride", json_body=body)
    assert (status, message) == (
        422,
        "Argument exchangeRate of action createProjectWithOverride (Project): not computed by this sandbox",
    )
    assert "Dear" not in ask.names("PROJ")


def test_arguments_know_what_was_read_and_what_says_nothing() -> None:
    arguments = GivenArguments({"a": 1, "b": 2, "c": 3, "d": None, "e": False, "f": []}.items())
    assert (arguments["a"], arguments.get("b")) == (1, 2)
    assert arguments.unread() == ["c"]


def test_an_empty_argument_changes_nothing_and_is_not_refused(ask: Asker) -> None:
    ask("PUT", f"TASK/{FIRE}/move", json_body={"projectID": SHOP, "options": []})
    assert row(ask, "TASK", FIRE)["projectID"] == SHOP
    assert row(ask, "USER", MIA)["name"] == "Mia Moll"


def test_an_edit_is_no_copy(ask: Asker) -> None:
    status, text = ask.refused("PUT", f"PROJ/{OVEN}", {"copySourceID": SHOP}, json_body={"name": "x"})
    assert (status, text) == (422, "copySourceID makes a copy: send it by POST")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(("name", "value"), [("workRequired", 300), ("work", 5), ("originalWorkRequired", 300)])
def test_work_of_a_template_task_is_copied_and_never_written(name: str, value: int, strict: bool) -> None:
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(MIA, "mia")
    fields = {"fields": "workRequired,work,originalWorkRequired"}
    template = ask("POST", "TMPL", json_body={"name": "Feast"})["ID"]
    new = {"name": "Bake", "templateID": template, "duration": 3}
    for kind, work in (("A", 0), ("W", 0), ("S", 0), ("D", 1440)):
        made = ask("POST", "TTSK", fields, json_body={**new, "durationType": kind, name: value})
        assert (made["workRequired"], made["work"], made["originalWorkRequired"]) == (work, work / 60, None)
        edited = ask("PUT", f"TTSK/{made['ID']}", fields, json_body={name: value})
        assert (edited["workRequired"], edited["work"], edited["originalWorkRequired"]) == (work, work / 60, None)
    row = {"name": "Knead", "templateID": template, "workRequired": 600, "work": 10.0}
    (donor,) = ask.sandbox.insert("TTSK", [row])
    (copy,) = ask("PUT", "TTSK/bulkCopy", json_body={"templateTaskIDs": [donor], "templateID": template})["result"]
    found = ask("PUT", f"TTSK/{copy}", fields, json_body={"duration": 1, name: value})
    assert (found["workRequired"], found["work"]) == (600, 10.0)


@pytest.mark.parametrize("version", [21, 22])
@pytest.mark.parametrize(("code", "home"), [("TASK", "projectID"), ("TTSK", "templateID")])
@pytest.mark.parametrize("below", ["itself", "its child", "its grandchild"])
@pytest.mark.parametrize("how", ["copy", "bulkCopy"])
def test_what_is_copied_below_itself_is_copied_once(version: int, code: str, home: str, below: str, how: str) -> None:
    top, child, last, place = (f"{0xE00 + at:032x}" for at in range(4))
    tree = [{"ID": top}, {"ID": child, "parentID": top}, {"ID": last, "parentID": child}]
    rows = [{**row, "name": str(row["ID"]), home: place, "taskNumber": at} for at, row in enumerate(tree, start=1)]
    owner = {"TASK": ("PROJ", {}), "TTSK": ("TMPL", {"isActive": True})}[code]
    seed = {code: rows, owner[0]: [{"ID": place, "name": "place", **owner[1]}]}
    ask = Asker(Sandbox(seed), f"/attask/api/v{version}.0")
    target = {"itself": top, "its child": child, "its grandchild": last}[below]
    if how == "copy":
        copied = ask("POST", code, {"copySourceID": top, "parentID": target})["ID"]
    else:
        ids, parent = ("taskIDs", "parentID") if code == "TASK" else ("templateTaskIDs", "parentTemplateTaskID")
        body = {ids: [top], parent: target, home: place}
        (copied,) = ask("PUT", f"{code}/bulkCopy", json_body=body)["result"]
    found = {row["ID"]: row for row in ask.sandbox.rows(code)}
    assert len(found) == 6
    assert found[copied]["parentID"] == target
    names = {row["name"] for key, row in found.items() if key not in {top, child, last}}
    assert names == {top, child, last}
