"""docs/testing.md: its modules run under pytest, its other examples from top to bottom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.support.places import DOCS
from tests.testing.kit_pytest_run import run_pytest

PAGE = (DOCS / "testing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
MODULES = {found[1]: block for block in BLOCKS if (found := re.match(r"# (test_\w+)\.py\n", block))}
EXAMPLES = [block for block in BLOCKS if block not in MODULES.values()]


def test_the_test_modules_of_the_page_pass(tmp_path: Path) -> None:
    assert len(MODULES) == 2
    counts, printed = run_pytest(tmp_path, **MODULES)
    assert counts == {"passed": 3}, printed


def test_the_examples_of_the_page_run_one_after_the_other() -> None:
    assert len(EXAMPLES) == 10
    scope: dict[str, Any] = {}
    for number, example in enumerate(EXAMPLES, 1):
        exec(compile(example, f"<example {number}>", "exec"), scope)  # noqa: S102


def test_every_fixture_and_fault_is_on_the_page() -> None:
    from typing import get_args

    from workfront_sandbox.wire.faults import Fault
    from workfront_testing import plugin

    fixtures = [name for name in vars(plugin) if name.startswith("workfront_")]
    assert len(fixtures) == 3
    assert all(f"| `{name}` |" in PAGE for name in [*fixtures, *get_args(Fault)])
