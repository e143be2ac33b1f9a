"""The methods that a service has from the engine, by the class it takes them from: a verb less is a class less."""

from __future__ import annotations

import ast
from functools import cache

from workfront_core.interface import async_services, services


def verb_methods(base: ast.expr) -> tuple[str, ...]:
    """Returns the methods that a base class of a service brings, ``_services.Copy[...]`` copy."""
    match base:
        case ast.Subscript(value=ast.Attribute(value=ast.Name(id="_services"), attr=name)):
            return _methods(name)
        case _:
            return ()


@cache
def _methods(name: str) -> tuple[str, ...]:
    kind = getattr(async_services if name.startswith("Async") else services, name, object)
    every = {*dir(async_services.AsyncService), *dir(services.Service)}
    return tuple(sorted(member for member in dir(kind) if member not in every))
