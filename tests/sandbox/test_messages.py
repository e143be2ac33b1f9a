"""Messages in the project's own words are plain English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import workfront_sandbox
import workfront_testing

STILTED = re.compile(r"\b(is|are) no (?!longer)|\bis none\b|^There is no ")
PACKAGES = [Path(str(package.__file__)).parent for package in (workfront_sandbox, workfront_testing)]
FILES = [file for package in PACKAGES for file in package.rglob("*.py")]


def messages(tree: ast.Module) -> Iterator[str]:
    """The texts of everything that is raised."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            for part in ast.walk(node.exc):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_no_message_says_that_something_is_no_something() -> None:
    found = [text for file in FILES for text in messages(ast.parse(file.read_text(encoding="utf-8")))]
    assert len(found) > 80
    assert [text for text in found if STILTED.search(text)] == []


@pytest.mark.parametrize("room", sorted({file.parent for file in FILES}), ids=lambda room: str(room.name))
def test_every_room_says_what_it_is_for(room: Path) -> None:
    text = (room / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    for part in ("- Comes in: ", "- Goes out: ", "- Read first: "):
        assert part in text
    named = re.findall(r"`([a-z_/]+\.py)`", text)
    assert named
    assert [name for name in named if not (room / name).is_file() and not (room.parent / name).is_file()] == []
