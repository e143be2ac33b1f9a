"""What a shell offers for a word that is begun: objects, fields through relations. No request is sent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from workfront_cli.connection.tenant_package import DEFAULT_PACKAGE, choosing
from workfront_cli.guarded import WORDS

if TYPE_CHECKING:
    import click

    from workfront_core.models.model import WorkfrontObject


def object_names(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the objects whose names begin so."""
    names = objects_of(_package(ctx), _version(ctx))
    return sorted(name for name in names if name.lower().startswith(incomplete.lower()))


def field_lists(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with a list of fields: ``name,assignedTo.na`` with ``name,assignedTo.name``."""
    return lists_of(_model(ctx), incomplete)


def assignments(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with ``NAME=VALUE``: fields, and behind the sign the codes of one."""
    return assignments_of(_model(ctx), incomplete)


def objects_of(package: str, version: str) -> list[str]:
    """Returns the objects of a generated package as a person writes them; none where there is no such package."""
    from workfront_cli.data.session import package_of
    from workfront_core.errors import WorkfrontError
    from workfront_core.request.api_version import ApiVersion

    try:
        with choosing(package):
            names = import_module(package_of(ApiVersion.parse(version))).OBJECTS.values()
    except WorkfrontError:
        return []
    return [*(f"{name[0].lower()}{name[1:]}" for name in names), "issue"]


def model_named(package: str, version: str, name: str) -> type[WorkfrontObject] | None:
    """Returns the object of a generated package by any of its names; ``None`` where there is none."""
    from workfront_cli.data.session import model_of
    from workfront_core.errors import WorkfrontError
    from workfront_core.request.api_version import ApiVersion

    try:
        with choosing(package):
            return model_of(name, ApiVersion.parse(version))
    except WorkfrontError:
        return None


def lists_of(model: type[WorkfrontObject] | None, begun: str) -> list[str]:
    """Returns the ways to go on with a list of fields of an object."""
    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{path}" for path in _paths(model, last)]


def assignments_of(model: type[WorkfrontObject] | None, begun: str) -> list[str]:
    """Returns the ways to go on with ``NAME=VALUE`` of an object."""
    name, sign, value = begun.partition("=")
    if not sign:
        return [f"{path}=" for path in _paths(model, begun)]
    from workfront_core.query.model_fields import by_wire_name

    member = by_wire_name(model).get(name) if model is not None else None
    codes = list(member.codes) if member is not None and member.codes is not None else []
    return [f"{name}={code.value}" for code in codes if str(code.value).lower().startswith(value.lower())]


def _paths(model: type[WorkfrontObject] | None, begun: str) -> Iterator[str]:
    """Yields the fields whose paths begin so; a relation too, to go on with a dot."""
    from workfront_core.query.model_fields import by_wire_name

    before, dot, last = begun.rpartition(".")
    for name in before.split(".") if before else ():
        member = by_wire_name(model).get(name) if model is not None else None
        model = member.relation.target() if member is not None and member.relation is not None else None
    names: list[str] = sorted(by_wire_name(model)) if model is not None else []
    yield from (f"{before}{dot}{name}" for name in names if name.lower().startswith(last.lower()))
    if begun and not dot and model is not None:
        yield from _custom(model, begun)


def _custom(model: type[WorkfrontObject], begun: str) -> Iterator[str]:
    """Yields the custom fields that a package of the tenant knows of an object, as a line has them."""
    from workfront_cli.custom_names import begins, custom_word
    from workfront_core.values.custom_field import fields_of

    view: Any = model.custom
    return (word for word in map(custom_word, sorted(fields_of(view))) if begins(word, begun))


def _package(ctx: click.Context) -> str:
    return str(ctx.params.get("package") or os.environ.get("WORKFRONT_PACKAGE") or DEFAULT_PACKAGE)


def _version(ctx: click.Context) -> str:
    from workfront_core.request.api_version import DEFAULT

    return str(ctx.params.get("api_version") or DEFAULT)


def _model(ctx: click.Context) -> type[WorkfrontObject] | None:
    """Returns the object that the line names; ``None`` where it names none, or one that is not known."""
    words: list[str] = ctx.meta.get(WORDS, [])
    return model_named(_package(ctx), _version(ctx), next((word for word in words if not word.startswith("-")), ""))
