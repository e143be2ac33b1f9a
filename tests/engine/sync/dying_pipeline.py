"""A pipeline of dlt in a process of its own that is killed at a step: a request, an extraction, a load."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from tests.engine.sync.test_dlt_source import TASKS, made
from workfront_client.v22 import Workfront
from workfront_core.auth import ApiKey
from workfront_core.sync.dlt_source import workfront

_LEFT = [0]


class Dying(Workfront):
    """A client whose process is killed before one of its requests."""

    def send(self, request: Any, /) -> Any:
        step_on()
        return super().send(request)


def step_on() -> None:
    """Counts a step, and dies where it is the last."""
    _LEFT[0] -= 1
    if _LEFT[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, folder: str, steps: str) -> None:
    _LEFT[0] = int(steps)
    with Dying(url, auth=ApiKey("k" * 32)) as wf:
        pipeline = made(Path(folder))
        step_on()
        pipeline.extract(workfront(wf, [TASKS], page_size=20))
        step_on()
        pipeline.normalize()
        step_on()
        pipeline.load()
