"""Requests to any path of the API: the escape hatch for what has no method."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias, cast, get_args

from workfront_core.arguments import checked_choice, checked_map, checked_text
from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import redact_path
from workfront_core.json_type import JsonValue
from workfront_core.operations import decoders as result
from workfront_core.operations.json_value import json_value
from workfront_core.query.literal import literal
from workfront_core.request.encoding import Method, Params
from workfront_core.request.request import Request
from workfront_core.request.whole_texts import refuse_halves
from workfront_core.request.write_guard import acts, decoded_path, reads_only

_NO_PATH: Final = re.compile(r"[?#;\\\x00-\x1f\x7f]")
_CALLS: Final = frozenset({"action", "method", "updates"})

Parameters: TypeAlias = Mapping[str, object]
"""Values by name; a list or tuple stands for a name repeated."""


def free_request(
    method: Method, path: str, params: Parameters | None = None, json: JsonValue = None
) -> Request[JsonValue]:
    """Returns a request to any path below the API root.

    Raises:
        QueryError: the path leaves the root, or holds a query or half of a character.
    """
    checked_choice(method, "method", get_args(Method))
    segments = checked_text(path, "path", "Write PROJ/search.").removeprefix("/").split("/")
    taken = decoded_path(path.removeprefix("/"))
    if any(segment in ("", ".", "..") for segment in taken.split("/")) or _NO_PATH.search(taken):
        shown = redact_path(path)
        raise QueryError(f"{shown!r} is not a path below the API root.", hint="Write PROJ/search, and use params=.")
    refuse_halves(path)
    pairs = parameter_pairs({} if params is None else params)
    reads = method == "GET" and not acts(pairs) and reads_only("/".join(segments), pairs)
    return Request(method, "/".join(segments), result.json_value, pairs, json_value(json, "json="), reads=reads)


def parameter_pairs(params: Parameters) -> Params:
    """Returns names and values in sending order."""
    return tuple(
        (name, literal(entry, name))
        for name, value in checked_map(params, "params=").items()
        for entry in _entries(value)
    )


def extra_pairs(params: Parameters) -> Params:
    """Returns the parameters that every call of a client is to have.

    Raises:
        QueryError: one of them makes another call of each, a delete of a read among them.
    """
    pairs = parameter_pairs(params)
    for name, _ in pairs:
        if name.strip().lower() in _CALLS:
            raise QueryError(
                f"extra_params= holds {name!r:.40}, which makes another call of every one.",
                hint="Write wf.request(...) for that call; tunnel= sends all by one verb.",
            )
    return pairs


def _entries(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else (value,)
