"""Statuses that wait for approval."""

from __future__ import annotations

import pytest

from workfront_client.v22 import ProjectStatus, Task, TaskStatus
from workfront_core.errors import QueryError
from workfront_core.operations import operation
from workfront_core.values.approval_status import base_status, is_pending, pending


@pytest.mark.parametrize(
    ("status", "base", "waits"),
    [
        ("INP:A", "INP", True),
        ("INP", "INP", False),
        (TaskStatus.IN_PROGRESS, "INP", False),
        ("ZZZ:A", "ZZZ", True),
        ("A", "A", False),
        ("A:B", "A:B", False),
    ],
)
def test_a_status_splits_into_its_code_and_whether_it_waits(status: str, base: str, waits: bool) -> None:
    assert (base_status(status), is_pending(status)) == (base, waits)
    assert type(base_status(status)) is str


def test_the_code_becomes_a_member_where_the_enum_knows_it() -> None:
    assert base_status("INP:A", TaskStatus) is TaskStatus.IN_PROGRESS
    assert base_status(TaskStatus.NEW, TaskStatus) is TaskStatus.NEW
    assert base_status("ZZZ:A", TaskStatus) == "ZZZ"
    assert base_status("CUR:A", ProjectStatus) is ProjectStatus.CURRENT


def test_a_pending_code_is_built_from_members_and_texts() -> None:
    assert pending(TaskStatus.IN_PROGRESS) == pending("INP") == "INP:A"
    assert type(pending(TaskStatus.IN_PROGRESS)) is str
    with pytest.raises(QueryError, match="waits for approval already"):
        pending("INP:A")


def test_rows_and_conditions_take_pending_codes() -> None:
    row = Task.from_wire({"ID": "1", "status": "INP:A"})
    assert row.status == pending(TaskStatus.IN_PROGRESS)
    assert base_status(row.status or "", TaskStatus) is TaskStatus.IN_PROGRESS
    assert operation.count(Task, [Task.f.status == pending(TaskStatus.IN_PROGRESS)]).params == (("status", "INP:A"),)
