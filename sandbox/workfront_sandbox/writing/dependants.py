"""What becomes of other rows when a row is deleted: some go with it, others stay and name it no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from workfront_sandbox.schema.overrides import OWNER_KEYS, ROW_KEYS

Ties: TypeAlias = tuple[tuple[str, str], ...]
"""Object types, and their field that names the row."""

_OF_PROJECTS: Final = (
    "TASK", "OPTASK", "DOCU", "NOTE", "EXPNS", "RISK", "BLIN", "QUED", "RRUL", "RATE", "BILL", "PRTU",
    "PTEAM", "RESMGR",
)  # fmt: skip


def _of(code: str, *others: str) -> Ties:
    """Returns rows of other types that name a row by the field that names rows of its type."""
    return tuple((other, ROW_KEYS[code]) for other in others)


_GOING: Final[Mapping[str, Ties]] = {
    "PROJ": _of("PROJ", *_OF_PROJECTS),
    "TASK": (
        ("TASK", "parentID"),
        ("OPTASK", "sourceTaskID"),
        *_of("TASK", "DOCU", "NOTE", "ASSGN"),
        ("PRED", "successorID"),
        ("PRED", "predecessorID"),
    ),
    "OPTASK": _of("OPTASK", "DOCU", "NOTE", "ASSGN"),
    "TMPL": _of("TMPL", "TTSK", "TASSGN", "DOCU", "EXPNS", "RISK", "QUED", "RRUL"),
    "TTSK": (
        ("TTSK", "parentID"),
        *_of("TTSK", "TASSGN"),
        ("TPRED", "successorID"),
        ("TPRED", "predecessorID"),
    ),
    "PORT": _of("PORT", "PRGM"),
    "CTGY": _of("CTGY", "CTGYPA", "OBJCAT"),
    "PARAM": _of("PARAM", "POPT", "CTGYPA"),
    "DOCU": _of("DOCU", "DOCV", "NOTE"),
    "QUED": _of("QUED", "QUET"),
    "USER": _of("USER", "TEAMMB", "USRGPS", "USRROL", "PRTU"),
}

STAYING: Final[Mapping[str, Ties]] = {
    "PROJ": _of("PROJ", "HOUR"),
    "TASK": _of("TASK", "HOUR", "EXPNS"),
    "OPTASK": _of("OPTASK", "HOUR"),
    "TMPL": _of("TMPL", "PROJ"),
    "TSHET": _of("TSHET", "HOUR"),
    "TTSK": _of("TTSK", "TASK"),
    "PORT": _of("PORT", "PROJ"),
    "PRGM": _of("PRGM", "PROJ"),
    "ROLE": _of("ROLE", "ASSGN", "TASK", "OPTASK", "USER"),
    "USER": tuple((code, "ownerID") for code in ("PROJ", "OPTASK", "PORT", "PRGM", "TMPL")),
}
"""What stays when a row of a type is deleted: hours of work as general time, for one."""

_FORMED: Final = frozenset({"PROJ", "TASK", "OPTASK", "PORT", "PRGM", "TMPL", "TTSK", "DOCU", "USER", "CMPY", "GROUP"})
_RULED: Final = frozenset({"PROJ", "TASK", "OPTASK", "PORT", "PRGM", "TMPL", "DOCU"})

RESTORABLE: Final = ("PROJ", "TASK", "OPTASK", "TMPL", "DOCU")
"""Object types whose rows are kept in the bin for a while after they were deleted."""


def going_with(code: str) -> Ties:
    """Returns what goes with a row of a type."""
    forms: Ties = (("OBJCAT", OWNER_KEYS["OBJCAT"]),) if code in _FORMED else ()
    rules: Ties = (("ACSRUL", OWNER_KEYS["ACSRUL"]),) if code in _RULED else ()
    return (*_GOING.get(code, ()), *forms, *rules)
