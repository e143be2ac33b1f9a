"""Whatever sends, or refuses what it is given, says which errors to expect."""

import ast
import inspect
from collections.abc import Iterator
from typing import TypeAlias

import pytest

import workfront_core
from tests.house.sources import is_public, nodes

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

NO_ERRORS = frozenset({"aclose", "head_start"})
"""What only ends connections, or only waits."""


def silent_methods(owner: ast.ClassDef) -> list[str]:
    """Returns the public methods of a class that send or raise, and have a docstring that names no error."""
    described = [(one, ast.get_docstring(one)) for one in owner.body if isinstance(one, Function)]
    return [
        one.name
        for one, text in described
        if is_public(one.name) and one.name not in NO_ERRORS and text and (_sends(one) or _raises(one))
        if "Raises:" not in text
    ]  # fmt: skip


def _sends(function: Function) -> bool:
    waits = ast.Await | ast.AsyncFor | ast.AsyncWith
    return isinstance(function, ast.AsyncFunctionDef) and any(isinstance(part, waits) for part in ast.walk(function))


def _raises(function: Function) -> bool:
    """Returns whether the function itself raises; one inside it, such as a decoder, raises in its own place."""
    todo: list[ast.AST] = [*function.body]
    while todo:
        part = todo.pop()
        if isinstance(part, ast.Raise) and not _is_abstract(part):
            return True
        if not isinstance(part, Function | ast.Lambda):
            todo += ast.iter_child_nodes(part)
    return False


def _is_abstract(part: ast.Raise) -> bool:
    return part.exc is not None and "NotImplementedError" in ast.unparse(part.exc)


def _checks(function: Function) -> bool:
    calls = [ast.unparse(part.func) for part in ast.walk(function) if isinstance(part, ast.Call)]
    return _raises(function) or any(name.startswith(("check_", "checked_")) for name in calls)


def silent_constructor(owner: ast.ClassDef) -> bool:
    """Returns whether a class looks at what it is made with, and its docstring names no error."""
    makers = [one for one in owner.body if isinstance(one, Function) and one.name in ("__init__", "__post_init__")]
    texts = [ast.get_docstring(owner) or "", *(ast.get_docstring(one) or "" for one in makers)]
    return any(map(_checks, makers)) and not any("Raises:" in text for text in texts)


def _engine_classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for path, node in nodes(ast.ClassDef):
        if path.is_relative_to("runtime/workfront_core") and "_sync" not in path.parts and is_public(node.name):
            yield f"{path}:{node.lineno}", node


def _front_door() -> list[object]:
    return [getattr(workfront_core, name) for name in workfront_core.__all__]


def test_every_public_method_that_sends_or_raises_names_its_errors() -> None:
    classes = [*_engine_classes()]
    assert len(classes) > 200
    assert [f"{place} {name}" for place, owner in classes for name in silent_methods(owner)] == []


@pytest.mark.parametrize("name", ["services", "client", "paging", "events", "sync"])
def test_each_room_that_sends_has_methods_that_are_looked_at(name: str) -> None:
    room = f"runtime/workfront_core/{name}/_async/"
    methods = [part for place, owner in _engine_classes() if place.startswith(room) for part in owner.body]
    assert [part.name for part in methods if isinstance(part, Function) and is_public(part.name) and _sends(part)]


def test_every_class_of_the_front_door_that_checks_what_it_gets_names_its_errors() -> None:
    known = {owner.name: owner for _, owner in _engine_classes()}
    found = [known[one.__name__] for one in _front_door() if isinstance(one, type) and one.__name__ in known]
    assert len(found) > 30
    assert [owner.name for owner in found if silent_constructor(owner)] == []


def test_every_function_of_the_front_door_that_checks_what_it_gets_names_its_errors() -> None:
    found = {one.__name__ for one in _front_door() if inspect.isfunction(one)}
    functions = [
        node for path, node in nodes(ast.FunctionDef)
        if path.is_relative_to("runtime/workfront_core") and node.name in found and ast.get_docstring(node)
    ]  # fmt: skip
    assert len(functions) >= len(found)
    assert [one.name for one in functions if _checks(one) and "Raises:" not in (ast.get_docstring(one) or "")] == []


@pytest.mark.parametrize(
    "body",
    ['async def b(self):\n        """Sends."""\n        await self._send(1)',
     'async def b(self):\n        """Reads."""\n        async for row in self.rows:\n            pass',
     'def b(self):\n        """Refuses."""\n        raise ValueError'],
)  # fmt: skip
def test_a_method_that_names_none_is_seen(body: str) -> None:
    assert silent_methods(_class(body)) == ["b"]


def test_a_decoder_inside_raises_in_its_own_place() -> None:
    inner = "def decode():\n            raise ValueError\n        return decode"
    assert silent_methods(_class(f'def b(self):\n        """Returns it."""\n        {inner}')) == []


@pytest.mark.parametrize("line", ["raise ValueError", "checked_text(x)", "self.x = checked_whole(x)"])
def test_a_constructor_that_names_none_is_seen(line: str) -> None:
    assert silent_constructor(_class(f"def __init__(self, x):\n        {line}"))


def _class(body: str) -> ast.ClassDef:
    (found,) = ast.parse(f"class A:\n    {body}\n").body
    assert isinstance(found, ast.ClassDef)
    return found
