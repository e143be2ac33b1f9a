"""Names that exist, for one the server does not know."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import Final

from workfront_core.errors.complaints import missing_key, named_object, unknown_object_type
from workfront_core.errors.kinds import InvalidRequest, QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import nearest, question
from workfront_core.operations.payload import wire_names
from workfront_core.request.addressee import custom_hint, custom_name


def suggest(error: InvalidRequest, path: str, client: object, services: Mapping[str, str]) -> None:
    """Adds near names to an error about an unknown field or object type.

    Args:
        error: gets the names, in ``suggestions`` and in its hint.
        path: of the request: ``TASK/search``.
        client: its services, and the models beside its class, know the names.
        services: the client's: attributes by objCode.
    """
    service = services.get(path.partition("/")[0].upper())
    if (wrong := unknown_object_type(error.message)) is not None:
        _add(error, wrong.upper(), services, _root_hint(path) if _OF_ROOT.fullmatch(wrong) else None)
    elif error.field is not None and (name := custom_name(error.field)) is not None:
        error.hint = custom_hint(name, service or "") if _is_unknown(error) else error.hint
    elif error.field is not None and (label := named_object(error.message)) is not None:
        _add(error, error.field, _names(client, service, label))


def no_service(obj_code: object, services: Mapping[str, str], version: str) -> QueryError:
    """Returns the error for an objCode that has no service, with what to write in its place.

    Args:
        obj_code: as it was given; it may be the name of an object.
        services: attributes by objCode.
        version: of the API.
    """
    hint = _service_hint(str(obj_code), services)
    return QueryError(f"There is no service for objCode {obj_code!r} in {version}.", hint=hint)


def _service_hint(obj_code: str, services: Mapping[str, str]) -> str:
    by_name = {name: code for code, name in services.items()}
    names = nearest(obj_code, (*services, *by_name))
    listed = dict.fromkeys(f"{by_name.get(name, name)} (wf.{services.get(name, name)})" for name in names)
    return question(listed) or "Objects without a service have no operations."


_OF_ROOT: Final = re.compile(r"attask|api(-\w+)?|v\d+(\.\d+)?", re.IGNORECASE)
_OTHER_ROOT: Final = re.compile(r"(?:attask/)?api-(internal|unsupported)(?:/|$)", re.IGNORECASE)
_SUBSCRIPTIONS: Final = re.compile(r"attask/eventsubscription(?:/|$)", re.IGNORECASE)
_DIFFERS: Final = (
    "This package knows {name!r}, this server does not: package and server differ. Leave it out, or fetch the server's "
    "metadata and generate a package from it (workfront-codegen fetch, generate)."
)


def _root_hint(path: str) -> str:
    """Returns what to write for a path that begins with the root of an API."""
    if _SUBSCRIPTIONS.match(path):
        return "Event subscriptions have an API of their own: wf.events."
    other = _OTHER_ROOT.match(path)
    if other is None:
        return "Write the path below the API root: PROJ/search."
    return f'That is the root of another API: wf.with_options(api="{other[1].lower()}").request("GET", "PROJ/search").'


def _is_unknown(error: InvalidRequest) -> bool:
    """Returns whether the error says that the field does not exist, rather than that a value does not fit it."""
    said = error.message.lower()
    label, _ = missing_key(error.message) or ("", "")
    return "does not support field" in said or "no such field" in said or label == "Parameter"


def _add(error: InvalidRequest, wrong: str, known: Iterable[str], otherwise: str | None = None) -> None:
    names = list(known)
    if wrong in names:
        error.hint = _DIFFERS.format(name=wrong)
        return
    near = [] if otherwise else nearest(wrong, names)
    error.suggestions = tuple(near)
    error.hint = otherwise or " ".join(part for part in (question(near), error.hint) if part)


def _names(client: object, service: str | None, label: str) -> Iterable[str]:
    """Returns the wire names of the object the message names, or else of the one that was called."""
    package = sys.modules.get(type(client).__module__.rpartition(".")[0])
    named = getattr(package, label, None)
    called = getattr(getattr(client, service), "model", None) if service else None
    for model in (named, called):
        if isinstance(model, type) and issubclass(model, WorkfrontObject):
            return wire_names(model).values()
    return ()
