"""Methods of services say which errors to expect, beside those that any call may meet."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.support.places import ROOT

SERVICES = ROOT / "runtime" / "workfront_core" / "services" / "_async"
MODULES = ("bulk.py", "documents.py", "public_sharing.py", "reading.py", "sharing.py", "writing.py")
"""Rooms of the methods that services of known objects inherit."""


def sending_methods(source: str) -> Iterator[ast.AsyncFunctionDef]:
    for found in ast.walk(ast.parse(source)):
        if isinstance(found, ast.AsyncFunctionDef) and not found.name.startswith("_") and sends(found):
            yield found


def sends(function: ast.AsyncFunctionDef) -> bool:
    return any(isinstance(part, ast.Await) for part in ast.walk(function))


def silent(source: str) -> list[str]:
    return [found.name for found in sending_methods(source) if "Raises:" not in (ast.get_docstring(found) or "")]


@pytest.mark.parametrize("module", MODULES)
def test_a_method_that_sends_names_its_errors(module: str) -> None:
    source = (SERVICES / module).read_text(encoding="utf-8")
    assert list(sending_methods(source)), f"{module} has no method that sends"
    assert silent(source) == []


def test_a_method_that_names_none_is_seen() -> None:
    assert silent('class A:\n    async def b(self):\n        """Sends."""\n        await self._send(1)\n') == ["b"]
