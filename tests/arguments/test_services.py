"""Every method of every service checks its arguments before it sends, and says in a WorkfrontError what is wrong.

Methods, arguments and annotations are found by looking, so that no new one is left out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pytest

from tests.arguments.annotations import arguments
from tests.arguments.call import Call, problems
from tests.arguments.right_arguments import GIVEN, OF_DOCUMENTS, OF_UNTYPED, OF_VERSIONS
from tests.arguments.surface import methods_of
from tests.arguments.world import World
from workfront_client.v22.service_names import SERVICES

OWN_ARGUMENTS: Mapping[str, Mapping[str, Any]] = {"document": OF_DOCUMENTS, "document_version": OF_VERSIONS}
BOTH = pytest.mark.parametrize("side", ["wf", "aio"])
MIXED_IN = ("task", "document", "document_version")
"""Services that have, between them, every method that services share."""


@pytest.fixture(scope="module")
def tried_fields() -> set[Hashable]:
    """The fields of writes that the services before have tried."""
    return set()


def is_generated(call: Call) -> bool:
    return str(call.function.__module__).startswith("workfront_client")


def with_what_it_needs(call: Call) -> Call:
    """Returns the call with the arguments it needs, and of an update something to change."""
    known = arguments(call.function)
    given = {item.name: call.given[item.name] for item in known if item.is_required and item.name in call.given}
    if call.name.endswith(".update"):
        given["extra"] = {"statusLabel": "x"}
    return Call(call.name, call.function, given)


@BOTH
@pytest.mark.parametrize("name", MIXED_IN)
def test_methods_that_services_share(name: str, side: str, small_tenant: World) -> None:
    service = getattr(getattr(small_tenant, side), name)
    given = OWN_ARGUMENTS.get(name, GIVEN)
    calls = methods_of(f"{side}.{name}", service, given)
    assert problems((call for call in calls if not is_generated(call)), small_tenant) == []


@BOTH
def test_methods_of_objects_that_no_schema_describes(side: str, small_tenant: World) -> None:
    service = getattr(small_tenant, side).untyped("TASK")
    assert problems(methods_of(f"{side}.untyped", service, OF_UNTYPED), small_tenant) == []


@BOTH
@pytest.mark.parametrize("name", sorted(set(SERVICES.values())))
def test_actions_named_queries_and_writes(
    name: str, side: str, small_tenant: World, tried_fields: set[Hashable]
) -> None:
    service = getattr(getattr(small_tenant, side), name)
    calls = methods_of(f"{side}.{name}", service, GIVEN)
    assert (
        problems((with_what_it_needs(call) for call in calls if is_generated(call)), small_tenant, tried_fields) == []
    )
