"""Every name of the front door shows in its docstring how it is used; the example runs and prints what it says."""

from __future__ import annotations

import ast
import doctest
import importlib
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import workfront_client
import workfront_core
from tests.support.places import ROOT

ENGINE = ROOT / "runtime" / "workfront_core"
NAMES = sorted(workfront_core.__all__)
HANDED_OUT = {
    "AsyncPager", "BulkResult", "Cursor", "Explanation", "FilterCondition", "Order", "Pager", "RawResponse",
    "Request", "RowResult", "WorkfrontObject",
}  # fmt: skip
"""Names that nobody writes: methods of a client and paths hand them out."""


def _home(name: str) -> Path:
    """Returns the module that a name of the front door comes from, by the imports that type checkers read."""
    for node in ast.walk(ast.parse((ENGINE / "__init__.py").read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and any(alias.name == name for alias in node.names):
            return (ENGINE.parent / node.module.replace(".", "/")).with_suffix(".py")
    raise AssertionError(f"{name} is offered, and imported from nowhere")


def _docstring(name: str) -> str:
    """Returns the docstring of a class or function, or the text below a constant."""
    body = ast.parse(_home(name).read_text("utf-8")).body
    texts: list[str] = []
    for node, following in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            texts.append(ast.get_docstring(node) or "")  # an overload has none
        elif isinstance(node, ast.AnnAssign | ast.Assign) and name in _targets(node):
            texts.append(ast.get_docstring(ast.Module([following], [])) or "")
    return "\n".join(texts)


def _targets(node: ast.AnnAssign | ast.Assign) -> list[str]:
    targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _example(name: str) -> doctest.DocTest:
    home = _home(name)
    return doctest.DocTestParser().get_doctest(_docstring(name), {}, name, str(home), None)


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    """Takes back what ``quiet()`` and ``basicConfig()`` set for the whole process."""
    found = [logging.getLogger(), *(logging.getLogger(name) for name in list(logging.Logger.manager.loggerDict))]
    before = [(logger, logger.level, list(logger.filters), list(logger.handlers)) for logger in found]
    yield
    for logger, level, filters, handlers in before:
        logger.setLevel(level)
        logger.filters[:], logger.handlers[:] = filters, handlers


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_front_door_has_an_example_that_runs(name: str) -> None:
    example = _example(name)
    assert example.examples, f"{name} has no example: add one with >>> to its docstring"
    assert name in " ".join(step.source for step in example.examples) or name in HANDED_OUT
    said: list[str] = []
    result = doctest.DocTestRunner().run(example, out=said.append)
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("name", NAMES)
def test_a_generated_package_offers_the_same_object_with_the_same_example(name: str) -> None:
    home = importlib.import_module(".".join(_home(name).relative_to(ENGINE.parent).with_suffix("").parts))
    assert getattr(workfront_client, name) is getattr(workfront_core, name) is getattr(home, name)


def test_a_generated_package_offers_no_name_without_an_example() -> None:
    assert set(workfront_client.__all__) - {"__version__"} == set(NAMES)


def test_an_example_that_says_something_wrong_is_seen() -> None:
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, None)
    assert doctest.DocTestRunner().run(wrong, out=lambda _text: None).failed == 1


def test_examples_stand_in_the_section_that_pages_are_made_of() -> None:
    heading = re.compile(r"^ *Example:$", re.MULTILINE)  # Google's word is Examples; another is shown as plain text
    sources = [path for folder in ("runtime", "sandbox") for path in (ROOT / folder).rglob("*.py")]
    assert not [path.name for path in sources if heading.search(path.read_text("utf-8"))]
