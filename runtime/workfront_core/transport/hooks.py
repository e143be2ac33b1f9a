"""What happens to a call, told to whoever wants to count, measure or trace it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from workfront_core.base_class import BaseClass
from workfront_core.errors.kinds import WorkfrontError
from workfront_core.errors.redaction import RedactedRequest

_log = logging.getLogger("workfront")


@dataclass(frozen=True, slots=True)
class CallInfo:
    """One call, which may take several attempts.

    Attributes:
        request: method, path and parameters without secrets.
        root: the API root it goes to.
        id: names the call in errors and in the log; made here, not sent.

    Examples:
        >>> from workfront_client import CallInfo, Hook
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> class Printed(Hook):
        ...     def on_call_start(self, call: CallInfo, /) -> None:
        ...         print(call.request.method, call.request.path)
        >>> with in_process() as kit, kit.client(Workfront, hooks=[Printed()]) as wf:
        ...     tasks = wf.task.count()
        GET TASK/count
    """

    request: RedactedRequest
    root: str
    id: str = field(default_factory=lambda: secrets.token_hex(8))


@dataclass(frozen=True, slots=True)
class AttemptInfo:
    """One attempt of a call, when it is over.

    Attributes:
        number: 1 for the first.
        seconds: from its start to the last byte of the answer, waiting for a free slot included.
        status: HTTP status, ``None`` without an answer.
        error: what it met, ``None`` if it gave the result.
        headers: of the answer, in any case of letters, without cookies; empty without an answer.

    Examples:
        >>> from workfront_client import AttemptInfo, CallInfo, Hook
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> class Printed(Hook):
        ...     def on_response(self, call: CallInfo, attempt: AttemptInfo, /) -> None:
        ...         print("attempt", attempt.number, attempt.status)
        >>> with in_process() as kit, kit.client(Workfront, hooks=[Printed()]) as wf:
        ...     kit.fail_next("429")
        ...     tasks = wf.task.count()
        attempt 1 429
        attempt 2 200
    """

    number: int
    seconds: float
    status: int | None
    error: WorkfrontError | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


class Hook(BaseClass):
    """Told what happens to calls; override what you need. Quick and thread-safe, please: calls wait for it.

    An error raised here is logged and does not touch the call.

    Examples:
        >>> from workfront_client import CallInfo, Hook
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> class Failures(Hook):
        ...     def on_call_end(self, call: CallInfo, error: BaseException | None, /) -> None:
        ...         print(call.request.path, "failed" if error else "succeeded")
        >>> with in_process() as kit, kit.client(Workfront, hooks=[Failures()]) as wf:
        ...     projects = wf.project.count()
        PROJ/count succeeded
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def on_call_start(self, call: CallInfo, /) -> None:
        """Runs when a call begins."""

    def on_response(self, call: CallInfo, attempt: AttemptInfo, /) -> None:
        """Runs when an attempt is over, with or without an answer."""

    def on_retry(self, call: CallInfo, attempt: AttemptInfo, pause: float, /) -> None:
        """Runs when another attempt follows after ``pause`` seconds; 0 where only the credential was renewed."""

    def on_call_end(self, call: CallInfo, error: BaseException | None, /) -> None:
        """Runs when the call is over, with its error, or ``None`` with a result."""


Hooks: TypeAlias = Sequence[Hook]


def notify(hooks: Hooks, what: Callable[[Hook], None]) -> None:
    """Tells every hook; one that fails does not keep the others from hearing."""
    for hook in hooks:
        try:
            what(hook)
        except Exception:  # a broken metric must not break a call
            _log.warning("%s failed", type(hook).__name__, exc_info=True)
