"""The gate for the arguments of inboxes and receivers: what does not fit is told so before a message is taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast

from workfront_core.arguments import (
    checked_list,
    checked_number,
    checked_text,
    checked_whole,
    described,
    is_several,
    is_utf8,
    path_text,
)
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject

M = TypeVar("M", bound=WorkfrontObject)

_IN_MEMORY = ":memory:"


def checked_file(path: object, /) -> str | Path:
    """Returns the path of an inbox.

    Raises:
        QueryError: it is none, or stands for no file.
    """
    if path_text(path) in (None, _IN_MEMORY):
        raise QueryError(
            f"An inbox is a file, named by its path, not {described(path)}.", hint='Write Inbox("events.sqlite").'
        )
    return cast("str | Path", path)


def check_bounds(settle: object, keep: object, attempts: object, most_bytes: object) -> None:
    """Raises a QueryError where a bound of an inbox is no number, no span of time, or out of range."""
    if not isinstance(keep, timedelta):
        raise QueryError(f"keep= takes a timedelta, not {described(keep)}.", hint="Write timedelta(days=7).")
    if most_bytes is not None:
        checked_whole(most_bytes, "most_bytes=", least=1)
    is_low = checked_number(settle, "settle=") < 0 or checked_whole(attempts, "attempts=") < 1
    if is_low or keep <= timedelta(0):
        raise QueryError("An inbox takes settle from 0, attempts from 1, and keep above 0.")


def checked_body(body: object, /) -> bytes:
    """Returns the bytes of a message.

    Raises:
        QueryError: it is something else.
    """
    if not isinstance(body, bytes):
        raise QueryError(f"A message is the bytes that were posted, not {described(body)}.", hint="Give request.body.")
    return body


def checked_model(model: type[M], /) -> type[M]:
    """Returns the class of rows.

    Raises:
        QueryError: it is something else, such as the code of an object.
    """
    if not (isinstance(model, type) and issubclass(model, WorkfrontObject)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"Events are of a class of rows, not {described(model)}.", hint="Write events(Task, ...).")
    return model


def checked_consumer(name: object, /) -> str:
    """Returns the name of a consumer.

    Raises:
        QueryError: it is no text, is empty, or holds half of a character.
    """
    text = checked_text(name, "consumer=")
    if not text or not is_utf8(text):
        raise QueryError(f"{name!r:.80} is not the name of a consumer.", hint='Write consumer="billing".')
    return text


def checked_places(places: object, /) -> list[int]:
    """Returns the places of events.

    Raises:
        QueryError: one of them is no number.
    """
    return [checked_whole(place, "Each entry of places") for place in checked_list(places, "places=")]


def checked_moment(moment: object, /) -> datetime:
    """Returns a moment with its time zone.

    Raises:
        QueryError: it is none.
    """
    if not isinstance(moment, datetime):
        raise QueryError(f"since= takes a datetime, not {described(moment)}.", hint="Write datetime(..., tzinfo=UTC).")
    if moment.utcoffset() is None:
        raise QueryError(f"since={moment.isoformat()} has no time zone.", hint="Write datetime(..., tzinfo=UTC).")
    return moment


def checked_tokens(token: object, /) -> list[bytes]:
    """Returns the tokens of subscriptions.

    Raises:
        QueryError: there is none, or one is no text that a header carries.
    """
    tokens = [token] if isinstance(token, str) else checked_list(token, "token=") if is_several(token) else []
    if not tokens or not all(isinstance(one, str) and one and one.isascii() and one.isprintable() for one in tokens):
        raise QueryError("A receiver needs the token of its subscriptions.", hint="The one given to ensure().")
    return [cast("str", one).encode() for one in tokens]
