"""Work in forked children of the test's process, each with a pipe of its own and a bound on what it may take."""

from __future__ import annotations

import faulthandler
import logging
import multiprocessing
import tempfile
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from tests.support.waiting import PATIENCE, ended


def in_children(work: Callable[[int], str], count: int = 4) -> list[str]:
    """Returns what each of some forked children says, all of them at work at once.

    Raises:
        AssertionError: a child died, or hung: with where each of its threads stood.
    """
    with tempfile.TemporaryDirectory() as folder:
        children = [_Child(work, number, Path(folder, f"{number}.txt")) for number in range(1, count + 1)]
        return [child.said() for child in children]


class _Child:
    def __init__(self, work: Callable[[int], str], number: int, stacks: Path) -> None:
        self._stacks = stacks
        self._receiver, sender = multiprocessing.Pipe(duplex=False)
        self._process = multiprocessing.get_context("fork").Process(
            target=_run, args=(work, number, sender, stacks), daemon=True
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of forks beside threads
            self._process.start()
        sender.close()

    def said(self) -> str:
        try:
            assert self._receiver.poll(PATIENCE + 10), f"The child hangs:\n{self._stacks.read_text()}"
            return str(self._receiver.recv())
        except EOFError:
            self._process.join(PATIENCE)
            raise AssertionError(f"The child ended with {self._process.exitcode} and said nothing.") from None
        finally:
            self._process.kill()
            ended(self._process)


def _run(work: Callable[[int], str], number: int, sender: Connection, stacks: Path) -> None:
    # A file another thread of the parent was writing its log to stays locked in the child for ever.
    logging.disable()
    with stacks.open("w") as file:
        faulthandler.dump_traceback_later(PATIENCE, file=file)
        sender.send(work(number))
        faulthandler.cancel_dump_traceback_later()
