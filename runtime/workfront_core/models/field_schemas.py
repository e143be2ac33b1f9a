"""How the members of a class are validated, one by one: the parts of the validators in ``row_validators``.

The annotations of generated classes say it all, and cheaply. A class that does more than they can say is asked for the
core schema that pydantic makes of it; one that needs all that pydantic does has no plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Protocol,
    Union,
    get_args,
    get_origin,
    runtime_checkable,
)

from pydantic import BaseModel, ConfigDict
from pydantic_core import CoreConfig, CoreSchema, core_schema

from workfront_core.models.made_row import made_row

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

__all__ = ["SETTINGS", "FieldSchemas", "HasSchema", "from_annotations", "from_core_schema", "wire_name"]

SETTINGS: Final = ConfigDict(
    extra="allow",
    validate_by_name=True,
    validate_by_alias=True,
    protected_namespaces=(),
    hide_input_in_errors=True,  # the text of an error ends up in logs, a row may hold passwords
)
"""How rows are configured, but for when their schema is built."""

_NAMING_RULES = ("validate_by_name", "validate_by_alias", "extra_fields_behavior")
_ROW_WIDE = ("validators", "field_validators", "root_validators")
_PLAIN: Final[Mapping[object, CoreSchema]] = {
    Any: core_schema.any_schema(),
    bool: core_schema.bool_schema(),
    float: core_schema.float_schema(),
    int: core_schema.int_schema(),
    str: core_schema.str_schema(),
}


@runtime_checkable
class HasSchema(Protocol):
    """An annotation that knows its core schema without asking pydantic."""

    def core_schema(self, source: Any) -> CoreSchema:
        """Returns the schema of ``source``, the type that is annotated."""
        ...


@dataclass(frozen=True, slots=True)
class FieldSchemas:
    """The members of a class: Python names by wire name, and the schema of each, None where the plan does not know."""

    names: Mapping[str, str]
    schema: Callable[[str], CoreSchema | None]
    config: CoreConfig
    definitions: Sequence[CoreSchema] = ()


def wire_name(name: str, field: FieldInfo) -> str:
    """Returns what a member is called on the wire."""
    read_as = field.validation_alias
    return (read_as if isinstance(read_as, str) else field.serialization_alias) or name


def from_annotations(owner: type[BaseModel]) -> FieldSchemas | None:
    """Returns the plan of a class that is nothing but its annotations, None for any other."""
    fields = owner.__pydantic_fields__
    if not (_is_bare(owner) and all(_is_optional(field) for field in fields.values())):
        return None
    names = {wire_name(name, field): name for name, field in fields.items()}
    config = CoreConfig(title=owner.__name__, hide_input_in_errors=True)
    return FieldSchemas(names, lambda wire: schema_of(fields[names[wire]].annotation), config)


def schema_of(annotation: Any) -> CoreSchema | None:
    """Returns the core schema of a type that generated members have, None for any other type."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _of_optional(*(part for part in get_args(annotation) if part is not NoneType))
    if origin is list:
        items = schema_of(get_args(annotation)[0])
        return core_schema.list_schema(items) if items else None
    if origin is dict:
        keys, values = (schema_of(part) for part in get_args(annotation))
        return core_schema.dict_schema(keys, values) if keys and values else None
    if origin is Annotated:
        return _of_annotated(annotation.__origin__, annotation.__metadata__)
    return _PLAIN.get(annotation) if origin is None else None


def _of_annotated(source: Any, extras: tuple[Any, ...]) -> CoreSchema | None:
    return extras[0].core_schema(source) if len(extras) == 1 and isinstance(extras[0], HasSchema) else None


def _of_optional(*parts: Any) -> CoreSchema | None:
    inner = schema_of(parts[0]) if len(parts) == 1 else None
    return core_schema.nullable_schema(inner) if inner else None


def _is_bare(owner: type[BaseModel]) -> bool:
    """Returns whether a class leaves all to its annotations: no validators, private attributes or settings of
    its own.
    """
    done = owner.__pydantic_decorators__
    return (
        not any(getattr(done, kind) for kind in _ROW_WIDE)
        and done.model_validators.keys() == {"_made_row"}
        and not owner.__private_attributes__
        and owner.__pydantic_post_init__ is None
        and not owner.__pydantic_custom_init__
        and {key: owner.model_config.get(key) for key in owner.model_config if key != "defer_build"} == SETTINGS
    )


def _is_optional(field: FieldInfo) -> bool:
    return (
        field.default is None
        and field.default_factory is None
        and not field.metadata
        and isinstance(field.validation_alias, str | None)
    )


def from_core_schema(owner: type[BaseModel]) -> FieldSchemas | None:
    """Returns the plan of a class whose rows are nothing but their members, or None.

    A subclass with validators of the whole row, private attributes, fields that are required or have a default of
    their own, or other settings needs all that pydantic does.
    """
    owner.model_rebuild()
    outer: Any = owner.__pydantic_core_schema__
    definitions: list[Any] = []
    if outer["type"] == "definitions":
        outer, definitions = outer["schema"], outer["definitions"]
    if not (_is_by_made_row(outer) and _is_plain(outer["schema"])):
        return None
    model: Any = outer["schema"]
    fields: dict[str, Any] = model["schema"]["fields"]
    if not all(_is_sparse(field) for field in fields.values()):
        return None
    names = {field.get("validation_alias", name): name for name, field in fields.items()}
    config: Any = {key: value for key, value in model["config"].items() if key not in _NAMING_RULES}
    return FieldSchemas(names, lambda wire: fields[names[wire]]["schema"]["schema"], config, definitions)


def _is_by_made_row(schema: Mapping[str, Any]) -> bool:
    """Returns whether a schema is another one with our validator of made rows around it."""
    if schema.get("type") != "function-wrap":
        return False
    found = schema["function"]["function"]
    return getattr(found, "__func__", found) is made_row


def _is_plain(model: Mapping[str, Any]) -> bool:
    return (
        model["type"] == "model"
        and model["schema"]["type"] == "model-fields"
        and not model.get("custom_init")
        and not model.get("post_init")
        and model["config"].get("extra_fields_behavior") == "allow"
    )


def _is_sparse(field: Mapping[str, Any]) -> bool:
    schema = field["schema"]
    return (
        schema["type"] == "default"
        and schema.get("default", ...) is None
        and "default_factory" not in schema
        and isinstance(field.get("validation_alias", ""), str)
    )
