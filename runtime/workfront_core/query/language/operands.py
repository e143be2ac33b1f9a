"""What a field is compared with, as it is written: values, lists, moments, the caller."""

from __future__ import annotations

from typing import Final

from workfront_core.query.language.path_grammar import path
from workfront_core.query.language.reader import TokenReader
from workfront_core.query.language.syntax import (
    CallerNode,
    Literal,
    MomentNode,
    OuterNode,
    TextRange,
    Value,
    WordNode,
)
from workfront_core.query.language.tokens import Kind

PERIODS: Final = ("day", "week", "month", "quarter", "year")
_LITERALS: Final = (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.WILDCARD)


def value(reader: TokenReader) -> Value:
    """Returns the value that stands next.

    Raises:
        ConditionSyntaxError: something else does.
    """
    token, behind = reader.token, reader.ahead()
    if token.kind in _LITERALS:
        return Literal(reader.take(), reader.span(token.start))
    if token.is_mark("-") and behind.kind is Kind.NUMBER:
        reader.take()
        return Literal(reader.take(), reader.span(token.start), is_negative=True)
    if token.is_word("today", "now") or (token.is_word("start", "end") and behind.is_mark("(")):
        return _moment(reader)
    if token.is_word("me"):
        reader.take()
        return CallerNode(None, reader.span(token.start))
    if token.is_word("my", "outer") and behind.is_mark(".", ":"):
        return _owned(reader)
    if token.kind is Kind.NAME:
        named = path(reader)
        return WordNode(named, named.span)
    raise reader.fault(
        "Here a value is missing.", reader.span(), "Write a 'text', a number, 2026-03-18, true, today - 7d, me."
    )


def lists(reader: TokenReader, word: str) -> tuple[Value, ...]:
    """Returns the values of a list in parentheses, or the one that stands for a list, such as ``my.roleIDs``.

    Raises:
        ConditionSyntaxError: neither stands next.
    """
    token = reader.token
    if token.kind is Kind.WILDCARD or token.is_word("my"):
        return (value(reader),)
    if not token.is_mark("("):
        raise reader.fault(
            f"Behind '{word}' stands a list in parentheses.",
            reader.span(),
            f"Write {word} (A, B), also for one value; one value is compared with =.",
        )
    reader.take()
    found = [value(reader)]
    while reader.take_mark(","):
        found.append(value(reader))
    reader.need_mark(")", " behind the last value of the list, or a comma before the next one")
    return tuple(found)


def _owned(reader: TokenReader) -> Value:
    """Returns a field of the caller, ``my.homeTeamID``, or of the searched object, ``outer.ID``."""
    owner = reader.take()
    reader.take()
    if owner.is_word("outer"):
        inner = path(reader)
        return OuterNode(inner, reader.span(owner.start))
    if reader.token.kind is not Kind.NAME:
        raise reader.fault("Here a field of the caller is missing.", reader.span(), "Write it like my.homeTeamID.")
    return CallerNode(reader.take(), reader.span(owner.start))


def _moment(reader: TokenReader) -> MomentNode:
    first = reader.take()
    name, edge, period = first.text.lower(), "", ""
    if name in ("start", "end"):
        reader.take()
        name, edge, period = "", name, _period(reader)
    amount, unit = _shift(reader)
    return MomentNode(name, reader.span(first.start), edge, period, amount, unit)


def _period(reader: TokenReader) -> str:
    period = reader.take_word(*PERIODS)
    if period is None:
        raise reader.fault("Here a period is missing.", reader.span(), f"The periods are {', '.join(PERIODS)}.")
    reader.need_mark(")", " behind the period")
    return period.text.lower()


def _shift(reader: TokenReader) -> tuple[int, str]:
    sign = reader.take_mark("+", "-")
    if sign is None:
        return 0, ""
    if reader.token.kind is not Kind.SPAN:
        raise reader.fault(
            "Here a length of time is missing.",
            TextRange(reader.token.start, reader.token.end),
            "Write it like today - 7d; the letters are h, d, w, m, q, y for hour, day, week, month, quarter, year.",
        )
    span = reader.take().text
    amount = int(span[:-1])
    return (-amount if sign.text == "-" else amount), span[-1].lower()
