"""Facts about object types stand in one module, and everything else asks there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import workfront_sandbox
import workfront_testing
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.schema.overrides import ROW_KEYS

HOMES = {Path("schema", "overrides.py"), Path("planning", "working_time.py")}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of both packages but the homes, with its path inside its package."""
    for package in (workfront_sandbox, workfront_testing):
        root = Path(str(package.__file__)).parent
        for file in sorted(root.rglob("*.py")):
            if file.relative_to(root) not in HOMES:
                yield file.relative_to(root.parent), ast.parse(file.read_text(encoding="utf-8"))


def literal_pairs(node: ast.AST) -> Iterator[tuple[object, object]]:
    """The pairs of literals a node puts beside each other: items of a dictionary, a tuple of two."""
    pairs: list[tuple[ast.expr | None, ast.expr]] = []
    if isinstance(node, ast.Dict):
        pairs = list(zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
        pairs = [(node.elts[0], node.elts[1])]
    for one, two in pairs:
        if isinstance(one, ast.Constant) and isinstance(two, ast.Constant):
            yield one.value, two.value


def key_pairs(tree: ast.Module) -> list[tuple[object, object]]:
    """Object types beside the field that names their rows, in either order."""
    found = [pair for node in ast.walk(tree) for pair in literal_pairs(node)]
    known = {*ROW_KEYS.items()}
    return [pair for pair in found if pair in known or pair[::-1] in known]


def test_the_field_that_names_a_row_of_a_type_stands_once() -> None:
    assert {path: pairs for path, tree in modules() if (pairs := key_pairs(tree))} == {}


def test_a_table_of_such_fields_would_be_found() -> None:
    assert key_pairs(ast.parse('{"TASK": "taskID", "PROJ": "name"}')) == [("TASK", "taskID")]
    assert key_pairs(ast.parse('for key, code in (("opTaskID", "OPTASK"),): pass')) == [("opTaskID", "OPTASK")]


def test_the_length_of_a_working_day_stands_once() -> None:
    numbers = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value == WORKDAY_MINUTES
    }
    assert numbers == set()
