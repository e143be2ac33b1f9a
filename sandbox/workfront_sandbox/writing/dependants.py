"""What becomes of other rows when a row is deleted: some go with it, others stay and name it no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

Ties: TypeAlias = tuple[tuple[str, str], ...]
"""Object types, and their field that names the row."""

_OF_PROJECTS: Final = (
    "TASK", "OPTASK", "DOCU", "NOTE", "EXPNS", "RISK", "BLIN", "QUED", "RRUL", "RATE", "BILL", "PRTU",
    "PTEAM", "RESMGR",
)  # fmt: skip

_GOING: Final[Mapping[str, Ties]] = {
    "PROJ": tuple((code, "projectID") for code in _OF_PROJECTS),
    "TASK": (
        ("TASK", "parentID"),
        ("OPTASK", "sourceTaskID"),
        *((code, "taskID") for code in ("DOCU", "NOTE", "ASSGN")),
        ("PRED", "successorID"),
        ("PRED", "predecessorID"),
    ),
    "OPTASK": tuple((code, "opTaskID") for code in ("DOCU", "NOTE", "ASSGN")),
    "TMPL": tuple((code, "templateID") for code in ("TTSK", "TASSGN", "DOCU", "EXPNS", "RISK", "QUED", "RRUL")),
    "TTSK": (
        ("TTSK", "parentID"),
        ("TASSGN", "templateTaskID"),
        ("TPRED", "successorID"),
        ("TPRED", "predecessorID"),
    ),
    "PORT": (("PRGM", "portfolioID"),),
    "CTGY": (("CTGYPA", "categoryID"), ("OBJCAT", "categoryID")),
    "PARAM": (("POPT", "parameterID"), ("CTGYPA", "parameterID")),
    "DOCU": (("DOCV", "documentID"), ("NOTE", "documentID")),
    "QUED": (("QUET", "queueDefID"),),
    "USER": (("TEAMMB", "userID"), ("USRGPS", "userID"), ("USRROL", "userID"), ("PRTU", "userID")),
}

STAYING: Final[Mapping[str, Ties]] = {
    "PROJ": (("HOUR", "projectID"),),
    "TASK": (("HOUR", "taskID"), ("EXPNS", "taskID")),
    "OPTASK": (("HOUR", "opTaskID"),),
    "TMPL": (("PROJ", "templateID"),),
    "TTSK": (("TASK", "templateTaskID"),),
    "PORT": (("PROJ", "portfolioID"),),
    "PRGM": (("PROJ", "programID"),),
    "ROLE": (("ASSGN", "roleID"), ("TASK", "roleID"), ("OPTASK", "roleID"), ("USER", "roleID")),
    "USER": tuple((code, "ownerID") for code in ("PROJ", "OPTASK", "PORT", "PRGM", "TMPL")),
}
"""What stays when a row of a type is deleted: hours of work as general time, for one."""

_FORMED: Final = frozenset({"PROJ", "TASK", "OPTASK", "PORT", "PRGM", "TMPL", "TTSK", "DOCU", "USER", "CMPY", "GROUP"})
_RULED: Final = frozenset({"PROJ", "TASK", "OPTASK", "PORT", "PRGM", "TMPL", "DOCU"})

RESTORABLE: Final = ("PROJ", "TASK", "OPTASK", "TMPL", "DOCU")
"""Object types whose rows are kept in the bin for a while after they were deleted."""


def going_with(code: str) -> Ties:
    """Returns what goes with a row of a type."""
    forms: Ties = (("OBJCAT", "objID"),) if code in _FORMED else ()
    rules: Ties = (("ACSRUL", "securityObjID"),) if code in _RULED else ()
    return (*_GOING.get(code, ()), *forms, *rules)
