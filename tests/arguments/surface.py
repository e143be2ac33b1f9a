"""The public surface, found by looking: each method of an object, each name that a package exports."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from types import FunctionType
from typing import Any, Final, get_origin

from tests.arguments.annotations import arguments
from tests.arguments.call import Call

_METHODS: Final = (FunctionType, classmethod, staticmethod)
_ENDS: Final = frozenset({"close", "aclose"})
"""Methods after which the object is of no use any more."""


def methods_of(name: str, subject: object, given: Mapping[str, Any], **options: Any) -> Iterator[Call]:
    """Yields a call for each public method of an object, with those of the given arguments that it has."""
    for method_name, method in _public_methods(subject):
        start = f"{method_name}."
        own = {key.removeprefix(start): value for key, value in given.items() if key.startswith(start)}
        yield call_of(f"{name}.{method_name}", method, {**given, **own}, **options)


def operators_of(name: str, subject: object, operators: Sequence[str], **options: Any) -> Iterator[Call]:
    """Yields a call for each of Python's operators that an object has."""
    for operator in operators:
        method = getattr(type(subject), operator, None)
        if inspect.isfunction(method):
            bound = getattr(subject, operator)
            yield Call(
                f"{name}.{operator}", bound, {item.name: None for item in arguments(bound)}, is_right=False, **options
            )


def call_of(name: str, function: Any, given: Mapping[str, Any], **options: Any) -> Call:
    """Returns the call of a function or class, with those of the given arguments that it has."""
    known = {item.name for item in arguments(function)}
    return Call(name, function, {key: value for key, value in given.items() if key in known}, **options)


def exported(package: Any) -> Iterator[tuple[str, Any]]:
    """Yields the functions and classes that a package exports and that programs call."""
    for name in package.__all__:
        found = getattr(package, name)
        if inspect.isfunction(found) or (inspect.isclass(found) and _is_called(found)):
            yield name, found


def _is_called(kind: type) -> bool:
    return not issubclass(kind, (Exception, Enum)) and not getattr(kind, "_is_protocol", False) and not get_origin(kind)


def _public_methods(subject: object) -> Iterator[tuple[str, Any]]:
    for name in dir(type(subject)):
        if name.startswith("_") or name in _ENDS:
            continue
        if isinstance(inspect.getattr_static(type(subject), name), _METHODS):
            yield name, getattr(subject, name)
