"""Portfolios, programs, milestones and the statuses the tenant added."""

from __future__ import annotations

from math import isqrt
from typing import Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.demo.people import by_name, users_of
from workfront_sandbox.demo.words import TENANT

PROGRAMS: Final = 6
"""How many at scale 1."""

_PORTFOLIOS: Final = (
    ("Brand campaigns", "Brand", 900_000.0),
    ("Product launches", "Product marketing", 1_400_000.0),
    ("Digital experience", "Digital", 650_000.0),
)
_THEMES: Final = ("Seasons", "Sponsoring", "New lines", "Relaunches", "Shop", "Service pages")
_STATUSES: Final = (
    ("STATUS_PROJ", "CRV", "Client review", "CUR", "8f5bd0"),
    ("STATUS_TASK", "REV", "In review", "INP", "8f5bd0"),
    ("STATUS_OPTASK", "TRG", "Triage", "NEW", "d07c1f"),
)
_MILESTONES: Final = (("Brief signed", "4a8fdd"), ("Concept approved", "8f5bd0"), ("Live", "007100"))


def add_portfolios(draft: Draft) -> None:
    """Adds portfolios with their programs, the path of milestones, and statuses of the tenant's own."""
    _add_statuses(draft)
    _add_milestones(draft)
    owners = users_of(draft, "Project manager")
    for number in range(len(_PORTFOLIOS) * isqrt(draft.scale)):
        name, group, budget = _PORTFOLIOS[number % len(_PORTFOLIOS)]
        owner = owners[number % len(owners)]
        draft.add("PORT", name=_numbered(name, number, len(_PORTFOLIOS)), isActive=True, budget=budget,
                  ownerID=owner["ID"], groupID=by_name(draft, "GROUP", group), currency="USD", roi=0.0,
                  description=f"{name} of {TENANT}", entryDate=draft.at(-260), lastUpdateDate=draft.at(-20, 11),
                  enteredByID=draft.me, lastUpdatedByID=owner["ID"], customerID=draft.customer_id,
                  hasDocuments=False, hasNotes=False)  # fmt: skip
    for number in range(PROGRAMS * draft.scale):
        _add_program(draft, number)


def _add_program(draft: Draft, number: int) -> None:
    """Adds a program. Themes 0 and 1 belong to the first portfolio, 2 and 3 to the second, and so on."""
    round_, theme = divmod(number, len(_THEMES))
    rounds = len(draft.of("PORT")) // len(_PORTFOLIOS)
    portfolio = draft.of("PORT")[theme // 2 + len(_PORTFOLIOS) * (round_ % rounds)]
    draft.add("PRGM", name=_numbered(_THEMES[theme], number, len(_THEMES)), portfolioID=portfolio["ID"], isActive=True,
              ownerID=portfolio["ownerID"], groupID=portfolio["groupID"], description=f"{_THEMES[theme]} this year",
              entryDate=draft.at(-250), enteredByID=draft.me, customerID=draft.customer_id, hasDocuments=False,
              hasNotes=False)  # fmt: skip


def _add_statuses(draft: Draft) -> None:
    for enum_class, value, label, like, color in _STATUSES:
        draft.add("CSTEM", enumClass=enum_class, value=value, valueAsString=value, valueAsInt=None, label=label,
                  equatesWith=like, color=color, isPrimary=False, groupID=None,
                  customerID=draft.customer_id)  # fmt: skip


def _add_milestones(draft: Draft) -> None:
    path = draft.add("MPATH", name="From brief to live", isActive=True, entryDate=draft.at(-280),
                     description="What every project passes", enteredByID=draft.me,
                     customerID=draft.customer_id)  # fmt: skip
    for sequence, (name, color) in enumerate(_MILESTONES):
        draft.add("MILE", name=name, milestonePathID=path["ID"], sequence=sequence, color=color,
                  customerID=draft.customer_id)  # fmt: skip


def _numbered(name: str, number: int, names: int) -> str:
    """Returns a name, with a number from its second use on."""
    return name if number < names else f"{name} {number // names + 1}"
