"""The names along a path: ``assignedTo.firstName``, ``DE:"Budget code"``, ``"Due On"``, ``raw.x``, ``length(name)``."""

from __future__ import annotations

from typing import Final

from workfront_core.query.language.reader import TokenReader
from workfront_core.query.language.syntax import PathNode, TextRange
from workfront_core.query.language.syntax_error import ConditionSyntaxError
from workfront_core.query.language.tokens import Kind, Token

_SEPARATORS: Final = (".", ":")
_CUSTOM: Final = "DE"


def path(reader: TokenReader) -> PathNode:
    """Returns the path that stands next.

    Raises:
        ConditionSyntaxError: something else does.
    """
    start = reader.token.start
    if reader.token.kind not in (Kind.NAME, Kind.EVERY, Kind.TEXT):
        raise _no_field(reader)
    if reader.token.is_word("length") and reader.ahead().is_mark("("):
        return _length(reader)
    is_raw = reader.token.text == "raw" and reader.ahead().is_mark(*_SEPARATORS)
    if is_raw:
        reader.take()
        reader.take()
    names, custom = _names(reader)
    return PathNode(names, reader.span(start), custom, is_raw)


def _length(reader: TokenReader) -> PathNode:
    start = reader.take().start
    reader.take()
    inner = path(reader)
    reader.need_mark(")", " behind the field whose length is meant")
    return PathNode(inner.names, reader.span(start), inner.custom, inner.is_raw, is_length=True)


def _names(reader: TokenReader) -> tuple[tuple[Token, ...], Token | None]:
    """Returns the names along the path, and the custom field at its end, where there is one.

    ``DE:`` may stand in front of the whole path, as on the wire, or in front of the field, as one says it.
    """
    found: list[Token] = []
    is_custom = False
    while True:
        if reader.token.text == _CUSTOM and reader.ahead().is_mark(*_SEPARATORS) and not is_custom:
            reader.take()
            reader.take()
            is_custom = True
        found.append(_name(reader, is_custom))
        if not reader.token.is_mark(*_SEPARATORS):
            break
        reader.take()
    return (tuple(found[:-1]), found[-1]) if is_custom else (tuple(found), None)


def _name(reader: TokenReader, is_custom: bool) -> Token:
    kinds = (Kind.NAME, Kind.TEXT, Kind.NUMBER, Kind.SPAN) if is_custom else (Kind.NAME, Kind.EVERY, Kind.TEXT)
    if is_custom and reader.token.kind is Kind.EVERY:
        raise reader.fault("DE:* is not served.", reader.span(), "parameterValues brings all that have a value.")
    if reader.token.kind not in kinds:
        raise reader.fault(
            "Here the name of a field is missing.",
            reader.span(),
            'Write it like DE:"Budget code".' if is_custom else "Write it like assignedTo.name.",
        )
    return reader.take()


def _no_field(reader: TokenReader) -> ConditionSyntaxError:
    token = reader.token
    if token.kind in (Kind.NUMBER, Kind.DATE, Kind.WILDCARD):
        return reader.fault(
            "On the left of a comparison stands a field.",
            reader.span(),
            "Write percentComplete < 100, not 100 > percentComplete; a field's name stands without quotes.",
        )
    hint = "Write a test, such as percentComplete < 100."
    return reader.fault("Here a test is missing.", TextRange(token.start, token.end), hint)
