"""Typed paths from a root object to its fields: ``Task.f.assigned_to.first_name``.

A path filters (``==``, ``<``, ``contains`` ...), sorts (``asc``, ``desc``), groups reports and names fields to load.
Its text is its wire form: ``str(Task.f.assigned_to.first_name) == "assignedTo:firstName"``.

The lower-case functions declare the members of generated path classes. To a type checker they return ``Any``: the
annotation beside them says what a member is.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn, Protocol, TypeVar

from workfront_core.errors.kinds import QueryError
from workfront_core.models.api_versions import refuse_other_version
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import FilterCondition
from workfront_core.query.custom_paths import CustomPaths
from workfront_core.query.field_kinds import (
    BooleanPath,
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
    Flag,
    Path,
    flags,
    inherited_flags,
    listed,
    origin,
    passes_collection,
    segments,
    spelling,
)
from workfront_core.query.origin import Origin
from workfront_core.query.text_path import TextPath
from workfront_core.values.ids import id_or_placeholder
from workfront_core.values.sequences import SequenceNotStr

R = TypeVar("R")


class _Kind(Protocol):
    """A class of paths."""

    def __call__(
        self,
        segments: builtins.tuple[str, ...],
        flags: frozenset[Flag],
        many: bool,
        /,
        *,
        origin: Origin | None,
    ) -> Path[Any]: ...


_PARENT: Final = "_parent"
_CUSTOM: Final = "_custom_paths"
_SHORT: Final = "de_"


def _set_private(path: Path[Any], name: str, value: object) -> None:
    """Sets what a path keeps for itself; its members are not set."""
    if not name.startswith("_"):
        shown = f"{spelling(path)}.{name}"
        raise QueryError(
            f"{shown} is a path, and cannot be set.",
            hint=f"A condition compares with two equals signs; a row is changed by row.{name} = ....",
        )
    object.__setattr__(path, name, value)


def _refuse_deletion(path: Path[Any], name: str) -> NoReturn:
    raise QueryError(f"{spelling(path)}.{name} is a path, and cannot be deleted.", hint="Leave it alone.")


class ObjectPath(Path[R]):
    """A path to an object or a collection; its members continue it. ``Task.f`` is the one at the root."""

    obj_code: ClassVar[str]

    def __workfront_root_of__(self, model: type[WorkfrontObject], /) -> None:
        """Takes the model whose class attribute ``f`` this is."""
        self._origin = Origin(model)

    def is_null(self) -> FilterCondition[R]:
        """Tests that there is no related object: ``Task.f.assigned_to.is_null()``.

        Raises:
            QueryError: the path leads to a collection, or is the root.
        """
        return self._id_path("is_null()").is_null()

    def not_null(self) -> FilterCondition[R]:
        """Tests that there is a related object.

        Raises:
            QueryError: the path leads to a collection, or is the root.
        """
        return self._id_path("not_null()").not_null()

    def in_(self, rows: SequenceNotStr[WorkfrontObject]) -> FilterCondition[R]:
        """Tests that the related object is one of these rows; IDs are taken as well.

        Raises:
            QueryError: a row of another object, or one without its ID.
        """
        return self._id_path("in_()").in_([self._id_of(row) for row in listed(rows, spelling(self))])

    def not_in(self, rows: SequenceNotStr[WorkfrontObject]) -> FilterCondition[R]:
        """Tests that there is a related object, and it is none of these rows; IDs are taken as well.

        Raises:
            QueryError: a row of another object, or one without its ID.
        """
        return self._id_path("not_in()").not_in([self._id_of(row) for row in listed(rows, spelling(self))])

    def __eq__(self, row: WorkfrontObject | None, /) -> FilterCondition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """Tests that the related object is this row, told by its ID; ``None`` asks for no object. An ID is taken as
        well.

        Raises:
            QueryError: a row of another object, or one without its ID.
        """
        return self.is_null() if row is None else self._id_path("==") == self._id_of(row)

    def __ne__(self, row: WorkfrontObject | None, /) -> FilterCondition[R]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        """Tests that the related object is another one **or there is none**; ``None`` asks for an object."""
        return self.not_null() if row is None else self._id_path("!=") != self._id_of(row)

    def __hash__(self) -> int:
        return hash((type(self), str(self)))

    def _id_of(self, row: object) -> str:
        """Returns the ID of a row that the path may lead to."""
        if isinstance(row, str):
            return id_or_placeholder(row)
        if not isinstance(row, WorkfrontObject):
            raise QueryError(
                f"{spelling(self)} is compared with a row or its ID, not {row!r:.80}.",
                hint=f"Compare one of its fields: {spelling(self)}.id, {spelling(self)}.name.",
            )
        if row.obj_code != self.obj_code:
            raise QueryError(
                f"{spelling(self)} leads to objects of type {self.obj_code}; {type(row).__name__} is another type.",
                hint="Compare with a row of the type that it leads to.",
            )
        refuse_other_version(type(row), type(self), f"{spelling(self)} with a row of type {type(row).__name__}")
        object_id = row.get("ID")
        if not object_id:
            raise QueryError(f"The {type(row).__name__} has no ID to compare with.", hint='Load it with "ID".')
        return str(object_id)

    def _id_path(self, test: str) -> TextPath[R]:
        """Returns the path to the ID of the related object: beside the relation where there is one, else inside
        of it.
        """
        parent: ObjectPath[R] | None = vars(self).get(_PARENT)
        if parent is None or passes_collection(self):
            raise self._without_tests(test)
        kind: type = type(parent)
        beside = _by_wire_name(kind).get(f"{segments(self)[-1]}ID")
        path: TextPath[R] | None = getattr(parent, beside) if beside is not None else None
        if path is not None and "NOT_FILTERABLE" not in flags(path):
            return path
        return TextPath((*segments(self), "ID"), origin=_below(self, "id"))

    def _without_tests(self, test: str) -> QueryError:
        where = spelling(self)
        if not segments(self):
            return QueryError(f"{where} is the object itself, which has no {test}.", hint=f"Test its ID: {where}.id.")
        return QueryError(
            f"{where} passes a collection, which has no {test}.",
            hint=f"Test a field of its members, as in {where}.id == ...; for 'none of them' write not_exists().",
        )

    @property
    def all(self) -> Path[R]:
        """All plain fields of the object, for ``fields=``: ``Task.f.all`` is ``*``, ``Task.f.project.all`` is
        ``project:*``."""
        return Path((*segments(self), "*"), inherited_flags(self), origin=_below(self, "all"))

    @property
    def custom(self) -> CustomPaths[R]:
        """The custom fields of the object, by their own names (not their labels):
        ``Task.f.project.custom("Budget")``; in a package of your own tenant also ``Task.f.project.custom.budget``.
        """
        found: CustomPaths[R] = custom_paths(self, CustomPaths)
        return found

    if not TYPE_CHECKING:  # short for the members of custom, for those who look around with dir()
        __setattr__, __delattr__ = _set_private, _refuse_deletion

        def __dir__(self) -> builtins.list[str]:
            names = (name for name in dir(type(self.custom)) if not name.startswith("_"))
            return [*super().__dir__(), *(f"{_SHORT}{name}" for name in names)]

        def __getattr__(self, name: str) -> Any:
            if name.startswith(_SHORT) and hasattr(type(self.custom), name.removeprefix(_SHORT)):
                return getattr(self.custom, name.removeprefix(_SHORT))
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)


class SearchPath(Path[R]):
    """The names of an object that only filters know: ``Task.f.search.is_complete``.

    They can be tested, and continued where they lead to objects, but neither loaded, sorted by nor grouped by.
    """

    if not TYPE_CHECKING:
        __setattr__, __delattr__ = _set_private, _refuse_deletion


class _PathMember:
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
        """Returns the kind, where no import is needed to tell it, and the flags."""
        return None if isinstance(self, _Relation) else self._kind(), self._flags

    def __get__(self, parent: Path[Any] | None, owner: type | None = None) -> Any:
        if parent is None:
            return self
        names = (*segments(parent), self._wire_name)
        many = self._many or passes_collection(parent)
        known = self._flags | inherited_flags(parent)
        path = self._kind()(names, known, many, origin=_below(parent, self._python_name))
        if isinstance(path, ObjectPath):
            vars(path)[_PARENT] = parent
        return vars(parent).setdefault(self._python_name, path)

    @property
    def wire_name(self) -> str:
        """The name on the wire."""
        return self._wire_name


@cache
def _by_wire_name(paths: type, /) -> Mapping[str, str]:
    """Returns the Python names of the members of a path class by wire name."""
    members = ((name, getattr(paths, name, None)) for name in dir(paths))
    return {member.wire_name: name for name, member in members if isinstance(member, _PathMember)}


@cache
def member_names(paths: type, /) -> Mapping[str, str]:
    """Returns the Python names of the members of a path class, each by its wire name and by its Python name."""
    own = (name for name in dir(paths) if isinstance(getattr(paths, name, None), _PathMember))
    return {name: name for name in own} | dict(_by_wire_name(paths))


def wire_names(paths: type[ObjectPath[Any]], /) -> Mapping[str, str]:
    """Returns the wire names of the members of a path class by Python name, in the order of the class."""
    return {name: member.wire_name for name, member in vars(paths).items() if isinstance(member, _PathMember)}


class _Relation(_PathMember):
    """A member that leads to other objects."""


class _Search:
    """The member ``search`` of an object path: the same place, with other names behind it."""

    def __init__(self, kind: type[SearchPath[Any]]) -> None:
        self._kind = kind

    def __get__(self, parent: Path[Any] | None, owner: type | None = None) -> Any:
        if parent is None:
            return self
        path = self._kind(
            segments(parent),
            frozenset({FILTER_ONLY}),
            passes_collection(parent),
            origin=_below(parent, "search"),
        )
        return vars(parent).setdefault("search", path)


def declared(root: ObjectPath[Any], name: str, /) -> tuple[_Kind | None, frozenset[Flag]] | None:
    """Returns kind and flags of a member by Python name; no kind for a relation, whose class may not be imported yet.

    ``None`` where the object has no such member.
    """
    member = getattr(type(root), name, None)
    return member.declaration() if isinstance(member, _PathMember) else None


def text(name: str, *flags: Flag) -> Any:
    """Returns a text field of this wire name, with the metadata's flags."""
    return _PathMember(lambda: TextPath, name, flags)


def number(name: str, *flags: Flag) -> Any:
    """Returns an integer, float or amount."""
    return _PathMember(lambda: NumberPath, name, flags)


def boolean(name: str, *flags: Flag) -> Any:
    """Returns a field that is true or false."""
    return _PathMember(lambda: BooleanPath, name, flags)


def date(name: str, *flags: Flag) -> Any:
    """Returns a day without a time."""
    return _PathMember(lambda: DatePath, name, flags)


def date_time(name: str, *flags: Flag) -> Any:
    """Returns an instant."""
    return _PathMember(lambda: DateTimePath, name, flags)


def enum(name: str, *flags: Flag) -> Any:
    """Returns a text code out of an open list."""
    return _PathMember(lambda: EnumPath, name, flags)


def int_enum(name: str, *flags: Flag) -> Any:
    """Returns a numeric code out of an open list."""
    return _PathMember(lambda: IntEnumPath, name, flags)


def list(name: str, *flags: Flag) -> Any:
    """Returns a list of texts."""
    return _PathMember(lambda: ListPath, name, flags)


def json(name: str, *flags: Flag) -> Any:
    """Returns a map, a kind of value the metadata does not explain, or a relation to an unknown object."""
    return _PathMember(lambda: JsonPath, name, flags)


def custom_paths(parent: ObjectPath[R], kind: type[CustomPaths[Any]], /) -> Any:
    """Returns the custom fields of the object that a path leads to, as members of ``kind``."""
    kept = vars(parent).get(_CUSTOM)
    return kept if kept is not None else vars(parent).setdefault(_CUSTOM, kind.__below__(parent))


def reference(package: str | None, module: str, class_name: str, name: str, *flags: Flag) -> Any:
    """Declares one related object; its path class is imported on first use."""
    return _Relation(lambda: path_class(package, module, class_name), name, flags)


def collection(package: str | None, module: str, class_name: str, name: str, *flags: Flag) -> Any:
    """Declares many related objects: a test behind it means "some member"."""
    return _Relation(lambda: path_class(package, module, class_name), name, flags, many=True)


def search(kind: type[SearchPath[Any]]) -> Any:
    """Returns the names that only filters know; ``kind`` has them as members."""
    return _Search(kind)


def path_class(package: str | None, module: str, class_name: str, /) -> type[ObjectPath[Any]]:
    """Returns a generated path class, whose module is imported where it was not yet."""
    kind: type[ObjectPath[Any]] = getattr(import_module(f".{module}", package), class_name)
    return kind


def _below(path: Path[Any], name: str) -> Origin | None:
    start = origin(path)
    return None if start is None else start.below(name)
