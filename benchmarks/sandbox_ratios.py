"""The sandbox against what it stands on: a bare route, SQL alone, the imports it needs, and itself with more rows."""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from unittest.mock import patch

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.peer_packages import need
from benchmarks.sandbox import PAGE, crowded, installed, start_seconds
from workfront_client import ApiKey
from workfront_client.v22 import Workfront
from workfront_sandbox import Sandbox
from workfront_testing.live_server import listening

_COUNT = "/attask/api/v22.0/project/count"
_IMPORTS = "import starlette.applications, uvicorn, sqlite3, typer, rich.console"
_FEW, _MANY, _MORE = 1_000, 50_000, 1_000


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was measured, against what, both in seconds, and how many times as long it may take."""

    what: str
    against: str
    ours: float
    theirs: float
    budget: float

    @property
    def times(self) -> float:
        """How many times as long ours took."""
        return self.ours / self.theirs

    def line(self) -> str:
        """Returns the row of a table."""
        figures = f"{self.ours * 1000:.1f} ms | {self.theirs * 1000:.1f} ms | {self.times:.2f} | {self.budget:g}"
        return f"| {self.what} | {self.against} | {figures} |"


def measure() -> list[Ratio]:
    """Measures everything once."""
    need("typer")
    return [making(), counting(), starting(), page(), growth()]


def counting(rounds: int = 400) -> Ratio:
    """A count over a kept-alive connection, and a bare route with the same JSON, in turns."""
    sandbox = Sandbox({"PROJ": [{"name": f"Project {number}"} for number in range(100)]})
    with (
        listening(sandbox) as ours,
        _bare({"data": {"count": 100}}) as theirs,
        httpx.Client(base_url=ours, headers={"apiKey": "x"}) as one,
        httpx.Client(base_url=theirs) as other,
    ):
        times = [(_seconds(lambda: one.get(_COUNT)), _seconds(lambda: other.get(_COUNT))) for _ in range(rounds)]
    median, bare = (statistics.median(column) for column in zip(*times, strict=True))
    return Ratio("a kept-alive `count`", "a bare starlette route with the same JSON", median, bare, budget=3)


def starting(rounds: int = 3) -> Ratio:
    """``workfront sandbox --seed demo`` until its first answer, and the imports it cannot do without."""
    command = partial(subprocess.run, [sys.executable, "-c", _IMPORTS], check=True, env=installed())
    command()
    imports = [_seconds(command) for _ in range(rounds)]
    ours = start_seconds(rounds)
    return Ratio("the demo tenant until its first answer", f"`{_IMPORTS}`", ours, statistics.median(imports), budget=4)


def page(rounds: int = 20) -> Ratio:
    """A filtered, sorted page of 100 rows out of 100,000 tasks over HTTP, and its SQL alone."""
    sandbox, path = crowded(), "/attask/api/v22.0/task/search"
    database = sandbox.tenant.store.database
    with listening(sandbox) as url, httpx.Client(base_url=url, headers={"apiKey": "x"}) as client:
        ours = statistics.median(_seconds(lambda: client.get(path, params=PAGE)) for _ in range(rounds))
        with patch.object(database, "run", wraps=database.run) as noted:
            client.get(path, params=PAGE).raise_for_status()
    search = next(call.args for call in noted.call_args_list if "LIMIT 100" in call.args[0])
    alone = statistics.median(_seconds(lambda: database.run(*search).fetchall()) for _ in range(rounds))
    return Ratio("a page of 100 of 100,000 tasks", "the same SQL alone", ours, alone, budget=3)


def growth() -> Ratio:
    """A new task in a project of 50,000, and in one of 1,000."""
    many, few = (_cost(rows) for rows in (_MANY, _FEW))
    return Ratio("a new task in a project of 50,000", "one in a project of 1,000", many, few, budget=1.5)


def making(rows: int = 5_000) -> Ratio:
    """So many tasks in one project by ``create_many``, and ten seconds."""
    with listening(Sandbox()) as url, Workfront(url, auth=ApiKey("x")) as wf:
        project = wf.project.create(name="Big")
        begin = time.perf_counter()
        made = wf.task.create_many([{"name": f"Step {number}", "project_id": project.id} for number in range(rows)])
        seconds = time.perf_counter() - begin
    if len(made.ids) != rows:
        raise RuntimeError(f"{len(made.ids)} tasks were made instead of {rows}")
    return Ratio(f"{rows:,} tasks in one project by `create_many`", "10 seconds", seconds, 10, budget=1)


def _cost(rows: int) -> float:
    """Returns the median seconds of a new task in a project of so many."""
    project = f"{1:032x}"
    tasks = [{"projectID": project, "taskNumber": at, "wbs": str(at), "name": f"Step {at}"} for at in range(1, rows)]
    sandbox = Sandbox({"PROJ": [{"ID": project}], "TASK": tasks})
    with listening(sandbox) as url, httpx.Client(base_url=url, headers={"apiKey": "x"}) as client:
        body = {"name": "New", "projectID": project}
        times = [_seconds(lambda: client.post("/attask/api/v22.0/task", json=body)) for _ in range(_MORE)]
    return statistics.median(times)


def _seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


@contextmanager
def _bare(answer: object) -> Generator[str]:
    """Serves one route that always answers the same; gives its address."""

    def endpoint(_: Request) -> JSONResponse:
        return JSONResponse(answer)

    app = Starlette(routes=[Route(_COUNT, endpoint)])
    config = uvicorn.Config(app, port=0, log_level="warning", access_log=False, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True, name="bare")
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the bare server did not start")
        time.sleep(0.002)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def table(ratios: Sequence[Ratio]) -> str:
    """Returns the table of what was measured."""
    return "\n".join(
        [
            "| What | Against | Ours | That | Times | Budget |",
            "|---|---|---|---|---|---|",
            *(one.line() for one in ratios),
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(table(measure()) + "\n")
