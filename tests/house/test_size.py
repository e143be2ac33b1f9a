"""A module is one subject and a function one sentence: neither grows beyond what a reader takes in at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from tests.support.places import ROOT

FOLDERS: Final = ("runtime", "generator", "sandbox", "tests", "benchmarks", "examples", "tools")
WRITTEN_BY_A_TOOL: Final = ("tests/golden/",)
LINES_OF_A_MODULE: Final = 400
LINES_OF_A_FUNCTION: Final = 40


def _modules() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if not place.startswith(WRITTEN_BY_A_TOOL):
                yield place, path.read_text("utf-8")


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Returns the lines from ``def`` to the last statement, without those of the docstring."""
    first = node.body[0]
    is_text = ast.get_docstring(node) is not None
    described = (first.end_lineno or first.lineno) - first.lineno + 1 if is_text else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - described


def _long_functions(text: str) -> list[tuple[str, int]]:
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(node.name, _lines(node)) for node in functions if _lines(node) > LINES_OF_A_FUNCTION]


def test_no_module_is_longer_than_400_lines() -> None:
    lengths = {place: text.count("\n") for place, text in _modules()}
    assert len(lengths) > 500
    assert {place: length for place, length in lengths.items() if length > LINES_OF_A_MODULE} == {}


def test_no_function_is_longer_than_40_lines_beside_its_docstring() -> None:
    assert {place: found for place, text in _modules() if (found := _long_functions(text))} == {}


@pytest.mark.parametrize(("statements", "is_long"), [(38, False), (39, False), (40, True)])
def test_a_function_one_line_too_long_is_seen(statements: int, is_long: bool) -> None:
    text = "def f():\n" + '    """Says\n\n    a lot.\n    """\n' + "    x = 1\n" * statements
    assert bool(_long_functions(text)) is is_long
