"""What was set in a row since it was read.

Reading notes nothing for plain values: assigning one notes its name (``__workfront_changed__``). Lists, maps and keys
that the class does not know can change without an assignment, so rows that have some keep what was read of these
(``__workfront_before__``) and compare. A row that a program made has ``None`` for its noted names: all that it holds
counts as set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType, NoneType
from typing import Any, Final, Protocol, TypeGuard, cast

from pydantic import BaseModel

from workfront_core.models.asked_fields import AskedFields

__all__ = [
    "Written",
    "changed_entries",
    "changes",
    "frozen",
    "held",
    "id_when_read",
    "is_new",
    "is_noted",
    "keep_id",
    "mark_new",
    "mark_read",
    "note",
    "snapshot",
]

_get: Final = object.__getattribute__
_set: Final = object.__setattr__
_NOWHERE: Final[frozenset[int]] = frozenset()

MUTABLE: Final[frozenset[object]] = frozenset({list, dict})
_LISTS: Final = (list, tuple)
_SCALARS: Final[frozenset[object]] = frozenset({bool, float, int, str, NoneType})


class TracksChanges(Protocol):
    """A row, as far as this module needs to know it; the slots are filled when somebody asks."""

    __workfront_asked__: AskedFields | None
    __workfront_before__: dict[str, object]
    __workfront_changed__: set[str] | None


def held(row: BaseModel) -> dict[str, object]:
    """Returns all that a row holds: members by Python name, other keys as the server calls them."""
    return {**row.__dict__, **(row.__pydantic_extra__ or {})}


def changes(row: BaseModel, above: frozenset[int] = _NOWHERE) -> Mapping[str, object]:
    """Returns what was set in a row since it was read, with the values it has now.

    Args:
        row: the row.
        above: the rows that hold it, by ``id()``; a row within itself is not looked into again.
    """
    values = held(row)
    noted = tracked(row).__workfront_changed__
    if noted is None:
        return MappingProxyType(values)
    inside = above | {id(row)}
    return MappingProxyType(
        {name: value for name, value in values.items() if name in noted or _changed_inside(row, name, value, inside)}
    )


def is_new(row: BaseModel) -> bool:
    """Returns whether a program made the row, so that all it holds counts as set."""
    return tracked(row).__workfront_changed__ is None


def is_noted(row: BaseModel, name: str) -> bool:
    """Returns whether a member or key was set itself, rather than changed inside."""
    noted = tracked(row).__workfront_changed__
    return noted is None or name in noted


def changed_entries(row: BaseModel, name: str, /) -> Mapping[object, object]:
    """Returns the keys of a map that are set otherwise than when it was read, ``None`` for those taken out of it.

    All of it where the map itself was assigned.
    """
    value = cast("Mapping[object, object]", held(row)[name])
    then = tracked(row).__workfront_before__.get(name)
    if is_noted(row, name) or not isinstance(then, dict):
        return value
    before = cast("dict[object, object]", then)
    gone: dict[object, object] = {key: None for key in before if key not in value}
    now = {key: entry for key, entry in value.items() if key not in before or _differs(entry, before[key], _NOWHERE)}
    return now | gone


def note(row: BaseModel, names: Iterable[str]) -> None:
    """Notes members and keys as set."""
    noted = tracked(row).__workfront_changed__
    if noted is not None:
        noted.update(names)


def keep_id(row: BaseModel, read: BaseModel) -> None:
    """Keeps the ID a row was read with, before another one is set: a write of it must not go to another object."""
    if "id" in read.__dict__ and tracked(read).__workfront_changed__ is not None:
        tracked(row).__workfront_before__.setdefault("id", read.__dict__["id"])


def id_when_read(row: BaseModel) -> object:
    """Returns the ID a row was read with, ``None`` where it was read without one or a program made it."""
    before = tracked(row).__workfront_before__
    return before.get("id", before.get("ID"))


def mark_new(row: BaseModel) -> None:
    """Counts all that a row holds as set, unless it is known that the row was read."""
    try:
        _get(row, "__workfront_changed__")
    except AttributeError:
        _set(row, "__workfront_changed__", None)


def mark_read(row: BaseModel) -> None:
    """Counts all that a row holds as read."""
    _set(row, "__workfront_changed__", set[str]())
    _set(row, "__workfront_before__", snapshot(row.__dict__, row.__dict__, row.__pydantic_extra__))


def snapshot(
    values: Mapping[str, object], names: Iterable[str], extra: Mapping[str, object] | None
) -> dict[str, object]:
    """Returns what has to be kept of a row that was read: its lists and maps among ``names``, and every other key."""
    kept = dict(extra) if extra else {}
    for name, value in kept.items():
        if value.__class__ in MUTABLE:
            kept[name] = frozen(value)
    for name in names:
        value = values[name]
        if value.__class__ in MUTABLE:
            kept[name] = frozen(value)
    return kept


def frozen(value: object) -> object:
    """Returns a copy of lists and maps that later changes do not reach; rows in them, and any other value, as
    they are.
    """
    if value.__class__ in _SCALARS:
        return value
    if isinstance(value, _LISTS):
        items = cast("Sequence[object]", value)
        return tuple(items) if _SCALARS.issuperset(map(type, items)) else tuple(map(frozen, items))
    if isinstance(value, dict):
        return {key: frozen(entry) for key, entry in cast("dict[object, object]", value).items()}
    return value


class Written:
    """What a write takes along of a row: once it is done, these members count as read, unless set again meanwhile.

    Args:
        row: the row.
        values: what is written of it, by Python name or key.
    """

    __slots__ = ("_inside", "_row", "_values")

    def __init__(self, row: BaseModel, values: Mapping[str, object]) -> None:
        self._row = row
        self._values = {name: frozen(value) for name, value in values.items()}
        self._inside = [Written(item, held(item)) for value in values.values() for item in _rows_in(value)]

    def done(self) -> None:
        """Counts what was written as read."""
        now = held(self._row)
        row = tracked(self._row)
        if row.__workfront_changed__ is None:
            _set(self._row, "__workfront_changed__", set(now))
        for name, then in self._values.items():
            if name in now and frozen(now[name]) == then:
                cast("set[str]", row.__workfront_changed__).discard(name)
                row.__workfront_before__[name] = then
        for inside in self._inside:
            inside.done()


def _changed_inside(row: BaseModel, name: str, value: object, above: frozenset[int]) -> bool:
    before = tracked(row).__workfront_before__
    if name in before:
        return not (_is_row(value) and value is before[name]) and _differs(value, before[name], above)
    if name not in row.__dict__:
        return True  # a key that was put into model_extra
    return _is_row(value) and _has_changes(value, above)


def _differs(now: object, then: object, above: frozenset[int]) -> bool:
    if isinstance(now, list | tuple):
        items, kept = cast("Sequence[object]", now), cast("Sequence[object]", then)
        if not isinstance(then, tuple) or len(items) != len(kept):
            return True
        return any(_differs(item, old, above) for item, old in zip(items, kept, strict=True))
    if isinstance(now, dict):
        entries, old = cast("dict[object, object]", now), cast("dict[object, object]", then)
        if not isinstance(then, dict) or entries.keys() != old.keys():
            return True
        return any(_differs(entry, old[key], above) for key, entry in entries.items())
    if _is_row(now):
        return now is not then or _has_changes(now, above)
    return now is not then and (now != then or type(now) is not type(then))


def _has_changes(row: BaseModel, above: frozenset[int]) -> bool:
    return id(row) not in above and bool(changes(row, above))


def _rows_in(value: object) -> list[BaseModel]:
    """Returns the rows of a list, which are written with what they hold; a row in place of a reference is only pointed
    to.
    """
    return (
        [item for item in cast("Sequence[object]", value) if _is_row(item)] if isinstance(value, list | tuple) else []
    )


def _is_row(value: object) -> TypeGuard[BaseModel]:
    return isinstance(value, BaseModel) and hasattr(type(value), "__workfront_changed__")


def tracked(row: BaseModel) -> TracksChanges:
    """Returns the row, with the slots that keep its marks."""
    return cast("TracksChanges", cast("Any", row))
