"""Forms filled in for a test: each kind of field gets what it takes, and what is given stays."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pydantic import AwareDatetime, Field

from workfront_client.v22 import Project
from workfront_core import CustomForm, QueryError
from workfront_testing import Factory, fill


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


class OfTasks(CustomForm):
    objects: ClassVar[tuple[str, ...]] = ("TASK",)
    note: Annotated[str, Field(alias="Note")]


def test_every_kind_of_field_gets_what_it_takes() -> None:
    form = fill(Everything)
    assert form == Everything.model_validate(form.model_dump(exclude_unset=True))
    assert form.model_fields_set == set(Everything.model_fields) - {"note"}
    assert None not in form.values().values()
    assert (form.region, form.size, form.sizes, form.cost) == ("EMEA", Size.SMALL, ["S"], Decimal("1.50"))


def test_what_is_given_stays() -> None:
    form = fill(Everything, region="APAC", note="x", cost=None)
    assert (form.region, form.note, form.cost) == ("APAC", "x", None)


def test_a_row_is_made_with_a_form() -> None:
    factory = Factory()
    form = fill(Everything, cost=Decimal("2.50"))
    row = factory.make(Project, form=form, custom={"Computed": 5})
    assert dict(row.custom) == {**{name: row.custom[name] for name in form.values()}, "Computed": 5}
    assert (row.custom["Region"], row.custom["Cost ($)"]) == ("EMEA", 2.5)
    with pytest.raises(QueryError, match="given twice"):
        factory.make(Project, form=form, custom={"DE:Region": "APAC"})
    with pytest.raises(QueryError, match="TASK"):
        factory.make(Project, form=fill(OfTasks))


@pytest.mark.parametrize("nonsense", [None, 5, "IntakeForm", Everything.model_construct(), dict])
def test_what_is_no_form_is_refused(nonsense: Any) -> None:
    with pytest.raises(QueryError, match="class of a form"):
        fill(nonsense)
