"""The first hour of a user: `tools/first_hour.py` where there is the wheel and nothing of the checkout."""

from __future__ import annotations

from pathlib import Path

from tests.packaging.test_wheel import clean, run, wheel
from tests.support.places import ROOT

__all__ = ["clean", "wheel"]


def test_it_goes_well_in_an_environment_with_the_wheel_alone(clean: Path, wheel: Path, tmp_path: Path) -> None:
    constraint = ("--constraint", ROOT / "requirements" / "dev.txt")
    done = run(
        clean, "-m", "pip", "install", "--quiet", *constraint, f"{wheel}[cli,codegen,sandbox,frames]", "pytest", "mypy"
    )
    assert done.returncode == 0, done.stderr
    hour = run(clean, "-P", "-W", "error", ROOT / "tools" / "first_hour.py", cwd=tmp_path)
    assert hour.returncode == 0, hour.stdout + hour.stderr
    assert hour.stdout.splitlines()[-2:-1] == ["4,997 tasks were changed, 3 refused and told"], hour.stdout
