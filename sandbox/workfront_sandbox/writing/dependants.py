"""What becomes of other rows when a row is deleted: some go with it, others stay and name it no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from workfront_sandbox.schema.catalogue import ObjectSchema
from workfront_sandbox.schema.overrides import OWNER_KEYS, ROW_KEYS

Ties: TypeAlias = tuple[tuple[str, str], ...]
"""Object types, and their field that names the row."""

_OF_PROJECTS: Final = (
    "TASK", "OPTASK", "DOCU", "DOCFDR", "NOTE", "EXPNS", "RISK", "BLIN", "QUED", "RRUL", "RATE", "BILL", "PRTU",
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
        *_of("TASK", "DOCU", "DOCFDR", "NOTE", "ASSGN"),
        ("PRED", "successorID"),
        ("PRED", "predecessorID"),
    ),
    "OPTASK": _of("OPTASK", "DOCU", "DOCFDR", "NOTE", "ASSGN"),
    "TMPL": _of("TMPL", "TTSK", "TASSGN", "DOCU", "DOCFDR", "NOTE", "EXPNS", "RISK", "QUED", "RRUL", "TMTU", "TTEAM"),
    "TTSK": (
        ("TTSK", "parentID"),
        *_of("TTSK", "DOCU", "DOCFDR", "NOTE", "TASSGN"),
        ("TPRED", "successorID"),
        ("TPRED", "predecessorID"),
    ),
    "PORT": _of("PORT", "PRGM", "DOCU", "DOCFDR", "NOTE"),
    "PRGM": _of("PRGM", "DOCU", "DOCFDR", "NOTE"),
    "CTGY": _of("CTGY", "CTGYPA", "CTCSRL", "OBJCAT", "CATACR"),
    "CTCSRL": (("CTCSRM", "categoryCascadeRuleID"),),
    "PARAM": _of("PARAM", "POPT", "CTGYPA", "CTCSRM"),
    "DOCU": _of("DOCU", "DOCV", "DOCAPL", "NOTE"),
    "NOTE": _of("NOTE", "NTAG", "LIKE"),
    "QUED": _of("QUED", "QUET"),
    "ARVPRC": _of("ARVPRC", "ARVPTH"),
    "ARVPTH": _of("ARVPTH", "ARVSTP"),
    "ARVSTP": _of("ARVSTP", "SPAPVR"),
    "SCHED": _of("SCHED", "NONWKD"),
    "MPATH": _of("MPATH", "MILE"),
    "TEAMOB": _of("TEAMOB", "TEAMMB", "SPAPVR"),
    "GROUP": _of("GROUP", "USRGPS"),
    "ROLE": _of("ROLE", "USRROL", "PTEAM", "SPAPVR"),
    "USER": (
        *_of(
            "USER",
            "TEAMMB",
            "USRGPS",
            "USRROL",
            "PRTU",
            "PTEAM",
            "DOCU",
            "DOCFDR",
            "RESVT",
            "FVRITE",
            "USERPF",
            "SPAPVR",
        ),
        ("USRDEL", "fromUserID"),
        ("USRDEL", "toUserID"),
        ("DOCAPL", "approverID"),
        ("RESMGR", "resourceManagerID"),
    ),
}

_LIST_ONLY: Final = frozenset({"JRNLE", "UPDATE"})
"""Object types that tell what was, whatever became of it since."""

_DONE_BY: Final = frozenset({("HOUR", "ownerID"), ("NOTE", "ownerID"), ("TSHET", "userID"), ("NONWKD", "userID")})
"""Fields, beside those whose name ends in ``ByID``, that name a user for what the user did: that stays so."""

_FORMED: Final = frozenset({"PROJ", "TASK", "OPTASK", "PORT", "PRGM", "TMPL", "TTSK", "DOCU", "USER", "CMPY", "GROUP"})
_RULED: Final = frozenset({"PROJ", "TASK", "OPTASK", "PORT", "PRGM", "TMPL", "DOCU"})
_SHARED_WITH: Final = frozenset({"USER", "TEAMOB", "GROUP", "ROLE", "CMPY"})

RESTORABLE: Final = ("PROJ", "TASK", "OPTASK", "TMPL", "DOCU")
"""Object types whose rows are kept in the bin for a while after they were deleted."""


def going_with(code: str) -> Ties:
    """Returns what goes with a row of a type."""
    forms: Ties = (("OBJCAT", OWNER_KEYS["OBJCAT"]),) if code in _FORMED else ()
    rules: Ties = (("ACSRUL", OWNER_KEYS["ACSRUL"]),) if code in _RULED else ()
    shares: Ties = (("ACSRUL", "accessorID"),) if code in _SHARED_WITH else ()
    return (*_GOING.get(code, ()), *forms, *rules, *shares)


def naming(types: Mapping[str, ObjectSchema], code: str, others: Iterable[str]) -> list[tuple[str, str]]:
    """Returns the fields of other types that name a row of a type, but for what only tells what was: when a row is
    deleted, those are emptied in all that stays.
    """
    return [
        (other, key)
        for other in others
        if other in types and other not in _LIST_ONLY
        for key, target in types[other].keys.items()
        if target == code and not (code == "USER" and (key.endswith("ByID") or (other, key) in _DONE_BY))
    ]
