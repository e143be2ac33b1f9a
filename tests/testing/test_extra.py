"""The kit without what the sandbox stands on: one sentence with what to install, for names and for fixtures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import workfront_testing
from tests.support.waiting import PATIENCE

_WITHOUT = """
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, *rest: None if name == "{package}" else found(name, *rest)
"""
PACKAGES = ["python_multipart", "starlette", "uvicorn"]


def run(code: str, package: str, folder: Path) -> str:
    """What a program prints on an installation without a package."""
    program = [sys.executable, "-c", _WITHOUT.format(package=package) + code]
    done = subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.stdout + done.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_of_the_kit_says_what_to_install(package: str, tmp_path: Path) -> None:
    code = f"""
import workfront_testing
for name in {workfront_testing.__all__!r}:
    try:
        getattr(workfront_testing, name)
    except Exception as error:
        print(type(error).__name__, " ".join(str(error).split()))
"""
    said = f"QueryError The test kit needs {package}. Hint: pip install 'workfront-client[sandbox]'"
    assert run(code, package, tmp_path).splitlines() == [said] * len(workfront_testing.__all__)


@pytest.mark.parametrize("fixture", ["workfront_sandbox", "workfront_live_sandbox", "workfront_factory"])
def test_a_fixture_says_it_and_tests_without_it_run(fixture: str, tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(f"def test_other(): pass\ndef test_kit({fixture}): pass\n")
    said = run("import pytest\npytest.main(['-q', '-p', 'no:cacheprovider'])", "python_multipart", tmp_path)
    assert "QueryError: The test kit needs python_multipart." in said
    assert "1 passed, 1 error" in said
