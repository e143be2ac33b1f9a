"""A benchmark without the package it is measured against says so in one line, and measures nothing before."""

from __future__ import annotations

import asyncio
import re
import runpy
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from benchmarks.events import Load
from benchmarks.peer_packages import PEERS, need

from tests.support.places import ROOT


def imported_peers() -> Iterator[tuple[str, str]]:
    """Yields each file of the benchmarks with a peer that it, or a program in it, imports."""
    for path in sorted((ROOT / "benchmarks").glob("*.py")):
        found = re.findall(r"(?<!\w )\bimport ([\w., ]+)|\bfrom ([\w.]+) import\b", path.read_text(encoding="utf-8"))
        words = {word for groups in found for word in re.findall(r"[\w.]+", " ".join(groups))}
        yield from ((path.stem, peer) for peer in PEERS if peer in words)


@pytest.mark.parametrize(("module", "peer"), list(imported_peers()))
def test_each_benchmark_asks_for_the_peers_it_imports(module: str, peer: str) -> None:
    source = (ROOT / "benchmarks" / f"{module}.py").read_text(encoding="utf-8")
    asked = [name for call in re.findall(r"\bneed\(([^)]*)\)", source) for name in re.findall(r'"(\w+)"', call)]
    assert peer in asked


def test_every_peer_is_pinned_and_imported() -> None:
    pinned = (ROOT / "requirements" / "bench.txt").read_text(encoding="utf-8")
    assert {peer for _, peer in imported_peers()} == set(PEERS)
    assert all(f"\n{package}==" in pinned for package in PEERS.values())


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("benchmarks", "persist-queue and typer and python-workfront"),
        ("benchmarks.events", "persist-queue"),
        ("benchmarks.sandbox_ratios", "typer"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
def test_a_benchmark_without_its_peer_ends_in_one_line(
    module: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("benchmarks.peer_packages"), "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(module, run_name="__main__")
    assert str(ended.value).startswith(f"{package}, measured against here,")
    assert "pip install -r requirements/bench.txt" in str(ended.value)


def test_what_is_installed_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("benchmarks.peer_packages"), "find_spec", lambda name: name)
    need(*PEERS)


def test_a_receiver_that_ends_at_its_start_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="did not start: it ended with 3"):
        asyncio.run(Load("raise SystemExit(3)", tmp_path / "events.sqlite", 1).run())
