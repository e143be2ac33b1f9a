"""Where a value of the line or of a file goes: a field, a custom field, or a reference that is looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from workfront_core.errors import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean
from workfront_core.operations.payload import refuse_read_only as refuse_of_engine
from workfront_core.query.model_fields import ModelField, by_wire_name, model_fields
from workfront_core.values.custom_field import CustomField, fields_of

LOOKUP_FIELDS: Final = ("name", "username", "emailAddr", "extRefID", "referenceNumber")
"""What an object is looked up by, in place of its ID."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Another object, told by something else than its ID.

    Attributes:
        model: what it is.
        field: wire name of what tells it; ``None`` for its ID, a user's e-mail address, or its name.
    """

    model: type[WorkfrontObject]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where a value goes.

    Attributes:
        written: as the person wrote it.
        wire: wire name of what is written; a custom field with ``DE:``.
        member: of the object; ``None`` for a custom field.
        lookup: the object whose ID is written, where the value may tell it otherwise.
        custom: the custom field, where a package of the tenant knows it; else none.
    """

    written: str
    wire: str
    member: ModelField | None = None
    lookup: Lookup | None = None
    custom: tuple[CustomField, ...] = ()

    @property
    def shown(self) -> str:
        """The field to load for people to see what is there now: a custom field, a name, a value."""
        if self.lookup is not None and "name" in by_wire_name(self.lookup.model):
            return f"{_relation(self.wire)}:name"
        return self.wire

    @property
    def is_readable(self) -> bool:
        """Whether it can be loaded at all; a password cannot."""
        return self.member is None or "WRITE_ONLY" not in self.member.flags


def fields_shown(targets: Iterable[Target]) -> list[str]:
    """Returns the fields to load for people to see what is there now."""
    return [target.shown for target in targets if target.is_readable]


def target_named(written: str, model: type[WorkfrontObject]) -> Target:
    """Returns where values of this name go.

    Args:
        written: a wire or Python name, ``DE:`` with the name of a custom field, a reference (``project``), or a field
            of one that tells it: ``assignedTo.emailAddr``.
        model: the object that is written.

    Raises:
        QueryError: the object has no such field, or it cannot be written.
    """
    name = written.strip()
    if name.startswith(CUSTOM):
        return _custom(written, name.removeprefix(CUSTOM), model)
    first, dot, rest = name.replace(":", ".").partition(".")
    member = _member(first, model)
    if member is None:
        raise _unknown(name, first, model)
    if dot:
        return _told_by(written, member, rest, model)
    if member.relation is not None and not member.many:
        return _reference(written, member, Lookup(member.relation.target()), model)
    refuse_read_only(model, member)
    relation = by_wire_name(model).get(_relation(member.wire))
    if relation is None or relation.relation is None or relation.many:
        return Target(written, member.wire, member)
    return Target(written, member.wire, member, Lookup(relation.relation.target()))


def refuse_read_only(model: type[WorkfrontObject], member: ModelField) -> None:
    """Raises a QueryError for a field that cannot be written."""
    if member.wire == "ID":
        raise QueryError(
            f"The ID of a {model.__name__} is given by the server and cannot be written.",
            hint="WHERE, or the column ID of a file, says which object is meant.",
        )
    refuse_of_engine(model, member)


def _custom(written: str, name: str, model: type[WorkfrontObject]) -> Target:
    bare = name[1:-1] if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'" else name
    if not bare.strip():
        raise QueryError("DE: needs the name of a custom field.", hint="Write DE:Region, or DE:'Budget code'.")
    view: Any = model.custom
    known = fields_of(view)
    if known and bare not in known:
        raise QueryError(
            f"{model.__name__} has no custom field {bare!r:.80} in the package {model.__module__.partition('.')[0]}.",
            hint=did_you_mean(bare, known, "One that is newer than it: --package workfront_client, without types."),
        )
    return Target(written, f"{CUSTOM}{bare}", custom=(known[bare],) if known else ())


def _member(name: str, model: type[WorkfrontObject]) -> ModelField | None:
    return by_wire_name(model).get(name) or model_fields(model).get(name)


def _told_by(written: str, member: ModelField, field: str, model: type[WorkfrontObject]) -> Target:
    """Returns the target of ``assignedTo.emailAddr``: the reference, told by a field of what it refers to."""
    if member.relation is None or member.many:
        raise QueryError(f"{written}: {member.wire} of {model.__name__} has no fields to tell it by.")
    target = member.relation.target()
    found = _member(field, target)
    if found is not None and found.wire == "ID":
        return _reference(written, member, Lookup(target, "ID"), model)
    if found is None or found.wire not in LOOKUP_FIELDS:
        possible = [name for name in LOOKUP_FIELDS if name in by_wire_name(target)]
        raise QueryError(
            f"{written}: an object is told by its ID or one of {', '.join(possible)}, not by {field!r:.60}.",
            hint=f"Fields of another object are changed by: workfront update {target.__name__}.",
        )
    return _reference(written, member, Lookup(target, found.wire), model)


def _reference(written: str, member: ModelField, lookup: Lookup, model: type[WorkfrontObject]) -> Target:
    by_id = by_wire_name(model).get(f"{member.wire}ID", member)
    refuse_read_only(model, by_id)
    return Target(written, by_id.wire, by_id, lookup)


def _relation(wire: str) -> str:
    return wire.removesuffix("ID") if wire != "ID" else ""


def _as_custom(name: str) -> str:
    quote = "'" if '"' in name else '"'
    return f"{CUSTOM}{name}" if name.isidentifier() else f"{CUSTOM}{quote}{name}{quote}"


def _unknown(written: str, name: str, model: type[WorkfrontObject]) -> QueryError:
    known = [*by_wire_name(model), *model_fields(model)]
    otherwise = f"workfront describe {model.__name__} lists its fields; a custom field is written {_as_custom(name)}."
    return QueryError(f"{model.__name__} has no field {written!r:.80}.", hint=did_you_mean(name, known, otherwise))
