"""What a command was told of how to talk: each request as a line, the log, nothing but results, seconds to wait."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.output import QUIET, plain
from workfront_core.transport.hooks import AttemptInfo, CallInfo, Hook

if TYPE_CHECKING:
    from workfront_core.transport.retry import Retry

_VERBOSE: Final = "workfront_cli.verbose"
_TIMEOUT: Final = "workfront_cli.timeout"


def listen_to(*, verbose: bool, quiet: bool, debug: bool, timeout: float | None) -> None:
    """Keeps what the line says for the clients that the command opens."""
    meta = click.get_current_context().meta
    meta[_VERBOSE], meta[QUIET], meta[_TIMEOUT] = verbose, quiet, timeout
    if debug:
        _write_log()


def hooks() -> tuple[Hook, ...]:
    """Returns what watches the calls of this command."""
    return (_Lines(),) if _said(_VERBOSE) else ()


def patience() -> dict[str, Any]:
    """Returns arguments of a client for the seconds that ``--timeout`` gives a call; nothing without it."""
    seconds: float | None = _said(_TIMEOUT)
    return {} if seconds is None else {"timeout": seconds, "retry": _retry(seconds)}


def seconds_or(default: float) -> float:
    """Returns the seconds that ``--timeout`` gives a call, else the default."""
    seconds: float | None = _said(_TIMEOUT)
    return default if seconds is None else seconds


class _Lines(Hook):
    """Writes one line a request to the error stream. The request is shown without secrets."""

    def on_response(self, call: CallInfo, attempt: AttemptInfo, /) -> None:
        answer = attempt.status or type(attempt.error).__name__
        again = f", attempt {attempt.number}" if attempt.number > 1 else ""
        click.echo(plain(f"{call.request} -> {answer}, {attempt.seconds * 1000:.0f} ms{again}"), err=True)


def _said(name: str) -> Any:
    ctx = click.get_current_context(silent=True)
    return ctx.meta.get(name) if ctx is not None else None


def _retry(seconds: float) -> Retry:
    from workfront_core.transport.retry import Retry

    return Retry(total_timeout=seconds)


def _write_log() -> None:
    """Sends the client's log to the error stream until the command ends."""
    log, handler = logging.getLogger("workfront"), logging.StreamHandler(sys.stderr)
    before = log.level
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)

    def quiet_again() -> None:
        log.removeHandler(handler)
        log.setLevel(before)

    click.get_current_context().call_on_close(quiet_again)
