"""The attributes of a client that are services: each imported and bound when a program first uses it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["LazyService"]


class LazyService:
    """An attribute of a client that is a service. Generated code derives one class a service, to declare its type.

    A class of its own rather than a property: to list the members of a client, an editor works out what each property
    returns, for which it reads every service, model and enum. What ``__get__`` of a class returns it works out for the
    one attribute that is used.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __set_name__(self, owner: type, attribute: str) -> None:
        self._attribute = attribute

    def bound(self, client: object) -> Any:
        """Returns the service bound to the client, which keeps it; asked of the class, this attribute itself."""
        if client is None:
            return self
        service = getattr(import_module(self._module), self._name)
        return vars(client).setdefault(self._attribute, service(client))
