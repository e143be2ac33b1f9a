"""The first hour of a user: `tools/first_hour.py` where there is the wheel and nothing of the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.installed import run
from tests.support.places import ROOT

pytestmark = pytest.mark.long


def test_it_goes_well_in_an_environment_with_the_wheel_alone(
    stocked: Path, known_to_mypy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MYPY_CACHE_DIR", str(known_to_mypy))
    hour = run(stocked, "-P", "-W", "error", ROOT / "tools" / "first_hour.py", cwd=tmp_path)
    assert hour.returncode == 0, hour.stdout + hour.stderr
    assert hour.stdout.splitlines()[-2:-1] == ["4,997 tasks were changed, 3 refused and told"], hour.stdout
