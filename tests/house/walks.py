"""What docs/architecture.md tells, done: ``python -m tests.house.walks 0 FOLDER`` prints which modules that takes.

A process of its own walks, so that nothing is there already that a walk would have made.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

from tests.support.metadata_host import MetadataHost, serving
from tests.support.token_host import token_host
from tests.support.waiting import wait_until
from workfront_client.v22 import AsyncWorkfront, Task, Workfront
from workfront_codegen.fetch import fetch
from workfront_codegen.generate import generate
from workfront_codegen.host import host
from workfront_core.auth import ApiKey, AuthorizationCode, FileStore
from workfront_core.auth.oauth import refresh_token
from workfront_core.query.language.parsing import parse
from workfront_schema import store
from workfront_testing import RecordedFault, in_process, live


def fetch_and_generate(folder: Path) -> None:
    with serving(MetadataHost()) as running:
        store.save_snapshot(fetch(host(running.url), "v22.0"), folder / "schema")
    generate(folder / "schema", ("v22.0",), "walked_wf", folder, check=False)


def filter_rows(_folder: Path) -> None:
    typed = parse("percentComplete < 100", Task)
    with in_process(seed="demo") as kit, kit.client(Workfront) as wf:
        wf.task.search(~(Task.f.name == "x") & typed, fields=["name"], limit=1).to_list()


def read_rows(_folder: Path) -> None:
    row = '{"data": [{"ID": "%s", "percentComplete": "much", "objCode": "TASK"}]}' % ("1" * 32)
    with in_process() as kit, kit.client(Workfront) as wf:
        kit.fail_next(RecordedFault(200, row))
        assert str(wf.task.search(fields=["percentComplete"], limit=1).to_list()[0].percent_complete) == "much"


def update_rows(_folder: Path) -> None:
    async def run(url: str) -> None:
        async with AsyncWorkfront(url, auth=ApiKey("key-of-the-walk")) as wf:
            tasks = await wf.task.search(fields=["name"], limit=3).to_list()
            rows = [(task.id, {"name": "new"}) for task in tasks] + [("0" * 32, {"name": "none"})]
            result = await wf.task.update_many(rows, on_error="collect")
            assert (result.done_count, result.failed_count) == (3, 1)

    with live("demo") as kit:
        asyncio.run(run(kit.url))


def renew_a_token(folder: Path) -> None:
    with token_host(expires_in=3600.0) as served:
        auth = AuthorizationCode(
            "cid",
            "application-secret-000",
            redirect_uri="https://app.example.com/cb",
            token=refresh_token("refresh-token-at-start"),
            store=FileStore(folder / "token.json"),
        )
        with Workfront(served.url, auth=auth) as wf:
            wf.task.get("1" * 32, fields=["name"])
            served.expire()
            wf.task.get("1" * 32, fields=["name"])


def edit_in_the_sandbox(_folder: Path) -> None:
    posted: list[str] = []

    def collect(url: str, *_: Any) -> int:
        posted.append(url)
        return 200

    with live("demo", send=collect) as kit, kit.client(Workfront) as wf:
        wf.events.ensure(Task, "UPDATE", url="https://hook.example.com/walk", token="token-of-the-walk-0")
        task = wf.task.search(fields=["name"], limit=1).to_list()[0]
        wf.task.update(task.id, name="walked")
        wait_until(lambda: posted, "the event of the edit")


def count_rows(_folder: Path) -> None:
    with in_process(seed="demo") as kit, kit.client(Workfront) as wf:
        wf.task.count()


WALKERS: Final[dict[str, Callable[[Path], None]]] = {
    "A metadata document becomes a file of the client": fetch_and_generate,
    "A filter goes to the wire": filter_rows,
    "Bytes become a row": read_rows,
    "A bulk update": update_rows,
    "A sign-in with renewal": renew_a_token,
    "An edit in the sandbox": edit_in_the_sandbox,
    "A count": count_rows,
}


@contextmanager
def entered() -> Generator[set[str]]:
    """Notes the modules of ours whose code runs in the block, in this thread and in those it starts."""
    modules: set[str] = set()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            modules.add(str(frame.f_globals.get("__name__", "")))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield modules
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


if __name__ == "__main__":
    with entered() as ran:
        list(WALKERS.values())[int(sys.argv[1])](Path(sys.argv[2]))
    print(*sorted(ran))
