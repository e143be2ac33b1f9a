"""Filters: every operator, groups, EXISTS, fields against fields, custom fields."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.asking import FIRE, LIV, MIA, NOAH, OVEN, SHOP, Asker

_TASKS = {
    "bricks": "Lay bricks",
    "fire": "First fire",
    "paint": "Paint 50% of the sign_board",
    "photos": "bread photos",
}


def tasks(*words: str) -> list[str]:
    return sorted(_TASKS[word] for word in words)


@pytest.mark.parametrize(
    ("name", "operator", "value", "wanted"),
    [
        ("status", "eq", "NEW", ["fire"]),
        ("status", "cieq", "new", ["fire"]),
        ("assignedToID", "ne", NOAH, ["fire", "paint", "photos"]),
        ("assignedToID", "nee", NOAH, ["fire", "photos"]),
        ("status", "cine", "inp", ["bricks", "fire", "photos"]),
        ("percentComplete", "lt", "50", ["fire"]),
        ("percentComplete", "lte", "50", ["fire", "paint"]),
        ("percentComplete", "gt", "50", ["bricks", "photos"]),
        ("percentComplete", "gte", "80.0", ["bricks", "photos"]),
        ("name", "contains", "Paint", ["paint"]),
        ("name", "contains", "50%", ["paint"]),
        ("name", "notcontains", "ri", ["fire", "paint", "photos"]),
        ("name", "cicontains", "LAY", ["bricks"]),
        ("name", "cinotcontains", "FIR", ["bricks", "paint", "photos"]),
        ("name", "cicontainsany", "FIRE bread", ["fire", "photos"]),
        ("name", "cicontainsall", "the PAINT", ["paint"]),
        ("name", "cinotcontainsany", "fire bread", ["bricks", "paint"]),
        ("name", "cinotcontainsall", "lay bricks", ["fire", "paint", "photos"]),
        ("name", "like", "%fire", ["fire"]),
        ("name", "like", "Lay_bricks", ["bricks"]),
        ("name", "cilike", "FIRST%", ["fire"]),
        ("name", "startswith", "lay", ["bricks"]),
        ("name", "cistartswith", "BREAD", ["photos"]),
        ("name", "endswith", "photos", ["photos"]),
        ("name", "endswith", "PHOTOS", []),
        ("name", "ciendswith", "PHOTOS", ["photos"]),
        ("priority", "bitwiseor", "3", ["bricks", "paint"]),
        ("priority", "bitwiseand", "4", ["fire"]),
        ("priority", "bitwisenand", "4", ["bricks", "paint", "photos"]),
        ("name", "length_lt", "11", ["bricks", "fire"]),
        ("name", "length_eq", "12", ["photos"]),
        ("name", "length_gt", "20", ["paint"]),
        ("assignedToID", "isnull", "", ["paint"]),
        ("assignedToID", "notnull", "", ["bricks", "fire", "photos"]),
        ("assignedToID", "isblank", "", ["paint"]),
        ("assignedToID", "notblank", "", ["bricks", "fire", "photos"]),
        ("assignedToID", "in", f"{MIA},{LIV}", ["fire", "photos"]),
        ("assignedToID", "notin", f"{MIA},{LIV}", ["bricks"]),
        ("status", "ciin", ["new", "cpl"], ["bricks", "fire"]),
        ("status", "cinotin", ["new", "cpl"], ["paint", "photos"]),
    ],
)
def test_an_operator_finds_what_it_means(
    ask: Asker, name: str, operator: str, value: str | list[str], wanted: list[str]
) -> None:
    assert ask.names("TASK", **{name: value, f"{name}_Mod": operator}) == tasks(*wanted)


@pytest.mark.parametrize(
    ("operator", "wanted"),
    [("between", ["paint", "photos"]), ("notbetween", ["bricks", "fire"])],
)
def test_a_range_includes_both_its_ends(ask: Asker, operator: str, wanted: list[str]) -> None:
    found = ask.names("TASK", percentComplete="50", percentComplete_Range="80", percentComplete_Mod=operator)
    assert found == tasks(*wanted)


def test_ranges_of_text_may_ignore_letter_case(ask: Asker) -> None:
    assert ask.names("TASK", name="B", name_Range="G", name_Mod="cibetween") == tasks("photos", "fire")
    assert ask.names("TASK", name="B", name_Range="G", name_Mod="cinotbetween") == tasks("bricks", "paint")


def test_words_that_sound_alike_are_found(ask: Asker) -> None:
    assert ask.names("USER", lastName="Lunt", lastName_Mod="soundex") == ["Liv Lund"]


def test_a_date_means_the_whole_day_and_an_exact_time_the_instant(ask: Asker) -> None:
    assert ask.names("PROJ", plannedStartDate="2027-05-12") == ["Shop front"]
    assert ask.names("PROJ", plannedStartDate="2027-05-12", plannedStartDate_Mod="ne") == ["New oven", "website"]
    assert ask.names("PROJ", plannedStartDate="2027-05-12", plannedStartDate_Mod="exacttime") == []
    at = "2027-05-12T21:30:00Z"
    assert ask.names("PROJ", plannedStartDate=at, plannedStartDate_Mod="exacttime") == ["Shop front"]


def test_several_values_are_a_list_and_a_text_list_is_not_split(ask: Asker) -> None:
    assert ask.names("TASK", status=["NEW", "CPL"]) == tasks("fire", "bricks")
    assert ask.names("TASK", status="NEW,CPL", status_Mod="in") == []


def test_paths_lead_through_references_and_collections(ask: Asker) -> None:
    assert ask.names("TASK", project__owner__firstName="Mia") == tasks("bricks", "fire")
    assert ask.names("PROJ", tasks__assignedTo__lastName="Lund") == ["New oven"]
    assert ask.names("TASK", assignedTo__firstName="Noah", assignedTo__firstName_Mod="ne") == tasks(
        "fire", "paint", "photos"
    )
    assert ask.names("PROJ", owner__name_Mod="isnull") == ["website"]


def test_groups_are_alternatives_that_share_nothing(ask: Asker) -> None:
    query = {"projectID": OVEN, "status": "NEW", "OR:1:status": "INP", "OR:2:name": "bread photos"}
    assert ask.names("TASK", **query) == tasks("fire", "paint", "photos")


def test_a_field_may_be_tested_twice_with_and_marks(ask: Asker) -> None:
    query = {"name": "i", "name_Mod": "contains", "AND:1:name": "fire", "AND:1:name_Mod": "notcontains"}
    assert ask.names("TASK", **query) == tasks("bricks", "paint")


def test_operators_given_twice_go_with_the_values_in_their_order(ask: Asker) -> None:
    query = [
        ("percentComplete", "10"),
        ("percentComplete_Mod", "gt"),
        ("percentComplete", "90"),
        ("percentComplete_Mod", "lt"),
    ]
    assert sorted(ask.found("TASK", query)) == tasks("paint", "photos")


@pytest.mark.parametrize("mark", [{"EXISTS:x:$$EXISTSMOD": "NOTEXISTS"}, None])
def test_rows_are_found_by_rows_of_others_and_by_their_lack(ask: Asker, mark: dict[str, str] | None) -> None:
    block = {
        "EXISTS:x:$$OBJCODE": "HOUR",
        "EXISTS:x:projectID": "FIELD:ID",
        "EXISTS:x:hours": "2",
        "EXISTS:x:hours_Mod": "gt",
    }
    assert ask.names("PROJ", **block, **(mark or {})) == (["website"] if mark else ["New oven", "Shop front"])


def test_a_block_may_stand_in_a_group_and_the_prefix_may_deny(ask: Asker) -> None:
    block = {"NOTEXISTS:x:$$OBJCODE": "TASK", "NOTEXISTS:x:$$ID": "FIELD:ID"}
    assert len(ask.names("PROJ", **block)) == 3
    either = {"name": "website", "OR:1:EXISTS:x:$$OBJCODE": "OPTASK", "OR:1:EXISTS:x:projectID": "FIELD:ID"}
    assert ask.names("PROJ", **either) == ["New oven", "website"]


def test_a_field_is_compared_with_another_field(ask: Asker) -> None:
    assert ask.names("TASK", assignedToID="FIELD:project:ownerID") == []
    assert ask.names("TASK", percentComplete="field:priority", percentComplete_Mod="lt") == tasks("fire")


def test_custom_fields_are_found_by_value_and_by_any_member(ask: Asker) -> None:
    assert ask.names("PROJ", **{"DE:Floor": "cellar"}) == ["New oven"]
    assert ask.names("PROJ", **{"DE:Tags": "heavy"}) == ["New oven", "Shop front"]
    assert ask.names("PROJ", **{"DE:Tags": ["hot", "heavy"], "DE:Tags_Mod": "allof"}) == ["New oven"]
    assert ask.names("PROJ", **{"DE:Tags": "hot", "DE:Tags_Mod": "ne"}) == ["Shop front", "website"]
    assert ask.names("PROJ", **{"DE:Tags_Mod": "isblank"}) == ["website"]
    assert ask.names("TASK", **{"DE:project:Floor": "ground"}) == tasks("paint")
    assert ask.names("TASK", **{"OR:1:DE:project:Floor": "ground"}) == tasks("paint")


def test_filters_may_be_an_object_of_json_and_then_name_login_words(ask: Asker) -> None:
    assert ask.names("USER", filters=json.dumps({"username": "noah@bakery.test"})) == ["Noah Nord"]
    assert ask.names("TASK", filters=json.dumps({"status": ["NEW", "INP"], "projectID": SHOP})) == tasks("paint")
    assert ask.names("TASK", filters=json.dumps({"assignedToID": None})) == tasks("paint")


def test_wildcards_stand_for_the_caller_and_for_moments(ask: Asker) -> None:
    assert ask.names("TASK", assignedToID="$$USER.ID") == tasks("photos")
    this_week = {"entryDate": "$$TODAYbw", "entryDate_Range": "$$TODAYew", "entryDate_Mod": "between"}
    rows = ask("GET", "HOUR/search", this_week)
    assert [row["hours"] for row in rows] == [4.0]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"plannedHours": "1"}, "APIModel V22_0 does not support field plannedHours (Task)"),
        ({"project:nothing": "1"}, "APIModel V22_0 does not support field nothing (Project)"),
        ({"Name": "x"}, "APIModel V22_0 does not support field Name (Task)"),
        ({"name": "x", "name_Mod": "resembles"}, "Unknown operator: resembles"),
        ({"percentComplete": "much"}, 'For input string: "much"'),
        ({"plannedStartDate": "soon"}, 'Unparseable date: "soon"'),
        ({"entryDate": "$$SOMEDAY"}, "Unknown wildcard: $$SOMEDAY"),
        ({"EXISTS:a:projectID": "FIELD:ID"}, "EXISTS:a needs EXISTS:a:$$OBJCODE"),
        ({"priority": "1", "priority_Mod": "between"}, "priority_Mod=between needs priority_Range"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(ask: Asker, query: dict[str, str], message: str) -> None:
    assert ask.refused("GET", "TASK/search", query) == (422, message)


def test_ten_thousand_conditions_are_answered(ask: Asker) -> None:
    body = [(f"AND:{number}:status", "NEW") for number in range(10_000)]
    assert [row["ID"] for row in ask("POST", "TASK/search", form=[*body, ("method", "GET")])] == [FIRE]
