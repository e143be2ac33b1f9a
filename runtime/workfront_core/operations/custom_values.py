"""Custom fields to write: by their own names or as a form, checked as far as the package knows the tenant's fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from pydantic import BaseModel, JsonValue

from workfront_core.arguments import checked_map, optional_map
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.custom_row import CustomRow
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.json_value import json_value

if TYPE_CHECKING:
    from workfront_core.operations.custom_form import CustomForm

__all__ = ["Custom", "Form", "custom_values", "held_custom", "raw_custom"]

Custom: TypeAlias = Mapping[str, object] | None
"""Values of custom fields by parameter name, with or without ``DE:``."""

Form: TypeAlias = "CustomForm | None"
"""A filled-in custom form."""

_EXAMPLE: Final = 'Write custom={"Region": "North"}.'


class _Raw(dict[str, object]):
    """Values that are not checked against what the package knows."""


def raw_custom(values: Mapping[str, object], /) -> Any:
    """Returns values of custom fields that a package does not know, or not so; ``custom=`` takes them unchecked.

    Raises:
        QueryError: it is no mapping.

    Examples:
        >>> from workfront_client import raw_custom
        >>> from workfront_client.v22 import Task
        >>> from workfront_core.operations import operation
        >>> operation.create(Task, {"name": "Brief"}, custom=raw_custom({"Region": "North"})).json
        {'name': 'Brief', 'DE:Region': 'North'}
    """
    return _Raw(checked_map(values, "raw_custom()", _EXAMPLE))


def custom_values(model: type[WorkfrontObject], custom: Custom, form: Form = None) -> dict[str, JsonValue]:
    """Returns custom fields as top-level ``DE:`` members, which every tenant understands (docs/protocol.md 11.3).

    Raises:
        QueryError: a name that is none, a field that the server computes, an option there is not, a form of another
            object type, or a field given twice.
    """
    if custom is None and form is None:
        return {}
    given: Any = custom
    is_form = isinstance(given, BaseModel)
    body = _of_form(model, given) if is_form else _of_mapping(model, optional_map(given, "custom=", _EXAMPLE))
    others = _of_form(model, form)
    if twice := sorted(body.keys() & others.keys()):
        raise QueryError(f"{twice[0]} is given twice, in custom= and in form=.", hint="Leave one out.")
    return body | others


def held_custom(model: type[WorkfrontObject], values: Mapping[str, object]) -> dict[str, JsonValue]:
    """Returns custom fields of a row that a server sent, as a write takes them: a reference as its ID, nothing that the
    server computes. What does not fit its field goes back as it came.

    Raises:
        QueryError: a name that is none, or what JSON has no form for.
    """
    known = _known(model)
    return dict(_sent_back(known, key, value) for key, value in values.items() if not _is_computed(known, key))


def _is_computed(known: Mapping[str, Any], key: str) -> bool:
    field = known.get(key.removeprefix(CUSTOM))
    return field is not None and field.read_only


def _sent_back(known: Mapping[str, Any], key: str, value: object) -> tuple[str, JsonValue]:
    field = known.get(key.removeprefix(CUSTOM))
    return _written({}, key, value if field is None else field.sent_back(value))


def _of_mapping(model: type[WorkfrontObject], custom: Mapping[str, object]) -> dict[str, JsonValue]:
    known: Mapping[str, Any] = {} if isinstance(custom, _Raw) else _known(model)
    return dict(_written(known, name, value) for name, value in custom.items())


def _written(known: Mapping[str, Any], name: object, value: object) -> tuple[str, JsonValue]:
    bare = (name if name in known else name.removeprefix(CUSTOM)) if isinstance(name, str) else ""
    if not bare.strip():
        raise QueryError("A custom field needs its name.", hint=_EXAMPLE)
    if bare in known:
        value = known[bare].written(value)
    return f"{CUSTOM}{bare}", json_value(value, bare)


def _of_form(model: type[WorkfrontObject], form: object) -> dict[str, JsonValue]:
    if form is None:
        return {}
    from workfront_core.operations.custom_form import CustomForm

    if not isinstance(form, CustomForm):
        raise QueryError(
            f"Custom fields come as a mapping by name or as a form, not as {type(form).__name__}.",
            hint='Write custom={"Region": "North"}, or form=IntakeForm(region="North").',
        )
    kinds = type(form).objects
    if kinds and model.obj_code not in kinds:
        raise QueryError(
            f"{type(form).__name__} is a form for {', '.join(kinds)}, and {model.__name__} is {model.obj_code}."
        )
    return _of_mapping(model, cast("Mapping[str, object]", form.values()))


def _known(model: type[WorkfrontObject]) -> Mapping[str, Any]:
    """Returns the custom fields that the package knows of an object, by their own names."""
    view: Any = model.custom
    if view is CustomRow:
        return {}
    from workfront_core.values.custom_field import fields_of

    return fields_of(view)
