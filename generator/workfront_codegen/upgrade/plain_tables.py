"""Which expressions of a program are surely tables of its own, such as a ``dict``, and no rows of the client."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_TABLES = frozenset({"dict", "Dict", "defaultdict", "OrderedDict", "Counter", "ChainMap", "Mapping", "MutableMapping"})
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.Module)


def table_keys(tree: ast.Module) -> frozenset[tuple[int, int]]:
    """Returns the places of the texts in brackets behind a table: ``table["owner"]``.

    A name is a table where each of its bindings in the function that binds it is one; anything else may be a row.
    """
    found: set[tuple[int, int]] = set()
    _walk(tree, [], found)
    return frozenset(found)


def _walk(node: ast.AST, scopes: Sequence[ast.AST], found: set[tuple[int, int]]) -> None:
    inside = [*scopes, node] if isinstance(node, _SCOPES) else scopes
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and _is_table(node.value, inside):
        found.add((node.slice.lineno, node.slice.col_offset))
    for child in ast.iter_child_nodes(node):
        _walk(child, inside, found)


def _is_table(value: ast.expr | None, scopes: Sequence[ast.AST]) -> bool:
    match value:
        case ast.Dict() | ast.DictComp():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _TABLES
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _is_table(left, scopes) and _is_table(right, scopes)
        case ast.Name(id=name):
            return _is_named_table(name, scopes)
        case _:
            return False


def _is_named_table(name: str, scopes: Sequence[ast.AST]) -> bool:
    for at in range(len(scopes) - 1, -1, -1):
        bindings = [is_one for bound, is_one in _bindings(scopes[at], scopes[:at]) if bound == name]
        if bindings:
            return all(bindings)
    return False


def _bindings(scope: ast.AST, outer: Sequence[ast.AST]) -> Iterator[tuple[str, bool]]:
    """Yields each name that a scope binds, and whether a table is bound to it there."""
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        listed = [*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs]
        yield from ((argument.arg, _says_table(argument.annotation)) for argument in listed)
        if scope.args.kwarg is not None:
            yield scope.args.kwarg.arg, True
    for node in _within(scope):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                yield name, _says_table(annotation)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _bound(target, is_one=isinstance(target, ast.Name) and _is_table(value, outer))
            case ast.For(target=target, iter=items) | ast.AsyncFor(target=target, iter=items):
                yield from _bound(target, is_one=isinstance(target, ast.Name) and _are_tables(items))
            case ast.comprehension(target=target, iter=items):
                yield from _bound(target, is_one=isinstance(target, ast.Name) and _are_tables(items))
            case ast.NamedExpr(target=target, value=value):
                yield target.id, _is_table(value, outer)
            case ast.withitem(optional_vars=ast.expr() as target):
                yield from _bound(target, is_one=False)
            case _:
                pass


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """Yields the nodes of a scope, without those of the functions in it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, _SCOPES):
            yield child
            yield from _within(child)


def _bound(target: ast.expr, *, is_one: bool) -> Iterator[tuple[str, bool]]:
    for node in ast.walk(target):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, is_one


def _are_tables(items: ast.expr) -> bool:
    """Returns whether each element of a list that is written out is a table."""
    listed = items.elts if isinstance(items, ast.List | ast.Tuple | ast.Set) else []
    return bool(listed) and all(isinstance(item, ast.Dict | ast.DictComp) for item in listed)


def _says_table(annotation: ast.expr | None) -> bool:
    match annotation:
        case ast.Constant(value=str(text)):
            return _says_table(_parsed(text))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            sides = [side for side in (left, right) if not (isinstance(side, ast.Constant) and side.value is None)]
            return all(_says_table(side) for side in sides)
        case ast.Subscript(value=ast.Name(id="Optional") | ast.Attribute(attr="Optional"), slice=inner):
            return _says_table(inner)
        case ast.Subscript(value=outer):
            return _says_table(outer)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _TABLES
        case _:
            return False


def _parsed(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
