"""The field dictionary: it holds what the package offers, as `workfront describe` tells it, and is small."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
import tools.field_dictionary as field_dictionary

from tests.support.places import DOCS
from workfront_cli.data.descriptions import described
from workfront_core.request.api_version import ApiVersion
from workfront_schema import store
from workfront_schema.diff import diff

VERSIONS = ("v21.0", "v22.0")
LARGEST = 40_000
"""Bytes of a version as it travels, compressed."""


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    return {name: json.loads(text) for name, text in field_dictionary.documents().items()}


def python_name(member: list[Any]) -> str:
    return member[5] if len(member) > 5 and member[5] else field_dictionary.in_snake_case(member[0])


def is_there(member: list[Any]) -> bool:
    return member[6:] != [field_dictionary.GONE]


def test_there_is_a_file_for_each_version_of_the_package(documents: dict[str, dict[str, Any]]) -> None:
    assert list(documents) == [f"{version}.json" for version in VERSIONS]
    assert [document["version"] for document in documents.values()] == list(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_it_tells_what_describe_tells(documents: dict[str, dict[str, Any]], version: str) -> None:
    objects = documents[f"{version}.json"]["objects"]
    offered = described(None, ApiVersion.parse(version))
    assert {row["code"]: row["object"] for row in offered} == {code: item["name"] for code, item in objects.items()}
    for code, item in objects.items():
        rows = described(item["name"], ApiVersion.parse(version))
        told = {(row["field"], row["python"]) for row in rows}
        members = {(member[0], python_name(member)) for member in item["members"] if is_there(member)}
        assert members <= told, code


def test_labels_and_names_come_back_by_their_rules(documents: dict[str, dict[str, Any]]) -> None:
    task = documents["v22.0.json"]["objects"]["TASK"]["members"]
    assert ["percentComplete", "double", "", "", "PERCENT"] in task
    assert field_dictionary.in_words("percentComplete") == "Percent Complete"
    assert field_dictionary.in_words("extRefID") == "Ext Ref ID"
    assert field_dictionary.in_snake_case("assignedToID") == "assigned_to_id"


def test_codes_are_those_of_the_snapshot(documents: dict[str, dict[str, Any]]) -> None:
    document = documents["v22.0.json"]
    status = next(member for member in document["objects"]["TASK"]["members"] if member[0] == "status")
    assert ["INP", "In Progress"] in document["codes"][status[3]]


def test_what_is_new_and_gone_is_what_the_comparison_of_the_versions_says(documents: dict[str, dict[str, Any]]) -> None:
    old, new = (store.load_snapshot(field_dictionary.SCHEMA, version) for version in VERSIONS)
    changes = "\n".join(str(change) for change in diff(old, new))
    marked = [
        (code, member)
        for code, item in documents["v22.0.json"]["objects"].items()
        for member in item["members"]
        if len(member) > 6
    ]
    assert {member[6] for _, member in marked} == {field_dictionary.NEW, field_dictionary.GONE}
    assert all(member[0] in changes or code in changes for code, member in marked)


def test_a_version_is_small_enough_for_a_phone() -> None:
    sizes = {name: len(gzip.compress(text.encode())) for name, text in field_dictionary.documents().items()}
    assert max(sizes.values()) <= LARGEST, sizes


def test_the_same_snapshots_give_the_same_bytes() -> None:
    assert field_dictionary.documents() == field_dictionary.documents()


def test_without_a_script_the_page_lists_all_objects(documents: dict[str, dict[str, Any]]) -> None:
    page = (DOCS / "reference" / "fields" / "index.md").read_text("utf-8")
    listed = page.partition("Objects: ")[2].partition(".</noscript>")[0]
    assert listed.replace("\n", " ").split(", ") == sorted(
        found["name"] for found in documents["v22.0.json"]["objects"].values()
    )
