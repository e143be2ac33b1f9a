"""docs/sandbox-rules.md: each rule names a module that is there, and a test that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "sandbox-rules.md"
WAYS = ("computed", "refused", "open: ")


def rules() -> Iterator[list[str]]:
    """The cells of each rule."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] != "Rule":
            yield cells


def test_every_rule_says_what_becomes_of_it_and_where() -> None:
    found = list(rules())
    assert len(found) > 120
    assert [cells for cells in found if len(cells) != 4] == []
    assert [cells[1] for cells in found if not cells[1].startswith(WAYS)] == []
    places = {cells[2].strip("`") for cells in found}
    missing = [place for place in places if not (ROOT / "sandbox" / "workfront_sandbox" / place).is_file()]
    assert sorted(missing) == []


def test_every_rule_is_held_by_a_test() -> None:
    missing: list[str] = []
    for _, _, _, held in rules():
        module, _, words = held.partition(": ")
        file = ROOT / "tests" / "sandbox" / f"test_{module}.py"
        name = f"def test_{words.replace(' ', '_')}("
        if not re.fullmatch("[a-z_]+: [a-z0-9 ]+", held) or not file.is_file() or name not in file.read_text("utf-8"):
            missing.append(held)
    assert missing == []
