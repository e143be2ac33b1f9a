"""Whoever parses JSON or TOML that somebody else wrote is ready for all that the parsers raise."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from tests.house.sources import modules

PARSERS: Final = {"json.loads", "json.load", "tomllib.loads", "tomllib.load", "from_json"}
JSON_PARSERS: Final = {"json.loads", "json.load", "from_json", "json_value"}
FAILURES: Final = {"ValueError", "RecursionError"}
"""A number of 5,000 digits is a ValueError without being a JSONDecodeError or a TOMLDecodeError."""

OF_ITS_OWN: Final = {
    "workfront_cli/data/laid_aside.py": "_taken",
    "workfront_cli/profiles/settings_file.py": "default_name",
    "workfront_cli/profiles/settings_text.py": "_document",
    "workfront_cli/rows/job_file.py": "ids _note",
    "workfront_codegen/upgrade/check.py": "_parsed",
    "workfront_core/foreign_text.py": "json_value",
    "workfront_core/query/labels.py": "_lines",
    "workfront_core/frames/plain_values.py": "_without_maps",
    "workfront_core/query/selection.py": "listed_names",
    "workfront_core/request/explanation.py": "_body",
    "workfront_testing/sandbox_kit.py": "collect",
}
"""Functions that read what this program wrote or has read before, or whose callers are ready."""


def unprepared(node: ast.AST, ready: frozenset[str] = frozenset(), function: str = "") -> Iterator[tuple[str, int]]:
    """Yields function and line of each call of a parser that stands in no ``try`` for its failures."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        ready, function = frozenset(), node.name
    if isinstance(node, ast.Call) and ast.unparse(node.func) in PARSERS and not ready >= FAILURES:
        yield function, node.lineno
    inside = node.body if isinstance(node, ast.Try) else []
    caught = frozenset(name for handler in getattr(node, "handlers", []) for name in caught_by(handler))
    for child in ast.iter_child_nodes(node):
        yield from unprepared(child, ready | caught if child in inside else ready, function)


def caught_by(handler: ast.ExceptHandler) -> Iterator[str]:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    for kind in kinds:
        name = ast.unparse(kind).rpartition(".")[2] if kind else "Exception"
        yield from FAILURES if name in ("Exception", "BaseException") else (name,)


def found() -> Iterator[tuple[str, str, int]]:
    for path, tree in modules():
        if path.parts[1] != "workfront_sandbox":  # whose store holds what it wrote
            yield from (("/".join(path.parts[1:]), *place) for place in unprepared(tree))


def test_every_parser_of_foreign_text_is_ready_for_its_failures() -> None:
    others = [f"{path}:{line} {name}" for path, name, line in found() if name not in OF_ITS_OWN.get(path, "").split()]
    assert others == []


def test_no_exception_stands_for_nothing() -> None:
    met = {(path, name) for path, name, _ in found()}
    assert {(path, name) for path, names in OF_ITS_OWN.items() for name in names.split()} <= met


def answering(tree: ast.AST) -> Iterator[int]:
    """Yields the line of each ``try`` around a parser of JSON that answers where it fails, whatever the error."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Try):
            continue
        calls = [part for line in node.body for part in ast.walk(line) if isinstance(part, ast.Call)]
        parses = any(ast.unparse(call.func) in JSON_PARSERS for call in calls)
        if parses and any(not (handler.name or isinstance(handler.body[-1], ast.Raise)) for handler in node.handlers):
            yield node.lineno


def test_whoever_has_an_answer_for_what_is_no_json_takes_json_or() -> None:
    """The sandbox and the metadata's documents have readers of their own: they know nothing of the engine."""
    others = [
        f"{path}:{line}"
        for path, tree in modules()
        for line in answering(tree)
        if path.parts[1] not in ("workfront_sandbox", "workfront_schema") and path.name != "foreign_text.py"
    ]
    assert others == []


def test_one_that_answers_is_seen() -> None:
    code = "def f():\n try:\n  x = json.loads(t)\n except ValueError:\n  return None\n"
    assert list(answering(ast.parse(code))) == [2]
    assert list(answering(ast.parse(code.replace("return None", "raise Other from None")))) == []


def test_one_that_is_not_ready_is_seen() -> None:
    code = "def f():\n try:\n  json.loads(t)\n except ValueError:\n  json.loads(t)\n"
    assert list(unprepared(ast.parse(code))) == [("f", 3), ("f", 5)]
    assert list(unprepared(ast.parse(code.replace("ValueError", "(ValueError, RecursionError)")))) == [("f", 5)]
