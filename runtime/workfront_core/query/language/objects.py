"""The objects of an API version by any of their names: ``TASK``, ``task``, ``Task``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean


def model_named(name: str, package: str) -> type[WorkfrontObject]:
    """Returns the model of an object.

    Args:
        name: objCode, Python name or class name, in upper or lower case.
        package: of the API version, such as ``workfront_client.v22``.

    Raises:
        QueryError: the version has no such object.
    """
    objects: Mapping[str, str] = _objects(package) if package else {}
    class_name = objects.get(_plain(name))
    if class_name is None:
        raise QueryError(
            f"There is no object {name!r:.80}.",
            hint=did_you_mean(
                name, sorted(set(objects.values())), "Write it by its code or name, such as TASK or task."
            ),
        )
    model: type[WorkfrontObject] = getattr(import_module(package), class_name)
    return model


@cache
def _objects(package: str) -> Mapping[str, str]:
    """Returns the class names of a version's objects by each of their names, in lower case without underscores."""
    by_code: Mapping[str, str] = import_module(package).OBJECTS
    return {_plain(name): name for name in by_code.values()} | {_plain(code): name for code, name in by_code.items()}


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
