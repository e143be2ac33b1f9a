"""A parameter or attribute that is a number or a moment says its unit: minutes, rows, bytes, seconds since 1970."""

import ast
import re
from collections.abc import Iterator
from typing import TypeAlias

import pytest

from tests.house.sources import functions, is_public, nodes

Described: TypeAlias = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

QUANTITY = re.compile(r"(?<![\w.])(?:int|float|timedelta|datetime|date)(?!\w)")
UNIT = re.compile(
    r"""\b(?: seconds? | minutes? | hours? | days? | weeks? | months? | quarters? | years? | time | moments? | dates?
    | rows? | pages? | bytes? | characters | columns | objects | documents | requests? | calls? | attempts? | retries
    | workers | threads | processes | connections | number | numbers | how\ many | count | percent | share | factor
    | status | place | position | line | index | ISO | UTC | messages | events | positions | code\ points
    | bits? | units | ranges
    | amounts? | 1 )\b | since\ 1970 """,
    re.VERBOSE | re.IGNORECASE,
)
ENTRY = r"^ {{4}}{}: (.*(?:\n {{8}}.*)*)"
"""The lines of one argument or attribute in a docstring."""


def quantities(node: Described) -> Iterator[str]:
    """Yields the names of parameters, or of public attributes of a class, that are numbers or moments."""
    if isinstance(node, ast.ClassDef):
        found = [(one.target, one.annotation) for one in node.body if isinstance(one, ast.AnnAssign)]
        named = [(name.id, kind) for name, kind in found if isinstance(name, ast.Name) and not name.id.startswith("_")]
    else:
        given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        named = [(one.arg, one.annotation) for one in given if one.annotation is not None]
    for name, kind in named:
        text = ast.unparse(kind)
        if QUANTITY.search(text) and not re.search(r"Callable|ClassVar|\bMapping|\bdict", text):
            yield name


def without_unit(node: Described) -> list[str]:
    """Returns the quantities whose entry, or where there is none the whole docstring, names no unit."""
    text = ast.get_docstring(node)
    if text is None:
        return []
    entries = {name: re.search(ENTRY.format(re.escape(name)), text, re.MULTILINE) for name in quantities(node)}
    return [name for name, entry in entries.items() if not UNIT.search(entry[1] if entry else text)]


def _public() -> list[tuple[str, Described]]:
    found = [*functions(), *nodes(ast.ClassDef)]
    return [
        (f"{path}:{node.lineno} {node.name}", node)
        for path, node in found
        if path.is_relative_to("runtime/workfront_core") and is_public(node.name) and any(quantities(node))
    ]


def test_every_quantity_has_a_unit() -> None:
    public = _public()
    assert len(public) > 150
    assert [f"{place}: {name}" for place, node in public for name in without_unit(node)] == []


@pytest.mark.parametrize(
    "source",
    ['def wait(span: float) -> None:\n    """Waits.\n\n    Args:\n        span: how long.\n    """\n',
     'def wait(span: int | None = None) -> None:\n    """Waits a little."""\n',
     'class Wait:\n    """A wait.\n\n    Attributes:\n        span: how long.\n    """\n    span: float\n'],
)  # fmt: skip
def test_one_without_is_seen(source: str) -> None:
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef | ast.ClassDef)
    assert without_unit(node) == ["span"]


def test_one_with_a_unit_passes() -> None:
    node = ast.parse(
        'def wait(span: float) -> None:\n    """Waits.\n\n    Args:\n        span: seconds.\n    """\n'
    ).body[0]
    assert isinstance(node, ast.FunctionDef)
    assert without_unit(node) == []
