"""Modules hold no state: what a sandbox or a test does leaves nothing behind for the next one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import _lru_cache_wrapper  # pyright: ignore[reportPrivateUsage]
from itertools import count
from types import ModuleType
from typing import Any

import workfront_sandbox
import workfront_testing
from tests.sandbox.asking import FIRE, SHOP, Asker
from workfront_client.v22 import Task, Workfront
from workfront_testing import Factory, in_process

CONTAINERS = (dict, list, set, bytearray)
HANDING_OUT = (count, Iterator, Factory)


def modules() -> list[ModuleType]:
    """Every module of the sandbox and the test kit."""
    found: list[ModuleType] = []
    for package in (workfront_sandbox, workfront_testing):
        found.extend(
            importlib.import_module(item.name)
            for item in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        )
    return found


def globals_of(module: ModuleType) -> list[tuple[str, Any]]:
    """The values a module names, but for what Python puts there and what it takes from the engine."""
    own = [(name, value) for name, value in vars(module).items() if not name.startswith("__")]
    return [(f"{module.__name__}.{name}", value) for name, value in own if _is_ours(value)]


def _is_ours(value: object) -> bool:
    """Whether a value is not a function or a class of the engine that a module imports."""
    return not str(getattr(value, "__module__", "")).startswith("workfront_core")


def sizes() -> dict[str, int]:
    """How much each container that belongs to a module or to its standing catalogue holds."""
    held = dict(item for module in modules() for item in globals_of(module))
    found = {name: len(value) for name, value in held.items() if isinstance(value, CONTAINERS)}
    with workfront_sandbox.Sandbox() as sandbox:
        catalogue = sandbox.tenant.catalogue
    for code, item in catalogue.newest.objects.items():
        found |= {f"{code}.{name}": len(value) for name, value in vars(item).items() if isinstance(value, CONTAINERS)}
    return found


def work(number: int) -> None:
    """A call of many sorts, with names that no call had before."""
    with in_process({"TASK": [{"ID": FIRE, "name": f"made up {number}"}], "PROJ": [{"ID": SHOP}]}) as kit:
        kit.sandbox.on_action("TASK", f"action {number}", lambda *_: None)
        ask = Asker(kit.sandbox)
        ask("PUT", f"TASK/{FIRE}/move", {"projectID": SHOP})
        ask("GET", "TASK/search", {f"AND:{number}:name": "x"})
        ask.refused("GET", "TASK/search", {"fields": f"name{number}"})
        kit.insert(kit.factory.make(Task, planned_start_date=datetime(2027, 1, 1, tzinfo=UTC)))
        with kit.client(Workfront) as wf:
            wf.task.count()


def test_containers_of_modules_stay_as_they_are() -> None:
    work(0)
    before = sizes()
    for number in range(1, 6):
        work(number)
    assert sizes() == before
    assert len(before) > 20


def test_no_module_hands_out_numbers_in_the_order_of_calls() -> None:
    held = [item for module in modules() for item in globals_of(module)]
    assert [name for name, value in held if isinstance(value, HANDING_OUT)] == []


def test_caches_have_an_end() -> None:
    held = [item for module in modules() for item in globals_of(module)]
    caches = {name: value.cache_parameters() for name, value in held if isinstance(value, _lru_cache_wrapper)}
    assert caches
    assert [name for name, parameters in caches.items() if parameters["maxsize"] is None] == []
