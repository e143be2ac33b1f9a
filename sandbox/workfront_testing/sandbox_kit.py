"""A sandbox made ready for a test: rows to begin with, clients that reach it, its clock, its log, its faults."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, ContextDecorator, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args
from uuid import uuid4

from workfront_core.arguments import (
    checked_callable,
    checked_choice,
    checked_number,
    checked_whole,
    described,
)
from workfront_core.auth import ApiKey
from workfront_core.client.base import Connection
from workfront_core.errors.kinds import NotSupported, QueryError, UnfitValue
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.literal import instant
from workfront_core.sides import PendingBlock
from workfront_core.transport.retry import Retry
from workfront_sandbox.events.delivery import Send
from workfront_sandbox.wire.faults import Fault
from workfront_sandbox.wire.json_value import is_list, is_object
from workfront_testing.conditions import Conditions
from workfront_testing.factory import Factory
from workfront_testing.fault_injection import FaultInjectingSandbox
from workfront_testing.recorded_fault import RecordedFault
from workfront_testing.request_log import RequestLog
from workfront_testing.seed import seeded
from workfront_testing.transport import SandboxTransport

if TYPE_CHECKING:
    from workfront_core.client._async.client import AsyncClient
    from workfront_core.client._sync.client import SyncClient

C = TypeVar("C", bound="SyncClient | AsyncClient")
_PORTS: Final = 65535
_STRICT: Final[Mapping[str, Any]] = {"strict": "values"}
"""Sandboxes of tests require the values that the service requires; any credential signs in."""
_KEY: Final = "5ab0c0ffee5ab0c0ffee5ab0c0ffee00"


@dataclass(frozen=True, slots=True)
class PostedEvent:
    """An event a sandbox without sockets would have posted: where, with which headers, what."""

    url: str
    headers: Mapping[str, str]
    payload: Mapping[str, Any]


@dataclass
class SandboxKit:
    """A sandbox under test.

    Attributes:
        sandbox: the sandbox itself: ``rows``, ``insert``, ``on_action``, ``accounts``.
        url: its address; without a socket only the kit's own clients reach it.
        transport: for clients of httpx, where there is no socket.
        factory: makes rows whose IDs are the same in every run.
        posted: events so far, where there is no socket.
        running: what ends with the kit, where no block does.
    """

    sandbox: FaultInjectingSandbox
    url: str
    transport: SandboxTransport | None = None
    factory: Factory = field(default_factory=Factory)
    posted: list[PostedEvent] = field(default_factory=list[PostedEvent])
    running: object = field(default=None, repr=False)

    @property
    def log(self) -> RequestLog:
        """What the sandbox was asked."""
        return RequestLog(self.sandbox)

    @property
    def conditions(self) -> Conditions:
        """What makes it hard to follow the sandbox's rows: hidden rows, late ones, clocks that differ, odd events."""
        return Conditions(self.sandbox)

    @property
    def api_key(self) -> str:
        """A key that signs in as the sandbox's own user, in a strict sandbox as well."""
        accounts, me = self.sandbox.accounts, self.sandbox.tenant.me
        if not accounts.api_key(me):
            accounts.set_api_key(me, _KEY)
        return accounts.api_key(me)

    def client(self, kind: type[C], **options: Any) -> C:
        """Returns a client of a generated package, sync or async, signed in and connected.

        Failed calls are repeated as always, but without pauses. ``options`` go before all of that.
        """
        if not isinstance(kind, type) or not issubclass(kind, Connection):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(
                f"client() takes the class of a client, not {described(kind)}.", hint="Write kit.client(Workfront)."
            )
        given: dict[str, Any] = {"retry": Retry(initial_delay=0.0, max_delay=0.0), **options}
        if "auth" not in given:
            given["auth"] = ApiKey(self.api_key)
        if self.transport is not None and "http_client" not in given:
            given.setdefault("transport", self.transport)
        return kind(self.url, **given)

    def insert(self, *rows: WorkfrontObject) -> None:
        """Inserts rows as they are, with the rows they refer to; no event, no journal.

        Raises:
            QueryError: a row has no ID or its type no objCode, or there is one with its ID.
        """
        for row in rows:
            if not isinstance(row, WorkfrontObject):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise QueryError(f"insert() takes rows, not {described(row)}.", hint="Write kit.factory.make(Task).")
            self._insert_row(row.obj_code, row.to_wire())

    def time_travel(self, *, to: datetime | None = None, **by: float) -> int:
        """Moves the sandbox's clock and sends the events that became due; answers how many arrived.

        Args:
            to: the moment to go to; the clock stands there until it is moved again.
            by: otherwise how far, in the words of timedelta: ``days=3``, ``minutes=-5``.
        """
        if to is None:
            return self.sandbox.advance(_distance(by))
        if by:
            raise NotSupported("time_travel takes either a moment (to=) or a distance (days=, hours=)")
        instant(to, "to=")
        self.sandbox.clock.stand(to)
        return self.sandbox.deliver()

    def fail_next(self, fault: Fault | RecordedFault, times: int = 1, path: str = "") -> None:
        """Lets the next requests to ``path`` or below it fail: in a way the sandbox knows, or as recorded.

        Args:
            fault: ``"429"``, ``"500"``, ``"html"``, ``"truncated"``, ``"error200"`` (an error under 200), ``"lost"``
                (done, but answered by a 500), or a record.
            times: how many requests.
            path: as in the log: ``TASK``, ``task/search``; every request by default.
        """
        self.sandbox.plan_fault(fault, times, path)

    fail = fail_next  # for short

    @contextmanager
    def failing(self, rate: float = 1.0, *faults: Fault, seed: int = 0, latency: float = 0.0) -> Generator[None]:
        """Lets requests fail by chance until the block ends; the same ``seed`` gives the same failures.

        Args:
            rate: the chance of each fault; all of them by 429 unless told otherwise.
            faults: which ones.
            seed: of chance.
            latency: seconds every request takes longer.
        """
        for fault in faults:
            checked_choice(fault, "A fault", get_args(Fault))
        if not 0 <= checked_number(rate, "rate=") <= 1 or checked_number(latency, "latency=") < 0:
            raise QueryError(f"rate={rate} is a chance from 0 to 1, and latency={latency} seconds.")
        checked_whole(seed, "seed=")
        before = self.sandbox.faults
        rates: dict[Fault, float] = dict.fromkeys(faults or ("429",), rate)
        self.sandbox.faults = type(before)(latency, rates, seed)
        try:
            yield
        finally:
            self.sandbox.faults = before

    def _insert_row(self, code: str, wire: dict[str, Any]) -> None:
        if not code or not wire.get("ID"):
            raise UnfitValue(f"a row to insert needs a type with an objCode and an ID, not {code or 'any'}: {wire}")
        schema = self.sandbox.tenant.catalogue.newest
        for name in list(wire):
            join = schema.relation(code, name) if isinstance(wire[name], dict | list) else None
            if join is not None:
                self._insert_related(join.target, wire.pop(name))
        self.sandbox.insert(code, [wire])

    def _insert_related(self, code: str, value: Any) -> None:
        for inner in value if is_list(value) else [value]:
            known = is_object(inner) and self.sandbox.tenant.store.get(code, str(inner.get("ID")))
            if is_object(inner) and not known:
                self._insert_row(code, inner)


class KitBlock(PendingBlock, ContextDecorator, AbstractContextManager["SandboxKit"]):
    """A block that runs a sandbox. The sandbox lives as long as its kit where nobody ends the block."""

    _gives = SandboxKit
    _written = "with in_process(...) as kit, or with live(...) as kit"

    def __init__(self, run: Callable[[], AbstractContextManager[SandboxKit]]) -> None:
        self._run = run
        self._running: list[AbstractContextManager[SandboxKit]] = []

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, {'open' if self._running else 'not open'}>"

    def __enter__(self) -> SandboxKit:
        running = self._run()
        kit = running.__enter__()
        kit.running = running
        self._running.append(running)
        return kit

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._running.pop().__exit__(kind, error, trace)


def in_process(
    seed: str | Path | Mapping[str, Any] = "empty", *, scale: int = 1, send: Send | None = None, **options: Any
) -> KitBlock:
    """Returns a block that runs a sandbox without sockets. Events it would post stand in ``posted``.

    Args:
        seed: ``empty``, ``demo``, a file, or a document of rows by objCode.
        scale: of the demo tenant.
        send: posts events in place of collecting them.
        options: as for `workfront_sandbox.Sandbox`.

    Raises:
        QueryError: the seed cannot be read; when the block begins.
    """
    return KitBlock(partial(_in_process, seed, scale, send, {**_STRICT, **options}))


def live(seed: str | Path | Mapping[str, Any] = "empty", *, scale: int = 1, port: int = 0, **options: Any) -> KitBlock:
    """Returns a block that runs a sandbox on loopback, for tests of programs that bring their own client.

    Args:
        seed: ``empty``, ``demo``, a file, or a document of rows by objCode.
        scale: of the demo tenant.
        port: a free one by default.
        options: as for `workfront_sandbox.Sandbox`.

    Raises:
        QueryError: the seed cannot be read; when the block begins.
        OSError: the port is taken.
    """
    return KitBlock(partial(_live, seed, scale, port, {**_STRICT, **options}))


@contextmanager
def _in_process(
    seed: str | Path | Mapping[str, Any], scale: int, send: Send | None, options: Mapping[str, Any]
) -> Generator[SandboxKit]:
    posted: list[PostedEvent] = []

    def collect(url: str, headers: Mapping[str, str], body: bytes) -> int:
        posted.append(PostedEvent(url, headers, json.loads(body)))
        return 200

    if send is not None:
        checked_callable(send, "send=")
    with seeded(seed, scale, {"send": send or collect, **options}) as sandbox:
        yield SandboxKit(sandbox, f"http://{uuid4().hex}.localhost", SandboxTransport(sandbox), posted=posted)


@contextmanager
def _live(
    seed: str | Path | Mapping[str, Any], scale: int, port: int, options: Mapping[str, Any]
) -> Generator[SandboxKit]:
    from workfront_testing.live_server import listening  # uvicorn, which only this needs

    if not 0 <= checked_whole(port, "port=") <= _PORTS:
        raise QueryError(f"port={port}: ports go from 0, which takes a free one, to {_PORTS}.")
    with seeded(seed, scale, options) as sandbox, listening(sandbox, port=port) as url:
        yield SandboxKit(sandbox, url)


def _distance(by: Mapping[str, float]) -> timedelta:
    if not by:
        raise NotSupported("time_travel goes nowhere without a moment or a distance", hint="Write days=3, or to=.")
    try:
        if any(isinstance(value, bool) for value in by.values()):
            raise TypeError("True is not a number")
        return timedelta(**by)
    except (TypeError, OverflowError, ValueError) as error:
        raise NotSupported(
            f"time_travel goes a distance in the words of timedelta: {error}", hint="Write days=3."
        ) from None
