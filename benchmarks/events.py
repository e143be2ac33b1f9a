"""How many events a receiver takes: each on the disk before it is answered, through kill -9 and restarts.

The load comes from this process over kept connections, beside the receiver on the same machine; an event that was not
acknowledged is sent again, as the service does. The peer is persist-queue, a durable queue on SQLite, behind the same
server. Run it: ``python -m benchmarks.events``.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.peer_packages import need
from workfront_client.v22 import Task
from workfront_core.events import Inbox

EVENTS: Final = 20_000
PEER_EVENTS: Final = 4_000
CONNECTIONS: Final = 50
KILLS: Final = 6
OBJECTS: Final = 500
TOKEN: Final = "a-long-token-of-ours"  # noqa: S105
_LIMIT: Final = 300.0

OURS: Final = """
import sys, uvicorn
from workfront_core.events import Inbox, Receiver
uvicorn.run(Receiver(Inbox(sys.argv[2]), token=%r), port=int(sys.argv[1]), log_level="critical", access_log=False)
"""
PEER: Final = """
import asyncio, sys, uvicorn
from concurrent.futures import ThreadPoolExecutor
from persistqueue import FIFOSQLiteQueue
queue, thread = FIFOSQLiteQueue(sys.argv[2], auto_commit=True, multithreading=True), ThreadPoolExecutor(1)
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body")
    known = dict(scope["headers"]).get(b"authorization") == b"Bearer %s"
    if known:
        await asyncio.get_running_loop().run_in_executor(thread, queue.put, body)
    await send({"type": "http.response.start", "status": 200 if known else 401, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
uvicorn.run(app, port=int(sys.argv[1]), log_level="critical", access_log=False, lifespan="off")
"""


@dataclass
class Load:
    """Events on their way, and what became of them.

    Attributes:
        number: of events; each object has several, one after the other.
        kills: how often the receiver is killed meanwhile.
    """

    code: str
    file: Path
    number: int
    kills: int = 0
    acknowledged: set[int] = field(default_factory=set[int])
    latencies: list[float] = field(default_factory=list[float])
    sent: int = 0
    killed: int = 0
    port: int = 0

    async def run(self) -> float:
        """Sends all of them and returns the seconds it took."""
        self.port = _free_port()
        self._receiver = self._started()
        waiting = list(range(self.number))[::-1]
        began = time.perf_counter()
        killer = asyncio.create_task(self._kill())
        try:
            async with asyncio.timeout(_LIMIT), asyncio.TaskGroup() as group:
                for _ in range(CONNECTIONS):
                    group.create_task(self._send(waiting))
            return time.perf_counter() - began
        finally:
            killer.cancel()
            with suppress(asyncio.CancelledError):
                await killer
            self._receiver.terminate()
            self._receiver.wait(30)

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-c", self.code, str(self.port), str(self.file)])
        end = time.monotonic() + 60
        while time.monotonic() < end and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return process
            time.sleep(0.02)
        process.kill()
        raise AssertionError(f"the receiver did not start: it ended with {process.wait()}")

    async def _kill(self) -> None:
        for number in range(1, self.kills + 1):
            while len(self.acknowledged) < self.number * number // (self.kills + 1):
                await asyncio.sleep(0.01)
            os.kill(self._receiver.pid, signal.SIGKILL)
            self._receiver.wait(30)
            self._receiver = await asyncio.to_thread(self._started)
            self.killed += 1

    async def _send(self, waiting: list[int]) -> None:
        while waiting:
            number = waiting.pop()
            while number not in self.acknowledged:
                try:
                    async with self._connection() as (reader, writer):
                        await self._post(reader, writer, number)
                        while waiting:
                            number = waiting.pop()
                            await self._post(reader, writer, number)
                except (OSError, asyncio.IncompleteReadError):
                    await asyncio.sleep(0.02)

    async def _post(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        body = event(number)
        began = time.perf_counter()
        head = f"POST / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        self.sent += 1
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise OSError(answer[:80])
        self.acknowledged.add(number)
        self.latencies.append(time.perf_counter() - began)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield reader, writer
        finally:
            writer.close()


def event(number: int) -> bytes:
    """Returns the message of one event, of 3 kB."""
    state: dict[str, Any] = {
        "ID": f"{number % OBJECTS:032x}", "objCode": "TASK", "name": f"Edit {number}", "status": "INP",
        "parameterValues": {f"DE:Field {at}": "v" * 12 for at in range(36)},
    }  # fmt: skip
    return json.dumps(
        {
            "eventType": "UPDATE",
            "subscriptionId": "750a636c-5628-48f5-ba26-26b7ce537ac2",
            "eventTime": {"epochSecond": 1_800_000_000 + number // 100, "nano": number % 100 * 10_000_000},
            "eventVersion": "v2",
            "subscriptionVersion": "v2",
            "newState": state,
            "oldState": {**state, "name": "x"},
        }
    ).encode()


def lost(load: Load) -> int:
    """Returns how many acknowledged events are not handed over, each object's in their order.

    Raises:
        AssertionError: two events of an object are handed over the wrong way round.
    """
    came: set[int] = set()
    last: dict[str, int] = {}
    with Inbox(load.file, settle=0) as inbox:
        for found in inbox.events(Task, after=0, wait=False):
            number = int(str(found.new.name).removeprefix("Edit "))
            assert number > last.get(found.object_id, -1), f"{number} after {last[found.object_id]}"
            last[found.object_id] = number
            came.add(number)
    return len(load.acknowledged - came)


def table() -> str:
    """Measures receiver and peer, and returns the figures."""
    need("persistqueue")
    lines = [
        "| Receiver | events/s | p50 / p99 / p99.9, ms | kill -9 | acknowledged and lost |",
        "|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = OURS % TOKEN
        for kills in (0, KILLS):
            load = Load(ours, folder / f"events-{kills}.sqlite", EVENTS, kills)
            seconds = asyncio.run(load.run())
            lines.append(_line("`Receiver` of workfront_core.events", load, seconds, f"{lost(load)} of {EVENTS:,}"))
        load = Load(PEER % TOKEN.encode().decode(), folder / "peer", PEER_EVENTS)
        lines.append(_line("persist-queue behind the same server", load, asyncio.run(load.run()), ""))
    return "\n".join(lines)


def _line(who: str, load: Load, seconds: float, lost_ones: str) -> str:
    cuts = statistics.quantiles(load.latencies, n=1000)
    figures = " / ".join(f"{cuts[at - 1] * 1000:.0f}" for at in (500, 990, 999))
    return f"| {who} | {load.number / seconds:,.0f} | {figures} | {load.kills or ''} | {lost_ones} |"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    print(table())
