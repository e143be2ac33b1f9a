"""What the project file names for people who work on it is what ``requirements/`` pins."""

from __future__ import annotations

import re
import tomllib

from tests.support.places import ROOT


def test_every_tool_of_a_group_is_pinned() -> None:
    groups: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    texts = [path.read_text("utf-8") for path in (ROOT / "requirements").glob("*.txt")]
    pinned = {name.lower() for text in texts for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    assert {"test", "types", "docs", "bench"} <= set(groups)
    assert {tool for tools in groups.values() for tool in tools} - pinned == set()
