"""What is known of creating a row (schema/facts.toml), held against a strict sandbox, in both versions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.test_kinds import OWN, SCHEMA, VERSIONS, asker, refusals, value_of
from workfront_sandbox.writing.requirements import wanted
from workfront_schema.facts import FILE, load
from workfront_schema.store import standard_schema

FACTS = {fact.object: fact for fact in load(standard_schema() / FILE).create}
SEEN = {code: fact.needs for code, fact in FACTS.items() if fact.certainty == "seen"}
"""What was seen on a tenant; what a spreadsheet import needs, the service may fill in."""


@pytest.mark.parametrize("code", sorted(SEEN))
def test_a_strict_sandbox_wants_all_that_is_seen_to_be_needed(code: str) -> None:
    assert set(SEEN[code]) <= set(wanted(code, is_strict=True))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("code", sorted(SEEN))
def test_a_new_row_without_what_it_needs_is_refused_where_the_sandbox_is_strict(version: int, code: str) -> None:
    described = SCHEMA.at(version).objects[code]
    if described.source.secondary or "add" not in described.source.verbs:
        return
    ask = asker(version, {}, strict=True)
    ask.sandbox.accounts.issue(ask.sandbox.tenant.me, "mia")
    whole = {name: OWN if name.endswith("ID") else value_of(described.fields[name]) for name in SEEN[code]}
    for missing in SEEN[code]:
        less: dict[str, Any] = {name: value for name, value in whole.items() if name != missing}
        assert refusals(ask.reply("POST", code, json_body=less)), (code, missing)
        assert refusals(ask.reply("POST", code, json_body={})), code
    assert ask.sandbox.rows(code) == []


def test_values_that_are_certain_are_known_for_every_kind_of_form_and_list() -> None:
    assert {"PROJ", "PARAM", "PGRP", "CTGY", "CTGYPA", "CTCSRL", "CTCSRM", "NOTE", "NTAG", "QUET", "PTLSEC", "UIFT",
            "UIGB", "UIVW"} <= SEEN.keys()  # fmt: skip
