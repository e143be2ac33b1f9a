"""Mistakes with a tenant's own fields; a test checks that checkers report the lines marked ``# E`` and no others."""

from collections.abc import Mapping

from acme.v22 import Project, Task, Workfront
from acme.v22.custom.project import ProjectCustomValues
from acme.v22.forms import IntakeForm

from workfront_client.v22 import Project as Plain
from workfront_testing import Factory


def mistakes(wf: Workfront, row: Project) -> None:
    print(row.custom.no_such)  # E
    print(Project.f.custom.no_such)  # E
    print(Task.f.project.custom.no_such)  # E
    wf.project.create(custom={"Regoin": "EMEA"})  # E
    wf.project.create(custom={"Region": "EMAE"})  # E
    wf.project.create(custom={"Media budget": "lots"})  # E
    wf.project.create(custom={"Margin": 5})  # E
    wf.project.create(custom={"Sizes": "S"})  # E
    wf.project.create(custom={"Go-live": "soon"})  # E
    row.custom.margin = 5.0  # E
    row.custom.go_live = "x"  # E
    wf.project.search(Project.f.custom.go_live == "2026")  # E
    wf.project.search(Task.f.project.custom.region == "EMEA")  # E
    print((row.custom.media_budget or 0) + "x")  # E
    print(row.custom.media_budget + 1.5)  # E
    row.custom.sizes.append("M")  # E
    wf.task.create(custom={"Media budget": 5})  # E
    IntakeForm()  # E
    IntakeForm(region="EMAE")  # E
    IntakeForm(region="EMEA", margin=5)  # E


def mistakes_in_tests(factory: Factory, anything: Mapping[str, object]) -> None:
    factory.make(Project, custom={"Regoin": "EMEA"})  # E
    factory.make(Project, custom={"Regoin": 1})  # E
    factory.make(Project, name="x", custom={"Region": "EMAE"})  # E
    factory.make(Project, custom={"Sizes": "S"}, form=None)  # E
    factory.make(Project, custom={"Margin": 5})  # E
    factory.make(Project, custom=anything)  # E
    factory.make(Task, custom={"Media budget": 5})  # E
    factory.make(Project, custom=ProjectCustomValues({"Regoin": "EMEA"}))  # E
    factory.make(Project, custom=ProjectCustomValues({"Region": "EMAE"}))  # E
    factory.make(Project, custom=ProjectCustomValues({"Margin": 5}))  # E
    factory.make(Project, custom=5)  # E
    factory.make(Plain, custom=5)  # E
    factory.make(Project, form=IntakeForm(region="EMAE"))  # E
    factory.make(Project, form={"Region": "EMEA"})  # E
    print(factory.make(Project).custom.no_such)  # E
    print(factory.make(Project, custom={"Region": "EMEA"}).custom.no_such)  # E
