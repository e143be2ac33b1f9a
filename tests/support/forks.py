"""What has to die by a signal, in forks of a process that has loaded it: to load it takes longer than its work.

``python -m tests.support.forks MODULE`` reads one list of arguments a line, calls ``main`` of the module with them in a
fork of itself, and prints its exit code: negative for the signal that killed it.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager

from tests.support.places import ROOT


@contextmanager
def forks(module: str) -> Generator[Callable[..., int]]:
    """Gives a function that runs ``main`` of a module in a process of its own and returns its exit code."""
    command = [sys.executable, "-m", "tests.support.forks", module]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run(*arguments: object) -> int:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{json.dumps([*map(str, arguments)])}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield run


def serve(module: str) -> None:
    """Forks for each line that comes."""
    main = importlib.import_module(module).main
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_ended(main, json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _ended(main: Callable[..., object], arguments: list[str]) -> int:
    try:
        main(*arguments)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
