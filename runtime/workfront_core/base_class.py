"""Classes that programs derive their own from: one whose ``__init__`` leaves out that of its base is told so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from inspect import unwrap
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, NoReturn

from workfront_core.errors.kinds import Uninitialised

__all__ = ["BaseClass", "check_initialised"]

_MAKERS: Final = ("__init__", "restart_in_child")
_KNOWN_CLASSES: Final = 256


class BaseClass:
    """What programs derive classes of their own from.

    What the ``__init__`` of a base sets and an object lacks is told as that, not as an attribute which nobody knows.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # to a checker no other attributes exist

        def __getattr__(self, name: str) -> NoReturn:
            if name in _set_when_made(type(self)) or (hasattr(type(self), name) and _is_bare(self)):
                raise _uninitialised(type(self))
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)


def check_initialised(value: object, /) -> None:
    """Raises a QueryError for an object of a program's own class whose ``__init__`` leaves out that of its base."""
    if isinstance(value, BaseClass) and _is_bare(value):
        raise _uninitialised(type(value))


def _uninitialised(kind: type) -> Uninitialised:
    return Uninitialised(
        f"{kind.__name__}.__init__ does not call the one of its base, {_base(kind).__name__}.",
        hint="Begin it with super().__init__(...), and give that what it takes.",
    )


def _is_bare(value: object) -> bool:
    """Returns whether nothing is set of what making an object sets."""
    kind: Any = type(value)
    names = _set_when_made(kind)
    return bool(names) and not any(_has(value, name) for name in names)


def _has(value: object, name: str) -> bool:
    try:
        object.__getattribute__(value, name)
    except AttributeError:
        return False
    return True


def _base(kind: type) -> type:
    """Returns the class of the engine that a program's class is derived from."""
    return next((base for base in kind.__mro__ if _is_ours(base)), kind)


def _is_ours(kind: type) -> bool:
    return kind.__module__.partition(".")[0] == __name__.partition(".")[0]


@lru_cache(maxsize=_KNOWN_CLASSES)
def _set_when_made(kind: type) -> frozenset[str]:
    """Returns the attributes that the engine's classes set in an object when it is made."""
    ours = [vars(base) for base in kind.__mro__ if _is_ours(base)]
    stored = {name for members in ours for maker in _MAKERS for name in _stored(members.get(maker))}
    return frozenset(stored.union(*(members.get("__slots__", ()) for members in ours)))


def _stored(maker: Any) -> Iterator[str]:
    from dis import get_instructions  # who forgets nothing does without

    function = unwrap(maker) if callable(maker) else None
    if isinstance(function, FunctionType):
        yield from (str(step.argval) for step in get_instructions(function) if step.opname == "STORE_ATTR")
