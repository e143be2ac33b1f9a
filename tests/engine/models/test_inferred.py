"""A type that nobody saw a server state binds no row: what does not fit it stays as it came, however a row is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.support.shipped_models import shipped
from workfront_client.v22 import Note
from workfront_core.interface.models import WorkfrontObject, wire, wire_names
from workfront_core.models import mismatch
from workfront_schema import evidence, store

WITHOUT_TARGET: Final = ("QUED.queueTopics", "QUETGP.queueTopicGroups")
"""Relations on record of which nobody knows where they lead."""
ODD: Final = {"formatEntryDate": {"day": 3}, "numLikes": "many"}


@pytest.fixture(autouse=True)
def nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mismatch, "_noted", set())


class Memo(WorkfrontObject):
    obj_code: ClassVar[str] = "MEMO"
    __workfront_inferred__: ClassVar[frozenset[str]] = wire_names("numLikes topics", "about")
    id: str = wire("ID")
    num_likes: int | None = wire("numLikes")
    topics: list[str] | None = None
    about: int | None = None
    seen: int | None = None


class OwnMemo(Memo):
    num_likes: int | None = wire("numLikes")


class Checked(Memo):
    def model_post_init(self, _context: Any, /) -> None:
        """Has rows read in pydantic's ordinary way."""


MAKE: Final[Mapping[str, Callable[[type[Memo], dict[str, Any]], Memo]]] = {
    "model_validate": lambda kind, row: kind.model_validate(row),
    "model_validate_json": lambda kind, row: kind.model_validate_json(TypeAdapter(dict[str, Any]).dump_json(row)),
    "the class": lambda kind, row: kind(**row),
    "an adapter": lambda kind, row: TypeAdapter(kind).validate_python(row),
    "from_wire": lambda kind, row: kind.from_wire(row),
}


@pytest.mark.parametrize("make", MAKE)
@pytest.mark.parametrize("kind", [Memo, Checked])
def test_what_does_not_fit_an_inferred_type_stays_as_it_came(
    kind: type[Memo], make: str, caplog: pytest.LogCaptureFixture
) -> None:
    memo = MAKE[make](kind, {"ID": "1", "numLikes": "many", "topics": ["a", 5], "seen": 2})
    assert (memo["numLikes"], memo["topics"], memo.seen, memo.id) == ("many", ["a", 5], 2, "1")
    assert memo.model_fields_set == {"id", "num_likes", "topics", "seen"}
    assert bool(memo.changes) == (make != "from_wire")
    assert ["num_likes" in record.getMessage() for record in caplog.records] == [True, False]


@pytest.mark.parametrize("make", sorted({*MAKE} - {"from_wire"}))
def test_what_does_not_fit_a_type_on_record_is_refused_beside_it(make: str) -> None:
    with pytest.raises(ValidationError) as caught:
        MAKE[make](Memo, {"ID": "1", "numLikes": "many", "seen": "often"})
    assert {"seen"} <= {error["loc"][0] for error in caught.value.errors()}


def test_it_may_go_by_its_python_name_too() -> None:
    assert Memo.model_validate({"num_likes": "many"}).to_wire() == {"numLikes": "many"}


@pytest.mark.parametrize("kind", [Memo, Checked])
def test_a_strict_reading_refuses_it(kind: type[Memo]) -> None:
    with pytest.raises(ValidationError, match="numLikes"):
        kind.from_wire({"ID": "1", "numLikes": "many"}, strict=True)


def test_a_type_that_a_class_of_ones_own_gives_a_member_is_not_inferred() -> None:
    with pytest.raises(ValidationError, match="numLikes"):
        OwnMemo.model_validate({"numLikes": "many"})
    assert OwnMemo.model_validate({"about": "many"})["about"] == "many"


def test_a_row_of_the_package_reads_what_a_service_reads() -> None:
    assert Note.model_validate(ODD).to_wire() == Note.from_wire(ODD).to_wire() == ODD


def takes_anything(kind: type[WorkfrontObject], member: str) -> bool:
    try:
        kind.model_validate({member: object()})
    except ValidationError:
        return False
    return True


def test_the_package_binds_exactly_the_types_that_are_on_record(caplog: pytest.LogCaptureFixture) -> None:
    """Every member of every object: an inferred type takes anything, one that is on record refuses what it is not."""
    folder = store.standard_schema()
    levels = evidence.load(folder, "v22.0").objects
    caplog.set_level("ERROR", "workfront")
    wrong, seen = list[str](), Counter[str]()
    for kind in shipped("v22.0"):
        known = {name.partition(".")[2]: level for name, level in levels[kind.obj_code].levels.items()}
        for member in kind.__workfront_shapes__.names:
            is_concluded = member != "ID" and known[member] in ("inferred", "unknown")
            is_loose = is_concluded or f"{kind.obj_code}.{member}" in WITHOUT_TARGET
            seen[known[member]] += 1
            if takes_anything(kind, member) != is_loose:
                wrong.append(f"{kind.obj_code}.{member} {known[member]}")
    assert wrong == []
    assert seen["inferred"] > 2000
