"""A sync in a process of its own that is killed at a step.

The kill comes at the n-th change of the file: before it is committed where n is odd, just after it where n is even.
Where every row is read, one to three pages are read side by side.
Pages, merges and the marking of rows are all such steps.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from workfront_client.v22 import Task, Workfront
from workfront_core.auth import ApiKey
from workfront_core.sync import DuckDB, Sync, Table
from workfront_core.transport.retry import Retry

TASKS = Table(Task, fields=["name", "percentComplete"], look=["percentComplete"])


class Killed(DuckDB):
    """A file whose process is killed at a step."""

    def __init__(self, path: Path, step: int) -> None:
        self._left = step
        self._committed = step % 2 == 0
        super().__init__(path)

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self._left -= 1
        with super()._transaction():
            yield
            if self._left == 0 and not self._committed:
                os.kill(os.getpid(), signal.SIGKILL)
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, file: str, step: str) -> None:
    retry = Retry(max_retries=8, initial_delay=0.01, max_delay=0.05)
    with Workfront(url, auth=ApiKey("k" * 32), retry=retry) as wf, Killed(Path(file), int(step)) as target:
        sync = Sync(wf, target, [TASKS], page_size=20, most_gone=1.0, workers=1 + int(step) % 3)
        sync.run()
        sync.sweep()
