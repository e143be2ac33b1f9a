"""Every kind of custom field and every form of JSON: what a field keeps, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.sandbox.asking import MIA, OVEN
from tests.sandbox.test_custom_forms import DRAFT, FIELDS, kit

LEAD: Final = json.dumps({"objCode": "USER", "name": "Mia Moll", "ID": MIA})
BARE: Final = json.dumps({"blocks": [{"text": "x"}]})
TEXTS: Final[Mapping[str, Any]] = {
    "text": "Sour", "option": "Rye", "label": "Rye label", "digits": "007.50", "comma": "7,5", "no number": "NaN",
    "day": "2026-06-13", "no day": "2026-02-30", "moment": "2026-06-13T09:00:00:000+0200",
    "midnight elsewhere": "2026-06-13T00:00:00:000-0600", "moment without a zone": "2026-06-13T09:00:00", "ID": MIA,
    "reference as it is read": LEAD, "formatted": DRAFT, "formatted without entities": BARE,
}  # fmt: skip
EMPTY: Final[Mapping[str, Any]] = {"null": None, "blank": "", "empty list": []}
SINGLE: Final[Mapping[str, Any]] = {"flag": True, "whole": 7, "float": 7.5, "negative": -3}
NESTED: Final[Mapping[str, Any]] = {
    "list": ["Poppy", "Sesame"], "list of one": ["Poppy"], "list of numbers": [7], "list of lists": [["Poppy"]],
    "object": {"ID": MIA}, "formatted, as JSON": json.loads(DRAFT),
}  # fmt: skip
VALUES: Final = {**EMPTY, **TEXTS, **SINGLE, **NESTED}

_CLEARED: Final = dict.fromkeys(EMPTY)
_PLAIN: Final = {**_CLEARED, **TEXTS, "flag": "true", "whole": "7", "float": "7.5", "negative": "-3"}
_NUMBER: Final = {**_CLEARED, "digits": 7.5, "whole": 7, "float": 7.5, "negative": -3}
_ANY: Final = {**_CLEARED, **TEXTS, **SINGLE, **NESTED}
KEPT: Final[Mapping[str, Mapping[str, Any]]] = {
    "Line": _PLAIN, "Story": _PLAIN, "Free": _PLAIN, "Loaves": _NUMBER, "Price": _NUMBER,
    "Opened": {**_CLEARED, "day": "2026-06-13", "midnight elsewhere": "2026-06-13"},
    "Noticed": {
        **_CLEARED, "day": "2026-06-13T00:00:00:000+0200", "moment": "2026-06-13T09:00:00:000+0200",
        "midnight elsewhere": "2026-06-13T08:00:00:000+0200", "moment without a zone": "2026-06-13T09:00:00:000+0200",
    },
    "Flour": {**_CLEARED, "option": "Rye"}, "Crust": _CLEARED, "Days": _CLEARED,
    "Seeds": {**_CLEARED, "list": ["Poppy", "Sesame"], "list of one": "Poppy"},
    "Baker": {**_CLEARED, "ID": LEAD}, "Helper": {**_CLEARED, "ID": LEAD}, "Sum": {}, "Note": {},
    "Word": _PLAIN, "Mill": _PLAIN,
    "Mills": {**_PLAIN, "list": ["Poppy", "Sesame"], "list of one": "Poppy", "list of numbers": "7"},
    "Takings": {}, "Best day": {}, "By week": {}, "Picture": {}, "Plan": {}, "Budget": {},
    "Recipe": {name: value for name, value in _PLAIN.items() if name != "formatted without entities"},
    "Scans": _ANY, "Proving": _ANY,
}  # fmt: skip
"""What is read after a write, by field; every other value is refused."""
KEPT_STRICTLY: Final = {**KEPT, "Recipe": {**_CLEARED, "formatted": DRAFT}}
"""Where nobody knows what the service does with plain text that has no formatting, a strict tenant takes none."""


@pytest.mark.parametrize("strict", [False, True], ids=["lenient", "strict"])
def test_a_field_keeps_the_forms_of_its_kind_and_refuses_the_others(strict: bool) -> None:
    assert set(KEPT) == set(FIELDS)
    ask, form = kit(strict=strict)
    ask("PUT", f"PROJ/{OVEN}", json_body={"categoryID": form})
    for name, kept in (KEPT_STRICTLY if strict else KEPT).items():
        field = f"DE:{name}"
        for what, value in VALUES.items():
            if what in kept:
                shown = ask("PUT", f"PROJ/{OVEN}", {"fields": field}, json_body={field: value})
                assert (name, what, shown[field]) == (name, what, kept[what])
            else:
                status, message = ask.refused("PUT", f"PROJ/{OVEN}", json_body={field: value})
                assert (name, what, status, field in message) == (name, what, 422, True)
