"""What the annotations of a callable say, resolved, and whether a value is what they say."""

from __future__ import annotations

import ast
import inspect
import sys
import typing
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from typeguard import CollectionCheckStrategy, ForwardRefPolicy, TypeCheckError, TypeHintWarning, check_type


@dataclass(frozen=True)
class Argument:
    """One argument of a callable.

    Attributes:
        name: what it is called; one of those that ``**values`` stands for is an argument, too.
        hint: its annotation, resolved.
        kind: how it is given; one of ``**values`` by keyword.
        is_required: whether the call needs it.
        annotation: as it is written.
        is_field: whether it is one of those that ``**values`` stands for.
    """

    name: str
    hint: Any
    kind: inspect._ParameterKind
    is_required: bool
    annotation: str
    is_field: bool = False


def arguments(function: Callable[..., Any], /) -> list[Argument]:
    """Returns the arguments of a bound method, a function or a class."""
    made_by: Any = inspect.getattr_static(function, "__init__") if isinstance(function, type) else function
    written = inspect.unwrap(made_by)
    names = _names_of(written.__module__) if hasattr(written, "__module__") else {}
    bound = getattr(function, "__self__", function)
    known = _type_variables(bound if isinstance(bound, type) else type(bound))
    found: list[Argument] = []
    for parameter in inspect.signature(function).parameters.values():
        hint = _substituted(_resolved(parameter.annotation, names), known)
        if parameter.kind is parameter.VAR_KEYWORD:
            found += _unpacked(hint)
            continue
        is_required = parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL
        found.append(Argument(parameter.name, hint, parameter.kind, is_required, str(parameter.annotation)))
    return found


def fits(value: object, argument: Argument, /) -> bool:
    """Returns whether the annotation allows the value."""
    if isinstance(value, str) and "SequenceNotStr" in argument.annotation and "str |" not in argument.annotation:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TypeHintWarning)  # a name for checkers alone inside of an alias
        try:
            check_type(
                value,
                argument.hint,
                forward_ref_policy=ForwardRefPolicy.IGNORE,
                collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS,
            )
        except (TypeCheckError, NameError):  # a bound that only checkers know is no class of these values
            return False
    return True


def _type_variables(kind: type) -> dict[Any, Any]:
    """Returns what the type variables of the classes stand for that a class derives from."""
    known: dict[Any, Any] = {}
    for parent in kind.__mro__:
        for base in getattr(parent, "__orig_bases__", ()):
            parameters = getattr(typing.get_origin(base), "__parameters__", ())
            for variable, meant in zip(parameters, typing.get_args(base), strict=False):
                if not isinstance(meant, typing.ForwardRef | str):
                    known.setdefault((typing.get_origin(base), variable), known.get((parent, meant), meant))
    return {variable: meant for (_, variable), meant in known.items() if not isinstance(meant, typing.TypeVar)}


def _substituted(hint: Any, known: Mapping[Any, Any]) -> Any:
    if isinstance(hint, typing.TypeVar):
        return known.get(hint, hint)
    parameters = getattr(hint, "__parameters__", ())
    return hint[tuple(known.get(item, item) for item in parameters)] if parameters else hint


def _unpacked(hint: Any) -> Iterator[Argument]:
    if typing.get_origin(hint) is not typing.Unpack:
        return
    table = typing.get_args(hint)[0]
    kind: Any = typing.get_origin(table) or table
    for name, inner in kind.__annotations__.items():
        written = inner.__forward_arg__ if isinstance(inner, typing.ForwardRef) else inner
        yield Argument(
            name,
            _resolved(written, _names_of(kind.__module__)) | None,  # None is left to the server
            inspect.Parameter.KEYWORD_ONLY,
            is_required=name in kind.__required_keys__,
            annotation=str(written),
            is_field=True,
        )


def _resolved(annotation: Any, names: Mapping[str, Any]) -> Any:
    if annotation is inspect.Parameter.empty:
        return Any
    if not isinstance(annotation, str):
        return annotation
    return eval(annotation, dict(names))  # noqa: S307


@cache
def _names_of(module_name: str) -> Mapping[str, Any]:
    """Returns the names that a module's annotations use, those for checkers alone among them."""
    module = sys.modules.get(module_name) or import_module(module_name)
    names = {name: getattr(typing, name) for name in ("Any", "Self")} | dict(vars(module))
    tree = ast.parse(inspect.getsource(module))
    for block in tree.body:
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test):
            for line in block.body:
                names |= _imported(line, module_name)
    return names


def _imported(line: ast.stmt, module_name: str) -> dict[str, Any]:
    if not isinstance(line, ast.ImportFrom):
        return {}
    package = module_name.rsplit(".", line.level)[0] if line.level else ""
    path = ".".join(filter(None, (package, line.module)))
    if not path.startswith("workfront"):
        return {alias.asname or alias.name: getattr(import_module(path), alias.name, Any) for alias in line.names}
    return {alias.asname or alias.name: _member(path, alias.name) for alias in line.names}


def _member(path: str, name: str) -> Any:
    module = import_module(path)
    return getattr(module, name) if hasattr(module, name) else import_module(f"{path}.{name}")
