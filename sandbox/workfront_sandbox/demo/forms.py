"""Custom forms: their fields, the choices of those, and values as people fill them in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.demo.words import MARKETS
from workfront_sandbox.wire.json_value import Row

_FIELDS: Final[Mapping[str, tuple[str, str, Sequence[str]]]] = {
    "Market": ("TEXT", "SLCT", MARKETS),
    "Channels": ("TEXT", "MULT", ("Web", "Print", "Social", "Retail", "Film")),
    "Budget code": ("TEXT", "TEXT", ()),
    "Launch date": ("DATE", "TEXT", ()),
    "Expected reach": ("NMBR", "TEXT", ()),
    "Media budget": ("CURC", "TEXT", ()),
    "Brief": ("RICH", "RICH", ()),
    "Format": ("TEXT", "SLCT", ("A4 sheet", "Square post", "Banner 970x250", "Film 30 s", "Web page")),
    "Review rounds": ("NMBR", "TEXT", ()),
    "Impact": ("TEXT", "RDIO", ("Cosmetic", "Inconvenient", "Stops the launch")),
    "Noticed on": ("DTTM", "TEXT", ()),
    "Cost centre": ("TEXT", "TEXT", ()),
    "Languages": ("TEXT", "MULT", ("English", "German", "Danish", "Spanish")),
}
_FORMS: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "Campaign brief": (
        "PROJ",
        ("Market", "Channels", "Budget code", "Launch date", "Expected reach", "Media budget", "Brief"),
    ),
    "Asset": ("TASK", ("Format", "Review rounds")),
    "Fault report": ("OPTASK", ("Impact", "Noticed on", "Market")),
    "Employee": ("USER", ("Cost centre", "Languages")),
}
_MUST: Final = frozenset({"Market", "Format", "Impact"})


def add_forms(draft: Draft) -> None:
    """Adds the forms, their fields and choices."""
    stamp = {"entryDate": draft.at(-290), "enteredByID": draft.me, "customerID": draft.customer_id}
    group = draft.add("PGRP", name="Details", isDefault=True, displayOrder=1, **stamp)
    for name, (data_type, display, choices) in _FIELDS.items():
        field = draft.add("PARAM", name=name, label=name, dataType=data_type, displayType=display, isActive=True,
                          isRequired=name in _MUST, description=f"{name} of the work",
                          displaySize=50, **stamp)  # fmt: skip
        _add_choices(draft, field, choices)
    for name, (code, fields) in _FORMS.items():
        form = draft.add("CTGY", name=name, catObjCode=code, objTypes=[code], isActive=True, **stamp,
                         hasCalculatedFields=False, description=f"The form {name.lower()}")  # fmt: skip
        _add_places(draft, form, fields, group)


def drop_forms(draft: Draft) -> None:
    """Takes forms, fields and their values out again, for a sandbox whose schema has fields of its own."""
    for code in ("PARAM", "POPT", "PGRP", "CTGY", "CTGYPA", "OBJCAT"):
        draft.rows.pop(code, None)
    for row in (row for rows in draft.rows.values() for row in rows):
        for name in [name for name in row if name == "categoryID" or name.startswith("DE:")]:
            del row[name]


def form_of(draft: Draft, code: str) -> str:
    """Returns the ID of the form of an object type."""
    return next(str(row["ID"]) for row in draft.of("CTGY") if row["catObjCode"] == code)


def fill(draft: Draft, row: Row, code: str, values: Mapping[str, Any]) -> None:
    """Attaches the form of an object type to a row and fills it in."""
    row["categoryID"] = form_of(draft, code)
    row |= {f"DE:{name}": value for name, value in values.items()}
    draft.add("OBJCAT", objID=row["ID"], objObjCode=code, categoryID=row["categoryID"], categoryOrder=0)


def choice(name: str, chance: Random) -> str:
    """Returns one of the choices of a field."""
    return chance.choice(_FIELDS[name][2])


def several(name: str, chance: Random, most: int = 3) -> list[str]:
    """Returns some of the choices of a field, in their order."""
    choices = _FIELDS[name][2]
    picked = set(chance.sample(range(len(choices)), chance.randint(1, most)))
    return [text for number, text in enumerate(choices) if number in picked]


def rich_text(first: str, second: str) -> str:
    """Returns two paragraphs as a rich text field holds them, the first in bold."""
    bold = [{"offset": 0, "length": len(first), "style": "BOLD"}]
    blocks: list[Row] = [
        {"key": f"p{number}", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": styles,
         "entityRanges": [], "data": {}}
        for number, (text, styles) in enumerate([(first, bold), (second, [])])
    ]  # fmt: skip
    return json.dumps({"blocks": blocks, "entityMap": {}})


def _add_choices(draft: Draft, field: Row, choices: Sequence[str]) -> None:
    for order, text in enumerate(choices, 1):
        draft.add("POPT", parameterID=field["ID"], label=text, value=text, displayOrder=order, isDefault=False,
                  isHidden=False, customerID=draft.customer_id)  # fmt: skip


def _add_places(draft: Draft, form: Row, fields: Sequence[str], group: Row) -> None:
    by_name = {row["name"]: row for row in draft.of("PARAM")}
    for order, name in enumerate(fields, 1):
        draft.add("CTGYPA", categoryID=form["ID"], parameterID=by_name[name]["ID"], parameterGroupID=group["ID"],
                  displayOrder=order, isRequired=name in _MUST, customerID=draft.customer_id)  # fmt: skip
