"""The custom fields of a row: a view over its ``DE:`` keys, by the fields' own names.

The view keeps nothing and converts nothing before it is asked, so rows cost what they cost without it. It has no public
names of its own: a custom field may be called ``get``, ``items`` or ``copy``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM

__all__ = ["CustomRow", "custom_row", "lazy_custom"]

_ALL: Final = "parameterValues"
_set: Final = object.__setattr__


class HoldsCustomFields(Protocol):
    """A row, as far as the view of its custom fields needs to know it."""

    __pydantic_extra__: dict[str, Any] | None

    def __getitem__(self, key: str, /) -> Any: ...
    def __setitem__(self, key: str, value: object, /) -> None: ...
    def get(self, key: str, default: Any = None, /) -> Any:
        """Returns the value of a key that the row holds."""
        ...


class CustomRow:
    """The custom fields that a row holds: ``row.custom["Region"]``, ``"Region" in row.custom``, ``dict(row.custom)``.

    In a package of your own tenant they are members, too: ``row.custom.region``. Brackets give the JSON of the wire, a
    member the value it stands for. A field that was asked for and that the row's forms lack is ``None``; one that was
    not asked for raises `FieldNotLoaded`.
    """

    __slots__ = ("_row",)
    _row: HoldsCustomFields
    if TYPE_CHECKING:
        __workfront_values__: Mapping[str, object]  # what may be written of them; not there when a program runs

    def __init__(self, row: HoldsCustomFields, /) -> None:
        _set(self, "_row", row)

    def __getitem__(self, name: str, /) -> Any:
        """Returns the value of a field by its name, with or without ``DE:``, as the server sent it.

        Raises:
            FieldNotLoaded: it was not asked for.
        """
        wire = _wire(name)
        extra: dict[str, Any] = cast("Any", self._row).__pydantic_extra__ or {}
        if wire in extra:
            return extra[wire]
        held = self._row.get(_ALL)
        if isinstance(held, dict):
            return cast("dict[str, Any]", held).get(wire)  # it lists every field that has a value
        return self._row[wire]

    def __setitem__(self, name: str, value: object, /) -> None:
        """Sets a field in the row in memory; a write of the row brings it."""
        self._row[_wire(name)] = value

    def __contains__(self, name: object, /) -> bool:
        """Returns whether the row holds a field of this name."""
        return isinstance(name, str) and any(name.removeprefix(CUSTOM) == held for held, _ in self)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yields names and values of all fields the row holds, for ``dict(row.custom)``."""
        held = self._row.get(_ALL)
        listed = cast("dict[str, Any]", held) if isinstance(held, dict) else {}
        extra: dict[str, Any] = cast("Any", self._row).__pydantic_extra__ or {}
        loaded = {**listed, **extra}
        return iter([(key.removeprefix(CUSTOM), value) for key, value in loaded.items() if key.startswith(CUSTOM)])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def __eq__(self, other: object, /) -> bool:
        return isinstance(other, CustomRow) and dict(self) == dict(other)

    def __dir__(self) -> list[str]:
        return [name for name in dir(type(self)) if not name.startswith("_")]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(repr(name) for name, _ in self) or 'nothing loaded'}>"

    if not TYPE_CHECKING:  # checkers know the members, and refuse others

        def __getattr__(self, name: str) -> Any:
            if hasattr(member := getattr(type(self), name, None), "__set__"):
                return member.__get__(self)  # it was not loaded, and says so
            raise AttributeError(
                f"{type(self).__name__} has no custom field {name!r} here: write row.custom['its own name'], or "
                "generate a package of your own tenant",
                name=name,
                obj=self,
            )

        def __setattr__(self, name: str, value: object) -> None:
            if not hasattr(getattr(type(self), name, None), "__set__"):
                self.__getattr__(name)
            _set(self, name, value)


_new: Final[Any] = CustomRow.__new__
_hold: Final[Any] = vars(CustomRow)["_row"].__set__


def custom_row() -> Any:
    """Returns the class attribute ``custom`` of models in a package that knows no custom field."""
    return _LazyCustom(None, "", "")


def lazy_custom(package: str | None, module: str, name: str) -> Any:
    """Returns the class attribute ``custom``: class ``name`` of ``custom`` beside ``package``, imported on first use.

    Of a row it is the view of its custom fields, of the class the class of such views.
    """
    return _LazyCustom(package, module, name)


class _LazyCustom:
    __slots__ = ("_module", "_name", "_package", "_view")

    def __init__(self, package: str | None, module: str, name: str) -> None:
        self._package, self._module, self._name = package, module, name
        self._view: type[CustomRow] | None = None if name else CustomRow

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        view = self._view
        if view is None:
            view = self._view = getattr(import_module(f"..custom.{self._module}", self._package), self._name)
        if row is None:
            return view
        space = _new(view)  # as a call of the view does, in a third of its time
        _hold(space, row)
        return space


def _wire(name: str) -> str:
    if not isinstance(name, str) or not name.removeprefix(CUSTOM).strip():  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError("A custom field needs its name.", hint='Write row.custom["Region"].')
    return name if name.startswith(CUSTOM) else f"{CUSTOM}{name}"
