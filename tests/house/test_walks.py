"""The six walks of docs/architecture.md, walked: each module that a paragraph names has a part in what it tells."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.house.walks import WALKERS
from tests.support.places import DOCS, ROOT
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.long

PACKAGES: Final = {
    path.name: path for folder in ("runtime", "generator", "sandbox") for path in (ROOT / folder).glob("workfront_*")
}
PAGE: Final = (DOCS / "architecture.md").read_text("utf-8")
WALKS: Final = {
    title: re.findall(r"`(workfront_\w+/[\w/]+\.py)`", text)
    for title, text in re.findall(
        r"^\*\*(.+?)\.\*\*(.+?)(?=^\*\*|^## )", PAGE.partition("## Six walks")[2], re.MULTILINE | re.DOTALL
    )
}


def has_code(path: Path) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in ast.walk(tree))


def takes_part(name: str, modules: set[str]) -> bool:
    """Returns whether a module ran, or holds only figures that a module that ran imports."""
    package, _, rest = name.partition("/")
    dotted = name.removesuffix(".py").replace("/", ".")
    if has_code(PACKAGES[package] / rest):
        return dotted in modules
    return any(f"from {dotted} import" in source_of(module) for module in modules)


def source_of(module: str) -> str:
    package, _, rest = module.partition(".")
    path = PACKAGES[package] / f"{rest.replace('.', '/')}.py" if rest and package in PACKAGES else None
    return path.read_text("utf-8") if path is not None and path.is_file() else ""


def modules_of(title: str, folder: Path) -> set[str]:
    """Returns the modules whose code runs when this is done in a process of its own."""
    command = [sys.executable, "-m", "tests.house.walks", str(list(WALKERS).index(title)), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_there_are_six_walks_and_each_is_walked() -> None:
    assert [*WALKS, "A count"] == list(WALKERS)
    assert len(WALKS) == 6
    assert all(len(named) >= 5 for named in WALKS.values())


@pytest.mark.parametrize("title", WALKS)
def test_every_module_that_a_walk_names_takes_part(title: str, tmp_path: Path) -> None:
    modules = modules_of(title, tmp_path)
    assert [name for name in WALKS[title] if not takes_part(name, modules)] == []


def test_a_module_that_stands_beside_the_way_is_seen(tmp_path: Path) -> None:
    modules = modules_of("A count", tmp_path)
    assert takes_part("workfront_core/client/call.py", modules)
    assert not takes_part("workfront_core/query/negation.py", modules)
