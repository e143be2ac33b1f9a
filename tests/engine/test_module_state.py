"""Modules of the engine hold no state that grows: calls with ever new names and hosts leave nothing behind."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from functools import _lru_cache_wrapper  # pyright: ignore[reportPrivateUsage]
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

import workfront_core
from tests.support import fault_host as fault
from tests.support.fault_host import fault_host
from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import Workfront
from tests.support.resilience_kit import SECRET
from tests.support.secret_watch import Watch
from workfront_core.auth import ApiKey

HOLDING = (dict, list, set, bytearray, WeakKeyDictionary, WeakSet, WeakValueDictionary)


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(workfront_core.__path__, "workfront_core.")
    is_there = find_spec("pyspark") is not None
    return [
        importlib.import_module(item.name)
        for item in found
        if is_there or not item.name.startswith("workfront_core.spark.")
    ]


def sizes() -> dict[str, int]:
    """How much each container, cache and object of a module holds, without what caches with a bound hold."""
    _empty_bounded_caches()
    gc.collect()
    found: dict[str, int] = {}
    for module in modules():
        for name, value in vars(module).items():
            if not name.startswith("__"):
                found |= _held(f"{module.__name__}.{name}", value)
    return found


def _empty_bounded_caches() -> None:
    for value in [value for module in modules() for value in vars(module).values()]:
        if isinstance(value, _lru_cache_wrapper) and value.cache_info().maxsize is not None:
            value.cache_clear()


def _held(name: str, value: Any) -> dict[str, int]:
    if isinstance(value, HOLDING):
        return {name: len(value)}
    if isinstance(value, _lru_cache_wrapper):
        info = value.cache_info()
        return {} if info.maxsize is not None else {name: info.currsize}
    inside = getattr(value, "__dict__", {}) if type(value).__module__.startswith("workfront_core") else {}
    return {f"{name}.{key}": len(part) for key, part in inside.items() if isinstance(part, HOLDING)}


def work(number: int) -> None:
    """Calls with a host, names, fields and values that no call had before."""
    row = {"ID": f"{number:032x}", "name": "x", f"unheard{number}": 1, "DE:Made up {number}": [number]}
    with (
        fault_host(lambda asked, _: fault.reply({"data": [row] if asked.path.endswith("/search") else row})) as host,
        Workfront(host.url, auth=ApiKey(SECRET)) as wf,
    ):
        wf.task.get(f"{number:032x}", fields=["name"])
        wf.task.search(Task.f.name == f"name {number}", limit=1).to_list()
        wf.request("GET", f"TASK/{number:032x}", {f"parameter{number}": "x"})
        unknown = wf.untyped(f"OBJ{number}")
        unknown.get(f"{number:032x}", fields=["name"])
        unknown.search(fields=["name"], limit=1).to_list()
        unknown.update(f"{number:032x}", {"name": "x"})


def test_calls_leave_nothing_in_modules(no_secret_shows: Watch) -> None:
    for number in range(1, 4):
        work(number)
    no_secret_shows.requests.clear()  # those know the classes of their rows
    before = sizes()
    for number in range(4, 24):
        work(number)
    no_secret_shows.requests.clear()
    after = sizes()
    assert {name: size for name, size in after.items() if size > before.get(name, 0)} == {}
    assert any("process_state" in name for name in after)
