"""The first hour of a user, step by step, with what is installed where this program runs, and nothing of the checkout.

A sandbox, a sign-in, tasks as a Parquet file, completion in a shell, a typo that mypy refuses, a suite of one's own
with the pytest plugin, 5,000 tasks changed from a sheet with three that are refused, and what is left sent again.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

ROWS = 5_000
PROJECTS = 50
REFUSED = 3
LONGEST = 300
"""Seconds that a step may take before it counts as stuck."""

RIGHT = """\
from workfront_client.v22 import Task, Workfront


def names(wf: Workfront) -> list[str | None]:
    return [task.name for task in wf.task.search(Task.f.percent_complete < 100, fields=[Task.f.name])]
"""
WRONG = RIGHT.replace("percent_complete", "percent_compleet")
SUITE = """\
from workfront_client.v22 import Task, Workfront


def test_a_task_is_found(workfront_sandbox, workfront_factory):
    workfront_sandbox.insert(workfront_factory.make(Task, name="First"))
    with workfront_sandbox.client(Workfront) as wf:
        assert [task.name for task in wf.task.search(fields=[Task.f.name])] == ["First"]
"""
SETUP = f"""\
import csv
from workfront_client.v22 import Project, Workfront

with Workfront.from_env() as wf:
    projects = wf.project.create_many([{{"name": f"Many {{n}}"}} for n in range({PROJECTS})]).ids
    tasks = [{{"name": f"Task {{n}}", "project_id": str(projects[n % {PROJECTS}])}} for n in range({ROWS})]
    ids = [str(row) for row in wf.task.create_many(tasks).ids]
    for gone in ids[:: {ROWS // REFUSED + 1}]:
        wf.task.delete(gone)
with open("rows.csv", "w", newline="") as file:
    csv.writer(file).writerows([("ID", "Done %"), *((row, "40") for row in ids)])
"""


class StepFailed(Exception):
    """A step did not end as it should."""


def main() -> int:
    """Takes every step in the working directory, and prints a line for each."""
    begin()
    with sandbox() as settings:
        for step in (sign_in, export, complete, check_types, run_suite, change_many):
            print(step(settings), flush=True)  # noqa: T201
    print(f"the first hour: 8 steps on Python {sys.version.split()[0]}")  # noqa: T201
    return 0


def begin() -> None:
    """Prints what both commands say of themselves."""
    for module in ("workfront_cli", "workfront_codegen"):
        print(module, run({}, "-m", module, "--version").splitlines()[0], flush=True)  # noqa: T201


@contextmanager
def sandbox() -> Generator[dict[str, str]]:
    """Gives the settings of a sandbox that runs meanwhile: what it prints to be pasted into a shell."""
    command = [*python(), "-m", "workfront_cli", "sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield dict(_told(process))
        finally:
            process.terminate()


def _told(process: subprocess.Popen[str]) -> Iterator[tuple[str, str]]:
    said = ""
    for line in process.stdout or ():
        said += line
        if found := re.fullmatch(r"\s*export (WORKFRONT_\w+)=(\S+)\s*", line):
            yield found[1], found[2]
            if found[1] == "WORKFRONT_API_KEY":
                return
    raise StepFailed(f"the sandbox did not say how to reach it:\n{said}")


def sign_in(settings: dict[str, str]) -> str:
    """Asks who is signed in."""
    return workfront(settings, "whoami").splitlines()[0]


def export(settings: dict[str, str]) -> str:
    """Writes the tasks of the demo tenant into a Parquet file, and reads it."""
    workfront(settings, "export", "task", "--fields", "name,project.name,plannedCompletionDate", "-o", "tasks.parquet")
    rows = run({}, "-c", "import pyarrow.parquet as p; print(p.read_table('tasks.parquet').num_rows)")
    demand(int(rows) > 0, "the file has rows")
    return f"tasks.parquet has {int(rows)} rows"


def complete(settings: dict[str, str]) -> str:
    """Asks what a shell offers for the first letters of a field."""
    words = "workfront search task --fields plannedC"
    asks = {"_WORKFRONT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "4"}
    offered = run(settings | asks, "-m", "workfront_cli")
    demand("plannedCompletionDate" in offered, f"a shell offers the field: {offered}")
    return "the shell offers plannedCompletionDate"


def check_types(_settings: dict[str, str]) -> str:
    """Shows mypy a program, and the same with a typo in the name of a field."""
    Path("right.py").write_text(RIGHT)
    Path("wrong.py").write_text(WRONG)
    run({}, "-m", "mypy", "--strict", "right.py", strict=False)
    refused = run({}, "-m", "mypy", "--strict", "wrong.py", ends=1, strict=False)
    demand('has no attribute "percent_compleet"' in refused, refused)
    return "mypy refuses percent_compleet"


def run_suite(_settings: dict[str, str]) -> str:
    """Runs a suite of one's own, which takes a sandbox by the name of a fixture."""
    Path("test_own.py").write_text(SUITE)
    said = run({}, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_own.py", strict=False)
    return f"pytest: {said.strip().splitlines()[-1]}"


def change_many(settings: dict[str, str]) -> str:
    """Changes the tasks of a sheet, of which three are gone, then sends once more what was refused."""
    run(settings, "-c", SETUP)
    change = ("update", "task", "--from", "rows.csv", "--map", "Done %=percentComplete", "--yes")
    workfront(settings, *change, ends=PARTLY)
    with Path("rows.csv.failed.csv").open(newline="") as file:
        refused = list(csv.DictReader(file))
    demand(len(refused) == REFUSED, f"{len(refused)} rows were refused, not {REFUSED}")
    done = workfront(settings, "count", "task", "percentComplete = 40")
    demand(int(done.split()[0].replace(",", "")) >= ROWS - REFUSED, f"{done} tasks were changed")
    workfront(settings, "update", "--resume", "rows.csv.wfjob", "--yes", ends=PARTLY)
    return f"{ROWS - REFUSED:,} tasks were changed, {REFUSED} refused and told"


PARTLY = 1
"""How `workfront` ends where rows were refused."""


def workfront(settings: dict[str, str], *arguments: str, ends: int = 0) -> str:
    """Returns what the command printed."""
    return run(settings, "-m", "workfront_cli", *arguments, ends=ends)


def run(settings: dict[str, str], *arguments: str, ends: int = 0, strict: bool = True) -> str:
    """Returns what a Python printed. Warnings are errors where ``strict``.

    Raises StepFailed where it ended otherwise than with ``ends``.
    """
    command = [*python(strict=strict), *arguments]
    environment = {**os.environ, **settings}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST)
    said = done.stdout + done.stderr
    demand(done.returncode == ends, f"{' '.join(arguments)[:300]} ended with {done.returncode}, not {ends}:\n{said}")
    return done.stdout


def python(*, strict: bool = True) -> list[str]:
    """Returns the start of a command: this interpreter, with its own setting for warnings."""
    return [sys.executable, *(("-W", "error") if strict and sys.warnoptions else ())]


def demand(holds: object, what: str) -> None:
    """Raises StepFailed where something does not hold."""
    if not holds:
        raise StepFailed(what)


if __name__ == "__main__":
    sys.exit(main())
