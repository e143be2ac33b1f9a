"""A small server that really holds rows: writes change them, reads show them, misuse is refused as Workfront does."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.loopback import Answer, Loopback, Received, loopback

ROOT = "/attask/api/v22.0/"
ADDED_BY_DEFAULT = ("ID", "name")


class Refused(Exception):
    """A business rule, or an ID that is not there."""


@dataclass
class Rows:
    """The rows of a server, by ID, and how it behaves.

    Attributes:
        refuses: says of a row about to be written or deleted why it must not be, or nothing.
        loses: asked before a write is answered; true means that the connection breaks after the write was done.
        actions: what actions answer, by name.
        batches: whether it knows the batch endpoint.
    """

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    refuses: Callable[[Mapping[str, Any]], str | None] = lambda _row: None
    loses: Callable[[Received], bool] = lambda _asked: False
    actions: Mapping[str, Callable[[dict[str, Any]], object]] = field(default_factory=dict)
    batches: bool = True
    writes: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def names(self) -> list[Any]:
        return [row.get("name") for row in self.rows.values()]

    def answer(self, asked: Received) -> Answer:
        lost = self.loses(asked)
        uri = asked.target.removeprefix(ROOT)
        is_form = asked.headers.get("content-type", "").startswith("application/x-www-form")
        if uri == "batch" and not self.batches:
            return Answer(raw=json.dumps({"error": {"message": "batch not found"}}).encode(), status=404)
        if uri == "batch":
            return Answer(self.batch(asked.form))
        body = json.loads(asked.body) if asked.body and not is_form else None
        reply = self.call(asked.method, uri, body)
        return Answer(raw=b'{"data"', cut=True) if lost else reply

    def batch(self, form: list[tuple[str, str]]) -> object:
        before = deepcopy(self.rows)
        replies = [self.call(uri_method(uri), uri, None) for name, uri in form if name == "uri"]
        if ("atomic", "true") not in form:
            return [json.loads(reply.body()) for reply in replies]
        if any(reply.status != 200 for reply in replies):
            self.rows = before
        return {"success": all(reply.status == 200 for reply in replies)}

    def call(self, method: str, uri: str, body: Any) -> Answer:
        path, query = urlsplit(uri).path.strip("/").split("/"), dict(parse_qsl(urlsplit(uri).query))
        updates = json.loads(query["updates"]) if "updates" in query else body
        before = deepcopy(self.rows)
        try:
            return Answer(self.result(method, path[1:], query, updates))
        except Refused as refused:
            if query.get("atomic") == "true":
                self.rows = before
            message = str(refused)
            return Answer(
                raw=json.dumps({"error": {"message": message}}).encode(), status=404 if "not found" in message else 422
            )

    def result(self, method: str, rest: list[str], query: dict[str, str], updates: Any) -> object:
        ids = [*([rest[0]] if rest and rest[0] in self.rows else []), *filter(None, query.get("id", "").split(","))]
        if method == "GET":
            if len(rest) == 1 and not ids:
                raise Refused(f'Task with primary key value(s) "{rest[0]}" not found')
            found = [self.shown(self.rows[id_], query) for id_ in ids if id_ in self.rows]
            return found if "id" in query else found[0]
        verb = query.get("action") or (rest[-1] if rest and rest[-1] not in self.rows else "")
        if method == "PUT" and verb in self.actions:
            return {"result": self.actions[verb]({**query, **(updates or {}), "on": ids})}
        self.writes += 1
        if method == "DELETE":
            for id_ in rest or ids:
                self.checked(self.existing(id_))
                del self.rows[id_]
            return {"success": True}
        if isinstance(updates, list):
            return self.many(method, query, updates)
        if method == "POST":
            return self.shown(self.added(updates), query)
        return self.shown(self.changed(self.existing(rest[0] if rest else ids[0]), updates), query)

    def many(self, method: str, query: dict[str, str], updates: list[Any]) -> object:
        if len(updates) > 100:
            raise Refused("Can not add more than 100 objects at once.")
        if method == "POST":
            done = [self.added(row) for row in updates]
        else:
            done = [self.changed(self.existing(row["ID"]), row) for row in updates]
        return {"success": True} if query.get("atomic") == "true" else [self.shown(row, query) for row in done]

    def existing(self, id_: str) -> dict[str, Any]:
        if id_ not in self.rows:
            raise Refused(f'Task with primary key value(s) "{id_}" not found')
        return self.rows[id_]

    def checked(self, row: Mapping[str, Any]) -> None:
        if reason := self.refuses(row):
            raise Refused(reason)

    def added(self, values: dict[str, Any]) -> dict[str, Any]:
        self.checked(values)
        row = {"ID": f"{next(self._numbers):032x}", **self.members(values)}
        self.rows[row["ID"]] = row
        return row

    def changed(self, row: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
        self.checked({**row, **values})
        row.update(self.members(values))
        return row

    def members(self, values: dict[str, Any]) -> dict[str, Any]:
        """Collections are replaced whole; a member without an ID is a new one."""
        return {
            name: [{"ID": f"{next(self._numbers):032x}", **entry} for entry in value]
            if isinstance(value, list) and value and isinstance(value[0], dict)
            else value
            for name, value in values.items()
        }

    def shown(self, row: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
        wanted = {name.split(":")[0] for name in query.get("fields", "").split(",")} | set(ADDED_BY_DEFAULT)
        return {name: value for name, value in row.items() if name in wanted or "fields" not in query}


def uri_method(uri: str) -> str:
    return dict(parse_qsl(urlsplit(uri).query))["method"].upper()


@contextmanager
def serving(rows: Rows) -> Generator[Loopback]:
    with loopback(rows.answer) as server:
        yield server
