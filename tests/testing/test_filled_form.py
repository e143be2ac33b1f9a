"""Forms filled in for a test: each kind of field gets what it takes, and what is given stays."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, Field

from workfront_core import CustomForm, QueryError
from workfront_testing import fill


class Size(Enum):
    SMALL = "S"
    LARGE = "L"


class Everything(CustomForm):
    region: Annotated[Literal["EMEA", "APAC"], Field(alias="Region")]
    size: Size
    sizes: list[Literal["S", "M"]] | None = None
    cost: Annotated[Decimal | None, Field(alias="Cost ($)")] = None
    reach: float | None = None
    count: int | None = None
    agreed: bool | None = None
    start: date | None = None
    noticed: datetime | None = None
    met: Annotated[AwareDatetime | None, Field(alias="Met")] = None
    called: Annotated[AwareDatetime, Field(alias="Called")]
    title: str
    note: Annotated[str | None, Field(alias="Note")] = None


def test_every_kind_of_field_gets_what_it_takes() -> None:
    form = fill(Everything)
    assert form == Everything.model_validate(form.model_dump(exclude_unset=True))
    assert form.model_fields_set == set(Everything.model_fields) - {"note"}
    assert None not in form.values().values()
    assert (form.region, form.size, form.sizes, form.cost) == ("EMEA", Size.SMALL, ["S"], Decimal("1.50"))


def test_what_is_given_stays() -> None:
    form = fill(Everything, region="APAC", note="x", cost=None)
    assert (form.region, form.note, form.cost) == ("APAC", "x", None)


@pytest.mark.parametrize("nonsense", [None, 5, "IntakeForm", Everything.model_construct(), dict])
def test_what_is_no_form_is_refused(nonsense: Any) -> None:
    with pytest.raises(QueryError, match="class of a form"):
        fill(nonsense)
