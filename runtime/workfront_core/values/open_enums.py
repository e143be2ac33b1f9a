"""Open enumerations: a known code becomes a member, any other stays the plain value the server sent.

Tenants add codes of their own, and a code waiting for approval carries a suffix (``INP:A``), so no list is complete.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, IntEnum, StrEnum
from typing import Annotated, Any, TypeAlias, TypeVar, get_args

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from workfront_core.models.foreign_codes import is_foreign

__all__ = ["OpenInt", "OpenText"]

_TextEnum = TypeVar("_TextEnum", bound=StrEnum)
_NumberEnum = TypeVar("_NumberEnum", bound=IntEnum)


class _ByCode(dict[object, object]):
    """Code -> member. A missing code is its own value, so ``__getitem__`` never runs Python code for a known one."""

    def __missing__(self, code: object) -> object:
        return code


def _known(source: Any) -> type[Enum]:
    known: type[Enum] = next(part for part in get_args(source) if issubclass(part, Enum))
    return known


def _lookup(known: type[Enum]) -> Callable[[object], object]:
    return _ByCode((member.value, member) for member in known).__getitem__


def _own(known: type[Enum]) -> Callable[[object], object]:
    def own(value: object) -> object:
        if isinstance(value, Enum) and is_foreign(type(value), known):
            wanted, given = (f"{it.__module__}.{it.__name__}" for it in (known, type(value)))
            raise ValueError(f"takes codes of {wanted}, and {value!r} is one of {given}")
        return value

    return own


class _Open:
    """Reads ``E | str`` and ``E | int``."""

    def __init__(self, plain: type[str | int], json_type: str) -> None:
        self.plain = plain
        self.json_type = json_type

    def __repr__(self) -> str:
        return f"Open({self.plain.__name__})"

    def core_schema(self, source: Any) -> CoreSchema:
        """Returns a member for a known code, the code itself for any other."""
        plain = core_schema.str_schema() if self.plain is str else core_schema.int_schema()
        return core_schema.no_info_after_validator_function(_lookup(_known(source)), plain)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        known = _known(source)
        described = WithJsonSchema(self._json_schema(known))
        schema = handler.generate_schema(
            Annotated[self.plain, BeforeValidator(_own(known)), AfterValidator(_lookup(known)), described]
        )
        # A member is itself in Python and its code in JSON; any other value is left alone.
        return {**schema, "serialization": core_schema.simple_ser_schema("any")}  # pyright: ignore[reportReturnType]

    def _json_schema(self, known: type[Enum]) -> dict[str, Any]:
        codes = {"title": known.__name__, "type": self.json_type, "enum": [member.value for member in known]}
        return {"anyOf": [codes, {"type": self.json_type}]}


OpenText: TypeAlias = Annotated[_TextEnum | str, _Open(str, "string")]
"""``OpenText[TaskStatus]``: a ``TaskStatus``, or a plain ``str`` where the code is not one of its members."""

OpenInt: TypeAlias = Annotated[_NumberEnum | int, _Open(int, "integer")]
"""``OpenInt[Priority]``: a ``Priority``, or a plain ``int`` where the code is not one of its members."""
