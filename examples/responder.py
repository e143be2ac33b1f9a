"""Answers the calls of quickstart.py on loopback, from a handful of rows in memory. Not a Workfront: no filters."""

from __future__ import annotations

import json
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Row = dict[str, Any]

PROJECT_ID = "4c78821c0000d6fa8d5e52f07a1d54d0"
_JOHN: Row = {"ID": "5d8000000000000000000000000000a1", "objCode": "USER", "name": "John Ash", "title": "Designer"}
_BRIEF: Row = {"ID": "5d8000000000000000000000000000b1", "objCode": "TASK", "name": "Write brief", "assignedTo": _JOHN}
_DRAFT: Row = {"ID": "5d8000000000000000000000000000b2", "objCode": "TASK", "name": "Draft layout", "assignedTo": _JOHN}


def _seed() -> dict[str, list[Row]]:
    owner = {"ID": "5d8000000000000000000000000000a2", "objCode": "USER", "name": "Ana Birch"}
    site = {
        "ID": PROJECT_ID,
        "objCode": "PROJ",
        "name": "Site relaunch",
        "status": "CUR",
        "owner": owner,
        "DE:Region": "EMEA",
    }
    return {"PROJ": [site], "TASK": [_BRIEF, _DRAFT], "WORK": [dict(_BRIEF, objCode="WORK")], "HOUR": []}


class _Handler(BaseHTTPRequestHandler):
    rows: dict[str, list[Row]]

    def do_GET(self) -> None:
        self._answer(self._read)

    def do_POST(self) -> None:
        self._answer(self._create)

    def do_PUT(self) -> None:
        self._answer(self._change)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self, handle: Any) -> None:
        url = urlsplit(self.path)
        parts = unquote(url.path).strip("/").split("/")[3:]
        length = int(self.headers.get("Content-Length") or 0)
        values = json.loads(self.rfile.read(length) or b"{}")
        body = json.dumps({"data": handle(*parts, query=parse_qs(url.query), values=values)}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _read(self, code: str, what: str, *, query: dict[str, list[str]], values: Row) -> object:
        if what == "count":
            return {"count": len(self.rows[code])}
        if what == "report":
            total = {"sum_hours": 10.0}
            return {"Site relaunch": {"sum_hours": 4.0}, "Launch": {"sum_hours": 6.0}, "$$ROLLUP": total}
        if what == "search" or len(what) != 32:
            first = int(query.get("$$FIRST", ["0"])[0])
            return self.rows[code][first:]
        return self._row(code, what)

    def _create(self, code: str, *, query: dict[str, list[str]], values: Row) -> object:
        self.rows[code].append({"ID": uuid.uuid4().hex, "objCode": code, **values})
        return self.rows[code][-1]

    def _change(self, code: str, row_id: str, action: str = "", *, query: dict[str, list[str]], values: Row) -> object:
        if action:
            return {"result": None}
        self._row(code, row_id).update(values)
        return self._row(code, row_id)

    def _row(self, code: str, row_id: str) -> Row:
        return next(row for row in self.rows[code] if row["ID"] == row_id)


@contextmanager
def responder() -> Generator[str]:
    """Serves while the block runs, on any free port; gives the address."""
    handler = type("Handler", (_Handler,), {"rows": _seed()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
