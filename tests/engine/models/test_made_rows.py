"""Rows that a program makes: what they hold is checked as values given one by one are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, IntEnum, StrEnum
from typing import Any, Final, cast

import pytest
from pydantic import ValidationError

from tests.support.shipped_models import shipped
from workfront_client.v22 import Portfolio, Priority, Project, ProjectStatus, Task, Workfront
from workfront_core.errors import QueryError, WorkfrontError
from workfront_core.interface.models import WorkfrontObject
from workfront_core.operations.payload import row_values
from workfront_core.query.field_kinds import ListPath
from workfront_core.query.model_fields import model_fields
from workfront_testing import SandboxKit, in_process

ID: Final = "1" * 32


class OwnCode(StrEnum):
    """Codes of a tenant's own, for texts."""

    ON_ICE = "ICE"


class OwnNumber(IntEnum):
    """Codes of a tenant's own, for numbers."""

    BURNING = 77


def coded_members() -> Iterator[tuple[type[WorkfrontObject], str, type[Enum]]]:
    for kind in shipped("v22.0"):
        for name, member in model_fields(kind).items():
            if member.codes is not None and member.kind is not ListPath and "READ_ONLY" not in member.flags:
                yield kind, name, member.codes


def is_refused(kind: type[WorkfrontObject], name: str, value: object) -> bool:
    try:
        row_values(kind.model_validate({name: value}))
    except (ValidationError, QueryError):
        return True
    return False


def test_a_code_of_another_field_is_refused_wherever_a_row_holds_codes() -> None:
    wrong, seen = list[str](), 0
    for kind, name, known in coded_members():
        of_others, own = (ProjectStatus, OwnCode) if issubclass(known, str) else (Priority, OwnNumber)
        if known.__name__ == of_others.__name__:
            continue
        seen += 1
        for codes, expected in ((of_others, True), (own, False), (known, False)):
            if is_refused(kind, name, next(iter(codes))) != expected:
                wrong.append(f"{kind.__name__}.{name}: {codes.__name__}")
    assert wrong == []
    assert seen > 100


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with in_process() as running:
        yield running


WAYS: Final[dict[str, Callable[[Workfront, Task], object]]] = {
    "create_many": lambda wf, row: wf.task.create_many([row], on_error="stop"),
    "atomic": lambda wf, row: wf.task.create_many([row], atomic=True),
    "update": lambda wf, row: wf.task.update(with_id(row)),
    "save": lambda wf, row: wf.task.save(with_id(row)),
    "update_many": lambda wf, row: wf.task.update_many([with_id(row)]),
    "a pair": lambda wf, row: wf.task.update_many([(ID, cast("Any", row))]),
    "inside another": lambda wf, row: wf.project.create(name="x", tasks=[row]),
    "in a row": lambda wf, row: wf.project.update(Project(id=ID, tasks=[row])),
    "two rows deep": lambda wf, row: wf.portfolio.update(Portfolio(id=ID, projects=[Project(tasks=[row])])),
}


def with_id(row: Task) -> Task:
    return row.model_copy(update={"id": ID})


@pytest.mark.parametrize("way", WAYS)
def test_the_name_of_a_code_in_place_of_the_code_is_refused_before_anything_is_sent(way: str, kit: SandboxKit) -> None:
    with kit.client(Workfront) as wf:
        sent = len(kit.log.sent)
        with pytest.raises(WorkfrontError, match="is the name that TaskStatus has"):
            WAYS[way](wf, Task(name="x", status="COMPLETE"))
        assert len(kit.log.sent) == sent


def test_what_a_server_sent_is_written_back_as_it_came() -> None:
    read: Any = Task.from_wire({"ID": ID, "objCode": "TASK", "status": "COMPLETE"})
    assert row_values(read)["status"] == "COMPLETE"
