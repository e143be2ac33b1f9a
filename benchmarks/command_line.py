"""The command line as whole processes, in turns with what it is held against: help, completion, a search."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.peer_packages import need
from workfront_testing import live

_RUN = "import sys; sys.argv[0] = 'workfront'; from workfront_cli.__main__ import main; main()"
_SCRIPT = """
import sys
from workfront_client.v22 import Task, Workfront
with Workfront.from_env() as wf:
    fields = ["ID", "name", "status", "percentComplete", "assignedTo:name", "plannedCompletionDate"]
    for row in wf.task.search(Task.f.percent_complete < 50, fields=fields, limit=100):
        print("\\t".join(str(value) for value in row.flat(fields).values()))
"""
_TAB = {
    "_WORKFRONT_COMPLETE": "bash_complete",
    "COMP_WORDS": "workfront search task --fields name,assignedTo.emailA",
    "COMP_CWORD": "4",
}
_TAB_WITHIN = _TAB | {"COMP_WORDS": "workfront search task 'project.status = C", "COMP_CWORD": "3"}


@dataclass(frozen=True, slots=True)
class Case:
    """A command, what it is held against, and how often as long it may take."""

    name: str
    peer_name: str
    budget: float
    peer: Sequence[str]
    ours: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """Median milliseconds of a command and its peer."""

    case: Case
    peer: float
    ours: float


def measure(rounds: int = 15) -> list[Figure]:
    """Runs each command and its peer ``rounds`` times in turns, after one run that fills the bytecode caches."""
    need("typer")
    with tempfile.TemporaryDirectory() as folder, live("demo") as kit:
        base = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WORKFRONT_")},
            "WORKFRONT_URL": kit.url, "WORKFRONT_API_KEY": "anything", "WORKFRONT_CONFIG": f"{folder}/none.toml",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
        }  # fmt: skip
        base.pop("PYTHONDONTWRITEBYTECODE", None)
        return [_figure(case, base, rounds) for case in _cases()]


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table, with the ratio and its budget."""
    lines = ["| Command | ms | Held against | ms | Ratio | Budget |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {one.case.name} | {one.ours:.0f} | {one.case.peer_name} | {one.peer:.0f} | {one.ours / one.peer:.2f} "
        f"| {one.case.budget} |"
        for one in figures
    ]
    return "\n".join(lines)


def _cases() -> list[Case]:
    search = ["-c", _RUN, "search", "task", "percentComplete < 50"]
    typer = ["-c", "import typer, rich"]
    return [
        Case("`workfront --help`", "`import typer, rich`", 1.0, typer, ["-c", _RUN, "--help"], {}),
        Case("TAB on a field through a relation", "an empty program", 2.0, ["-c", ""], ["-c", _RUN], _TAB),
        Case("TAB on a code within a condition", "an empty program", 2.0, ["-c", ""], ["-c", _RUN], _TAB_WITHIN),
        Case("`workfront search` of 100 rows, piped", "the same in Python", 1.2, ["-c", _SCRIPT], search, {}),
    ]


def _figure(case: Case, base: Mapping[str, str], rounds: int) -> Figure:
    runs = [
        (_milliseconds(case.peer, base), _milliseconds(case.ours, {**base, **case.environment}))
        for _ in range(rounds + 1)
    ][1:]
    return Figure(case, statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs))


def _milliseconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, env=dict(environment), stdout=subprocess.PIPE)
    return (time.perf_counter() - begun) * 1000
