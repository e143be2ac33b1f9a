"""Shapes of rows are built once, and threads share them."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.support.models_fixture import Task
from tests.support.places import ROOT
from tests.support.waiting import PATIENCE
from workfront_core.models import mismatch as misfit
from workfront_core.models import row_validators as shape


@pytest.fixture(autouse=True)
def _nothing_noted_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misfit, "_noted", set())


def test_shapes_are_built_once_for_a_set_of_keys() -> None:
    class Fresh(Task):
        pass

    Fresh.from_wire_rows([{"ID": "1", "name": "a"}, {"ID": "2", "name": None}])
    assert list(Fresh.__workfront_shapes__) == [("ID", "name")]


def test_shapes_do_not_pile_up() -> None:
    class Fresh(Task):
        pass

    for number in range(shape.LIMIT + 20):
        assert Fresh.from_wire({"ID": str(number), f"DE:{number}": number})[f"DE:{number}"] == number
    assert len(Fresh.__workfront_shapes__) == shape.LIMIT


def test_sixteen_threads_may_start_at_once() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from tests.support import models_fixture
start = Barrier(16)
def read(number):
    start.wait(120)
    user = {"ID": "2", "projects": [{"ID": "3", "owner": {"ID": "4"}}]}
    rows = [{"ID": "1", "assignedTo": user, f"DE:{n % 40}": n} for n in range(300)]
    tasks = models_fixture.Task.from_wire_rows(rows, strict=True)
    return tasks[-1].assigned_to.projects[0].owner.id, models_fixture.Task.f.obj_code, len(tasks[0].model_fields_set)
with ThreadPoolExecutor(16) as pool:
    print(*set(pool.map(read, range(16))))
"""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "('4', 'TASK', 3)"


def test_threads_evicting_shapes_disturb_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "LIMIT", 4)
    start = Barrier(16)

    class Fresh(Task):
        pass

    def read(number: int) -> bool:
        start.wait(PATIENCE)
        return all(Fresh.from_wire({"ID": "1", f"DE:{(n + number) % 9}": n}).id == "1" for n in range(200))

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(read, range(16)))
    assert len(Fresh.__workfront_shapes__) <= 4


def test_every_generated_class_takes_the_fast_way() -> None:
    v22 = pytest.importorskip("workfront_client.v22")
    models = [getattr(v22, name) for name in v22.OBJECTS.values()]
    assert len(models) == 174
    assert [cls for cls in models if cls.__workfront_shapes__[("ID", "name")].read is None] == []
