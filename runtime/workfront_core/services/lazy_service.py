"""The attributes of a client that are services: each imported and bound when a program first uses it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from workfront_core.errors.kinds import QueryError

__all__ = ["ServiceAttribute", "lazy_model", "lazy_service"]


class ServiceAttribute(Any):  # type: ignore[misc]
    """What the types of a client's attributes inherit, so that a client fits a protocol with services as properties.

    pyright holds such a property against the attribute's own class, not against what its ``__get__`` returns. With a
    base that may be anything the class fits, and an editor has nothing to read for it; mypy compares the services.
    """


def lazy_service(module: str, name: str) -> Any:
    """Returns the attribute of a client that holds the service class ``name`` of ``module``, bound to the client.

    Generated code declares a class for the type of each, not a property: to list the members of a client, an editor
    works out what each property returns, for which it reads every service, model and enum. What ``__get__`` of a class
    returns it works out for the one attribute that is used.
    """
    return _LazyService(module, name)


def lazy_model(package: str | None, module: str, name: str) -> Any:
    """Returns the attribute ``model`` of a service: class ``name`` of ``models.module``, beside its package."""
    return _LazyModel(package, module, name)


class _LazyModel:
    __slots__ = ("_module", "_name", "_package")

    def __init__(self, package: str | None, module: str, name: str) -> None:
        self._package = package
        self._module = module
        self._name = name

    def __get__(self, service: object, owner: type | None = None) -> Any:
        """Returns the model, imported when it is first asked for."""
        return getattr(import_module(f"..models.{self._module}", self._package), self._name)


class _LazyService:
    __slots__ = ("_attribute", "_module", "_name")

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __set_name__(self, owner: type, attribute: str) -> None:
        self._attribute = attribute

    def __get__(self, client: object, owner: type | None = None) -> Any:
        """Returns the service, which the client keeps; asked of the class, this attribute itself."""
        if client is None:
            return self
        service = getattr(import_module(self._module), self._name)
        return vars(client).setdefault(self._attribute, service(client))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        raise QueryError(
            f"{self._attribute}.{name} is asked of the class, which is not connected to anything.",
            hint="Make a client first: with Workfront(url, auth=...) as wf.",
        )
