"""Whether the rows of an object can be asked for by themselves, and else which objects they are read with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from workfront_core.errors.kinds import QueryError
from workfront_core.models.declarations import package_of
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.model_fields import model_fields

_NAMED = 3
"""Objects that a hint names at most."""


def check_searchable(model: type[WorkfrontObject]) -> None:
    """Checks that the API version has a search for the rows of an object; nothing is known of a program's own models.

    Raises:
        QueryError: it has none; the hint names the objects that an export reads them with.
    """
    package = package_of(model)
    if not package or _is_searched(model.obj_code, package):
        return
    raise QueryError(
        f"The API has no search for rows of {model.__name__}, so a table of them cannot be kept up to date.",
        hint=_by_way_of(model, package),
    )


def _is_searched(code: str, package: str) -> bool:
    """Returns whether a version's package has a search for the rows of an object."""
    name = _services(package).get(code)
    if name is None:
        return False
    service = f"{import_module(package).OBJECTS[code]}Service"
    return hasattr(getattr(import_module(f"{package}.services.{name}"), service), "search")


def _services(package: str) -> Mapping[str, str]:
    """Returns the names of a version's services by object code."""
    found: Mapping[str, str] = import_module(f"{package}.service_names").SERVICES
    return found


def _by_way_of(model: type[WorkfrontObject], package: str) -> str:
    ways = [f"{parent}(..., fields=['{wire}:*'])" for parent, wire in _parents(model, package)]
    if not ways:
        return "No object that can be searched has a field of them: the API gives them to no table."
    return f"Export them as a field of another object: {', '.join(ways[:_NAMED])}."


def _parents(model: type[WorkfrontObject], package: str) -> Sequence[tuple[str, str]]:
    """Returns the searches and the wire names of the fields through which rows are reached, collections first."""
    version, found = import_module(package), list[tuple[bool, str, str]]()
    for code, name in _services(package).items():
        if _is_searched(code, package):
            found += [
                (not member.many, f"wf.{name}.search", member.wire)
                for member in model_fields(getattr(version, version.OBJECTS[code])).values()
                if member.relation is not None and member.relation.name == model.__name__
            ]
    return [(search, wire) for _, search, wire in sorted(found)]
