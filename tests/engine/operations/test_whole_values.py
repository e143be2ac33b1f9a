"""A field of whole numbers is written whole ones: a fraction is told before the server refuses it without a name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.support.shipped_models import shipped
from workfront_core.errors import QueryError
from workfront_core.operations.operation import create
from workfront_core.query.model_fields import ModelField, model_fields

UNFIT: tuple[Any, ...] = (1.5, Decimal("0.5"), "1.5", 2**63, 10**30, "1e30", 1e300)
FIT: tuple[Any, ...] = (2, -3, "4", 5.0, Decimal("6.0"), None, 2**63 - 1)
NOT_SET = frozenset({"READ_ONLY", "AUTO_GENERATED"})


def numbers(version: str) -> Iterator[tuple[Any, ModelField]]:
    """The members of numbers that may be written."""
    for model in shipped(version):
        for member in model_fields(model).values():
            if getattr(member.kind, "__name__", "") in ("NumberPath", "IntEnumPath") and not member.flags & NOT_SET:
                yield model, member


@pytest.mark.parametrize("version", ["v21", "v22"])
def test_no_fraction_is_written_to_a_field_of_whole_numbers(version: str) -> None:
    found = [(model, member) for model, member in numbers(version) if member.is_whole]
    assert len(found) > 50
    for model, member in found:
        for value in UNFIT:
            with pytest.raises(QueryError, match=f"{member.name} takes a whole number of at most 64 bits, not"):
                create(model, {member.name: value})
        for value in FIT:
            assert create(model, {member.name: value})


@pytest.mark.parametrize("version", ["v21", "v22"])
def test_other_fields_of_numbers_take_fractions(version: str) -> None:
    found = [(model, member) for model, member in numbers(version) if not member.is_whole]
    assert len(found) > 20
    for model, member in found:
        assert create(model, {member.name: 1.5})
