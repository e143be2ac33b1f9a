"""Ready-made hooks: counters, OpenTelemetry spans (extra ``otel``); and logs of the HTTP library without secrets."""

from __future__ import annotations

import logging
import re
from collections import Counter
from typing import Any, Final

from workfront_core.errors.kinds import QueryError
from workfront_core.errors.redaction import MASK, is_secret, redact_address
from workfront_core.process_state import ProcessLock
from workfront_core.transport.hooks import AttemptInfo, CallInfo, Hook


class CounterHook(Hook):
    """Counts calls, attempts, retries, answers by status and errors by class; may be shared by clients.

    Examples:
        >>> from workfront_client import CounterHook
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> counters = CounterHook()
        >>> with in_process() as kit, kit.client(Workfront, hooks=[counters]) as wf:
        ...     tasks = wf.task.count()
        >>> counters.snapshot()["calls"]
        1
    """

    def __init__(self) -> None:
        self.lock: ProcessLock = ProcessLock()
        self._counts: Counter[str] = Counter()
        self._seconds = 0.0

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={number:g}" for name, number in sorted(self.snapshot().items()))
        return f"<{type(self).__name__}: {counts}>"

    def snapshot(self) -> dict[str, float]:
        """Returns the counts so far by name: ``calls``, ``attempts``, ``retries``, ``status.429``,
        ``error.RateLimited``, and ``seconds`` spent in attempts."""
        with self.lock:
            return {**self._counts, "seconds": self._seconds}

    def on_call_start(self, _call: CallInfo, /) -> None:
        self._count("calls")

    def on_response(self, _call: CallInfo, attempt: AttemptInfo, /) -> None:
        self._count("attempts", *([f"status.{attempt.status}"] if attempt.status else []))
        with self.lock:
            self._seconds += attempt.seconds

    def on_retry(self, _call: CallInfo, _attempt: AttemptInfo, _pause: float, /) -> None:
        self._count("retries")

    def on_call_end(self, _call: CallInfo, error: BaseException | None, /) -> None:
        if error is not None:
            self._count(f"error.{type(error).__name__}")

    def _count(self, *names: str) -> None:
        with self.lock:
            self._counts.update(names)


class OpenTelemetryHook(Hook):
    """One OpenTelemetry client span a call, with an event for every retry. Attributes hold no parameter values.

    Args:
        tracer: an ``opentelemetry.trace.Tracer``; by default the global provider's.

    Raises:
        QueryError: OpenTelemetry is not installed.

    Examples:
        >>> from workfront_client import OpenTelemetryHook
        >>> from workfront_client.v22 import Workfront
        >>> from workfront_testing import in_process
        >>> with in_process() as kit, kit.client(Workfront, hooks=[OpenTelemetryHook()]) as wf:
        ...     tasks = wf.task.count()
    """

    def __init__(self, tracer: Any = None) -> None:
        try:
            from opentelemetry import trace
        except ImportError:
            raise QueryError("Spans need OpenTelemetry.", hint="pip install 'workfront-client[otel]'") from None
        self._trace: Any = trace
        self._tracer: Any = tracer or trace.get_tracer("workfront")
        self._spans: dict[str, Any] = {}

    def on_call_start(self, call: CallInfo, /) -> None:
        attributes = {
            "http.request.method": call.request.method,
            "url.template": call.request.path,
            "server.address": call.root,
            "workfront.call_id": call.id,
        }
        kind = self._trace.SpanKind.CLIENT
        name = f"{call.request.method} {call.request.path.partition('/')[0]}"
        self._spans[call.id] = self._tracer.start_span(name, kind=kind, attributes=attributes)

    def on_response(self, call: CallInfo, attempt: AttemptInfo, /) -> None:
        if attempt.status is not None:
            self._spans[call.id].set_attribute("http.response.status_code", attempt.status)

    def on_retry(self, call: CallInfo, attempt: AttemptInfo, pause: float, /) -> None:
        self._spans[call.id].add_event("retry", {"workfront.pause": pause, "workfront.attempt": attempt.number})

    def on_call_end(self, call: CallInfo, error: BaseException | None, /) -> None:
        span = self._spans.pop(call.id)
        if error is not None:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(self._trace.Status(self._trace.StatusCode.ERROR, type(error).__name__))
        span.end()


def quiet() -> None:
    """Keeps secrets out of what the HTTP library logs, for this process; calling it again changes nothing.

    ``httpcore`` logs the headers of answers at level DEBUG, cookies and the addresses of redirects among them, and what
    a host says that does not speak HTTP; ``httpx`` logs whole addresses at level INFO. The lines stay, with ``***`` in
    place of values whose name says that they are secret. Our own logger shows none to begin with.

    Examples:
        >>> import logging
        >>> from workfront_client import quiet
        >>> quiet()
        >>> logging.basicConfig(level=logging.DEBUG)
    """
    for name in _LIBRARY_LOGGERS:
        logging.getLogger(name).addFilter(_keep_secrets_out)


_LIBRARY_LOGGERS: Final = tuple(
    name
    for suffix in ("", "2")
    for name in (f"httpx{suffix}", *(f"httpcore{suffix}.{part}" for part in ("connection", "http11", "http2", "proxy")))
)
_HEADER: Final = re.compile(r"""\(b(['"])(?P<name>[\w-]+)\1, b(?P<value>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\)""")
_FAILURE: Final = re.compile(r"exception=(\w+)\(.*", re.DOTALL)
_ADDRESS: Final = re.compile(r"https?://[^\s'\"]+")


def _keep_secrets_out(record: logging.LogRecord) -> bool:
    """Takes the secrets out of a line of the HTTP library; lets every line pass."""
    text = _FAILURE.sub(r"exception=\1(...)", record.getMessage())
    record.msg, record.args = _ADDRESS.sub(_shown_address, _HEADER.sub(_shown_header, text)), None
    return True


def _shown_header(header: re.Match[str]) -> str:
    name = header["name"]
    return f"(b'{name}', {MASK})" if is_secret(name) else header[0]


def _shown_address(address: re.Match[str]) -> str:
    return redact_address(address[0])
