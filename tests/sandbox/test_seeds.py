"""What a seed may hold: the fields and codes of the metadata, of every type."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import Any

import pytest

from tests.support.shipped import catalogue
from workfront_sandbox import Sandbox
from workfront_sandbox.tenant.row_check import RowCheck, RowRefused


@pytest.mark.parametrize("version", [21, 22])
def test_a_seed_is_refused_an_unknown_field_of_every_type(version: int) -> None:
    told = [
        described for described in catalogue().at(version).objects.values() if {*described.fields} - {"ID", "objCode"}
    ]
    check = RowCheck(catalogue())
    for described in told:
        with pytest.raises(RowRefused, match=f"row 2 of {described.code} has the unknown field 'noSuchField'"):
            check.check(described.code, [{"ID": "a"}, {"noSuchField": None}])
        check.check(described.code, [dict.fromkeys(described.fields)])
    assert len(told) > 140


def test_an_object_code_is_that_of_the_type_where_the_metadata_tells_its_fields() -> None:
    types, check = catalogue().types, RowCheck(catalogue())
    untold = [code for code in types if not {*types[code].fields, *types[code].relations} - {"ID", "objCode"}]
    for code in types:
        check.check(code, [{"objCode": code}, {"objCode": types[code].name}])
        for other in ("TASK" if code != "TASK" else "PROJ", "TAKS"):
            with nullcontext() if code in untold else pytest.raises(RowRefused, match="objCode"):
                check.check(code, [{"objCode": other}])
    assert "SUBSCR" in untold


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        ({"me": "b", "USER": [{"ID": "a"}]}, "me: 'b', which is the ID of none of its rows of USER"),
        ({"me": "b"}, "me: 'b', which is the ID of none of its rows of USER"),
        ({"me": 5, "USER": [{"ID": "5"}]}, "me: 5, which is the ID of none of its rows of USER"),
        ({"me": ["a"], "USER": [{"ID": "a"}]}, "which is the ID of none of its rows of USER"),
        ({"me": "a", "USER": [{"ID": "a", "isActive": False}]}, "a user who is not active"),
        ({"me": "a", "USER": [{"ID": "a", "isActive": "false"}]}, "a user who is not active"),
        ({"admin": "a", "USER": [{"ID": "a"}]}, "'admin', which says nothing"),
        ({"password": "a"}, "'password', which says nothing"),
        ({"Me": "a", "USER": [{"ID": "a"}]}, "'Me', which says nothing (nearest: me)"),
        ({"USER": [{"ID": "a", "accessLevelID": "nobody"}], "PROJ": [{"password": "x"}]}, "unknown field 'password'"),
    ],
)
def test_what_a_seed_says_besides_rows_means_something(seed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as told:
        Sandbox(seed)
    assert "\n" not in str(told.value)


def test_a_seed_has_remarks() -> None:
    seed = {"_why": "x", "$schema": "x", "comment": "x", "me": "a", "USER": [{"ID": "a", "password": "open"}]}
    assert [row["ID"] for row in Sandbox(seed).rows("USER")] == ["a"]
