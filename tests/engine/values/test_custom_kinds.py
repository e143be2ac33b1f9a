"""Custom fields are read to a value of their kind, or kept as they came: no JSON value raises anything else."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given

from tests.engine.test_foreign_text import JSON
from workfront_core.values.custom_field import KINDS


@pytest.mark.parametrize("kind", KINDS)
@given(value=JSON)
@example(10**400)
@example(-(10**400))
@example("9" * 5000)
@example("1e999999999")
@example("sNaN")
@example(float("nan"))
@example("99999-01-01T00:00:00:000-0600")
@example("0001-01-01T00:00:00:000+1400")
@example([None, {"ID": 5}])
@example('{"blocks": [{"text": 5}]}')
def test_each_kind_reads_any_value_or_refuses_it_by_a_value_error(kind: str, value: Any) -> None:
    found = json.loads(json.dumps(value))
    for step in (KINDS[kind].read, KINDS[kind].write):
        with suppress(ValueError, TypeError):
            step(found)
