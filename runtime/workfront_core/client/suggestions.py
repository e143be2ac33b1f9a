"""Names that exist, for one the server does not know."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from workfront_core.errors.complaints import named_object, unknown_object_type
from workfront_core.errors.kinds import InvalidRequest
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import nearest, question
from workfront_core.operations.payload import wire_names


def suggest(error: InvalidRequest, path: str, client: object, services: Mapping[str, str]) -> None:
    """Adds near names to an error about an unknown field or object type.

    Args:
        error: gets the names, in ``suggestions`` and in its hint.
        path: of the request: ``TASK/search``.
        client: its services, and the models beside its class, know the names.
        services: the client's: attributes by objCode.
    """
    if (wrong := unknown_object_type(error.message)) is not None:
        _add(error, nearest(wrong, services))
    elif error.field is not None and (label := named_object(error.message)) is not None:
        _add(error, nearest(error.field, _names(client, services.get(path.partition("/")[0].upper()), label)))


def _add(error: InvalidRequest, names: list[str]) -> None:
    error.suggestions = tuple(names)
    if names:
        error.hint = " ".join(part for part in (question(names), error.hint) if part)


def _names(client: object, service: str | None, label: str) -> Iterable[str]:
    """Returns the wire names of the object the message names, or else of the one that was called."""
    package = sys.modules.get(type(client).__module__.rpartition(".")[0])
    named = getattr(package, label, None)
    called = getattr(getattr(client, service), "model", None) if service else None
    for model in (named, called):
        if isinstance(model, type) and issubclass(model, WorkfrontObject):
            return wire_names(model).values()
    return ()
