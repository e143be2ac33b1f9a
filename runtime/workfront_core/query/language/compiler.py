"""From the tree of a text to a condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, TypeVar, cast

from workfront_core.errors.kinds import QueryError
from workfront_core.models.declarations import package_of
from workfront_core.query.condition import All, AnyCondition, AnyOf, Not
from workfront_core.query.custom_paths import CustomPaths
from workfront_core.query.exists import exists, outer
from workfront_core.query.field_kinds import CustomPath, ListPath
from workfront_core.query.field_path import EqualityPath, FieldPath, OrderedPath, Path
from workfront_core.query.filter_parameters import parameters
from workfront_core.query.join import Join
from workfront_core.query.language.names import Scope, shown
from workfront_core.query.language.objects import model_named
from workfront_core.query.language.syntax import (
    AllNode,
    AnyNode,
    ExistsNode,
    Node,
    NotNode,
    OuterNode,
    TestNode,
    TextRange,
    Value,
)
from workfront_core.query.language.syntax_error import ConditionSyntaxError
from workfront_core.query.language.values import described, field_or_none, may_equal, operand
from workfront_core.query.language.words import ALL_WORDS, SIGNS, STATES, WORDS, Operands, Word
from workfront_core.query.path import ObjectPath
from workfront_core.query.text_path import Length, TextTests
from workfront_core.query.wildcard import ListWildcard

T = TypeVar("T")

_ORDER: Final = frozenset({"__lt__", "__le__", "__gt__", "__ge__"})
_OF_SEVERAL_CHOICES: Final = {"has": "__eq__", "has_any": "in_"}


def compiled(node: Node, scope: Scope) -> AnyCondition:
    """Returns the condition that a tree describes.

    Raises:
        ConditionSyntaxError: a name is unknown, a value does not fit, or the API has no form for it.
    """
    match node:
        case AllNode():
            return All(tuple(compiled(part, scope) for part in node.parts))
        case AnyNode():
            return AnyOf(tuple(compiled(part, scope) for part in node.parts))
        case NotNode():
            return _negated(node, scope)
        case ExistsNode():
            return _exists(node, scope)
        case TestNode():
            return _test(node, scope)


def sendable(condition: AnyCondition, span: TextRange, scope: Scope) -> AnyCondition:
    """Returns the condition itself.

    Raises:
        ConditionSyntaxError: the API has no form for it.
    """
    _placed(lambda: parameters((condition,)), span, scope)
    return condition


def _negated(node: NotNode, scope: Scope) -> AnyCondition:
    condition = Not(compiled(node.part, scope))
    try:
        parameters((condition,))
    except QueryError as error:
        raise scope.fault(error.message, node.span, _other_rows(node.part.span, scope)) from error
    return condition


def _test(node: TestNode, scope: Scope) -> AnyCondition:
    path = _left(node, scope)
    word = ALL_WORDS[node.word]
    method = _method(node, word, path, scope)
    values = [_fitting(value, word, path, scope) for value in node.values]
    if word.shape is Operands.LIST:
        values = [values[0] if len(values) == 1 and isinstance(values[0], ListWildcard) else values]
    elif word.text in ("is true", "is false"):
        values = [word.text == "is true"]
    test = cast("Callable[..., AnyCondition]", getattr(path, method))
    return _placed(lambda: test(*values), node.span, scope)


def _fitting(node: Value, word: Word, path: Path[Any] | Length[Any], scope: Scope) -> Any:
    """Returns one value, which may be another field of the row where a sign stands."""
    value = operand(node, path, scope)
    other = field_or_none(value)
    if other is None:
        return value
    if word.text not in SIGNS:
        raise scope.fault(
            f"'{word.text}' compares with values; {shown(other)} is a field.", node.span, "Use = != < <= > >=."
        )
    if not may_equal(path, other):
        raise scope.fault(
            f"{shown(path)} is {described(path)}, and {shown(other)} is {described(other)}.",
            node.span,
            "Fields of one kind are compared.",
        )
    return other


def _left(node: TestNode, scope: Scope) -> Path[Any] | Length[Any]:
    path = scope.path(node.path)
    if not node.path.is_length:
        return path
    if not isinstance(path, TextTests):
        raise scope.fault(f"{shown(path)} is {described(path)}, and has no length.", node.path.span)
    texts: TextTests[Any] = path
    return _placed(lambda: texts.length, node.path.span, scope)


def _method(node: TestNode, word: Word, path: Path[Any] | Length[Any], scope: Scope) -> str:
    """Returns the name of the method that a word stands for with this field."""
    method = word.method
    if isinstance(path, CustomPath):
        method = _OF_SEVERAL_CHOICES.get(method, method)
    if not _has(path, method):
        raise scope.fault(
            f"{shown(path)} is {described(path)}; '{word.text}' does not apply.", node.word_span, _words_for(path)
        )
    if not node.is_negated:
        return method
    if word.opposite is None:
        raise scope.fault(
            f"Workfront has no opposite of '{word.text}' (on '{shown(path)}').",
            node.span,
            _other_rows(node.span, scope),
        )
    return word.opposite


def _other_rows(span: TextRange, scope: Scope) -> str:
    test = scope.text[span.start : span.end].replace(" not ", " ", 1)
    name = scope.model.obj_code.lower()
    return f"For 'the row fails the test' write not exists {name} (ID = outer.ID and {test})."


def _words_for(path: Path[Any] | Length[Any]) -> str:
    """Returns the words that can be used with a field, for a hint."""
    if isinstance(path, ObjectPath):
        return "Compare one of its fields, such as .name; an object is compared by = != in is null."
    if isinstance(path, CustomPaths):
        return 'It stands for all custom fields, in lists of fields; write one of them, such as DE:"Budget code".'
    fitting = [word.text for word in (*SIGNS.values(), *WORDS.values()) if _has(path, word.method)]
    states = ["is"] if any(_has(path, word.method) for word in STATES.values()) else []
    return f"It can be compared by {' '.join([text for text in fitting if text not in ('==', '<>')] + states)}."


def _has(path: Path[Any] | Length[Any], method: str) -> bool:
    if isinstance(path, Length):
        return method in _ORDER or method in ("__eq__", "__ne__")
    if method in _ORDER:
        return isinstance(path, OrderedPath)
    if method in ("__eq__", "__ne__"):
        return isinstance(path, EqualityPath | ObjectPath)
    return hasattr(path, method) and isinstance(path, FieldPath | ListPath | ObjectPath)


def _exists(node: ExistsNode, scope: Scope) -> AnyCondition:
    name = node.object_name
    span = TextRange(name.start, name.end)
    model = _placed(lambda: model_named(name.text, package_of(scope.model)), span, scope)
    inner = replace(scope, model=model, outer=scope.model)
    parts = node.condition.parts if isinstance(node.condition, AllNode) else (node.condition,)
    joins = [part for part in parts if _is_join(part)]
    if len(joins) != 1:
        raise scope.fault(
            "One test inside exists says how the rows belong together."
            if not joins
            else "Only one test inside exists can say how the rows belong together.",
            node.span,
            f"Write it like exists {name.text} (ownerID = outer.ID and ...).",
        )
    where = [compiled(part, inner) for part in parts if part is not joins[0]]
    join = _join(cast("TestNode", joins[0]), inner)
    return sendable(_placed(lambda: exists(model, join, *where), node.span, scope), node.span, scope)


def _is_join(node: Node) -> bool:
    return isinstance(node, TestNode) and any(isinstance(value, OuterNode) for value in node.values)


def _join(node: TestNode, scope: Scope) -> Join[Any, Any]:
    """Returns what ties the rows of the other object to those of the searched one."""
    value = cast("OuterNode", node.values[0])
    if node.word not in ("=", "==") or len(node.values) > 1:
        raise scope.fault("Rows belong together by = alone.", node.word_span, "Write it like ownerID = outer.ID.")
    inner, outside = scope.path(node.path), replace(scope, model=cast("Any", scope.outer), outer=None).path(value.path)
    if not isinstance(inner, EqualityPath) or not isinstance(outside, FieldPath):
        raise scope.fault("Rows belong together by fields.", node.span, "Write it like ownerID = outer.ID.")
    return _placed(lambda: cast("Any", inner) == outer(outside), node.span, scope)


def _placed(make: Callable[[], T], span: TextRange, scope: Scope) -> T:
    """Returns what a call of the engine gives; its errors get the place in the text."""
    try:
        return make()
    except ConditionSyntaxError:
        raise
    except QueryError as error:
        raise scope.fault(error.message, span, error.hint) from error
