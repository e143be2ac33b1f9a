"""Correct code with a tenant's own fields, in all kinds; a test checks that no checker complains."""

import datetime as dt
from decimal import Decimal
from typing import assert_type

from acme.v22 import AsyncWorkfront, Project, Task, Workfront
from acme.v22.custom.project import ProjectCustomValues
from acme.v22.forms import IntakeForm
from acme.v22.options import RegionOption, SizesOption

from workfront_core import FilterCondition, Linked, raw_custom
from workfront_testing import Factory, fill


def reads(row: Project) -> None:
    assert_type(row.custom.region, RegionOption | str | None)
    assert_type(row.custom.sizes, tuple[SizesOption | str, ...])
    assert_type(row.custom.media_budget, Decimal | None)
    assert_type(row.custom.go_live, dt.date | None)
    assert_type(row.custom.lead, Linked | None)
    assert_type(row.custom.margin, float | None)
    assert_type(row.custom.get, str | None)
    print(row.custom["Any"], row.custom.地域, dict(row.custom), "Region" in row.custom)


def asks(wf: Workfront) -> None:
    region: FilterCondition[Project] = Project.f.custom.region == "EMEA"
    over: FilterCondition[Task] = Task.f.project.custom.region == RegionOption.EMEA
    anything = Task.f.project.custom("Anything") == 5
    wf.project.search(region, Project.f.custom.media_budget > 5, Project.f.custom.go_live < dt.date(2026, 1, 1))
    wf.project.search(Project.f.custom.sizes.has_all(["S"]), fields=[Project.f.custom.region, Project.f.name])
    wf.task.search(over, anything, fields=[Task.f.project.custom.region])
    wf.project.search(fields=[Project.f.custom])


def writes(wf: Workfront, row: Project) -> None:
    wf.project.create(
        name="x",
        custom={"Region": "EMEA", "Media budget": 5, "Sizes": ["S", "M"], "Go-live": dt.date(2026, 1, 1), "Lead": "0"},
    )
    wf.project.update("0" * 32, custom={"Region": RegionOption.APAC, "Media budget": Decimal("5.5"), "Sizes": None})
    wf.project.update("0" * 32, custom=raw_custom({"New": 1}))
    wf.project.create(name="x", form=IntakeForm(region="Y", sizes=["S"], go_live=dt.date(2026, 1, 1)))
    row.custom.region = "EMEA"
    row.custom.sizes = ("S", "M")
    row.custom.get = "x"


def makes(factory: Factory) -> None:
    values: ProjectCustomValues = {"Region": "EMEA", "Sizes": ["S"]}
    made = factory.make(Project, name="x", custom=values)
    assert_type(made, Project)
    assert_type(made.custom.region, RegionOption | str | None)
    factory.make(Project, custom=ProjectCustomValues({"Region": "APAC", "Media budget": 5}))
    factory.make(Project, form=IntakeForm(region="Y", go_live=dt.date(2026, 1, 1)), custom={"Margin": 5})
    factory.make(Project, form=fill(IntakeForm, region="APAC"))


async def both(wf: AsyncWorkfront) -> None:
    async for row in wf.project.search(Project.f.custom.region.in_(["EMEA", RegionOption.APAC])):
        assert_type(row.custom.region, RegionOption | str | None)
    await wf.project.create(name="x", custom={"Region": "EMEA"}, form=IntakeForm(region="Y"))
