"""A sandbox whose answers are broken on their way, each time in one way, to see whether a check notices."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import httpx

Break: TypeAlias = Callable[[Any], Any]


def other_values(value: Any) -> Any:
    """Returns a document in which every text, number and truth is another; errors keep their form."""
    if isinstance(value, dict):
        return {key: other_values(member) for key, member in value.items()}
    if isinstance(value, list):
        return [other_values(member) for member in value]
    return _other(value)


def other_names(value: Any) -> Any:
    """Returns a document in which every member below ``data`` has another name."""
    if isinstance(value, dict):
        return {f"{key}Of": other_names(member) for key, member in value.items()}
    return [other_names(member) for member in value] if isinstance(value, list) else value


def a_member_less(value: Any) -> Any:
    """Returns a document whose lists are without their first members, and whose objects without their last."""
    if isinstance(value, dict):
        return dict([(key, a_member_less(member)) for key, member in value.items()][:-1])
    return [a_member_less(member) for member in value[1:]] if isinstance(value, list) else value


def a_member_more(value: Any) -> Any:
    """Returns a document whose lists hold a member once more, and whose objects hold one that nobody knows."""
    if isinstance(value, dict):
        return {**{key: a_member_more(member) for key, member in value.items()}, "unheardOf": "unheard of"}
    first = value[:1] or [{"ID": "0" * 32}] if isinstance(value, list) else []
    return [a_member_more(member) for member in [*value, *first]] if isinstance(value, list) else value


def related_objects(value: Any) -> Any:
    """Returns a document in which the object stands beside every ID."""
    if isinstance(value, dict):
        known = {key: related_objects(member) for key, member in value.items()}
        return known | {key[:-2] or "object": {"ID": member} for key, member in known.items() if key.endswith("ID")}
    return [related_objects(member) for member in value] if isinstance(value, list) else value


def reversed_lists(value: Any) -> Any:
    """Returns a document whose lists run backwards."""
    if isinstance(value, dict):
        return {key: reversed_lists(member) for key, member in value.items()}
    return [reversed_lists(member) for member in reversed(value)] if isinstance(value, list) else value


def nulls(value: Any) -> Any:
    """Returns a document in which every value is null."""
    if isinstance(value, dict):
        return {key: nulls(member) for key, member in value.items()}
    return [nulls(member) for member in value] if isinstance(value, list) else None


def a_row_for_an_error(value: Any) -> Any:
    """Returns what it is given: an answer that is an error is replaced as a whole."""
    return value


BREAKS: Final[Mapping[str, Break]] = {
    "other values": other_values,
    "other names": other_names,
    "a member less": a_member_less,
    "a member more": a_member_more,
    "related objects": related_objects,
    "lists reversed": reversed_lists,
    "nulls": nulls,
    "a row for an error": a_row_for_an_error,
}
_ROW: Final = b'{"data": {"ID": "00000000000000000000000000000001", "name": "Row"}}'


class Broken(httpx.BaseTransport):
    """Asks a sandbox, and breaks what it answers; asks once for each address.

    Args:
        inner: reaches the sandbox.
    """

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self._known: dict[str, tuple[int, httpx.Headers, bytes]] = {}
        self.broken: Break | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Returns the answer of the sandbox, broken."""
        status, headers, content = self._answer(request)
        if self.broken is None:
            return httpx.Response(status, headers=headers, content=content)
        return _broken(self.broken, status, headers, content)

    def close(self) -> None:
        """Closes the connections to the sandbox."""
        self._inner.close()

    def _answer(self, request: httpx.Request) -> tuple[int, httpx.Headers, bytes]:
        address = str(request.url)
        if address not in self._known:
            answer = self._inner.handle_request(request)
            kept = httpx.Headers({"Content-Type": answer.headers.get("Content-Type", "")})
            self._known[address] = answer.status_code, kept, answer.read()
        return self._known[address]


def _broken(how: Break, status: int, headers: httpx.Headers, content: bytes) -> httpx.Response:
    if how is a_row_for_an_error:
        refused = status >= 400 or b'"error"' in content[:12]
        return httpx.Response(200, headers=headers, content=_ROW if refused else content)
    try:
        document = json.loads(content)
    except ValueError:
        return httpx.Response(status, headers=headers, content=content[::-1])
    if isinstance(document, dict):
        document = {key: how(member) for key, member in document.items()}
    return httpx.Response(status, headers=headers, content=json.dumps(document).encode())


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return "unheard of" if value is None else value[::-1] + "~"
