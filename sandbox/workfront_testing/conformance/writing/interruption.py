"""Signals that would end a process: they leave the block first, and wait while it is cleared up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

_ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
_ALL: Final = (signal.SIGINT, *_ENDING)


@contextmanager
def left_by_signals() -> Generator[None]:
    """Lets signals that end a process leave the block as an exception, so that what follows it is done."""
    with _handled(_ENDING, _leave):
        yield


@contextmanager
def undisturbed() -> Generator[None]:
    """Lets no signal that can be held off leave the block."""
    with _handled(_ALL, _overhear):
        yield


@contextmanager
def _handled(signals: tuple[signal.Signals, ...], handler: Callable[[int, FrameType | None], None]) -> Generator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, handler) for one in signals}
    try:
        yield
    finally:
        for one, was in before.items():
            signal.signal(one, was if was is not None else signal.SIG_DFL)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _overhear(_number: int, _frame: FrameType | None) -> None:
    """Does nothing."""
