"""Which fields a call asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias, TypeGuard, TypeVar

from workfront_core.arguments import described, is_several, shown
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.field_names import refuse_name_of_other
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean
from workfront_core.query.field_path import MAX_DEPTH, Path, origin, refuse_filter_only, refuse_flag, segments
from workfront_core.query.origin import Origin, refuse_foreign
from workfront_core.request.encoding import Params
from workfront_core.values.sequences import MixedList, SequenceNotStr

M = TypeVar("M")

Fields: TypeAlias = SequenceNotStr[str | Path[M]] | MixedList | None
"""Fields to load of rows ``M``: members of the field enum, paths from ``M.f``, wire names; ``None`` for the default."""

_ALWAYS: Final = frozenset({"*", "ID", "objCode", "parameterValues"})
"""Names that every object has, though not every model lists them."""


def field_parameters(
    fields: Fields[Any], known: Mapping[str, str], *, of: type[WorkfrontObject] | None = None
) -> Params:
    """Returns the ``fields`` parameter; a JSON list where a name holds a comma.

    Args:
        fields: what to load.
        known: wire names by Python name, to tell the one written for the other.
        of: the object that is loaded.

    Raises:
        QueryError: one text instead of a list, a path too deep, a write-only field, a name that is no field, a path of
            another object.
    """
    if fields is None:
        return ()
    if isinstance(fields, str | Path):
        raise QueryError(f"fields= takes a list, not {str(fields)!r} alone.", hint=f"Write fields=[{str(fields)!r}].")
    if not is_several(fields) or _is_no_list(fields):
        raise QueryError(f"fields= takes a list, not {described(fields)}.", hint='Write fields=["name"].')
    if of is not None:
        for field in fields:
            refuse_foreign(_origin(field), of, f"fields= of {of.__name__}")
            refuse_name_of_other(field, of, f"fields= of {of.__name__}")
    names = list(dict.fromkeys(_field_name(field, known) for field in fields))
    if not names:
        return ()
    return (("fields", json.dumps(names) if any("," in name for name in names) else ",".join(names)),)


def _is_no_list(fields: object) -> bool:
    """Returns whether this gives its fields to the first call alone, or has values that would count for nothing."""
    return isinstance(fields, Iterator | Mapping)


def listed_names(params: Params) -> list[str]:
    """Returns the wire names in the ``fields`` of a call, in their order; none where the server chooses."""
    text = next((value for name, value in params if name == "fields"), "")
    names: list[str] = json.loads(text) if text.startswith("[") else text.split(",")
    return [name for name in names if name]


def asked_names(params: Params) -> frozenset[str]:
    """Returns the wire names in the ``fields`` of a call; none where it leaves the choice to the server."""
    return frozenset(listed_names(params))


def _field_name(field: object, known: Mapping[str, str]) -> str:
    if _is_path(field):
        refuse_flag(field, "WRITE_ONLY", "read")
        refuse_filter_only(field, "read")
        return _checked_depth(str(field), len(segments(field)))
    if not isinstance(field, str):
        raise QueryError(f"fields= takes field names and paths, not {type(field).__name__} {shown(field)}.")
    name = str.__str__(field)
    _refuse_unknown(name, known)
    return _checked_depth(name, 1 if name.startswith(CUSTOM) else name.count(":") + 1)


def _refuse_unknown(name: str, known: Mapping[str, str]) -> None:
    """Refuses a name that fails the whole call on the server; further levels of a path are checked there."""
    first = name.partition(":")[0]
    if not known or first in known.values() or first in _ALWAYS or name.startswith(CUSTOM) or not first:
        return
    if first in known:
        raise QueryError(f"fields= takes wire names: {first!r} is {known[first]!r} on the wire.")
    near = did_you_mean(first, known.values())
    raise QueryError(
        f"fields= holds {first!r}, which is not a field of the object.",
        hint=f"{near}{near and ' '}Custom fields are written DE:{first}; raw_field({name!r}) is sent unchecked.",
    )


def _checked_depth(name: str, levels: int) -> str:
    if not name or name.startswith(":") or (name.endswith(":") and not name.startswith(CUSTOM)):
        raise QueryError(f"fields= holds {name!r}, which is not a field.", hint="Take a member of X.f, not X.f itself.")
    if levels > MAX_DEPTH:
        raise QueryError(
            f"{name} is {levels} levels deep; the API loads at most {MAX_DEPTH}.",
            hint="Search the object further down and filter it by its parent.",
        )
    return name


def _origin(field: object) -> Origin | None:
    return origin(field) if _is_path(field) else None


def _is_path(field: object) -> TypeGuard[Path[Any]]:
    return isinstance(field, Path)
