"""Typed paths from a root object to its fields: ``Task.f.assigned_to.first_name``.

A path filters (``==``, ``<``, ``contains`` ...), sorts (``asc``, ``desc``), groups reports and names fields to load.
Its text is its wire form: ``str(Task.f.assigned_to.first_name) == "assignedTo:firstName"``.

The lower-case functions declare the members of generated path classes. To a type checker they return ``Any``: the
annotation beside them says what a member is.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from importlib import import_module
from typing import Any, ClassVar, TypeAlias, TypeVar, overload

from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.query.field_kinds import (
    BooleanPath,
    CustomPath,
    DatePath,
    DateTimePath,
    EnumPath,
    IntEnumPath,
    JsonPath,
    ListPath,
    NumberPath,
)
from workfront_core.query.field_path import (
    FILTER_ONLY,
    FieldPath,
    Flag,
    Path,
    inherited_flags,
    passes_collection,
    segments,
)
from workfront_core.query.text_path import TextPath

__all__ = [
    "BooleanPath",
    "CustomPath",
    "DatePath",
    "DateTimePath",
    "EnumPath",
    "FieldPath",
    "IntEnumPath",
    "JsonPath",
    "ListPath",
    "NumberPath",
    "ObjectPath",
    "Path",
    "SearchPath",
    "TextPath",
    "boolean",
    "collection",
    "custom",
    "custom_field",
    "date",
    "date_time",
    "enum",
    "int_enum",
    "json",
    "list",
    "number",
    "reference",
    "search",
    "text",
]

R = TypeVar("R")
_Kind: TypeAlias = Callable[[tuple[str, ...], frozenset[Flag], bool], Path[Any]]


class ObjectPath(Path[R]):
    """A path to an object or a collection; its members continue it. ``Task.f`` is the one at the root."""

    obj_code: ClassVar[str]

    @property
    def all(self) -> Path[R]:
        """All plain fields of the object, for ``fields=``: ``Task.f.all`` is ``*``, ``Task.f.project.all`` is
        ``project:*``."""
        return Path((*segments(self), "*"), inherited_flags(self))

    def custom(self, name: str, /) -> CustomPath[R]:
        """A custom field of the object by its parameter name (not its label): ``Task.f.project.custom("Budget")``.

        Raises:
            QueryError: the name is empty.
        """
        return custom(name, of=self)


class SearchPath(Path[R]):
    """The names of an object that only filters know: ``Task.f.search.is_complete``.

    They can be tested, and continued where they lead to objects, but neither loaded, sorted by nor grouped by.
    """


class _Member:
    """A member of a path class: bound to the path it is read from, and kept there."""

    def __init__(self, kind: Callable[[], _Kind], name: str, flags: tuple[Flag, ...], many: bool = False) -> None:
        self._kind = kind
        self._wire_name = name
        self._flags = frozenset(flags)
        self._many = many
        self._python_name = name

    def __set_name__(self, owner: type, name: str) -> None:
        self._python_name = name

    def declaration(self) -> tuple[_Kind | None, frozenset[Flag]]:
        """Kind, where no import is needed to tell it, and flags."""
        return None if isinstance(self, _Relation) else self._kind(), self._flags

    def __get__(self, parent: Path[Any] | None, owner: type | None = None) -> Any:
        if parent is None:
            return self
        path = self._kind()(
            (*segments(parent), self._wire_name),
            self._flags | inherited_flags(parent),
            self._many or passes_collection(parent),
        )
        return vars(parent).setdefault(self._python_name, path)


class _CustomMember(_Member):
    """A custom field that a tenant's own package knows: over a relation its prefix stays in front."""

    def __get__(self, parent: Any, owner: type | None = None) -> Any:
        if parent is None:
            return self
        return vars(parent).setdefault(self._python_name, custom(self._wire_name, of=parent))


class _Relation(_Member):
    """A member that leads to other objects."""


class _Search:
    """The member ``search`` of an object path: the same place, with other names behind it."""

    def __init__(self, kind: type[SearchPath[Any]]) -> None:
        self._kind = kind

    def __get__(self, parent: Path[Any] | None, owner: type | None = None) -> Any:
        if parent is None:
            return self
        path = self._kind(segments(parent), frozenset({FILTER_ONLY}), passes_collection(parent))
        return vars(parent).setdefault("search", path)


def declared(root: ObjectPath[Any], name: str, /) -> tuple[_Kind | None, frozenset[Flag]] | None:
    """Kind and flags of a member by Python name; no kind for a relation, whose class may not be imported yet.

    ``None`` where the object has no such member.
    """
    member = getattr(type(root), name, None)
    return member.declaration() if isinstance(member, _Member) else None


def text(name: str, *flags: Flag) -> Any:
    """A text field of this wire name, with the metadata's flags."""
    return _Member(lambda: TextPath, name, flags)


def number(name: str, *flags: Flag) -> Any:
    """An integer, float or amount."""
    return _Member(lambda: NumberPath, name, flags)


def boolean(name: str, *flags: Flag) -> Any:
    """A field that is true or false."""
    return _Member(lambda: BooleanPath, name, flags)


def date(name: str, *flags: Flag) -> Any:
    """A day without a time."""
    return _Member(lambda: DatePath, name, flags)


def date_time(name: str, *flags: Flag) -> Any:
    """An instant."""
    return _Member(lambda: DateTimePath, name, flags)


def enum(name: str, *flags: Flag) -> Any:
    """A text code out of an open list."""
    return _Member(lambda: EnumPath, name, flags)


def int_enum(name: str, *flags: Flag) -> Any:
    """A numeric code out of an open list."""
    return _Member(lambda: IntEnumPath, name, flags)


def list(name: str, *flags: Flag) -> Any:
    """A list of texts."""
    return _Member(lambda: ListPath, name, flags)


def json(name: str, *flags: Flag) -> Any:
    """A map, a kind of value the metadata does not explain, or a relation to an unknown object."""
    return _Member(lambda: JsonPath, name, flags)


def custom_field(name: str, *flags: Flag) -> Any:
    """A custom field of this name, with ``DE:`` before it."""
    return _CustomMember(lambda: CustomPath, name, flags)


def reference(package: str | None, module: str, class_name: str, name: str, *flags: Flag) -> Any:
    """One related object; its path class is imported on first use."""
    return _Relation(lambda: _path_class(package, module, class_name), name, flags)


def collection(package: str | None, module: str, class_name: str, name: str, *flags: Flag) -> Any:
    """Many related objects: a test behind it means "some member"."""
    return _Relation(lambda: _path_class(package, module, class_name), name, flags, many=True)


def search(kind: type[SearchPath[Any]]) -> Any:
    """The names that only filters know; ``kind`` has them as members."""
    return _Search(kind)


def _path_class(package: str | None, module: str, class_name: str) -> _Kind:
    kind: _Kind = getattr(import_module(f".{module}", package), class_name)
    return kind


@overload
def custom(name: str, /) -> CustomPath[Any]: ...
@overload
def custom(name: str, /, *, of: ObjectPath[R]) -> CustomPath[R]: ...
def custom(name: str, /, *, of: ObjectPath[Any] | None = None) -> CustomPath[Any]:
    """The path of a custom field by its parameter name (not its label): ``custom("Region")`` is ``DE:Region``.

    Args:
        name: with or without ``DE:``.
        of: the object that carries the form, where it is not the root: ``custom("Budget", of=Task.f.project)``.

    Raises:
        QueryError: the name is empty.
    """
    bare = name.removeprefix(CUSTOM)
    if not bare.strip():
        raise QueryError("custom() needs the name of a custom field.")
    start: builtins.tuple[str, ...] = segments(of) if of is not None else ()
    flags = inherited_flags(of) if of is not None else frozenset[Flag]()
    return CustomPath((*start, bare), flags, of is not None and passes_collection(of), custom=True)
