"""A dry run: the writes that were kept back, and what they would have answered, so that a script can go on.

An object that would have been created gets a stand-in for its ID. Reading it by that ID gives what was written of it;
the server, which knows nothing of it, is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from itertools import count
from typing import Any, Final, TypeVar

from workfront_core.errors.kinds import NotFound, QueryError, WorkfrontError
from workfront_core.json_type import JsonValue
from workfront_core.request.request import Decoder, Request
from workfront_core.request.write_guard import changes
from workfront_core.sides import PendingBlock

C = TypeVar("C")
T = TypeVar("T")

_STAND_IN: Final = "d0d0d0d0d0d0d0d0"
"""What an ID begins with that a dry run made up: half of its 32 characters, so that no real one does."""

_ID: Final = re.compile(r"[0-9a-f]{32}")
_NO_OBJECTS: Final = frozenset({"batch", "login", "logout", "session", "upload"})
_SUPPOSED: Final[tuple[object, ...]] = (None, {"success": True}, {"handle": "dry-run"}, [])
"""What is tried for an answer where the request does not say it: nothing, a bare confirmation, no rows."""


def is_stand_in(object_id: str) -> bool:
    """Returns whether a dry run made an ID up."""
    return object_id.startswith(_STAND_IN) and _ID.fullmatch(object_id) is not None


class DryRunBlock(PendingBlock, nullcontext[C]):
    """A block that gives a client which keeps writes back."""

    _written = "with wf.dry_run() as dry"

    def __init__(self, client: C) -> None:
        super().__init__(client)
        self._gives = type(client)

    def __repr__(self) -> str:
        """Returns how the block is opened."""
        return f"<a dry run: {self._written}>"


class DryRun:
    """One dry run.

    Attributes:
        planned: the writes that were kept back, in their order.
    """

    def __init__(self) -> None:
        self.planned: list[Request[Any]] = []
        self._numbers = count(1)
        self._made: dict[str, dict[str, JsonValue]] = {}

    def answers(self, request: Request[Any]) -> bool:
        """Returns whether a request is not for the server: it changes something, or reads what was made here."""
        return changes(request) or any(map(is_stand_in, _addressed(request)))

    def result(self, request: Request[T]) -> T:
        """Returns what a request returns that was not sent.

        Raises:
            QueryError: no result can be supposed, so that the dry run ends here.
            NotFound: it reads an object that was made and deleted here.
        """
        if not changes(request):
            return request.parse(self._read(request))
        self.planned.append(request)
        parse: Decoder[T] = getattr(request.parse, "without_effect", request.parse)
        for data in (*self._written(request), *_SUPPOSED):
            try:
                return parse(data)
            except (WorkfrontError, ValueError):
                continue
        raise QueryError(
            "A dry run cannot go on after this request: its result is needed.", request=request.redact_secrets()
        )

    def _written(self, request: Request[Any]) -> Iterator[object]:
        """Yields the objects a write leaves behind, where it says so itself."""
        code, _, object_id = request.path.partition("/")
        body = request.json
        if request.method == "POST" and not object_id and code not in _NO_OBJECTS and request.upload is None:
            rows = body if isinstance(body, list) else [body]
            made = [self._create(code, row) for row in rows]
            if ("atomic", "true") not in request.params:  # an atomic answer holds no IDs
                yield made if isinstance(body, list) else made[0]
        elif request.method == "PUT" and _ID.fullmatch(object_id) and isinstance(body, dict):
            yield self._change(code, object_id, body)
        elif request.method == "PUT" and isinstance(body, list):
            yield [self._change(code, str(row.get("ID")), row) for row in body if isinstance(row, dict)]
        elif request.method == "DELETE":
            for gone in _addressed(request):
                self._made.pop(gone, None)

    def _create(self, code: str, values: JsonValue) -> dict[str, JsonValue]:
        object_id = f"{_STAND_IN}{next(self._numbers):016x}"
        self._made[object_id] = _row(code, object_id, values if isinstance(values, dict) else {})
        return dict(self._made[object_id])

    def _change(self, code: str, object_id: str, values: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
        row = _row(code, object_id, {**self._made.get(object_id, {}), **values})
        if is_stand_in(object_id):
            self._made[object_id] = row
        return dict(row)

    def _read(self, request: Request[Any]) -> object:
        """Returns the rows made here that a request reads by their IDs."""
        wanted = list(_addressed(request))
        if not all(map(is_stand_in, wanted)):
            raise QueryError(
                "A dry run cannot read what it made together with what the server has.",
                hint="Read the objects in two calls.",
                request=request.redact_secrets(),
            )
        rows: list[object] = [self._made[one] for one in wanted if one in self._made]
        if not rows:
            raise NotFound("This dry run made no such object.", request=request.redact_secrets())
        return rows


def _addressed(request: Request[Any]) -> Iterator[str]:
    """Yields the IDs of the objects that a request names in its address."""
    _, _, rest = request.path.partition("/")
    yield from (part for part in rest.split("/") if _ID.fullmatch(part))
    if not rest:
        yield from (one for name, value in request.params if name.lower() == "id" for one in value.split(","))


def _row(code: str, object_id: str, values: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return {"objCode": code, **values, "ID": object_id}
