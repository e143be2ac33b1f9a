"""A Ctrl-C that comes at the same moment in every run: a trace function raises where a line begins."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Coroutine, Generator
from types import FrameType
from typing import Any, TypeVar

from tests.support.soak import rounds

T = TypeVar("T")


class Interrupt(KeyboardInterrupt):
    """Ours, and not somebody's at the keyboard."""


class Interrupter:
    """Notes the lines of some files that run, and raises at one of them.

    Args:
        places: what the paths of the files begin with.
        at: the number of the line among those that run, from 1; 0 for none.
    """

    def __init__(self, places: tuple[str, ...], at: int = 0) -> None:
        self.lines: list[tuple[str, int]] = []
        self._places = places
        self._at = at

    def __call__(self, frame: FrameType, event: str, _argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(self._places):
            return None
        if event == "line":
            self.lines.append((frame.f_code.co_filename, frame.f_lineno))
            if len(self.lines) == self._at:
                raise Interrupt
        return self

    def run(self, work: Callable[[], object]) -> None:
        """Does some work, in this thread."""
        before = sys.gettrace()
        sys.settrace(self)
        try:
            work()
        finally:
            sys.settrace(before)


def moments(lines: list[tuple[str, int]]) -> list[int]:
    """Returns the numbers of those that run for the first time, and in the long form for the last time as well."""
    first = {line: number for number, line in reversed(list(enumerate(lines, 1)))}
    last = {line: number for number, line in enumerate(lines, 1)}
    return sorted({*first.values(), *(last.values() if rounds(0, 1) else ())})


@types.coroutine
def stepped(work: Coroutine[Any, Any, T], reached: Callable[[int], object]) -> Generator[Any, Any, T]:
    """Does some work, and tells the number of each place where it waits, from 1, just before it does."""
    number, step = 0, _sending(work, None)
    while True:
        try:
            waits_for = step()
        except StopIteration as end:
            result: T = end.value
            return result
        number += 1
        reached(number)
        try:
            given = yield waits_for
        except BaseException as error:
            step = _raising(work, error)
        else:
            step = _sending(work, given)


def _raising(work: Coroutine[Any, Any, Any], error: BaseException) -> Callable[[], Any]:
    return lambda: work.throw(error)


def _sending(work: Coroutine[Any, Any, Any], given: object) -> Callable[[], Any]:
    return lambda: work.send(given)
