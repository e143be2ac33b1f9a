"""The modules of the packages that are written by hand."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.support.places import ROOT

N = TypeVar("N", bound=ast.AST)

PACKAGES = (
    "generator/workfront_codegen",
    "generator/workfront_schema",
    "runtime/workfront_core",
    "runtime/workfront_cli",
    "sandbox/workfront_sandbox",
    "sandbox/workfront_testing",
)


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Returns path, from the root of the project, and syntax tree of each module."""
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple((path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))) for path in files)


def nodes(kind: type[N]) -> Iterator[tuple[Path, N]]:
    """Yields every node of this kind, with the module it stands in."""
    for path, tree in modules():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, kind))


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yields every function and method, with the module it stands in."""
    yield from nodes(ast.FunctionDef)
    yield from nodes(ast.AsyncFunctionDef)


def is_public(name: str) -> bool:
    """Returns whether a name is for those who use what holds it."""
    return not name.startswith("_")
