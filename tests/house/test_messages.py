"""Messages are plain English: "'x' is not an ID.", not "'x' is no ID."."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import modules

OLD_IDIOM = re.compile(
    r"""
      (?<!\bthere\ )\b(?:is|are|was|were|be)\ no(?!\ (?:longer|more)\b)\b   # 'x' is no ID
    | (?<!\bthere\ )\b(?:is|are|was|were)\ none\b                           # environment='x' is none
    | (?:,|\band|\bor)\ no\ [a-z]+(?:\ itself)?\.?$                         # a name, and no code itself
    | \bno\ [a-z]+\ (?:by\ itself|itself)\b
    | ^no\ [a-z]+(?:\ [a-z]+)?:                                             # no rich text: ...
    | \bthat\ (?:is|are)\ no\b
    | \bThere\ (?:is|are)\ \{\}                                             # There is a, b, c.
    | \bnot\ told\b | \btold\ no\b | \btells?\ the\ time\b
    | \b(?:some|any)thing\ else\ than\b
    | \bspeaks?\ no\b | \bknows?\ no\b | \btakes?\ no(?!\ more)\b
    | \bTake\ one\ of\b                                                     # Use one of
    | \banew\b | \blaid\b | \bnobody\ knows\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


OF_THE_SERVICE = frozenset({"no such field: '*'", r"no such field: '\*'"})
"""Texts of the service itself, which are kept as they are."""


def _messages(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields line and text of every string that is no docstring, with ``{}`` for what is put in."""
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            inside.update(id(part) for part in node.values)
            yield node.lineno, "".join(map(str, parts))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


@pytest.mark.parametrize(
    "text",
    ["{} is no ID.", "api={} is none.", "{} is what {} calls {}, and no code itself.", "no rich text: ...",
     "Take one of {}.", "There is {}.", "bytes that are no text", "A join is no condition by itself."],
)  # fmt: skip
def test_the_old_idiom_is_seen(text: str) -> None:
    assert OLD_IDIOM.search(text)


@pytest.mark.parametrize(
    "text",
    ["{} is not an ID.", "There is no profile {}.", "The version is no longer served.", "Use one of {}.",
     "{} has no ID.", "there is no such package"],
)  # fmt: skip
def test_plain_english_passes(text: str) -> None:
    assert not OLD_IDIOM.search(text)


def test_no_message_of_any_package_is_in_the_old_idiom() -> None:
    seen = 0
    found: list[tuple[Path, int, str]] = []
    for path, tree in modules():
        for line, text in _messages(tree):
            seen += " " in text
            if OLD_IDIOM.search(re.sub(r"\bNone\b", "null", text)) and text not in OF_THE_SERVICE:
                found.append((path, line, text))
    assert seen > 1000
    assert found == []
