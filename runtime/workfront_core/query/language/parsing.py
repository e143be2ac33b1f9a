"""The door of the condition language."""

from __future__ import annotations

import re
from typing import Any, Final, TypeVar

from workfront_core.arguments import checked_flag
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import FilterCondition
from workfront_core.query.language.compiler import compiled, sendable
from workfront_core.query.language.grammar import condition
from workfront_core.query.language.names import Scope
from workfront_core.query.language.objects import model_named
from workfront_core.query.language.syntax import TextRange
from workfront_core.query.text_mode import text_mode

__all__ = ["parse", "parse_for"]

M = TypeVar("M", bound=WorkfrontObject)

_OF_TEXT_MODE: Final = re.compile(r"^[^\s=<>!'\"()][^=<>!'\"()]*(?:_Mod|_Range)=|^\s*textmode=true\s*$", re.MULTILINE)
_LINE: Final = re.compile(
    r"\s*(?:#.*|(?!(?:and|or|not)\b)[A-Za-z$][^=<>!'\"()]*[^\s=<>!'\"()]=[^=\s].*|)", re.IGNORECASE
)
_OF_A_VIEW: Final = re.compile(r"^\s*(?:valuefield|displayname|(?:column|group)\.\d)", re.MULTILINE)


def parse(text: str, model: type[M], /, *, labels: bool = False) -> FilterCondition[M]:
    """Reads a condition that a person wrote: ``parse("percentComplete < 100 and assignedTo.name = 'Jo'", Task)``.

    Names are wire or Python names, ``and``, ``or``, ``not`` and parentheses join tests. A report's filter in text mode
    is taken as it is pasted.

    Examples:
        >>> from workfront_client import parse
        >>> from workfront_client.v22 import Task
        >>> str(parse("percent_complete < 100 and status in (NEW, 'In Progress')", Task))
        'percentComplete < 100 and status in (NEW, INP)'

    Args:
        text: the condition; at most 10,000 characters.
        model: the object whose rows it tests.
        labels: whether a label in quotes, ``"Planned Completion Date"``, stands for the one field that has it. That is
            for what people type: a program names fields by names that no version changes unseen.

    Raises:
        ConditionSyntaxError: it is not a condition on this object; the error knows the place in the text.
        QueryError: text mode that describes no filter.
    """
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"parse() takes the text of a condition, not {type(text).__name__}.")
    if not isinstance(model, type) or not issubclass(model, WorkfrontObject):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"parse() takes the class of the rows to test, not {model!r:.80}.", hint='Write parse("name = 1", Task).'
        )
    if is_text_mode(text):
        return text_mode(text)
    scope = Scope(text, model, labels=checked_flag(labels, "labels"))
    return sendable(compiled(condition(text), scope), TextRange(0, len(text.rstrip())), scope)


def parse_for(name: str, text: str, package: str) -> FilterCondition[Any]:
    """Reads a condition on an object that is given by name.

    Args:
        name: objCode or name of the object, in upper or lower case: ``TASK``, ``task``.
        text: the condition.
        package: of the API version.

    Raises:
        ConditionSyntaxError: it is not a condition on this object.
        QueryError: the version has no such object.
    """
    if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"The object of a condition is given by its name, not {name!r:.80}.", hint='Write "task".')
    return parse(text, model_named(name, package))


def is_text_mode(text: str) -> bool:
    """Returns whether a text is in text mode: a line names an operator, or all of several are ``name=value``."""
    lines = text.strip().splitlines()
    several = len(lines) > 1 and all(_LINE.fullmatch(line) for line in lines)
    return several or _OF_TEXT_MODE.search(text) is not None or _OF_A_VIEW.match(text) is not None
