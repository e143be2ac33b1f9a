"""The codes of a field, and what passes for one: a member of its own enumeration, or a tenant's own code as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Any, Final, get_args

from workfront_core.errors.kinds import QueryError
from workfront_core.models.api_versions import refuse_other_version
from workfront_core.models.declarations import KNOWN_MODELS
from workfront_core.models.foreign_codes import is_foreign
from workfront_core.models.model import WorkfrontObject

_NOT_IN_NAMES: Final = re.compile(r"[^0-9A-Z]")


@lru_cache(maxsize=8 * KNOWN_MODELS)
def codes_of(model: type[WorkfrontObject], name: str) -> type[Enum] | None:
    """Returns the enumeration of a member by Python name; ``None`` for one that has none, or that the model lacks."""
    member = model.model_fields.get(name)
    return None if member is None else next(_enums(member.annotation), None)


def refuse_foreign_code(value: object, known: type[Enum], where: str) -> None:
    """Raises a QueryError where a value cannot be one of a field's codes.

    That is a member of another field's enumeration or of another API version's, or a text that names a member of this
    one instead of giving its code, or gives that in other letters. Any other text may be a code of the tenant's own.

    Args:
        value: the value given.
        known: the field's enumeration.
        where: the field, for the message.
    """
    if isinstance(value, Enum):
        refuse_other_version(type(value), known, f"{where} takes codes of {known.__name__}, not {value!r:.80}")
        if is_foreign(type(value), known):
            raise QueryError(
                f"{where} takes codes of {known.__name__}; {value!r} is one of {type(value).__name__}.",
                hint=f"Take a member of {known.__name__}, or write the code as text.",
            )
    elif isinstance(value, str) and not _is_code(value, known) and (member := member_named(value, known)) is not None:
        code = f"the code {member.value!r}"
        said = f"{code} in other letters." if _is_spelt(value, member) else _as_name(known, code)
        raise QueryError(
            f"{where}: {value!r} is {said}",
            hint=f"Write {known.__name__}.{member.name}, or {member.value!r}.",
        )


def _as_name(known: type[Enum], code: str) -> str:
    return f"the name that {known.__name__} has for {code}, not a code."


def _is_spelt(text: str, member: Enum) -> bool:
    code: object = member.value
    return isinstance(code, str) and bool(code) and text.strip().casefold() == code.casefold()


def _is_code(text: str, known: type[Enum]) -> bool:
    return any(text == member.value for member in known)


def member_named(text: str, known: type[Enum]) -> Enum | None:
    """Returns the member of this code, name or label, whatever its case; names are made from labels."""
    wanted = _plain(text)
    spelt = (member for member in known if _is_spelt(text, member))
    return next(spelt, None) or next((member for member in known if wanted and _plain(member.name) == wanted), None)


def _plain(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name.upper())


def _enums(annotation: Any) -> Iterator[type[Enum]]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from _enums(part)
