"""Cut references: stand-ins for a model class, which is imported when its first value arrives.

Without the cut the cyclic object graph would become one validator, and the first row would import every model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any, Final, Protocol, TypeGuard, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from workfront_core.errors.kinds import ProtocolError
from workfront_core.models.mismatch import LENIENT, STRICT, note_mismatch

__all__ = ["TOO_DEEP", "Reference", "reference", "references"]

TOO_DEEP: Final = "Rows stand in rows, deeper than Python reads them."


def reference(package: str | None, module: str, name: str) -> Any:
    """Returns a stand-in for the model ``name`` of ``package.module``, to be used in annotations: ``owner: User |
    None``.

    It takes a row of the target as a mapping or as an instance, and None. Anything else is an error, but stays as it
    came in a lenient reading of wire rows.
    """
    return Annotated[Any, Reference(package, module, name)]


def references(annotation: Any) -> Iterator[Reference]:
    """Yields the cut references in an annotation such as ``list[Annotated[Any, Reference(Task)]] | None``."""
    if isinstance(annotation, Reference):
        yield annotation
    for part in get_args(annotation):
        yield from references(part)


class ReadsRows(Protocol):
    """A model class, as far as a reference to it needs to know it."""

    def from_wire(self, row: Mapping[str, object], /, *, strict: bool = False) -> object:
        """Returns the row object for a row as the server sent it."""
        ...

    def model_validate(self, obj: Any, /, *, context: Any | None = None) -> object:
        """Returns the row object for a mapping of a program."""
        ...


class Reference:
    """Validates a value as a row of another module's class."""

    __slots__ = ("_target", "module", "name", "package")

    def __init__(self, package: str | None, module: str, name: str) -> None:
        self.package: str | None = package
        self.module: str = module
        self.name: str = name
        self._target: Any = None

    def __repr__(self) -> str:
        return f"Reference({self.name})"

    def target(self) -> Any:
        """Returns the class itself, imported now if no value needed it before."""
        if self._target is None:
            self._target = getattr(import_module(f".{self.module}", self.package), self.name)
        return self._target

    def _read(self, value: Any, info: ValidationInfo) -> Any:
        if value is None:
            return None
        target = self._target or self.target()
        if isinstance(value, target):
            return value
        return _row(target, value, info.context) if _is_row(value) else self._refuse(value, info)

    def _refuse(self, value: object, info: ValidationInfo) -> object:
        if info.context is not LENIENT:
            raise PydanticCustomError(
                "workfront_reference",
                "Input should be a {target} row: a mapping or an instance of {target}",
                {"target": self.name},
            )
        owner = str((info.config or {}).get("title", "row"))
        note_mismatch(owner, info.field_name or "", value, f"a {self.name} row is expected")
        return value

    def core_schema(self, _source: Any, /) -> CoreSchema:
        """Returns the same for every use."""
        return core_schema.with_info_plain_validator_function(
            self._read, serialization=core_schema.simple_ser_schema("any")
        )

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return self.core_schema(source)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "object", "title": self.name}


def _row(model: ReadsRows, value: Mapping[str, object], context: Any) -> object:
    try:
        if context is LENIENT:
            return model.from_wire(value)
        if context is STRICT:
            return model.from_wire(value, strict=True)
        return model.model_validate(value, context=context)
    except RecursionError:
        raise ProtocolError(TOO_DEEP) from None


def _is_row(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict | Mapping)  # dict first: asking an abstract class takes longer
