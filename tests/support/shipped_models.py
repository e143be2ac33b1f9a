"""The classes of rows that the shipped package has."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from workfront_core.interface.models import WorkfrontObject


def shipped(version: str) -> Iterator[type[WorkfrontObject]]:
    """The classes of a version, each made of pydantic's whole schema."""
    package = import_module(f"workfront_client.{version.removesuffix('.0')}.models")
    for module in iter_modules(package.__path__):
        for kind in vars(import_module(f"{package.__name__}.{module.name}")).values():
            if isinstance(kind, type) and issubclass(kind, WorkfrontObject) and kind.obj_code:
                yield kind
