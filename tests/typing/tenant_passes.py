"""Correct code with a tenant's own fields, in all kinds; a test checks that no checker complains."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar, assert_type

from acme.v22 import AsyncWorkfront, Project, Task, User, Workfront
from acme.v22.custom.project import ProjectCustomValues
from acme.v22.forms import IntakeForm
from acme.v22.options import RegionOption, SizesOption

from workfront_client.v22 import Project as Plain
from workfront_core import FilterCondition, Linked, WorkfrontObject, raw_custom
from workfront_testing import Factory, fill

M = TypeVar("M", bound=WorkfrontObject)


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
    wf.project.update("0" * 32, custom={"Media budget": 5.5})
    wf.project.update("0" * 32, custom=raw_custom({"New": 1}))
    wf.project.create(name="x", form=IntakeForm(region="Y", sizes=["S"], go_live=dt.date(2026, 1, 1)))
    row.custom.region = "EMEA"
    row.custom.sizes = ("S", "M")
    row.custom.get = "x"


def makes(factory: Factory, anything: Mapping[str, object]) -> None:
    values: ProjectCustomValues = {"Region": "EMEA", "Sizes": ["S"]}
    made = factory.make(Project, name="x", custom=values)
    assert_type(made, Project)
    assert_type(made.custom.region, RegionOption | str | None)
    assert_type(factory.make(Project), Project)
    assert_type(factory.make(Project, name="x").custom.region, RegionOption | str | None)
    assert_type(factory.make(Project, custom={"Region": "Y", "Lead": factory.make(User)}), Project)
    assert_type(factory.make(Project, custom={"Region": RegionOption.APAC}).custom.go_live, dt.date | None)
    assert_type(factory.make(Task, name="x", custom={"Region": "EMEA"}), Task)
    assert_type(factory.make(Project, custom=raw_custom({"Margin": 5})), Project)
    assert_type(factory.make(Project, custom=None), Project)
    factory.make(Project, custom={})
    factory.make(Project, custom=ProjectCustomValues({"Region": "APAC", "Media budget": 5}))
    factory.make(Project, form=IntakeForm(region="Y", go_live=dt.date(2026, 1, 1)), custom={"地域": "x"})
    factory.make(Project, form=fill(IntakeForm, region="APAC"))
    assert_type(factory.make(User, custom={"Anything": 5}), User)
    assert_type(factory.make(Plain, custom={"Anything": 5}), Plain)
    assert_type(factory.make(Plain, custom=anything), Plain)


def makes_some(factory: Factory, model: type[M], count: int) -> list[M]:
    """A helper that is generic over models."""
    return [factory.make(model, name=f"Row {number}") for number in range(count)]


def makes_any(factory: Factory, model: type[M]) -> M:
    return factory.make(model, custom={"Region": "EMEA"})


def uses_helpers(factory: Factory) -> None:
    assert_type(makes_some(factory, Project, 3), list[Project])
    assert_type(makes_any(factory, Task), Task)


async def both(wf: AsyncWorkfront) -> None:
    async for row in wf.project.search(Project.f.custom.region.in_(["EMEA", RegionOption.APAC])):
        assert_type(row.custom.region, RegionOption | str | None)
    await wf.project.create(name="x", custom={"Region": "EMEA"}, form=IntakeForm(region="Y"))
