"""Which rows are meant: a condition, an ID, a link out of the browser, a file, or IDs on the standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from workfront_cli.output import reason
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.condition import FilterCondition
from workfront_core.query.language.parsing import is_text_mode, parse
from workfront_core.query.text_mode import text_mode
from workfront_core.values.ids import id_or_placeholder, is_id

STRICT_NAMES: Final = "workfront.strict_names"
"""Where a command keeps that it was given ``--strict-names``."""

_LINK: Final = re.compile(r"https?://\S*?[?&/=]([0-9a-f]{32})(?![0-9a-f])\S*", re.IGNORECASE)


def conditions(where: str | None, model: type[WorkfrontObject]) -> tuple[FilterCondition[Any], ...]:
    """Returns the conditions on rows that a command was given; none where it was given nothing.

    Args:
        where: a condition, an ID, a link, ``@file`` or ``-`` for one of these from a file or the standard input.
        model: the object whose rows they are.

    Raises:
        QueryError: it is not one of these, or the file cannot be read.
    """
    text = None if where is None else read_where(where)
    if text is None:
        return ()
    ids = given_ids(text)
    return (id_test(ids, model),) if ids else (typed(text, model),)


def typed(text: str, model: type[WorkfrontObject]) -> FilterCondition[Any]:
    """Returns the condition that somebody typed; labels of fields count, unless ``--strict-names`` says otherwise.

    Raises:
        ConditionSyntaxError: it is no condition on this object.
    """
    context = click.get_current_context(silent=True)
    return parse(text, model, labels=context is None or not context.meta.get(STRICT_NAMES))


def joined(where: str | None, further: Sequence[str]) -> str:
    """Returns one condition for what WHERE means, IDs and text mode as well, and for those that are to hold besides.

    Raises:
        QueryError: WHERE or one of the others is empty, or a file cannot be read.
    """
    texts = [*([] if where is None else [read_where(where)]), *further]
    if not all(text.strip() for text in texts):
        raise QueryError("A condition is empty; it would mean every object.", hint="Leave --and out.")
    return " and ".join(f"({_as_condition(text)})" for text in texts)


def _as_condition(text: str) -> str:
    ids = given_ids(text)
    if ids:
        return f"ID in ({', '.join(map(repr, ids))})"
    return str(text_mode(text)) if is_text_mode(text) else text


def object_id(text: str) -> str:
    """Returns the ID in a text: the ID itself, a UUID, or a link out of the browser.

    Raises:
        QueryError: there is none in it.
    """
    link = _LINK.fullmatch(text.strip())
    try:
        return id_or_placeholder(link[1].lower() if link else text.strip())
    except QueryError as error:
        hint = "An ID has 32 hexadecimal digits; workfront search finds objects by anything else."
        raise QueryError(error.message, hint=hint) from None


def read_where(where: str, what: str = "condition") -> str:
    """Returns the text that is meant: of a file for ``@file``, of the standard input for ``-``.

    Args:
        where: the text, or where it is.
        what: it is, for messages.

    Raises:
        QueryError: the file cannot be read.
    """
    if where == "-":
        return standard_input()
    if not where.startswith("@"):
        return where
    if not where[1:].strip():
        raise QueryError(f"@ takes a file with the {what}.", hint="Write @FILE, or - for the standard input.")
    try:
        return Path(where[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"The {what} in {where[1:]} cannot be read: {reason(error)}.") from None


def standard_input() -> str:
    """Returns the text of the standard input, without the mark that some programs put in front.

    Raises:
        QueryError: it is no text.
    """
    try:
        return sys.stdin.read().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise QueryError(f"The standard input is not in {error.encoding}.") from None


def given_ids(text: str) -> list[str]:
    """Returns the IDs, where the text consists of nothing else."""
    words = text.split()
    if not words or not all(is_id(word) or _LINK.fullmatch(word) for word in words):
        return []
    return [object_id(word) for word in words]


def id_test(ids: list[str], model: type[WorkfrontObject]) -> FilterCondition[Any]:
    """Returns the condition that a row has one of these IDs."""
    root: Any = getattr(model, "f")  # noqa: B009 - only generated models have it
    test: FilterCondition[Any] = root.id.in_(ids)
    return test
