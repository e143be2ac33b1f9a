"""A sandbox that fails where a test planned it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Any, get_args

from workfront_core.arguments import checked_choice, checked_text, checked_whole
from workfront_sandbox import Exchange, HttpRequest, HttpResponse
from workfront_sandbox.server import Seed
from workfront_sandbox.wire.faults import HEADER, Fault
from workfront_testing.called_path import asked_path, called_path
from workfront_testing.checked_sandbox import CheckedSandbox
from workfront_testing.recorded_fault import RecordedFault


@dataclass(frozen=True, slots=True)
class _Planned:
    fault: Fault | RecordedFault
    path: str


class FaultInjectingSandbox(CheckedSandbox):
    """A sandbox with planned faults, of its own kinds or as recorded."""

    def __init__(self, seed: Seed = "empty", **options: Any) -> None:
        """Takes what `workfront_sandbox.Sandbox` takes."""
        self._rehearsed: deque[_Planned] = deque()
        super().__init__(seed, **options)

    def plan_fault(self, fault: Fault | RecordedFault, times: int = 1, path: str = "") -> None:
        """Lets the next requests to ``path`` or below it fail: ``TASK``, ``task/search``, ``/integrations/oauth2``.

        Raises:
            QueryError: there is no such fault, or nothing of the API has this path.
        """
        if not isinstance(fault, RecordedFault):
            checked_choice(fault, "A fault", get_args(Fault))
        checked_whole(times, "times=", least=1)
        checked_text(path, "path=")
        self._rehearsed.extend([_Planned(fault, asked_path(self, path))] * times)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answers one request. A recorded answer changes nothing, faults of the sandbox are as its docs say."""
        path = called_path(self, request.path)
        due = next((item for item in tuple(self._rehearsed) if _below(path, item.path)), None)
        if due is None:
            return super().answer(request)
        self._rehearsed.remove(due)
        if not isinstance(due.fault, RecordedFault):
            return super().answer(replace(request, headers={**request.headers, HEADER: due.fault}))
        response = self._dated(due.fault.response())
        self.log.append(Exchange(self.clock.now(), request, response, 0.0))
        return response


def _below(path: str, wanted: str) -> bool:
    return not wanted or path == wanted or path.startswith(f"{wanted}/")
