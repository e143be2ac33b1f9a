"""What people call the members of objects: read from the package of a version when its first table is made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.declarations import package_of
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.model_fields import by_wire_name

_FILE: Final = "labels.txt"


def label_of(model: type[WorkfrontObject], wire: str) -> str:
    """Returns the label of a member; the name of a custom field, and the wire name of another, where none is known."""
    known = _labels(package_of(model))
    return known.get((wire, model.obj_code)) or known.get((wire, "")) or wire.removeprefix(CUSTOM)


def label_of_path(model: type[WorkfrontObject], names: Sequence[str]) -> str:
    """Returns the label of a member of a related row, by the names that lead to it: ``Owner: Name``."""
    labels: list[str] = []
    at: type[WorkfrontObject] = model
    for name in names:
        labels.append(label_of(at, name))
        member = by_wire_name(at).get(name)
        if member is not None and member.relation is not None:
            at = member.relation.target()
    return ": ".join(labels)


def labelled(model: type[WorkfrontObject], label: str) -> list[str]:
    """Returns the wire names of the members that have a label, in upper or lower case."""
    wanted = label.strip().lower()
    return [wire for wire in by_wire_name(model) if label_of(model, wire).lower() == wanted]


@cache
def _labels(package: str) -> Mapping[tuple[str, str], str]:
    """Returns labels by wire name and objCode; the objCode is empty where most objects use the label."""
    return {(wire, (*code, "")[0]): text for wire, text, *code in _lines(package)} if package else {}


def _lines(package: str) -> Iterator[list[str]]:
    try:
        text = files(package).joinpath(_FILE).read_text("utf-8")
    except (FileNotFoundError, ModuleNotFoundError):  # generated before there was one
        return
    yield from (json.loads(line) for line in text.splitlines()[1:] if line)
