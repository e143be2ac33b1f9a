"""``NAME=VALUE`` of the line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, cast

from workfront_core.errors import QueryError

_NAME: Final = re.compile(r"[A-Za-z][\w-]*")


def named_values(arguments: Iterable[str], option: str) -> dict[str, str]:
    """Returns values by name.

    Args:
        arguments: ``NAME=VALUE``, each once.
        option: that brought them, for messages.

    Raises:
        QueryError: one is written otherwise, or a name comes twice.
    """
    found: dict[str, str] = {}
    for argument in arguments:
        name, mark, value = argument.partition("=")
        if not mark or not name:
            raise QueryError(f"{option} {argument!r:.80} is not NAME=VALUE.", hint=f"Write {option} projectID=...")
        if name in found:
            raise QueryError(f"{option} {name}=... is given twice.", hint="Give it once.")
        found[name] = value
    return found


def objects_in(answer: object) -> list[dict[str, Any]]:
    """Returns the objects in the answer of a named query: one, or a list of them."""
    listed = cast("list[object]", answer) if isinstance(answer, list) else [answer]
    return [cast("dict[str, Any]", one) for one in listed if isinstance(one, dict)]


def checked_name(name: str) -> str:
    """Returns the name of a query or an action.

    Raises:
        QueryError: nothing is called so.
    """
    if not _NAME.fullmatch(name):
        raise QueryError(f"{name!r:.80} is not the name of a query.", hint="workfront describe OBJECT lists them.")
    return name
