"""A copy of a package without the members that go: what a checker then misses is exactly what uses them."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterable
from pathlib import Path

from workfront_codegen.upgrade.compare import NEEDED, BrokenMember, literal_texts, typed_dict
from workfront_codegen.upgrade.verbs import verb_methods


def write_overlay(package: Path, version: str, broken: Iterable[BrokenMember], root: Path) -> None:
    """Writes the package below ``root``, the folder ``version`` without the broken members."""
    shutil.copytree(package, root / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    by_file: dict[str, set[tuple[str, str]]] = {}
    needed: set[tuple[str, str]] = set()
    for item in broken:
        gone = by_file.setdefault(item.file, set())
        (needed if item.rule == NEEDED else gone).add((item.owner, item.name))
    for name, gone in by_file.items():
        file = root / package.name / version / name
        tree = ast.parse(file.read_text("utf-8"))
        tree = (
            _WithoutExports(gone).visit(tree)
            if file.name == "__init__.py"
            else _WithoutMembers(gone, needed).visit(tree)
        )
        file.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")


class _WithoutExports(ast.NodeTransformer):
    def __init__(self, gone: set[tuple[str, str]]) -> None:
        self._names = {name for _, name in gone}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:
        """Leaves out the import of a name that goes."""
        return ast.Pass() if node.names[0].name in self._names else node

    def visit_List(self, node: ast.List) -> ast.AST:
        """Leaves names that go out of ``__all__``."""
        node.elts = [item for item in node.elts if not _is_text_of(item, self._names)]
        return node


class _WithoutMembers(ast.NodeTransformer):
    def __init__(self, gone: set[tuple[str, str]], needed: set[tuple[str, str]]) -> None:
        self._gone = gone
        self._needed = needed

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Leaves members, inherited ones too, and arguments of methods out of a class."""
        node.body = [item for item in node.body if (node.name, _name_of(item)) not in self._gone] or [ast.Pass()]
        node.bases = [base for base in node.bases if not self._is_gone(node.name, verb_methods(base))]
        for item in node.body:
            if isinstance(item, ast.AnnAssign) and (node.name, _name_of(item)) in self._needed:
                item.value = None
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
                self._without_arguments(node.name, item)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Leaves texts out of a Literal."""
        found = literal_texts(node)
        if found is not None and isinstance(node.value, ast.Subscript):
            kept = [ast.Constant(text) for text in found[1] if (found[0], text) not in self._gone]
            node.value.slice = ast.Tuple([*kept], ast.Load())
            if not kept:
                node.value = ast.parse("_t.Never", mode="eval").body
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """Leaves keys out of a TypedDict."""
        found = typed_dict(node)
        if found is not None:
            name, table = found
            gone = {key for owner, key in self._gone if owner == name}
            pairs = zip(table.keys, table.values, strict=True)
            kept = [(key, value) for key, value in pairs if key is None or not _is_text_of(key, gone)]
            table.keys, table.values = [key for key, _ in kept], [value for _, value in kept]
        return node

    def _is_gone(self, owner: str, methods: tuple[str, ...]) -> bool:
        return bool(methods) and all((owner, method) in self._gone for method in methods)

    def _without_arguments(self, owner: str, method: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        pairs = zip(method.args.kwonlyargs, method.args.kw_defaults, strict=True)
        kept = [(a, default) for a, default in pairs if (owner, f"{method.name}(){a.arg}") not in self._gone]
        method.args.kwonlyargs = [argument for argument, _ in kept]
        method.args.kw_defaults = [default for _, default in kept]


def _name_of(item: ast.stmt) -> str:
    match item:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name
        case _:
            return ""


def _is_text_of(node: ast.expr, names: set[str]) -> bool:
    return isinstance(node, ast.Constant) and node.value in names
