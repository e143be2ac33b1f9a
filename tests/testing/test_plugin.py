"""The pytest plugin: its fixtures and its mark, in a suite of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.kit_pytest_run import run_pytest

pytestmark = pytest.mark.long

FIXTURES = """
from workfront_client.v22 import Task, Workfront


def test_one(workfront_sandbox):
    workfront_sandbox.client(Workfront).project.create(name="Left behind")
    assert workfront_sandbox.client(Workfront).project.count() == 1


def test_every_test_has_a_sandbox_of_its_own(workfront_sandbox):
    assert workfront_sandbox.client(Workfront).project.count() == 0


def test_live(workfront_live_sandbox, workfront_factory):
    workfront_live_sandbox.insert(workfront_factory.make(Task, name="Paint"))
    with workfront_live_sandbox.client(Workfront) as wf:
        assert [task.name for task in wf.task.search()] == ["Paint"]
    workfront_live_sandbox.log.assert_sent("GET", "TASK/search")
"""
MARKED = """
import pytest

pytestmark = pytest.mark.workfront(seed="demo")


def test_demo(workfront_sandbox):
    assert len(workfront_sandbox.sandbox.rows("PROJ")) == 30
    assert not workfront_sandbox.sandbox.tenant.strict


@pytest.mark.workfront(strict=True)
def test_marks_add_up(workfront_sandbox):
    assert len(workfront_sandbox.sandbox.rows("PROJ")) == 30
    assert workfront_sandbox.sandbox.tenant.strict


@pytest.mark.workfront(seed="empty")
def test_the_nearest_mark_counts(workfront_sandbox):
    assert workfront_sandbox.sandbox.rows("PROJ") == []
"""
FAILING = """
def test_it(workfront_sandbox):
    workfront_sandbox.log.assert_sent("GET", "TASK/search")
"""


def test_fixtures_give_a_sandbox_and_a_factory(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, test_fixtures=FIXTURES)[0] == {"passed": 3}


def test_the_mark_says_what_a_sandbox_begins_with(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, test_marked=MARKED)[0] == {"passed": 3}


def test_a_failed_assertion_shows_its_message(tmp_path: Path) -> None:
    counts, printed = run_pytest(tmp_path, test_failing=FAILING)
    assert counts == {"failed": 1}
    assert "Wanted at least one of GET TASK/search" in printed


def test_the_plugin_and_its_mark_are_documented_by_pytest(tmp_path: Path) -> None:
    _, fixtures = run_pytest(tmp_path, "--fixtures", test_none="")
    assert "workfront_sandbox" in fixtures
    assert "Gives a sandbox without sockets, new for every test." in fixtures
    _, markers = run_pytest(tmp_path, "--markers")
    assert "@pytest.mark.workfront(seed='empty'" in markers


def test_loading_the_plugin_imports_nothing_heavy() -> None:
    source = (
        "import sys, pytest; before = set(sys.modules); import workfront_testing.plugin\n"
        "print(sorted({name.partition('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)))"
    )
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['workfront_core', 'workfront_testing']"
