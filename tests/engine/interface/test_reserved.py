"""The frozen list of names that generated members must not take."""

from __future__ import annotations

import builtins

from pydantic import BaseModel

from tests.support.models_fixture import Task
from workfront_core.interface import reserved_members as reserved
from workfront_core.interface.reserved_members import RESERVED_MEMBER_NAMES
from workfront_core.models.model import WorkfrontObject


def _public(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


def test_no_member_can_hide_an_attribute_of_a_row() -> None:
    of_rows = _public(BaseModel) | _public(WorkfrontObject) | _public(Task)
    missing = of_rows - RESERVED_MEMBER_NAMES
    assert not missing, f"add them to workfront_core/interface/reserved_members.py: {sorted(missing)}"


def test_no_member_can_hide_a_builtin_that_annotations_use() -> None:
    used = {"bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple"}
    assert used <= set(dir(builtins)) & RESERVED_MEMBER_NAMES


def test_the_list_is_written_by_hand_and_stays_as_it_is() -> None:
    # Removing or adding a name renames members of every generated package: change this number only with that in mind.
    assert len(RESERVED_MEMBER_NAMES) == 55
    assert not hasattr(reserved, "BaseModel")


def test_every_reserved_name_is_an_identifier() -> None:
    assert all(name.isidentifier() and not name.startswith("_") for name in RESERVED_MEMBER_NAMES)
