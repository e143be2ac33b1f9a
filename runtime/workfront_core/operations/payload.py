"""Values to write: from Python names and types to the JSON of the wire (docs/protocol.md 11)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias, TypeGuard, cast

from pydantic import JsonValue

from workfront_core.arguments import checked_list, checked_map
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.changes import changed_entries, changes, is_new, is_noted
from workfront_core.models.declarations import KNOWN_MODELS
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean, question
from workfront_core.operations.custom_values import Custom, Form, custom_values, held_custom
from workfront_core.operations.json_value import json_value, too_deep
from workfront_core.operations.payload_checks import refuse_misfit, refuse_row_of_other, refuse_wrong_kind
from workfront_core.query.model_fields import ModelField, by_wire_name, model_fields

__all__ = [
    "Custom",
    "Extra",
    "Form",
    "changed_values",
    "clean",
    "field_values",
    "json_value",
    "nested",
    "own_values",
    "payload",
    "row_values",
    "wire_names",
]

Extra: TypeAlias = Mapping[str, object] | None
"""Values of fields that the package does not know, or not so, by wire name; they travel unchecked."""

_WIRE_LIKE = re.compile(r"[a-z]+[A-Z]\w*")
_CUSTOM_MAP = "parameterValues"
_CALL_PARAMETERS: Final = frozenset({"method", "apikey", "sessionid", "jsessionid"})


@lru_cache(maxsize=KNOWN_MODELS)
def wire_names(model: type[WorkfrontObject]) -> Mapping[str, str]:
    """Returns the wire name of each field of the model by its Python name; none where no schema describes the
    object.
    """
    if is_open(model):
        return MappingProxyType({})
    return MappingProxyType({name: member.wire for name, member in model_fields(model).items()})


def payload(
    model: type[WorkfrontObject],
    values: Mapping[str, object],
    custom: Custom = None,
    extra: Extra = None,
    form: Form = None,
) -> dict[str, JsonValue]:
    """Returns the JSON object that writes these values.

    Args:
        model: the object written to.
        values: by Python name; ``None`` clears a field. What belongs to a nested object may be given by Python name or
            wire name, or as a row.
        custom: custom fields by parameter name.
        extra: fields by wire name that the model does not know, or marks READ_ONLY where this server takes them.
        form: a filled-in custom form, beside or in place of ``custom``.

    Raises:
        QueryError: an unknown or READ_ONLY name, a naive datetime, a value that does not fit, a field given twice.
    """
    body: dict[str, JsonValue] = {}
    for name, value in checked_map(values, "values").items():
        body |= _checked_written(model, writable(model, name), value, name)
    body |= custom_values(model, custom, form)
    return body | extra_values(model, {} if extra is None else extra, body)


@lru_cache(maxsize=8 * KNOWN_MODELS)
def writable(model: type[WorkfrontObject], name: str) -> ModelField:
    """Returns the member of this Python name, found and looked at once for all rows that write it.

    Raises:
        QueryError: the model has no such member, or it is READ_ONLY.
    """
    member = _open_member(model, name) or model_fields(model).get(name)
    if member is None:
        raise _unknown_name(model, name)
    refuse_read_only(model, member)
    return member


def field_values(model: type[WorkfrontObject], name: str, value: object) -> dict[str, JsonValue]:
    """Returns what `payload` writes of one field, by Python name.

    Raises:
        QueryError: an unknown or READ_ONLY name, or a value that does not fit.
    """
    return _checked_written(model, writable(model, name), value, name)


def extra_values(
    model: type[WorkfrontObject], extra: Mapping[str, object], others: Iterable[str] = ()
) -> dict[str, JsonValue]:
    """Returns fields by wire name, unchecked but for the mistakes that nobody makes on purpose.

    Args:
        model: the object written to.
        extra: values by wire name; what has no JSON form is refused.
        others: wire names that are written besides.

    Raises:
        QueryError: a name that is none, that is a Python name, that is the ID's, or that is given elsewhere too.
    """
    if not isinstance(cast("object", extra), Mapping):
        hint = 'Write extra={"statusLabel": "x"}.'
        raise QueryError(f"extra= takes values by wire name, not {type(extra).__name__}.", hint=hint)
    for name in extra:
        _check_extra(model, name, others)
    return {name: _free(value, name) for name, value in extra.items()}


def _check_extra(model: type[WorkfrontObject], name: object, others: Iterable[str]) -> None:
    if not isinstance(name, str) or not name.strip():
        raise QueryError(f"extra= takes wire names, not {name!r:.80}.", hint='Write extra={"statusLabel": "x"}.')
    known = model_fields(model).get(name)
    if name in ("ID", "id"):
        refuse_read_only(model, ModelField("id", "ID"))
    if name == "objCode":
        raise QueryError(
            f"extra= holds the objCode, and this writes a {model.__name__}.",
            hint="Leave it out, or write by the service of the other type.",
        )
    if known is None and name.strip().lower() in _CALL_PARAMETERS:
        raise QueryError(
            f"extra= takes fields, and {name!r} says how a call is made or by whom.",
            hint="Leave it out; request() makes any call, and auth= says who makes it.",
        )
    if known is not None and known.wire != name:
        raise QueryError(
            f"extra= takes wire names, and {name} is the Python name of a field.", hint=f"Write {name}=... beside it."
        )
    if name in others:
        raise QueryError(f"{model.__name__}.{name} is given twice, in extra= and beside it.", hint="Leave one out.")


def nested_many(target: type[WorkfrontObject], values: Iterable[object] | None, where: str, /) -> JsonValue:
    """Returns the JSON of a list of objects inside another; ``None`` for none at all. See `nested`."""
    return None if values is None else [nested(target, value, where) for value in checked_list(values, f"{where}=")]


def nested(target: type[WorkfrontObject], value: object, where: str, /) -> JsonValue:
    """Returns the JSON of an object inside another: a mapping by Python or wire name, or a row with what it holds.

    Args:
        target: what the object is.
        value: mapping, row or ``None``.
        where: the field or argument, for messages.

    Raises:
        QueryError: an unknown or READ_ONLY name in a mapping, a value that does not fit.
    """
    if isinstance(value, WorkfrontObject):
        refuse_row_of_other(target, value, where)
        return cast("JsonValue", row_values(value))
    if value is None:
        return None
    if not isinstance(value, Mapping):
        hint = 'Write {"id": "..."} for an object that exists.'
        raise QueryError(f"{where} takes an object: a mapping or a row, not {type(value).__name__}.", hint=hint)
    body: dict[str, JsonValue] = {}
    for key, inner in cast("Mapping[object, object]", value).items():
        member = _nested_member(target, str(key), where)
        found = _checked_written(target, member, inner, f"{where}.{member.name}")
        if not body.keys().isdisjoint(found):
            raise QueryError(f"{where} has {member.name} twice, by Python name and by wire name.")
        body |= found
    return cast("JsonValue", body)


def _nested_member(target: type[WorkfrontObject], name: str, where: str) -> ModelField:
    if name.startswith(CUSTOM):
        return ModelField(name, name)
    member = _open_member(target, name) or model_fields(target).get(name) or by_wire_name(target).get(name)
    if member is None and _WIRE_LIKE.fullmatch(name):
        return ModelField(name, name)  # metadata describes what is nested less completely than the API accepts it
    if member is None:
        raise _unknown_name(target, name, f" (in {where})")
    if member.wire != "ID":
        refuse_read_only(target, member)
    return member


def row_values(row: WorkfrontObject, /) -> dict[str, JsonValue]:
    """Returns what a row holds and may write, by wire name, its ID included; READ_ONLY members are left out.

    Raises:
        QueryError: a program made the row, and a value does not fit; what a server sent is written back as it came.
    """
    write = _checked_written if is_new(row) else _written
    known = model_fields(type(row))
    held = [
        (known[name], value)
        for name, value in vars(row).items()
        if name in known and "READ_ONLY" not in known[name].flags
    ]
    body: dict[str, JsonValue] = {}
    for member, value in held:
        body |= write(type(row), member, value, member.name)
    return body | _extra_values(row)


def own_values(row: WorkfrontObject, /) -> dict[str, JsonValue]:
    """Returns what a row holds and may write, as `row_values`, its ID left out: the ID stands in the address."""
    return {name: value for name, value in row_values(row).items() if name != "ID"}


def changed_values(row: WorkfrontObject, changed: Mapping[str, object], /) -> dict[str, JsonValue]:
    """Returns what was set in a row since it was read, by wire name, its ID left out; of a new row all that it may
    write.

    Args:
        row: the row.
        changed: its ``changes``.

    Raises:
        QueryError: a READ_ONLY member was set, a row in place of a reference was changed inside, a value does not fit.
    """
    if is_new(row):
        return own_values(row)
    known = model_fields(type(row))
    body: dict[str, JsonValue] = {}
    for name, value in changed.items():
        member = known.get(name) or ModelField(name, name)
        if member.wire == "ID" or (name == "objCode" and name not in known):
            continue
        refuse_read_only(type(row), member)
        _refuse_inside(row, member, value)
        given = changed_entries(row, name) if _is_custom_map(member, value) else value
        body |= _checked_written(type(row), member, given, name)
    return body


def _is_custom_map(member: ModelField, value: object) -> bool:
    return member.wire == _CUSTOM_MAP and isinstance(value, Mapping)


def _refuse_inside(row: WorkfrontObject, member: ModelField, value: object) -> None:
    """Raises a QueryError where a row in place of a reference was read, and changed: a write only points to it."""
    if isinstance(value, WorkfrontObject) and not is_noted(row, member.name):
        kind = type(value)
        raise QueryError(
            f"{type(row).__name__}.{member.name} was changed inside ({', '.join(changes(value))}); "
            f"a write of the {type(row).__name__} says which {kind.__name__} is meant, not what is in it.",
            hint=f"Save the {kind.__name__} itself, by the service of its type: save(row.{member.name}).",
        )


def _extra_values(row: WorkfrontObject) -> dict[str, JsonValue]:
    """Returns the extra members of a row as a write takes them; a custom field that was set is checked as ``custom=``.

    Raises:
        QueryError: a value that was set does not fit, or has no form in JSON.
    """
    held = dict(_extra(row))
    own = {key: value for key, value in held.items() if key.startswith(CUSTOM)}
    given = {key: value for key, value in own.items() if is_new(row) or is_noted(row, key)}
    sent = {key: value for key, value in own.items() if key not in given}
    custom = held_custom(type(row), sent) | custom_values(type(row), given)
    others = {key: json_value(value, key) for key, value in held.items() if key not in own}
    return {key: (custom | others)[key] for key in held if key in custom or key in others}


def _extra(row: WorkfrontObject) -> Iterator[tuple[str, object]]:
    """Yields custom fields, and keys that were set; of a row that no schema describes, everything but the objCode.

    Raises:
        QueryError: a program made the row with a name that no field has.
    """
    for key, value in (row.model_extra or {}).items():
        if key == "objCode":
            continue
        is_described = not key.startswith(CUSTOM) and not is_open(type(row))
        if is_described and is_new(row) and not _WIRE_LIKE.fullmatch(key):
            raise _unknown_name(type(row), key)
        if not is_described or is_noted(row, key):
            yield key, value


def clean(values: Mapping[str, JsonValue], /) -> dict[str, JsonValue]:
    """Returns the values that are not null: in a nested object, which is written whole, null and absent are the
    same.
    """
    return {name: value for name, value in values.items() if value is not None}


def is_open(model: type[WorkfrontObject]) -> bool:
    """Returns whether no schema describes the object, so that any name may be one of its wire names."""
    return not hasattr(model, "f")


def _open_member(model: type[WorkfrontObject], name: str) -> ModelField | None:
    return ModelField(name, name) if is_open(model) and name not in model_fields(model) else None


def _checked_written(
    model: type[WorkfrontObject], member: ModelField, value: object, where: str
) -> dict[str, JsonValue]:
    """Returns the members of the wire that one value becomes, which somebody set, and which no server sent."""
    if _is_custom_map(member, value):
        return custom_values(model, cast("Mapping[str, object]", value))
    if member.wire.startswith(CUSTOM):
        return custom_values(model, {member.wire: value})
    written = _written(model, member, value, where)
    refuse_wrong_kind(member, value, where)
    return written


def _written(model: type[WorkfrontObject], member: ModelField, value: object, where: str) -> dict[str, JsonValue]:
    """Returns the members of the wire that one value becomes."""
    refuse_misfit(member, value, where)
    if _is_custom_map(member, value):
        return held_custom(model, cast("Mapping[str, object]", value))
    if member.relation is None or value is None:
        return {member.wire: _free(value, where)}
    target = member.relation.target()
    if member.many:
        entries = enumerate(cast("Iterable[object]", value))
        return {member.wire: [nested(target, entry, f"{where}[{index}]") for index, entry in entries]}
    if isinstance(value, WorkfrontObject):
        refuse_row_of_other(target, value, where)
    return {member.wire: _pointer(value) or nested(target, value, where)}


def _pointer(value: object) -> JsonValue:
    """Returns the ID of a row alone: a row in place of a reference says which object is meant, not what is in it."""
    object_id = vars(value).get("id") if isinstance(value, WorkfrontObject) else None
    return {"ID": object_id} if object_id else None


def _free(value: object, where: str) -> JsonValue:
    """Returns the JSON of a value that the schema does not explain. A row in it becomes the members that it may
    write.
    """
    if isinstance(value, WorkfrontObject):
        return cast("JsonValue", row_values(value))
    try:
        if _is_list(value):
            return [_free(entry, f"{where}[{index}]") for index, entry in enumerate(value)]
        return json_value(value, where)
    except RecursionError:
        raise too_deep(where) from None


def _is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    return isinstance(value, list | tuple)


def refuse_read_only(model: type[WorkfrontObject], member: ModelField) -> None:
    """Raises a QueryError where the server alone gives the member its value."""
    if member.wire == "ID":
        raise QueryError(
            f"{model.__name__}.id is given by the server and cannot be written.",
            hint="The ID of the object to change is the first argument of update().",
        )
    if "READ_ONLY" not in member.flags:
        return
    instead = model_fields(model).get(f"{member.name}_id")
    hint = (
        f"Write {instead.name}."
        if instead and "READ_ONLY" not in instead.flags
        else "Leave it out; the server derives it. Some such values change through actions of the service."
    )
    raise QueryError(f"{model.__name__}.{member.name} cannot be written: the metadata marks it READ_ONLY.", hint=hint)


def _unknown_name(model: type[WorkfrontObject], name: str, where: str = "") -> QueryError:
    known = model_fields(model)
    wire = by_wire_name(model).get(name)
    hint = question([wire.name]) if wire else did_you_mean(name, known, "Custom fields go into custom={...}.")
    if name.startswith(CUSTOM):
        hint = f"Write custom={{{name.removeprefix(CUSTOM)!r}: ...}}."
    return QueryError(f"{model.__name__} has no field {name!r} to write{where}.", hint=hint)
