"""``$$USER`` stands for an ID where rows are read. What changes or deletes takes no placeholder, and sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.arguments.annotations import arguments
from tests.arguments.call import Call, settled, split, told
from tests.arguments.right_arguments import GIVEN, OF_DOCUMENTS
from tests.arguments.surface import methods_of
from tests.arguments.world import World
from workfront_core import BulkError, QueryError

CALLER = "$$USER"
OF_ROWS = ("object_id", "object_ids", "target", "ids", "source_id", "replacement_id", "document", "document_id")
READS = ("get", "get_many")
BOTH = pytest.mark.parametrize("side", ["wf", "aio"])
SERVICES = {"task": GIVEN, "user": GIVEN, "document": OF_DOCUMENTS, "assignment": GIVEN}


def by_placeholder(call: Call) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the arguments of a call with a placeholder in place of each ID of a row."""
    known = arguments(call.function)
    given = {item.name: call.given[item.name] for item in known if item.is_required and item.name in call.given}
    for name in given.keys() & {*OF_ROWS}:
        yield name, {**given, name: [CALLER] if isinstance(given[name], list) else CALLER}


def outcome(call: Call, given: dict[str, Any], world: World) -> object:
    world.begin()
    try:
        positional, named = split(arguments(call.function), given)
        return settled(call.function(*positional, **named), world)
    except Exception as error:
        return error


@BOTH
@pytest.mark.parametrize("name", SERVICES)
def test_only_reads_take_a_placeholder(name: str, side: str, small_tenant: World) -> None:
    service = getattr(getattr(small_tenant, side), name)
    wrong: list[str] = []
    tried = 0
    for call in methods_of(name, service, SERVICES[name]):
        for argument, given in by_placeholder(call):
            result = outcome(call, given, small_tenant)
            tried += 1
            if call.name.rpartition(".")[2] in READS:
                wrong += [f"{call.name}: {told(result)}"] if isinstance(result, QueryError) else []
            elif not isinstance(result, QueryError | BulkError) or small_tenant.sent():
                wrong.append(f"{call.name}({argument}=): {told(result)}, {small_tenant.sent()} sent")
    assert wrong == []
    assert tried > 5


def test_many_rows_take_none_either(small_tenant: World) -> None:
    users = small_tenant.wf.user
    small_tenant.begin()
    for result in (
        users.delete_many([CALLER], on_error="collect"),
        users.update_many([(CALLER, {"first_name": "x"})], on_error="collect"),
    ):
        assert [str(row.error) for row in result.rows if "stands for an ID where rows are read" in str(row.error)]
    assert small_tenant.sent() == 0
