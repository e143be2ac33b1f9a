"""A path as a person writes it in Python: ``Task.f.assigned_to.name``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.field_path import Path
from workfront_core.query.path import ObjectPath, member_names


def path_text(path: Path[Any], model: type[WorkfrontObject]) -> str:
    """Returns the expression of a path."""
    wire = str(path)
    names = wire.removeprefix(CUSTOM).split(":")
    place: Any = getattr(model, "f")  # noqa: B009 - only generated models have it
    written = f"{model.__name__}.f"
    while names and not (wire.startswith(CUSTOM) and len(names) == 1):
        known = _members(place)
        if names[0] not in known:
            break
        python_name = known[names.pop(0)]
        place, written = getattr(place, python_name), f"{written}.{python_name}"
    return f"{written}.custom({':'.join(names)!r})" if names else written


def _members(place: object) -> Mapping[str, str]:
    """Returns the Python names of what a path leads to, by wire name; none where it ends at a field."""
    kind: type = type(place)
    leads_on = isinstance(place, ObjectPath)
    return member_names(kind) if leads_on else {}


def paths_text(paths: Iterable[Path[Any]], model: type[WorkfrontObject]) -> str:
    """Returns the expression of a list of paths."""
    return f"[{', '.join(path_text(path, model) for path in paths)}]"
