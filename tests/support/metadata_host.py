"""A Workfront host on loopback that answers from a snapshot, and misbehaves where a test says so."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property
from http.server import BaseHTTPRequestHandler
from threading import Barrier, Event, Lock, Thread

from tests.support.loopback import HttpServer
from tests.support.waiting import PATIENCE, ended
from workfront_schema.explorer import explorer_document, explorer_index
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation, Snapshot

Fault = Callable[["_Handler"], None]

SMALL = Snapshot(
    "v22.0",
    (
        ObjectType(
            "PROJ",
            "Project",
            "Project",
            flags=("REPORTABLE",),
            verbs=("get", "search"),
            fields=(
                Field("ID", "ID", "string"),
                Field("budget", "Budget", "java.math.BigDecimal", ("CURRENCY",)),
                Field("status", "Status", "string", (), "StatusEnum", (EnumValue("CUR", "Current"),)),
            ),
            collections=(Relation("tasks", "Tasks", "Task", "TASK"),),
            queries=(Operation("myProjects", "mine", result="Project[]"),),
        ),
        ObjectType(
            "TASK",
            "Task",
            "Task",
            secondary=True,
            fields=(
                Field("ID", "ID", "string"),
                Field("priority", "Priority", "int", (), "PriorityEnum", (EnumValue(0, "None"), EnumValue(1, "Low"))),
                Field("strange", "Strange", None, extra={"newWord": [1, {"deep": True}]}),
            ),
            references=(Relation("parent", "Parent"), Relation("project", "Project", "Project", "PROJ")),
            actions=(
                Operation("move", "Move", (Argument("projectID", "string"), Argument("options ", "string[]")), "map"),
            ),
            search={"name": {"label": "Name"}},
        ),
    ),
)


class MetadataHost:
    """``faults`` maps the last part of a path (``task``, or ``metadata`` for the index) to what happens in turn.

    When the faults of a path are used up it answers properly; ``always`` repeats the last one for ever.
    """

    def __init__(self, snapshot: Snapshot = SMALL) -> None:
        self.snapshot = snapshot
        self.faults: dict[str, list[Fault]] = {}
        self.always = False
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.asked = Event()
        self.released = Event()
        self.url = ""
        self._lock = Lock()

    @cached_property
    def documents(self) -> dict[str, object]:
        described = {
            i.obj_code.lower(): explorer_document(i, self.snapshot.version, self.url) for i in self.snapshot.objects
        }
        return {"metadata": explorer_index(self.snapshot, self.url), **described}

    def fault(self, name: str) -> Fault | None:
        with self._lock:
            waiting = self.faults.get(name, [])
            if not waiting:
                return None
            return waiting[0] if self.always and len(waiting) == 1 else waiting.pop(0)

    @contextmanager
    def counted(self, path: str, headers: dict[str, str]) -> Generator[None]:
        with self._lock:
            self.requests.append((path, headers))
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            yield
        finally:
            with self._lock:
                self.in_flight -= 1


class _Handler(BaseHTTPRequestHandler):
    host: MetadataHost

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        name = parts[-2] if len(parts) == 5 else parts[-1]
        with self.host.counted(self.path, dict(self.headers)):
            fault = self.host.fault(name)
            if fault is not None:
                fault(self)
            elif parts[:3] == ["attask", "api", self.host.snapshot.version] and name in self.host.documents:
                self.reply(200, json.dumps({"data": self.host.documents[name]}))
            else:
                self.reply(404, json.dumps({"error": {"message": f"Unknown object type: {name}"}}))

    def reply(self, status: int, body: str, *, kind: str = "application/json", **headers: str) -> None:
        payload = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(payload)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


def status(code: int, message: str = "", **headers: str) -> Fault:
    """Answers with an HTTP status and Workfront's error body."""
    return lambda handler: handler.reply(code, json.dumps({"error": {"message": message}}), **headers)


def body(text: str, kind: str = "application/json") -> Fault:
    """Answers 200 with a text."""
    return lambda handler: handler.reply(200, text, kind=kind)


def packed(text: str) -> Fault:
    """Answers 200 with a text as gzip, which no header tells."""
    content = gzip.compress(text.encode())

    def answer(handler: _Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def drop(handler: _Handler) -> None:
    """Announces more than it sends and hangs up."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"data": {"name"')
    handler.close_connection = True


def trickle(handler: _Handler) -> None:
    """Sends a byte now and then, so that no single read takes long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(200):
        if handler.host.released.wait(0.05):
            return
        try:
            handler.wfile.write(b" ")
        except OSError:
            return


def hang(handler: _Handler) -> None:
    """Says that it was asked, and answers nothing until the host stops."""
    handler.host.asked.set()
    handler.host.released.wait(PATIENCE)


def together(number: int) -> Fault:
    """Answers properly, as soon as so many requests wait for it."""
    barrier = Barrier(number)

    def answer(handler: _Handler) -> None:
        barrier.wait(PATIENCE)
        name = handler.path.strip("/").split("/")[-2]
        handler.reply(200, json.dumps({"data": handler.host.documents[name]}))

    return answer


@contextmanager
def serving(host: MetadataHost) -> Generator[MetadataHost]:
    """Runs a host for the length of a ``with`` block."""
    handler = type("Handler", (_Handler,), {"host": host})
    with HttpServer(handler) as server:
        host.url = server.url
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.released.set()
            server.shutdown()
            ended(thread)
