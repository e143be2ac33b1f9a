"""docs/conditions.md: every example prints what it says, every line of its table is what is sent."""

from __future__ import annotations

import contextlib
import io
import re
from typing import Any

import pytest

from tests.support.places import DOCS
from workfront_client import v22
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.language.words import WORDS

TEXT = (DOCS / "conditions.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", TEXT, re.DOTALL)
LINES = re.findall(r"^\| `(.*)` \| `(.*)` \|$", TEXT, re.MULTILINE)


def test_every_example_prints_what_the_page_says() -> None:
    scope: dict[str, Any] = {}
    assert len(BLOCKS) >= 4
    for source, expected in BLOCKS:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(source, "<example>", "exec"), scope)  # noqa: S102
        assert printed.getvalue() == expected


@pytest.mark.parametrize(("text", "wire"), LINES, ids=[text for text, _ in LINES])
def test_a_line_of_the_table_is_what_is_sent(text: str, wire: str) -> None:
    assert "&".join(f"{name}={value}" for name, value in parameters([v22.parse("task", text)])) == wire


def test_every_comparison_is_named() -> None:
    assert len(LINES) > 20
    assert not [word for word in WORDS if f"`{word}" not in TEXT and f"`i{word}" not in TEXT and word[1:] not in TEXT]
