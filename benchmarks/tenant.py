"""A package of a big tenant's own: 500 custom fields of eight object types, 50 forms; beside the same without them."""

from __future__ import annotations

import importlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.support.big_tenant import OBJECTS, big_catalogue

from workfront_codegen.generate import generate
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue
from workfront_schema.snapshot import Snapshot

_PROGRAM = "from {package}.v22 import Project, Task, Workfront\n\n\n"
_USE = """def use_{number}(wf: Workfront, row: Project) -> None:
    for task in wf.task.search(Task.f.project.name == "x", fields=[Task.f.name, Task.f.project.name]):
        print(task.name, task.percent_complete)
    wf.project.create(name="x", status="CUR")
    print(row.name, row.owner, row.tasks)


"""
_BARE = "from {package}.v22 import Project, Workfront; Project.from_wire({{'ID': '1'}}); Workfront.project"
_ROWS = 20_000
_ROUNDS = 15


def table() -> str:
    """Returns the section of the report."""
    with TemporaryDirectory() as name:
        place = Path(name)
        lines = [*_generation(place), *_checking(place), *_imports(place), *_rows(place), *_upgrade(place)]
    return "\n".join(["| What | Without, s | With, s | Ratio | Budget |", "|---|---|---|---|---|", *lines])


def _line(what: str, without: float, own: float, budget: str) -> str:
    return f"| {what} | {without:.3g} | {own:.3g} | {own / without:.2f} x | {budget} |"


def _snapshot(custom: CustomCatalogue) -> Snapshot:
    return replace(store.load_snapshot(store.standard_schema(), "v22.0"), custom=custom)


def _timed(work: Callable[[], object]) -> float:
    """Returns the processor time of this process and of those it starts, which other work beside it changes least."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _generation(place: Path) -> list[str]:
    store.save_snapshot(_snapshot(CustomCatalogue()), place / "plain")
    store.save_snapshot(_snapshot(big_catalogue()), place / "own")

    def render(schema: str, package: str, *, forms: bool = True) -> float:
        return _timed(lambda: generate(place / schema, ("v22.0",), package, place, check=False, forms=forms))

    render("plain", "plain_wf")  # what is imported once
    first = render("own", "own_wf")
    rounds = [
        (render("plain", "plain_wf"), render("own", "bare_wf", forms=False), render("own", "own_wf"))
        for _ in range(_ROUNDS // 3)
    ]
    plain, bare, again = map(min, zip(*rounds, strict=True))
    return [
        _line("`generate --no-forms`", plain, bare, "1.3 x"),
        _line("`generate` with 50 forms, none of them changed", plain, again, "2 x"),
        _line("`generate` with 50 forms, for the first time", plain, first, "none: each form is rendered once"),
    ]


def _program(place: Path, package: str) -> Path:
    file = place / f"use_{package}.py"
    file.write_text(_PROGRAM.format(package=package) + "".join(_USE.format(number=number) for number in range(50)))
    return file


def _checking(place: Path) -> list[str]:
    def check(package: str) -> float:
        with TemporaryDirectory() as cache:
            mypy = str(Path(sys.executable).parent / "mypy")
            command = [mypy, "--strict", "--config-file=", "--cache-dir", cache, str(_program(place, package))]
            return _timed(lambda: subprocess.run(command, cwd=place, check=True, capture_output=True))

    return [_line("mypy --strict on a program, empty cache", check("plain_wf"), check("own_wf"), "1.3 x")]


def _imports(place: Path) -> list[str]:
    def load(package: str) -> float:
        command = [sys.executable, "-c", _BARE.format(package=package)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(place), *sys.path])}
        return _timed(lambda: subprocess.run(command, check=True, env=environment))

    for package in ("plain_wf", "own_wf"):
        load(package)
    pairs = [(load("plain_wf"), load("own_wf")) for _ in range(_ROUNDS)]
    plain, own = map(min, zip(*pairs, strict=True))
    return [_line("import of the version, its client, a model", plain, own, "1.05 x")]


def _per_call(*works: Callable[[], object]) -> list[float]:
    """Returns the quickest of some rounds of each, in microseconds a call; they take turns."""

    def once(work: Callable[[], object]) -> float:
        started = time.process_time()
        for _ in range(_ROWS):
            work()
        return (time.process_time() - started) / _ROWS * 1e6

    rounds = [[once(work) for work in works] for _ in range(_ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _rows(place: Path) -> list[str]:
    sys.path.insert(0, str(place))
    try:
        plain, own = (importlib.import_module(f"{name}_wf.v22").Project for name in ("plain", "own"))
    finally:
        sys.path.remove(str(place))
    members = {key: item for key, item in vars(own.custom).items() if hasattr(item, "wire")}
    wires = [item.wire for item in members.values()][:8]
    sent = {"ID": "1", "name": "x", **dict.fromkeys(wires, "V1")}
    before, after = _per_call(lambda: plain.from_wire(sent), lambda: own.from_wire(sent))
    lines = [_line("a row with 8 custom fields, us", before, after, "1 x")]
    for word in ("text", "choice"):
        name = next(k for k, i in members.items() if i.kind is _kind(word) and not i.read_only)
        row = own.from_wire({"ID": "1", members[name].wire: "V1"})
        before, after = _reads(row, members[name].wire, name)
        lines.append(_line(f"reading a {word} by name and by member, us", before, after, "3 x"))
    return lines


def _kind(word: str) -> object:
    from workfront_core.values.custom_field import KINDS

    return KINDS[word]


def _reads(row: Any, wire: str, name: str) -> list[float]:
    member = attrgetter(f"custom.{name}")
    return _per_call(lambda: row[wire], lambda: member(row))


def _upgrade(place: Path) -> list[str]:
    next_one = replace(_snapshot(big_catalogue()), version="v23.0")
    lessened = tuple(
        replace(item, fields=item.fields[1:]) if item.obj_code in OBJECTS else item for item in next_one.objects
    )
    store.save_snapshot(replace(next_one, objects=lessened), place / "own")
    generate(place / "own", ("v22.0", "v23.0"), "own_wf", place, check=False, forms=False)
    program = _program(place, "own_wf")
    command = [
        sys.executable, "-m", "workfront_codegen", "upgrade-check", str(program), "--from", "v22", "--to", "v23",
        "--package", "own_wf",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(place), *sys.path])}

    def run() -> object:
        return subprocess.run(command, cwd=place, env=environment, check=False, capture_output=True)

    with TemporaryDirectory() as cache:
        mypy = [
            str(Path(sys.executable).parent / "mypy"),
            "--check-untyped-defs",
            "--config-file=",
            "--cache-dir",
            cache,
            str(program),
        ]
        bare = _timed(lambda: subprocess.run(mypy, cwd=place, check=True, capture_output=True))
    return [
        _line("mypy on a program, and `upgrade-check` of it", bare, _timed(run), "1.5 x"),
        _line("the same, and `upgrade-check` for the second time", bare, _timed(run), ""),
    ]
