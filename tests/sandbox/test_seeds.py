"""What a seed may hold: the fields and codes of the metadata, of every type."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from tests.support.shipped import catalogue
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
