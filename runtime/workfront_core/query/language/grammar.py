"""From a text to its tree: recursive descent, one function a rule.

::

    any_of     = all_of , { ( "or" | "|" ) , all_of } ;
    all_of     = negation , { ( "and" | "&" ) , negation } ;
    negation   = ( "not" | "~" ) , negation | "(" , any_of , ")" | exists | test ;
    exists     = "exists" , OBJECT , "(" , any_of , ")" ;
    test       = path , comparison ;
    comparison = SIGN , value | "is" , [ "not" ] , ( "null" | "blank" | "true" | "false" )
               | [ "not" ] , WORD , ( value | list | value , "and" , value ) ;
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from workfront_core.nearest import did_you_mean
from workfront_core.query.language.operands import lists, value
from workfront_core.query.language.path_grammar import path
from workfront_core.query.language.reader import TokenReader
from workfront_core.query.language.syntax import (
    AllNode,
    AnyNode,
    ExistsNode,
    Node,
    NotNode,
    PathNode,
    TestNode,
    TextRange,
    Value,
)
from workfront_core.query.language.syntax_error import ConditionSyntaxError
from workfront_core.query.language.tokens import Kind
from workfront_core.query.language.words import SIGNS, STATES, WORDS, Operands

_STATES: Final = ("null", "blank", "true", "false")


def condition(text: str) -> Node:
    """Returns the tree of a whole text.

    Raises:
        ConditionSyntaxError: it is not a condition.
    """
    reader = TokenReader(text)
    if reader.is_at_end():
        raise reader.fault("The condition is empty.", reader.span(), 'Write one, such as status = "CUR".')
    tree = _any_of(reader)
    if not reader.is_at_end():
        raise _left_over(reader)
    return tree


def _any_of(reader: TokenReader) -> Node:
    start = reader.token.start
    parts = _parts(reader, _all_of, "or", "|")
    return parts[0] if len(parts) == 1 else AnyNode(parts, reader.span(start))


def _all_of(reader: TokenReader) -> Node:
    start = reader.token.start
    parts = _parts(reader, _negation, "and", "&")
    return parts[0] if len(parts) == 1 else AllNode(parts, reader.span(start))


def _parts(reader: TokenReader, rule: Callable[[TokenReader], Node], word: str, mark: str) -> tuple[Node, ...]:
    found = [rule(reader)]
    while reader.take_word(word) or reader.take_mark(mark):
        found.append(rule(reader))
    return tuple(found)


def _negation(reader: TokenReader) -> Node:
    start = reader.token.start
    if reader.take_word("not") or reader.take_mark("~"):
        reader.deeper()
        part = _negation(reader)
        reader.higher()
        return NotNode(part, reader.span(start))
    if reader.token.is_mark("("):
        return _in_parentheses(reader)
    if reader.token.is_word("exists") and reader.ahead(2).is_mark("("):
        return _exists(reader)
    return _test(reader)


def _in_parentheses(reader: TokenReader) -> Node:
    opened = reader.take()
    reader.deeper()
    inner = _any_of(reader)
    if not reader.take_mark(")"):
        if reader.token.kind is Kind.END:
            raise reader.fault(
                "This parenthesis is not closed.", TextRange(opened.start, opened.end), "Add ) where it ends."
            )
        raise _left_over(reader)
    reader.higher()
    return inner


def _exists(reader: TokenReader) -> Node:
    start = reader.take().start
    name = reader.take()
    if name.kind is not Kind.NAME:
        raise reader.fault(
            "Here the name of an object is missing.",
            TextRange(name.start, name.end),
            "Write it like exists hour (ownerID = outer.ID).",
        )
    inner = _in_parentheses(reader)
    return ExistsNode(name, inner, reader.span(start))


def _test(reader: TokenReader) -> TestNode:
    start = reader.token.start
    field = path(reader)
    word_start = reader.token.start
    is_negated, word = _comparison_word(reader, field)
    word_span = reader.span(word_start)
    values = _values(reader, word)
    return TestNode(field, word, word_span, is_negated, values, reader.span(start))


def _comparison_word(reader: TokenReader, field: PathNode) -> tuple[bool, str]:
    """Returns whether a comparison is negated, and its word in lower case."""
    if reader.token.kind is Kind.SIGN:
        return False, reader.take().text
    if reader.take_word("is"):
        is_negated = reader.take_word("not") is not None
        state = reader.take_word(*_STATES)
        if state is None:
            raise reader.fault(
                "Behind 'is' stands null, blank, true or false.", reader.span(), "Compare a value with =."
            )
        return is_negated, f"is {state.text.lower()}"
    is_negated = reader.token.is_word("not") and reader.ahead().kind is Kind.NAME
    if is_negated:
        reader.take()
    if reader.token.kind is Kind.NAME and reader.token.text.lower() in WORDS:
        return is_negated, reader.take().text.lower()
    raise _no_comparison(reader, field)


def _values(reader: TokenReader, word: str) -> tuple[Value, ...]:
    match (SIGNS.get(word) or WORDS.get(word) or STATES[word]).shape:
        case Operands.NOTHING:
            return ()
        case Operands.ONE:
            return (value(reader),)
        case Operands.LIST:
            return lists(reader, word)
        case Operands.RANGE:
            return _range(reader, word)


def _range(reader: TokenReader, word: str) -> tuple[Value, ...]:
    lower = value(reader)
    if not reader.take_word("and"):
        raise reader.fault(
            f"Behind the lower end of '{word}' stands 'and' with the upper end.",
            reader.span(),
            f"Write it like percentComplete {word} 1 and 99.",
        )
    return lower, value(reader)


def _no_comparison(reader: TokenReader, field: PathNode) -> ConditionSyntaxError:
    token = reader.token
    if field.custom is not None and field.custom.kind is Kind.NAME and token.kind in (Kind.NAME, Kind.NUMBER):
        name = f"{field.custom.text} {token.text}"
        return reader.fault(
            "A custom field with a blank in its name needs quotes.",
            TextRange(field.span.start, token.end),
            f'Write DE:"{name}".',
        )
    if token.kind is Kind.NAME:
        near = did_you_mean(token.text, WORDS, f"There are = != < <= > >= is {' '.join(WORDS)}.")
        return reader.fault(f"{token.text!r} is not a comparison.", reader.span(), near)
    return reader.fault(
        "Here a comparison is missing.",
        reader.span(),
        "Write one, such as = 'text', < 100, in (A, B), is null.",
    )


def _left_over(reader: TokenReader) -> ConditionSyntaxError:
    if reader.token.is_mark(")"):
        return reader.fault("This parenthesis was never opened.", reader.span(), "Leave it out, or add ( before.")
    return reader.fault(
        f"A condition ends before {reader.text[reader.token.start : reader.token.end]!r:.40}.",
        reader.span(),
        "Join two tests with 'and' or 'or'.",
    )
