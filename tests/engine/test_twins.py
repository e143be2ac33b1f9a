"""Every public class for asyncio has a twin for threads: the same names, signatures and docstrings."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from tools.sync_from_async import in_prose, twin_name

import workfront_core
from tests.support.places import ROOT


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(workfront_core.__path__, "workfront_core."):
        if not found.name.startswith("workfront_core.spark.") or find_spec("pyspark"):
            yield importlib.import_module(found.name)


def _classes() -> dict[str, type]:
    """The classes of the engine that end users and generated code meet, by name."""
    return {
        name: kind
        for module in _modules()
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__ and not name.startswith("_")
    }


CLASSES = _classes()
PAIRS = sorted(name for name in CLASSES if name.startswith("Async"))


def _members(kind: type) -> dict[str, Any]:
    """Public members, and the special methods that a user calls by a statement."""
    called = {"__init__", "__enter__", "__exit__", "__iter__", "__aenter__", "__aexit__", "__aiter__"}
    return {_plain(name): vars(kind)[name] for name in vars(kind) if not name.startswith("_") or name in called}


def _plain(name: str) -> str:
    return {"__aenter__": "__enter__", "__aexit__": "__exit__", "__aiter__": "__iter__"}.get(name, twin_name(name))


def _signature(function: Any) -> str:
    text = in_prose(str(inspect.signature(function)))
    return text.replace("AsyncIterator", "Iterator").replace("AsyncBaseTransport", "BaseTransport")


def test_there_are_pairs_to_compare() -> None:
    assert {"AsyncClient", "AsyncPager", "AsyncService", "AsyncGet", "AsyncBatch", "AsyncCurrencies"} <= set(PAIRS)


@pytest.mark.parametrize("name", PAIRS)
def test_an_asynchronous_class_has_a_twin_of_the_same_surface(name: str) -> None:
    kind, twin = CLASSES[name], CLASSES[twin_name(name)]
    ours, theirs = _members(kind), _members(twin)
    assert set(ours) == set(theirs)
    assert in_prose(inspect.getdoc(kind) or "") == inspect.getdoc(twin)
    for member, function in ours.items():
        other = theirs[member]
        if inspect.isfunction(function):
            assert _signature(function) == _signature(other), member
        assert in_prose(inspect.getdoc(function) or "") == (inspect.getdoc(other) or ""), member


def test_contributors_are_told_of_every_pair_that_is_written_by_hand() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    engine = ROOT / "runtime" / "workfront_core"
    pairs = [path for path in engine.rglob("async_*.py") if not {"_async", "interface"} & {*path.parts}]
    assert len(pairs) >= 4
    assert [path.name for path in pairs if f"`{path.name}`" not in text] == []
    assert [path.name for path in pairs if not path.with_name(path.name.removeprefix("async_")).exists()] == []
