"""Rows as Arrow: each value is in its column, or as it came in ``_wf_extra``; no value stops a load."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workfront_client.v22 import Task
from workfront_core.frames.batch import to_batch
from workfront_core.frames.schema import EXTRA_COLUMN, frame_schema

FIELDS = (
    "name", "status", "percentComplete", "canStart", "plannedStartDate", "actualCost", "durationMinutes", "auditTypes",
    "priority", "DE:Region", "project:name", "project:owner:name", "assignments:assignedToID", "parameterValues",
)  # fmt: skip

SCHEMA = frame_schema(Task, FIELDS)
FLAT = frame_schema(Task, FIELDS, nested="flat")


def extra(row: dict[str, Any]) -> dict[str, str]:
    return dict(row[EXTRA_COLUMN] or ())


def one(**members: Any) -> dict[str, Any]:
    (row,) = to_batch([members], SCHEMA).to_pylist()
    return row


class TestValuesOfTheRightForm:
    def test_each_kind_has_its_type(self) -> None:
        row = one(
            ID="1", name="Plan", status="INP", percentComplete=12.5, canStart=True, durationMinutes=480, priority=2,
            plannedStartDate="2026-05-18T17:00:00:000-0600", actualCost=10.25, auditTypes=["GE", "ST"],
        )  # fmt: skip
        assert row["plannedStartDate"] == datetime(2026, 5, 18, 23, tzinfo=UTC)
        assert row["actualCost"] == Decimal("10.25")
        assert (row["percentComplete"], row["durationMinutes"], row["canStart"]) == (12.5, 480, True)
        assert (row["name"], row["status"], row["priority"], row["auditTypes"]) == ("Plan", "INP", 2, ["GE", "ST"])
        assert row[EXTRA_COLUMN] is None

    def test_related_rows_are_structs_and_collections_lists_of_them(self) -> None:
        row = one(
            ID="1",
            project={"ID": "p", "objCode": "PROJ", "name": "Launch", "owner": {"ID": "u", "name": "Ann"}},
            assignments=[{"ID": "a", "assignedToID": "u"}, {"ID": "b", "assignedToID": None}],
        )
        assert row["project"] == {"ID": "p", "name": "Launch", "owner": {"ID": "u", "name": "Ann"}}
        assert row["assignments"] == [{"ID": "a", "assignedToID": "u"}, {"ID": "b", "assignedToID": None}]
        assert row[EXTRA_COLUMN] is None

    def test_flat_columns_are_named_after_their_way(self) -> None:
        project = {"ID": "p", "name": "Launch", "owner": None}
        rows: list[dict[str, object]] = [{"ID": "1", "project": project}, {"ID": "2", "project": None}]
        first, second = to_batch(rows, FLAT).to_pylist()
        assert (first["project_name"], first["project_owner_name"], second["project_name"]) == ("Launch", None, None)
        assert first[EXTRA_COLUMN] is second[EXTRA_COLUMN] is None

    def test_values_of_forms_are_json_texts_by_name(self) -> None:
        row = one(ID="1", parameterValues={"DE:Region": "EMEA", "DE:Sizes": ["S", 2]})
        assert dict(row["parameterValues"]) == {"DE:Region": '"EMEA"', "DE:Sizes": '["S",2]'}

    def test_what_was_not_sent_is_null(self) -> None:
        assert set(one(ID="1").values()) == {"1", None}


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("percentComplete", "12.5", 12.5),
        ("durationMinutes", "480", 480),
        ("durationMinutes", 480.0, 480),
        ("canStart", "true", True),
        ("auditTypes", "GE", ["GE"]),
        ("actualCost", "10.25", Decimal("10.25")),
        ("plannedStartDate", "2026-05-18T17:00:00Z", datetime(2026, 5, 18, 17, tzinfo=UTC)),
    ],
)
def test_another_form_of_the_same_value_is_taken(name: str, sent: object, kept: object) -> None:
    row = one(**{"ID": "1", name: sent})
    assert (row[name], row[EXTRA_COLUMN]) == (kept, None)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("percentComplete", True),
        ("percentComplete", "half"),
        ("percentComplete", 2**60 + 1),
        ("percentComplete", ""),
        ("durationMinutes", 1.5),
        ("durationMinutes", 2**70),
        ("durationMinutes", "1_000"),
        ("canStart", 1),
        ("canStart", "yes"),
        ("auditTypes", ["GE", 5]),
        ("auditTypes", {"a": 1}),
        ("actualCost", 10.0**30),
        ("actualCost", "0.00000000001"),
        ("plannedStartDate", "tomorrow"),
        ("plannedStartDate", "9999-12-31T23:00:00:000-0600"),
        ("plannedStartDate", "2026-05-18T25:00:00:000-0600"),
        ("plannedStartDate", "2026-05-18T17:00:00:00\u0660-0600"),
        ("plannedStartDate", "2026-05-18T17:00:00:0 0-0600"),
        ("plannedStartDate", "0001-01-01T00:00:00:000+0000"),
        ("name", 5),
        ("name", "\ud800"),
        ("project", "p"),
        ("project", {"ID": "p", "name": 5}),
        ("project", {"ID": "p", "colour": "red"}),
        ("project", {"ID": "p", "owner": {"ID": "u", "name": [1]}}),
        ("assignments", [{"ID": "a", "assignedToID": 5}]),
        ("assignments", [5]),
        ("parameterValues", [1]),
        ("unheard", {"of": [1, None]}),
    ],
)
@pytest.mark.parametrize("schema", [SCHEMA, FLAT], ids=["struct", "flat"])
def test_what_does_not_fit_is_put_aside_as_it_came(name: str, sent: object, schema: Any) -> None:
    rows: list[dict[str, object]] = [{"ID": "1", name: sent}, {"ID": "2"}]
    wrong, right = to_batch(rows, schema).to_pylist()
    assert json.loads(extra(wrong)[name]) == sent
    assert right[EXTRA_COLUMN] is None
    if not isinstance(sent, dict | list) and name in schema.arrow.names:
        assert wrong[name] is None


def test_a_misfit_spoils_no_other_row() -> None:
    rows: list[dict[str, Any]] = [{"ID": str(number), "percentComplete": number} for number in range(5)]
    rows[2]["percentComplete"] = "half"
    assert [row["percentComplete"] for row in to_batch(rows, SCHEMA).to_pylist()] == [0, 1, None, 3, 4]


def test_a_custom_field_of_unknown_kind_keeps_text_and_puts_other_values_aside_as_well() -> None:
    text, number = to_batch([{"ID": "1", "DE:Region": "5"}, {"ID": "2", "DE:Region": 5}], SCHEMA).to_pylist()
    assert (text["DE:Region"], text[EXTRA_COLUMN]) == ("5", None)
    assert (number["DE:Region"], extra(number)) == ("5", {"DE:Region": "5"})


def test_a_row_of_another_object_says_which() -> None:
    own, other = to_batch([{"ID": "1", "objCode": "TASK"}, {"ID": "2", "objCode": "OPTASK"}], SCHEMA).to_pylist()
    assert (own[EXTRA_COLUMN], extra(other)) == (None, {"objCode": '"OPTASK"'})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()) | st.sampled_from(
        ["2026-05-18T17:00:00:000-0600", "2026-05-18", "true", "1", "-7.5", "", "0001-01-01T00:00:00:000+0000"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
NAMES = [*dict.fromkeys(name.partition(":")[0] if not name.startswith("DE:") else name for name in FIELDS), "other"]


def is_same(found: object, sent: object) -> bool:
    """Whether a column shows the value that was sent, in the column's type."""
    if found is None or sent is None:
        return found is sent
    if isinstance(found, datetime | date):
        return True  # read by the same functions as models, which have tests of their own
    if isinstance(sent, dict):
        rest = {name: value for name, value in sent.items() if name != "objCode"}
        shown = dict(found)  # type: ignore[call-overload]
        return all(name in shown or value is None for name, value in rest.items())
    if isinstance(found, list):
        return found == (sent if isinstance(sent, list) else [sent]) or any(isinstance(item, dict) for item in found)
    if isinstance(found, bool):
        return sent is found or sent == str(found).lower()
    if isinstance(found, float | int | Decimal):
        number = sent if isinstance(sent, int | float) else Decimal(str(sent))
        exact = Decimal(str(number)) if isinstance(found, Decimal) else number
        return not isinstance(sent, bool) and (found == exact or float(found) == float(exact))
    return found == sent


@settings(max_examples=100, deadline=None)
@given(st.lists(st.fixed_dictionaries({"ID": st.just("1")}, optional=dict.fromkeys(NAMES, JSON)), max_size=4))
def test_any_json_is_in_its_column_or_aside(rows: list[dict[str, Any]]) -> None:
    for schema in (SCHEMA, FLAT):
        batch = to_batch(rows, schema)
        batch.validate(full=True)
        for sent, got in zip(rows, batch.to_pylist(), strict=True):
            aside = extra(got)
            for name, value in sent.items():
                if name in aside:
                    assert json.loads(aside[name]) == value
                elif name in got:
                    assert is_same(got[name], value)
                else:
                    assert value is None or isinstance(value, dict), "only a related row is spread over flat columns"
