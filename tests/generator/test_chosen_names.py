"""Names that people chose, and names that a lock holds: those that generated code needs are refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from workfront_codegen import reserved
from workfront_codegen.errors import CodegenError
from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation, Snapshot

SNAPSHOT = Snapshot(
    "v90.0",
    (
        ObjectType(
            "ONE",
            "One",
            "One",
            verbs=("get", "edit"),
            fields=(
                Field("ID", "ID", "string"),
                Field("state", "State", "string", enum="x.StateEnum", values=(EnumValue("OPN", "Open"),)),
            ),
            references=(Relation("parent", "Parent", "ONE"),),
            collections=(Relation("parts", "Parts", "ONE"),),
            actions=(Operation("begin", "Begin", arguments=(Argument("when", "string"),)),),
        ),
    ),
)


class Place(NamedTuple):
    """Something with a name: how an override speaks of it, how a lock keeps it, and names it cannot have."""

    object: str
    path: str
    section: str
    key: str
    taken: frozenset[str]


CONSTANTS = frozenset({"name", "value", "mro", "upper", "title", "to_bytes", "Open"})
PLACES: Mapping[str, Place] = {
    "a class": Place("ONE", "name", "objects", "ONE", reserved.CLASSES),
    "a field": Place("ONE", "fields.state", "members", "state", reserved.MEMBERS),
    "a reference": Place("ONE", "references.parent", "members", "parent", reserved.MEMBERS),
    "a collection": Place("ONE", "collections.parts", "members", "parts", reserved.MEMBERS),
    "an action": Place("ONE", "actions.begin", "operations", "begin", reserved.OPERATIONS),
    "an argument": Place("ONE", "actions.begin.arguments.when", "arguments", "when", reserved.ARGUMENTS),
    "an enum": Place("*", "enums.x.StateEnum", "enums", "x.StateEnum", reserved.CLASSES),
    "a constant": Place("*", "enums.x.StateEnum.values.OPN", "constants", "State.OPN", CONSTANTS),
}


def cases() -> Iterator[tuple[str, str]]:
    for name, place in PLACES.items():
        for taken in sorted(place.taken - {"None", "True", "False"}):
            yield name, taken
        yield name, "_hidden"
        yield name, "caf\xe9"


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    return tmp_path / "schema"


def refused(schema: Path, said: str) -> None:
    with pytest.raises(CodegenError) as raised:
        generate(schema, ("v90.0",), "acme", schema.parent / "out", check=False)
    assert said in str(raised.value)
    assert not (schema.parent / "out").exists()


@pytest.mark.parametrize("kind", PLACES)
def test_each_of_them_can_have_another_name(kind: str, schema: Path) -> None:
    place = PLACES[kind]
    fix = f'[[fix]]\nobject = "{place.object}"\npath = "{place.path}"\nop = "rename"\nvalue = "OTHER"\nreason = "r"\n'
    (schema / "overrides.toml").write_text(fix)
    generate(schema, ("v90.0",), "acme", schema.parent / "out", check=False)
    lock = json.loads((schema / "names.lock").read_text())
    assert "OTHER" in lock[place.section].values()


@pytest.mark.parametrize(("kind", "name"), list(cases()))
def test_a_chosen_name_that_is_taken_is_refused(kind: str, name: str, schema: Path) -> None:
    place = PLACES[kind]
    fix = f'[[fix]]\nobject = "{place.object}"\npath = "{place.path}"\nop = "rename"\nvalue = "{name}"\nreason = "r"\n'
    (schema / "overrides.toml").write_text(fix, encoding="utf-8")
    refused(schema, f"{place.object}: {place.path!r} cannot be called {name!r}")


@pytest.mark.parametrize(("kind", "name"), list(cases()))
def test_a_name_in_the_lock_that_is_taken_is_refused(kind: str, name: str, schema: Path) -> None:
    place = PLACES[kind]
    (schema / "names.lock").write_text(json.dumps({place.section: {place.key: name}}))
    refused(schema, f"{place.path!r} cannot be called {name!r}")
