"""Thousands of random operations against the server, and against a dictionary that does the same."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from tests.sandbox.asking import Asker
from workfront_sandbox import Sandbox

_NAMES = st.sampled_from(["rye", "oat", "spelt", "Rye", ""])
_PRIORITIES = st.integers(0, 4)
_VALUES = st.fixed_dictionaries({"name": _NAMES}, optional={"priority": _PRIORITIES, "DE:Shelf": _NAMES})


class Tasks(RuleBasedStateMachine):
    """Tasks of one server; ``rows`` is what they must be."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.ask = Asker(Sandbox())
        self.ask.sandbox.insert("PARAM", [{"name": "Shelf", "dataType": "TEXT"}])
        self.rows: dict[str, dict[str, Any]] = {}

    def teardown(self) -> None:
        self.ask.sandbox.close()

    @rule(target=ids, values=_VALUES)
    def create(self, values: dict[str, Any]) -> str:
        made = self.ask("POST", "TASK", json_body=values)
        self.rows[made["ID"]] = expected({"priority": 2}, values)
        return str(made["ID"])

    @rule(target=ids, many=st.lists(_VALUES, min_size=1, max_size=4), atomic=st.booleans(), bad=st.booleans())
    def create_many(self, many: list[dict[str, Any]], atomic: bool, bad: bool) -> Any:
        body = [*many, {"name": "last", "colour": "red"}] if bad else many
        before = self.found()
        reply = self.ask.reply("POST", "TASK", {"atomic": str(atomic).lower()}, json_body=body)
        assert reply.status == (422 if bad else 200)
        fresh = [one for one in self.found() if one not in before]
        written = [] if atomic and bad else many
        assert len(fresh) == len(written)
        self.rows |= {one: expected({"priority": 2}, values) for one, values in zip(fresh, written, strict=True)}
        return multiple(*fresh)

    @rule(one=ids, values=_VALUES)
    def edit(self, one: str, values: dict[str, Any]) -> None:
        reply = self.ask.reply("PUT", f"TASK/{one}", json_body=values)
        assert reply.status == (200 if one in self.rows else 404)
        if one in self.rows:
            self.rows[one] = expected(self.rows[one], values)

    @rule(some=st.lists(ids, min_size=1, max_size=3, unique=True), priority=_PRIORITIES, atomic=st.booleans())
    def edit_many(self, some: list[str], priority: int, atomic: bool) -> None:
        body = [{"ID": one, "priority": priority} for one in some]
        reply = self.ask.reply("PUT", "TASK", {"atomic": str(atomic).lower()}, json_body=body)
        known = [one in self.rows for one in some]
        assert reply.status == (200 if all(known) else 404)
        first_missing = known.index(False) if not all(known) else len(some)
        for one in [] if atomic and not all(known) else some[:first_missing]:
            self.rows[one]["priority"] = priority

    @rule(one=consumes(ids))
    def delete(self, one: str) -> None:
        reply = self.ask.reply("DELETE", f"TASK/{one}")
        assert reply.status == (200 if one in self.rows else 404)
        self.rows.pop(one, None)

    @rule(one=ids)
    def copy(self, one: str) -> None:
        if one in self.rows:
            made = self.ask("POST", "TASK", form={"copySourceID": one})
            self.rows[made["ID"]] = dict(self.rows[one])

    @rule(priority=_PRIORITIES, name=_NAMES)
    def search(self, priority: int, name: str) -> None:
        query = {"priority": priority, "priority_Mod": "gte", "OR:1:name": name, "$$LIMIT": 2000, "fields": "ID"}
        found = {row["ID"] for row in self.ask("GET", "TASK/search", query)}
        assert found == {one for one, row in self.rows.items() if row["priority"] >= priority or row["name"] == name}

    @invariant()
    def every_row_is_as_it_was_written(self) -> None:
        rows = self.ask("GET", "TASK/search", {"fields": "priority,DE:Shelf", "$$LIMIT": 2000, "map": "true"})
        assert {one: picked(row) for one, row in rows.items()} == self.rows

    def found(self) -> list[str]:
        return [row["ID"] for row in self.ask("GET", "TASK/search", {"fields": "ID", "$$LIMIT": 2000})]


def expected(before: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """The row after values were written; an empty custom field is one without a value."""
    cleared = {name: None for name, value in values.items() if value == "" and name.startswith("DE:")}
    return {"name": None, "DE:Shelf": None, **before, **values, **cleared}


def picked(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("name", "DE:Shelf", "priority")}


Tasks.TestCase.settings = settings(max_examples=40, stateful_step_count=50, deadline=None)
TestTasks = Tasks.TestCase
