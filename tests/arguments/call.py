"""One call of the public surface, made with right arguments but for one of them."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from tests.arguments.annotations import Argument, arguments, fits
from tests.arguments.nonsense import Nonsense, nonsense
from tests.arguments.world import World
from tests.support.soak import rounds
from workfront_core import QueryError, WorkfrontError
from workfront_core.paging._async.pager import AsyncPager
from workfront_core.paging._sync.pager import Pager
from workfront_testing.sandbox_kit import KitBlock


@dataclass(frozen=True)
class Call:
    """A callable of the public surface, and arguments it takes.

    Attributes:
        name: how a program writes it.
        function: what is called, bound to its object.
        given: arguments to begin with, by name.
        takes_anything: arguments that take more than their annotations say.
        is_right: whether the call with these arguments goes well.
        may_raise: other errors that Python's own protocols want here, such as the KeyError of ``[]``.
    """

    name: str
    function: Callable[..., Any]
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])
    may_raise: tuple[type[Exception], ...] = ()
    takes_anything: frozenset[str] = frozenset()
    is_right: bool = True

    def problems(self, world: World, tried: set[Hashable]) -> Iterator[str]:
        """Yields what went wrong, for each argument and each kind of nonsense in its place.

        Args:
            world: what it is tried on.
            tried: fields of writes that were tried, as `one_of_each` notes them.
        """
        expected = arguments(self.function)
        missing = [item.name for item in expected if item.is_required and item.name not in self.given]
        if missing:
            yield f"{self.name}: no arguments known for {', '.join(missing)}"
            return
        if self.is_right:
            yield from self._problems_of_right_call(expected, world)
        for argument in expected if rounds(0, 1) else one_of_each(self.function, expected, tried):
            for value in nonsense():
                yield from self._problems_with(expected, argument, value, world)

    def _problems_of_right_call(self, expected: list[Argument], world: World) -> Iterator[str]:
        outcome, _ = self.outcome(expected, self.given, world)
        if isinstance(outcome, QueryError) or (isinstance(outcome, Exception) and not self._is_expected(outcome)):
            yield f"{self.name}: right arguments, and {told(outcome)}"

    def _problems_with(
        self, expected: list[Argument], argument: Argument, value: Nonsense, world: World
    ) -> Iterator[str]:
        outcome, sent = self.outcome(expected, {**self.given, argument.name: value.value}, world)
        where = f"{self.name}({argument.name}=<{value.name}>)"
        is_right = argument.name in self.takes_anything or is_fitting(value, argument)
        if isinstance(outcome, Exception) and not self._is_expected(outcome):
            yield f"{where}: {told(outcome)}"
        elif isinstance(outcome, QueryError) and sent:
            yield f"{where}: refused, and {sent} requests were sent"
        elif not is_right and not isinstance(outcome, Exception):
            yield f"{where}: taken for {argument.annotation}, {sent} requests sent"
        elif not is_right and sent:
            yield f"{where}: sent to the server, though it takes {argument.annotation}"

    def _is_expected(self, outcome: Exception) -> bool:
        return isinstance(outcome, (WorkfrontError, *self.may_raise))

    def outcome(self, expected: list[Argument], given: Mapping[str, Any], world: World) -> tuple[object, int]:
        """Returns what the call gives or raises, and how many requests it sent."""
        world.begin()
        try:
            positional, named = split(expected, given)
            outcome = settled(self.function(*positional, **named), world)
        except Exception as error:
            outcome = error.with_traceback(within_the_engine(error.__traceback__))
        return outcome, world.sent()


def within_the_engine(traceback: TracebackType | None) -> TracebackType | None:
    """Returns a traceback without our frames and those of asyncio, which would keep every task of a module alive."""
    while traceback is not None and traceback.tb_frame.f_code.co_filename.startswith(_AROUND):
        traceback = traceback.tb_next
    return traceback


_AROUND: Final = (str(Path(__file__).parent), str(Path(asyncio.__file__).parent))


def one_of_each(function: Callable[..., Any], expected: list[Argument], tried: set[Hashable]) -> Iterator[Argument]:
    """Yields every argument, but a field of a write only where none annotated alike was tried in such a write."""
    kind = (function.__module__.rpartition(".")[0], function.__name__)
    for argument in expected:
        key = (*kind, argument.annotation)
        if not argument.is_field or key not in tried:
            yield argument
        if argument.is_field:
            tried.add(key)


def split(expected: list[Argument], given: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Returns the arguments as they are written: by place, and by name."""
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for argument in expected:
        if argument.name not in given:
            if argument.kind is inspect.Parameter.POSITIONAL_ONLY:
                positional.append(LEFT_OUT)
            continue
        value = given[argument.name]
        if argument.kind is inspect.Parameter.VAR_POSITIONAL:
            positional.extend(value if isinstance(value, AnyNumber) else [value])
        elif argument.kind is inspect.Parameter.POSITIONAL_ONLY:
            positional.append(value)
        else:
            named[argument.name] = value
    while positional and positional[-1] is LEFT_OUT:
        positional.pop()
    return [None if value is LEFT_OUT else value for value in positional], named


LEFT_OUT = object()


class AnyNumber(list[Any]):
    """Values for ``*values``."""


def settled(outcome: Any, world: World) -> object:
    """Returns what a call gives in the end: awaited, iterated, entered."""
    if inspect.iscoroutine(outcome):
        return settled(world.loop.run_until_complete(outcome), world)
    match outcome:
        case Pager():
            return outcome.first()
        case AsyncPager():
            return world.loop.run_until_complete(outcome.first())
        case AsyncIterator():
            return world.loop.run_until_complete(_collected(outcome))
        case contextlib.AbstractContextManager() if hasattr(outcome, "gen") or isinstance(outcome, KitBlock):
            with outcome:
                return None
        case _:
            return list(outcome) if inspect.isgenerator(outcome) else outcome


async def _collected(items: AsyncIterator[Any]) -> list[Any]:
    return [item async for item in items]


def is_fitting(value: Nonsense, argument: Argument) -> bool:
    """Returns whether a value is what an argument takes after all; worked out once for arguments annotated alike."""
    key = (value.name, argument.annotation, argument.hint)
    if key not in _FITTING:
        _FITTING[key] = fits(value.value, argument) and not (value.is_foreign and is_typed_by_object(argument))
    return _FITTING[key]


_FITTING: Final[dict[Hashable, bool]] = {}


def is_typed_by_object(argument: Argument) -> bool:
    """Returns whether a checker sees that something belongs to another object."""
    return any(mark in argument.annotation for mark in ("[M]", "[R]", "[Task]", "R, V", "M |", "| M", "= M"))


def told(error: object) -> str:
    """Returns an error as one line."""
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:160]


def problems(calls: Iterable[Call], world: World, tried: set[Hashable] | None = None) -> list[str]:
    """Returns what went wrong with all of these calls."""
    tried = set() if tried is None else tried
    return [problem for call in calls for problem in call.problems(world, tried)]
