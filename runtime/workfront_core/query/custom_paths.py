"""Paths to custom fields: ``Project.f.custom.region`` in a package of your own tenant, ``Project.f.custom("Region")``
in any. Over a relation the prefix stays in front: ``DE:project:Region`` (docs/protocol.md 8.1).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, TypeVar

from workfront_core.arguments import checked_text
from workfront_core.errors.kinds import QueryError
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.codes import member_named
from workfront_core.models.declarations import KNOWN_MODELS
from workfront_core.query.custom_kinds import AnyCustomPath, LinkPath, LinkPathByName, RichPath, RichPathByName
from workfront_core.query.field_kinds import (
    ChoicesPath,
    CustomPath,
    DatePath,
    DateTimePath,
    EnumPath,
    JsonPath,
    NumberPath,
    OptionsPath,
)
from workfront_core.query.field_path import Flag, Path, inherited_flags, origin, passes_collection, segments
from workfront_core.query.origin import Origin
from workfront_core.query.text_path import TextPath

__all__ = ["CustomPaths", "custom_member", "custom_names", "custom_path"]

R = TypeVar("R")
E = TypeVar("E", bound=Enum)

_log: Final = logging.getLogger("workfront")
_ALL: Final = "parameterValues"


class CustomPaths(Path[R]):
    """The custom fields of an object. Called or indexed it takes any field by its own name, not its label:
    ``Task.f.project.custom("Budget")``; for ``fields=`` it stands for all that have a value.
    """

    _owner: Path[R]

    def __call__(self, name: str, /) -> CustomPath[R]:
        """Returns the path to a custom field by its own name, with or without ``DE:``.

        Raises:
            QueryError: the name is empty.
        """
        return custom_path(name, self._owner)

    def __getitem__(self, name: str, /) -> CustomPath[R]:
        """Returns the path to a custom field by its own name, with or without ``DE:``."""
        return custom_path(name, self._owner)

    @classmethod
    def __below__(cls, owner: Path[R], /) -> CustomPaths[R]:
        """Returns the custom fields of the object that a path leads to."""
        start = origin(owner)
        self = cls(
            (*segments(owner), _ALL),
            inherited_flags(owner),
            passes_collection(owner),
            origin=None if start is None else start.below("custom"),
        )
        self._owner = owner
        return self


def custom_path(name: str, owner: Path[Any] | None = None, /) -> CustomPath[Any]:
    """Returns the path to a custom field of any kind, at the root or at the end of another path.

    Raises:
        QueryError: the name is empty.
    """
    bare = checked_text(name, "custom()", "Write custom('Region').").removeprefix(CUSTOM)
    if not bare.strip():
        raise QueryError("custom() needs the name of a custom field.")
    space: Any = getattr(owner, "custom", None)
    kind = _BY_NAME.get(_known(space.__class__).get(bare, ""), AnyCustomPath)
    return kind(*_place(owner, bare), custom=True, origin=_below(owner, f"custom({bare!r})"))


@lru_cache(maxsize=KNOWN_MODELS)
def custom_names(paths: type, /) -> Mapping[str, str]:
    """Returns the Python names of the custom fields that a package knows, by these and by the fields' own names."""
    members = {name: member for name, member in vars(paths).items() if isinstance(member, _CustomMember)}
    return {member.field: name for name, member in members.items()} | {name: name for name in members}


@lru_cache(maxsize=KNOWN_MODELS)
def _known(paths: type) -> Mapping[str, str]:
    """Returns the kinds of the custom fields that a package knows, by their own names."""
    members = (member for member in vars(paths).values() if isinstance(member, _CustomMember))
    return {member.field: member.kind for member in members}


class ChoicePath(EnumPath[R, E]):
    """One choice: an option, or any text, since rows may hold options that are gone."""

    _known: tuple[str, str, str] | None = None

    def _text(self, value: object) -> str:
        text = super()._text(value)
        if self._known is not None and not isinstance(value, Enum):
            _warn_of_label(text, self._known, str(self))
        return text


def _warn_of_label(text: str, known: tuple[str, str, str], where: str) -> None:
    """Says once that a text is what people call an option, and not the value that rows hold."""
    package, module, name = known
    options: type[Enum] = getattr(import_module(f"{package}.options.{module}"), name)
    member = None if any(text == option.value for option in options) else member_named(text, options)
    if member is None or (key := (where, text)) in _warned:
        return
    _warned.add(key)
    _log.warning(
        "%s: rows hold %r for the option called %r; the condition compares with the text as it stands.",
        where, member.value, text,
    )  # fmt: skip


_warned: Final[set[tuple[str, str]]] = set()
_KINDS: Final[Mapping[str, Any]] = {
    "text": TextPath,
    "number": NumberPath,
    "money": NumberPath,
    "date": DatePath,
    "date_time": DateTimePath,
    "choice": ChoicePath,
    "choices": ChoicesPath,
    "options": OptionsPath,
    "link": LinkPath,
    "rich": RichPath,
    "json": JsonPath,
}
_BY_NAME: Final[Mapping[str, type[CustomPath[Any]]]] = {"link": LinkPathByName, "rich": RichPathByName}


class _CustomMember:
    """A custom field of a path class: bound to the path it is read from, and kept there."""

    def __init__(self, kind: str, name: str, options: tuple[str, str] | None) -> None:
        self.kind = kind
        self.field = name
        self._options = options
        self._name = name
        self._package = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._package = owner.__module__.rpartition(".")[0].rpartition(".")[0]

    def __get__(self, space: Any, owner: type | None = None) -> Any:
        if space is None:
            return self
        place = space._owner  # noqa: SLF001 - the public names of a path are its fields
        path: Any = _KINDS[self.kind](*_place(place, self.field), custom=True, origin=_below(space, self._name))
        if isinstance(path, ChoicePath) and self._options is not None:
            path._known = (self._package, *self._options)  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - as above
        holder: object = space
        return vars(holder).setdefault(self._name, path)


def custom_member(kind: str, name: str, options: tuple[str, str] | None = None) -> Any:
    """Returns the path to a custom field of this kind; to checkers it is what the annotation beside it says."""
    return _CustomMember(kind, name, options)


def _place(owner: Path[Any] | None, name: str) -> tuple[tuple[str, ...], frozenset[Flag], bool]:
    if owner is None:
        return (name,), frozenset(), False
    return (*segments(owner), name), inherited_flags(owner), passes_collection(owner)


def _below(owner: Path[Any] | None, name: str) -> Origin | None:
    start = None if owner is None else origin(owner)
    return None if start is None else start.below(name)
