"""Locks in a child that is forked while a thread of the parent holds them."""

from __future__ import annotations

import ast
import os
import threading
import traceback
from pathlib import Path

import pytest

import workfront_core
from tests.support.query_fixture.models.task import Task
from tests.support.waiting import PATIENCE, ended
from workfront_core.operations.search import Query
from workfront_core.process_state import ProcessLock, cached_property
from workfront_core.transport.telemetry import CounterHook

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")


def in_child_while_held(lock: ProcessLock, work: object) -> int:
    """The exit code of a child that does some work, forked while another thread holds a lock."""
    is_held, is_over = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            is_held.set()
            assert is_over.wait(PATIENCE), "nobody let the lock go"

    holder = threading.Thread(target=hold)
    holder.start()
    assert is_held.wait(PATIENCE), "the lock was not taken"
    try:
        child = os.fork()
        if child == 0:
            _end_after(work)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        is_over.set()
        ended(holder)


def _end_after(work: object) -> None:
    import signal

    signal.alarm(int(PATIENCE))  # a child that waits for ever is ended, and its exit code says so
    try:
        assert callable(work)
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


@forks
def test_rows_are_read_in_a_child_that_was_forked_while_another_thread_learnt_a_shape() -> None:
    shapes = Task.__workfront_shapes__
    row = {"ID": "1" * 32, "percentComplete": 5, "unheard of": 1}
    assert in_child_while_held(shapes.lock, lambda: Task.from_wire(row)) == 0


@forks
def test_calls_are_counted_in_a_child_that_was_forked_while_another_thread_counted() -> None:
    counters = CounterHook()
    assert in_child_while_held(counters.lock, counters.snapshot) == 0


@forks
def test_a_search_is_made_in_a_child_that_was_forked_while_another_thread_made_one() -> None:
    is_amid, is_over = threading.Event(), threading.Event()

    class Slow(Query[Task]):
        @cached_property
        def value(self) -> int:
            is_amid.set()
            return int(is_over.wait(PATIENCE))

    slow = Slow(Task)
    other = threading.Thread(target=lambda: slow.value)
    other.start()
    assert is_amid.wait(PATIENCE)
    child = os.fork()
    if child == 0:
        is_over.set()
        _end_after(lambda: Slow(Task).value)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    is_over.set()
    ended(other)
    assert slow.value == slow.value == 1


def test_the_engine_has_one_cached_property() -> None:
    engine = Path(str(workfront_core.__file__)).parent
    others = [path.name for path in engine.rglob("*.py") if "functools import cached_property" in path.read_text()]
    assert others == []


OF_A_PROCESS = {"Lock", "RLock", "Condition", "Semaphore", "Thread", "ThreadPoolExecutor", "connect", "opened"}
"""What makes locks, threads and connections to files."""


def kept_in(kind: ast.ClassDef) -> set[str]:
    """Which of them a class keeps in its objects."""
    kept = [
        node.value
        for node in ast.walk(kind)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
    ]
    calls = [node.func for value in kept if value for node in ast.walk(value) if isinstance(node, ast.Call)]
    return {ast.unparse(made).rpartition(".")[2] for made in calls} & OF_A_PROCESS


def test_whatever_keeps_a_lock_a_thread_or_a_connection_starts_anew_in_children() -> None:
    engine = Path(str(workfront_core.__file__)).parent
    keepers = [
        kind
        for path in engine.rglob("*.py")
        for kind in ast.walk(ast.parse(path.read_text()))
        if isinstance(kind, ast.ClassDef) and kept_in(kind)
    ]
    assert {"ProcessLock", "InboxFile", "GroupCommit", "DuckDBFile", "_Worker"} <= {kind.name for kind in keepers}
    without = [kind.name for kind in keepers if "def restart_in_child" not in ast.unparse(kind)]
    assert without == []


def test_a_lock_is_held_by_one_thread_at_a_time() -> None:
    lock, order = ProcessLock(), list[str]()

    def wait() -> None:
        with lock:
            order.append("other")

    with lock:
        other = threading.Thread(target=wait)
        other.start()
        order.append("first")
    ended(other)
    assert order == ["first", "other"]
