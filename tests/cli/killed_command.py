"""Commands that are killed at one write of their job file: before it, after it, or within the line.

``python -m tests.cli.killed_command`` reads one command a line, runs it in a fork of itself, which has loaded all that
commands load, and prints its exit code: negative for the signal that killed it.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import workfront_client.v22
from workfront_cli import connection, rows
from workfront_cli.lazy_group import app
from workfront_cli.rows.job_file import JobFile


def main() -> None:
    load()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def load() -> None:
    """Loads what commands that write rows load: reading that takes them ten times as long as their work here."""
    for room in (connection, rows):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    for name in ("Workfront", "Task"):
        getattr(workfront_client.v22, name)


def run(number: int, place: str, arguments: list[str], environment: Mapping[str, str]) -> None:
    """Runs a command, with the job file's writing in the hands of this test, and ends the process."""
    os.environ.clear()
    os.environ.update(environment)
    nowhere = Path(os.devnull)
    sys.stdin, sys.stdout, sys.stderr = nowhere.open(), nowhere.open("w"), nowhere.open("w")
    die_at(number, place)
    try:
        app(arguments, prog_name="workfront")
    except SystemExit as end:
        os._exit(int(end.code or 0))
    finally:
        os._exit(70)


def die_at(number: int, place: str) -> None:
    written = 0
    whole = JobFile.append

    def append(self: JobFile, entry: Mapping[str, Any], *, durable: bool = True) -> None:
        nonlocal written
        written += 1
        if written == number and place == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        if written == number and place == "within":
            line = json.dumps(entry).encode()
            with self.path.open("ab") as file:
                file.write(line[: len(line) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        whole(self, entry, durable=durable)
        if written == number:
            os.kill(os.getpid(), signal.SIGKILL)

    JobFile.append = append  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
