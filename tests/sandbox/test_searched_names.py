"""What a search takes as a parameter, and what it does not. docs/protocol.md 8."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.test_kinds import VERSIONS, asker, reachable

_SEARCHED = ("search", "count", "report")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_type_of_rows_is_no_parameter_where_it_is_no_field(version: int) -> None:
    ask = asker(version, {})
    asked = 0
    for verb in _SEARCHED:
        for described in reachable(version, verb):
            if "objCode" in described.fields:
                continue
            asked += 1
            refusal = ask.refused("GET", f"{described.code}/{verb}", {"objCode": "TASK"})
            assert refusal == (422, 'Invalid Parameter: Search Parameter value "objCode"'), described.code
    assert asked > 200


def test_nor_is_it_behind_a_relation_or_in_a_block(ask: Asker) -> None:
    for filters in (
        "project:objCode=PROJ",
        "EXISTS:1:$$OBJCODE=PROJ&EXISTS:1:ID=FIELD:projectID&EXISTS:1:objCode=PROJ",
    ):
        assert "Search Parameter" in ask.refused("GET", "TASK/search", filters)[1]


def test_templates_are_no_projects(ask: Asker) -> None:
    recorded = 'Invalid Parameter: Search Parameter value "isTemplate"'
    assert ask.refused("GET", "PROJ/search", "isTemplate=false")[1] == recorded
    assert ask.refused("GET", "TASK/search", "project:isTemplate=false&project:isTemplate_Mod=eq")[1] == recorded
    assert "does not support field isTemplate" in ask.refused("GET", "PROJ/search", "fields=isTemplate")[1]


@pytest.mark.parametrize("version", VERSIONS)
def test_preferences_are_found_by_their_name_alone(version: int) -> None:
    ask = asker(version, {"CUSTPR": [{"name": "week", "value": "5"}]})
    for listed in ("", "value=5", "name=week&OR:1:value=5", "fields=name"):
        assert "needs the name of one" in ask.refused("GET", "customerPreferences/search", listed)[1]
    assert ask("GET", "customerPreferences/search", "name=week&fields=value")[0]["value"] == "5"
    unknown = ask.refused("GET", "customerPreferences/search", "name=month")
    assert unknown == (422, 'Invalid Parameter: name value "month"')


@pytest.mark.parametrize("name", ["accessLevelPermission", "customerInformation"])
def test_names_of_no_type_whose_metadata_is_empty(ask: Asker, name: str) -> None:
    assert ask("GET", f"{name}/metadata") == {}
    assert ask.refused("GET", f"{name}/search")[1] == f"Unknown object type: {name}"


@pytest.mark.parametrize("name", ["tenant", "preferences", "siteSettings"])
def test_other_words_have_none(ask: Asker, name: str) -> None:
    assert ask.refused("GET", f"{name}/metadata")[1] == f"Unknown object type: {name}"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_filter_that_names_nothing_filters_nothing(version: int) -> None:
    ask = asker(version, {"PROJ": [{"name": "a", "status": "CUR"}, {"name": "b", "status": "PLN"}]})
    for filters in ({"": "", "status": "CUR"}, {"filters": '{"": "", "status": "CUR"}'}):
        assert ask("GET", "PROJ/count", filters)["count"] == 1
    assert ask.refused("GET", "PROJ/count", {"": "CUR"})[0] == 422
