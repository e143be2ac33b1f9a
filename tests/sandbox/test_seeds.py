"""What a seed may hold: the fields and codes of the metadata, of every type."""

from __future__ import annotations

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
