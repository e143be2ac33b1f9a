"""Facts about object types stand in one module, and everything else asks there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import workfront_sandbox
import workfront_schema
import workfront_testing
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.schema.overrides import OWNER_KEYS, ROW_KEYS
from workfront_schema import parameter_types

HOMES = {Path("schema", "overrides.py"), Path("planning", "working_time.py")}

NAMING = {key for key in ROW_KEYS.values() if key != "customerID"}
CODES = {*ROW_KEYS, *OWNER_KEYS}
PARAMETER_HOME = Path(parameter_types.__file__)
PARAMETER_WORDS = {
    *parameter_types.KINDS_OF_DATA,
    *parameter_types.SEVERAL_CHOICES,
    *parameter_types.COMPUTED,
    *parameter_types.WITHOUT_VALUE,
} - {"TEXT"}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of both packages but the homes, with its path inside its package.

    What conformance asks of a server is said there by itself: it is held against the sandbox, too.
    """
    for package in (workfront_sandbox, workfront_testing):
        root = Path(str(package.__file__)).parent
        for file in sorted(root.rglob("*.py")):
            if file.relative_to(root) not in HOMES and "conformance" not in file.parts:
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
    """Object types beside the field that names their rows or their owners, in either order."""
    found = [pair for node in ast.walk(tree) for pair in literal_pairs(node)]
    known = {*ROW_KEYS.items(), *OWNER_KEYS.items()}
    return [pair for pair in found if pair in known or pair[::-1] in known]


def ties(tree: ast.Module) -> list[str]:
    """The fields that name rows of a type, each said once more beside an object type that has it."""
    sets = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Set) for part in node.elts}
    tuples = (node for node in ast.walk(tree) if isinstance(node, ast.Tuple) and id(node) not in sets)
    pairs = (node.elts for node in tuples if len(node.elts) == 2)
    return [two.value for one, two in pairs if isinstance(two, ast.Constant) and two.value in NAMING and _is_code(one)]


def _is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and node.value in CODES)


def parameter_words(tree: ast.Module) -> list[set[str]]:
    """Sets and tables that list words for the types of parameters."""
    found = [
        {item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)}
        for node in ast.walk(tree)
        if (items := node.elts if isinstance(node, ast.Set) else node.keys if isinstance(node, ast.Dict) else [])
    ]
    return [words for words in found if len(words & PARAMETER_WORDS) > 1]


def test_the_field_that_names_a_row_of_a_type_stands_once() -> None:
    assert {path: pairs for path, tree in modules() if (pairs := key_pairs(tree))} == {}


def test_ties_between_types_are_made_of_that_list() -> None:
    assert {path: found for path, tree in modules() if (found := ties(tree))} == {}
    assert ties(ast.parse('x = {"PORT": (("PRGM", "portfolioID"),), "TASK": [(code, "taskID") for code in y]}')) == [
        "portfolioID",
        "taskID",
    ]


def test_words_for_the_types_of_parameters_stand_once() -> None:
    schema = Path(str(workfront_schema.__file__)).parent
    trees = {path: ast.parse(path.read_text("utf-8")) for path in schema.glob("*.py") if path != PARAMETER_HOME}
    assert {path: words for path, tree in [*modules(), *trees.items()] if (words := parameter_words(tree))} == {}
    assert parameter_words(ast.parse(PARAMETER_HOME.read_text("utf-8")))


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
