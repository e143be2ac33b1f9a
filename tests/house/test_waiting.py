"""No test can hang: whoever waits for a thread, a process, a queue or an event says for how long."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import pytest

from tests.support.places import ROOT

WAITS = {"join", "wait", "get", "communicate"}
"""Methods that wait for ever when nobody says how long. ``str.join`` and ``dict.get`` take an argument."""

BY_PLACE = {"communicate", "join", "wait", "wait_for"}
"""Those whose last argument may be how long."""

GIVES_UP = WAITS | {"map", "result", "run", "wait_for"}
"""Those, and others that give up."""

HELPERS = "tests/support/waiting.py"

Rule: TypeAlias = Callable[[ast.AST], Iterator[int]]


def _unbounded(tree: ast.AST) -> Iterator[int]:
    """Yields the lines of calls that may wait for ever."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[], keywords=[]) if name in WAITS:
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Constant(value=None)]) if name in WAITS - {"get"}:
                yield node.lineno
            case _:
                pass


def _impatient(tree: ast.AST) -> Iterator[int]:
    """Yields the lines of calls that give up after a number of seconds of their own, which a busy machine exceeds."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=arguments, keywords=keywords) if name in GIVES_UP:
                given = [word.value for word in keywords if word.arg == "timeout"]
                given += arguments[-1:] if name in BY_PLACE else []
                yield from (node.lineno for one in given if isinstance(one, ast.Constant) and _is_long(one.value))
            case _:
                pass


def _is_long(value: object) -> bool:
    """Whether it is a number of seconds after which one gives up; who asks again and again waits for parts of one."""
    return isinstance(value, int | float) and value >= 1


def _unproved(tree: ast.AST) -> Iterator[int]:
    """Yields the lines of ``thread.join(seconds)`` behind which nothing is said of a thread that goes on."""
    for node in ast.walk(tree):
        for block in ("body", "orelse", "finalbody"):
            given = getattr(node, block, None)
            statements: list[ast.stmt] = given if isinstance(given, list) else []
            for statement, following in pairwise([*statements, ast.Pass()]):
                if _joins(statement) and not _looks(following):
                    yield statement.lineno


def _joins(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="join"))):
            return True
        case _:
            return False


def _looks(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assert | ast.Raise) and bool({"is_alive", "exitcode"} & _attributes(statement))


def _attributes(node: ast.AST) -> set[str]:
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


@cache
def _found() -> Mapping[Rule, Sequence[str]]:
    """Returns the places in the tests that each rule finds; each module is parsed once."""
    found: dict[Rule, list[str]] = {_unbounded: [], _impatient: [], _unproved: []}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if place != HELPERS and "typing" not in path.parts:
            tree = ast.parse(path.read_text("utf-8"))
            for rule, places in found.items():
                places += [f"{place}:{line}" for line in rule(tree)]
    return found


def test_nobody_waits_without_a_bound() -> None:
    assert _found()[_unbounded] == []


def test_nobody_gives_up_earlier_than_all_others() -> None:
    """They wait for PATIENCE seconds, which tests/support/waiting.py knows."""
    assert _found()[_impatient] == []


@pytest.mark.parametrize("code", ["child.wait(5)", "subprocess.run(x, timeout=60.0)", "asyncio.wait_for(x, 2)"])
def test_a_bound_of_its_own_is_seen(code: str) -> None:
    assert list(_impatient(ast.parse(code))) == [1]


def test_whoever_waits_for_the_end_of_a_thread_looks_whether_it_came() -> None:
    assert _found()[_unproved] == []


@pytest.mark.parametrize(
    "code", ["thread.join()", "queue.get()", "event.wait()", "child.communicate()", "t.join(None)"]
)
def test_a_wait_without_end_is_seen(code: str) -> None:
    assert list(_unbounded(ast.parse(code))) == [1]


@pytest.mark.parametrize("code", ["', '.join(names)", "row.get('x')", "event.wait(60)", "queue.get(timeout=60)"])
def test_a_bound_is_enough(code: str) -> None:
    assert list(_unbounded(ast.parse(code))) == []


def test_a_join_that_nobody_looks_behind_is_seen() -> None:
    assert list(_unproved(ast.parse("thread.join(60)"))) == [1]
    assert list(_unproved(ast.parse("thread.join(60)\nassert not thread.is_alive()"))) == []
