"""``python -m benchmarks``: measures everything once and writes docs/benchmarks.md."""

from __future__ import annotations

import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    command_line,
    editor,
    events,
    extraction,
    first_answer,
    generation,
    peers,
    rows,
    sandbox_ratios,
    search,
    startup,
    tables,
    tenant,
)
from benchmarks.peer_packages import PEERS, need

REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_HEAD = """# Benchmarks

Written by `make bench`; compare ratios, not absolute figures.
Python {python}, pydantic {pydantic}, {system}, {cores} cores.
The peers stand on the same v22.0 snapshot (174 object types): plain pydantic models in one module, the models that
datamodel-code-generator renders from our JSON Schema export, msgspec Structs, and python-workfront where it applies.
"""

_IDEAL = """The ideal is the larger of the network's time alone (bare httpx requests of that page, one after the
other, or two at a time where the mode has two in flight) and the time json and typing take alone. A page of 2000 takes
about a third of the latency to read: without prefetch that comes on top of it, so such a mode cannot keep the budget.
Pages of 200 are read once, pages of 2000 five times in turns with the bare requests, and medians stand here; whatever
else the machine does shows most in the latter."""


_TABLES = """The server is a formula in the same process, and making its answers is part of every figure of the sync.
Budgets: to_arrow <= 1.1 x to_list and <= 2.5 x json.loads; first load <= 1.3 x reading into Arrow alone and <= 1.2 x
dlt; 1,000 changes <= 0.03 x the first load and <= 5 calls; nothing new <= 2 calls; a sweep <= the first load; memory
<= 500 MB."""

_EVENTS = """Messages of 3 kB over 50 connections, from a process beside the receiver on the same machine; each is on
the disk before it is answered. After kill -9 the receiver is started again; afterwards every acknowledged event is
handed over, those of an object in their order. Budget: 1,000 events/s, none lost. The peer writes each message by
itself; it is not killed, and neither sorts messages nor knows one that comes twice."""

_COMMAND_LINE = """Median of whole processes, in turns; the search reads a sandbox in the process that measures.
Commands hold a few rows at a time, however many there are, but for a terminal's table (tests/cli/test_many_rows.py)."""

_FIRST = """Median of whole processes, from the start of the interpreter to its end: import, a client, one count on
loopback. The bare program sends the same request with httpx and reads the answer with a pydantic model."""


def _generation(oracle: float) -> str:
    return "\n".join(["## Generator and type checker", "", generation.table(oracle)])


def _tenant() -> str:
    note = (
        "500 custom fields of eight object types and 50 forms, named in ten scripts and as badly as may be. Times of "
        "processors; rows in microseconds."
    )
    return "\n".join(["## A package of a big tenant's own", "", tenant.table(), "", note])


def _startup(folder: Path) -> str:
    lines = ["## Import, first row, all models", "", "| What | Who | ms | MB |", "|---|---|---|---|"]
    lines += [f"| {s.what} | {s.who} | {s.seconds * 1000:.1f} | {s.megabytes:.1f} |" for s in startup.measure(folder)]
    budget = (
        "Budgets: import <= 1.1 x httpx + pydantic; first row <= 1/20 of eager models; "
        "all models <= 60 MB over the import of pydantic."
    )
    first = ["## The first answer", "", first_answer.table(first_answer.measure()), "", _FIRST]
    shell = ["## The command line", "", command_line.table(command_line.measure()), "", _COMMAND_LINE]
    return "\n".join([*lines, "", budget, "", *first, "", *shell])


def _reading() -> str:
    """Searches and whole tables, over a server on loopback in a process of its own."""
    return "\n".join(
        [
            f"## A search of {search.ROWS} rows",
            "",
            search.table(search.run()),
            "",
            f"## Reading {extraction.ROWS:,} rows at {extraction.LATENCY * 1000:.0f} ms latency",
            "",
            extraction.table(extraction.run()),
            "",
            _IDEAL,
            "",
            "## Memory of reading many rows",
            "",
            extraction.memory_table(extraction.memory()),
            "",
            "By row number, the IDs that came are kept to drop repetitions, some 25 bytes each; by ID nothing is kept.",
        ]
    )


def _tables() -> str:
    return "\n".join(["## Tables and syncs", "", tables.reading(), "", tables.syncing(), "", _TABLES])


def _events() -> str:
    return "\n".join(["## Receiving events", "", events.table(), "", _EVENTS])


def _editor() -> str:
    note = (
        "First: the quickest of five servers that have read nothing yet, ours and httpx in turns, from the key to the "
        "list. Later: what the server uses of the processor, the median of nine lists in turns with the peer's, each "
        "after a change of the file, upon which the server works all types out anew. `client.` of httpx lists 80 "
        "names, `wf.` 214, `wf.task.` 68, `Task.f.` 258, `row.` 337, and a row of pydantic with 216 members of text "
        "310: a list takes about as long as the types of its names do."
    )
    return "\n".join(["## Editor (basedpyright's language server)", "", editor.table(), "", note])


def _sandbox() -> str:
    return "\n".join(["## Sandbox", "", sandbox_ratios.table(sandbox_ratios.measure())])


def main() -> None:
    """Measures, prints and writes the report."""
    import os

    need(*PEERS)
    head = _HEAD.format(
        python=platform.python_version(),
        pydantic=version("pydantic"),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers.write_eager(folder)
        peers.write_msgspec(folder)
        oracle = peers.write_oracle(folder)
        parts = [
            head,
            _generation(oracle),
            "",
            _tenant(),
            "",
            _editor(),
            "",
            _startup(folder),
            "",
            "## One row of 8 fields of a wide object",
            "",
        ]
        parts += [rows.table(rows.run()), "", _reading(), "", _tables(), "", _events(), "", _sandbox()]
    text = "\n".join(parts).rstrip() + "\n"
    REPORT.write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
