"""Objects whose rows the API has no search for are refused by name, before anything is sent or made."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest

import workfront_client.v22 as v22
from workfront_client.v22 import Workfront
from workfront_core import InvalidRequest, QueryError
from workfront_core.sync import Table
from workfront_testing import in_process

MODELS: list[Any] = [getattr(v22, name) for name in sorted(set(v22.OBJECTS.values()))]


WAY = re.compile(r"wf\.(\w+)\.search\(\.\.\., fields=\['([\w:*]+)'\]")


def refused(model: Any) -> str | None:
    """What a table of the object is refused with: message and hint; nothing where it is taken."""
    try:
        Table(model)
    except QueryError as error:
        return f"{error.message} {error.hint}"
    return None


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.obj_code)
def test_every_object_is_taken_or_refused_by_name(model: Any) -> None:
    said, name = refused(model), Workfront.services.get(model.obj_code)
    if said is not None:
        assert f"rows of {model.__name__}" in said or f"Rows of {model.__name__} have no ID" in said
    if name is None:
        assert said is not None
        assert "no search for rows" in said


def test_a_hint_leads_to_searches_that_give_the_rows() -> None:
    hints = [said for model in MODELS if (said := refused(model)) is not None and "as a field" in said]
    assert len(hints) > 20
    named = {found for said in hints for found in WAY.findall(said)}
    with in_process() as kit, kit.client(Workfront) as wf:
        for service, field in sorted(named):
            try:
                getattr(wf, service).search(fields=[field]).to_list()
            except InvalidRequest as error:
                pytest.fail(f"{service} {field}: {error}")


def test_a_collection_is_named_before_a_reference() -> None:
    said = refused(v22.UserRole)
    assert said is not None
    assert "wf.user.search(..., fields=['userRoles:*'])" in said


def test_a_model_of_a_program_is_not_judged() -> None:
    base: Any = import_module("workfront_core.models.model").WorkfrontObject
    own = type("Own", (base,), {"obj_code": "OWN", "__module__": __name__, "__annotations__": {}})
    with pytest.raises(QueryError, match="have no ID"):
        Table(own)
