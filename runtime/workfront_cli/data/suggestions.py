"""What a shell offers for a word that is begun: objects, fields through relations. No request is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workfront_cli.guarded import WORDS

if TYPE_CHECKING:
    import click

    from workfront_core.models.model import WorkfrontObject


def object_names(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the objects whose names begin so."""
    from workfront_client.v22 import OBJECTS

    names = [f"{name[0].lower()}{name[1:]}" for name in OBJECTS.values()]
    return sorted(name for name in [*names, "issue"] if name.lower().startswith(incomplete.lower()))


def field_lists(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with a list of fields: ``name,assignedTo.na`` with ``name,assignedTo.name``."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{path}" for path in _paths(ctx, last)]


def assignments(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with ``NAME=VALUE``: fields, and behind the sign the codes of one."""
    name, sign, begun = incomplete.partition("=")
    if not sign:
        return [f"{path}=" for path in _paths(ctx, incomplete)]
    model = _model(ctx)
    from workfront_core.query.model_fields import by_wire_name

    member = by_wire_name(model).get(name) if model is not None else None
    codes = list(member.codes) if member is not None and member.codes is not None else []
    return [f"{name}={code.value}" for code in codes if str(code.value).lower().startswith(begun.lower())]


def _paths(ctx: click.Context, begun: str) -> Iterator[str]:
    """Yields the fields whose paths begin so; a relation too, to go on with a dot."""
    from workfront_core.query.model_fields import by_wire_name

    model = _model(ctx)
    before, dot, last = begun.rpartition(".")
    for name in before.split(".") if before else ():
        member = by_wire_name(model).get(name) if model is not None else None
        model = member.relation.target() if member is not None and member.relation is not None else None
    names: list[str] = sorted(by_wire_name(model)) if model is not None else []
    yield from (f"{before}{dot}{name}" for name in names if name.lower().startswith(last.lower()))


def _model(ctx: click.Context) -> type[WorkfrontObject] | None:
    """Returns the object that the line names; ``None`` where it names none, or one that is not known."""
    from workfront_cli.data.session import model_of
    from workfront_core.errors import WorkfrontError
    from workfront_core.request.api_version import DEFAULT, ApiVersion

    words: list[str] = ctx.meta.get(WORDS, [])
    name = next((word for word in words if not word.startswith("-")), "")
    try:
        return model_of(name, ApiVersion.parse(str(ctx.params.get("api_version") or DEFAULT)))
    except WorkfrontError:
        return None
