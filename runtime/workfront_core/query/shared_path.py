"""What paths are in the hands of programs that copy and send things: one that is copied is the same one, and one that
another process is sent leads to the same field.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MemberDescriptorType
from typing import Any, Self

__all__ = ["SharedPath"]

_KEPT_MEMBERS = "_custom_paths"


class SharedPath:
    """Something that never changes, though what is read from it is kept beside it."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: dict[int, Any], /) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, tuple[type[Self], Mapping[str, Any]]]:
        return restored, (type(self), _own(self))


def restored(kind: type[SharedPath], own: Mapping[str, Any]) -> SharedPath:
    """Returns a path as another process had it."""
    path = kind.__new__(kind)
    for name, value in own.items():
        object.__setattr__(path, name, value)
    return path


def _own(path: SharedPath) -> Mapping[str, Any]:
    """Returns what a path is made of, without the members that were read from it."""
    slots = {
        name: getattr(path, name)
        for kind in type(path).__mro__
        for name, slot in vars(kind).items()
        if isinstance(slot, MemberDescriptorType)
    }
    beside = {
        name: value
        for name, value in getattr(path, "__dict__", {}).items()
        if name[:1] == "_" and name != _KEPT_MEMBERS
    }
    return slots | beside
