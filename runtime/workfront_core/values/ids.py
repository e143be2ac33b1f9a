"""IDs of objects, and what cannot be one (docs/protocol.md 1.4)."""

from __future__ import annotations

import re
from typing import Final

from workfront_core.arguments import shown
from workfront_core.errors.kinds import QueryError

_ID: Final = re.compile(r"[0-9a-f]{32}")
_PLACEHOLDER: Final = re.compile(r"\$\$[A-Za-z][\w.]*")
_OTHER_SPELLING: Final = re.compile(r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def checked_id(object_id: str, /) -> str:
    """Returns the ID as the API writes it: 32 hexadecimal digits in lower case.

    Dashes and upper case of an ID that is complete otherwise are taken away. The server would take any other text for
    the name of a query or an action. Placeholders such as ``$$USER`` are for reading: they are no
    part of a path (docs/protocol.md 1.2), and nothing is changed or deleted by them unseen.

    Raises:
        QueryError: it is not an ID.
    """
    text = id_or_placeholder(object_id)
    if text.startswith("$$"):
        raise QueryError(
            f"{text} stands for an ID where rows are read, not here.",
            hint='Ask for the ID first: wf.user.get("$$USER").id.',
        )
    return text


def id_or_placeholder(object_id: str, /) -> str:
    """Returns the ID as `checked_id` does, or a placeholder such as ``$$USER`` as it is.

    Raises:
        QueryError: it is neither.
    """
    if not isinstance(object_id, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f"An ID is a text, not {type(object_id).__name__} {shown(object_id)}.", hint=_hint_for(object_id)
        )
    text = str.__str__(object_id)
    if _ID.fullmatch(text) or _PLACEHOLDER.fullmatch(text):
        return text
    if spelt := other_spelling(text):
        return spelt
    if not text.strip():
        raise QueryError("The ID is empty; a call without it would address every object of the type.")
    raise QueryError(
        f"{text!r:.80} is not an ID.",
        hint="IDs are 32 hexadecimal characters, or start with $$; search() finds objects by anything else.",
    )


def other_spelling(text: str, /) -> str | None:
    """Returns the ID of a text that spells one with dashes or in upper case; ``None`` for any other text."""
    return text.replace("-", "").lower() if _OTHER_SPELLING.fullmatch(text) and not _ID.fullmatch(text) else None


def is_id(text: str, /) -> bool:
    """Returns whether a text can be an ID, or a placeholder of one."""
    return any(form.fullmatch(text) for form in (_ID, _PLACEHOLDER, _OTHER_SPELLING))


def _hint_for(value: object) -> str | None:
    if hasattr(value, "obj_code"):
        return "Write row.id."
    return "A call for several objects has a method of its own, such as get_many()." if _is_several(value) else None


def _is_several(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset)
