"""Templates: the playbook as plans one can make projects of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.demo.people import by_name
from workfront_sandbox.demo.playbook import HOURS_A_DAY, PLAYS, Step
from workfront_sandbox.planning.working_time import WORKDAY_MINUTES
from workfront_sandbox.wire.json_value import Row

_NAMES: Final = {"campaign": "Campaign", "launch": "Product launch", "pages": "Web pages"}


def add_templates(draft: Draft) -> None:
    """Adds one template a kind of project, with its tasks."""
    for kind, steps in PLAYS.items():
        template = draft.add("TMPL", name=_NAMES[kind], isActive=True, ownerID=draft.me, enteredByID=draft.me,
                             description=f"How we do a {_NAMES[kind].lower()}", entryDate=draft.at(-270),
                             milestonePathID=draft.of("MPATH")[0]["ID"], customerID=draft.customer_id)  # fmt: skip
        _add_steps(draft, template, steps, None, count(1))


def _add_steps(draft: Draft, template: Row, steps: Sequence[Step], parent: Row | None, numbers: count[int]) -> None:
    for step in steps:
        minutes = int(step.days * HOURS_A_DAY * 60)
        task = draft.add("TTSK", name=step.name, templateID=template["ID"], taskNumber=next(numbers),
                         parentID=parent["ID"] if parent else None, numberOfChildren=len(step.inner), priority=2,
                         roleID=by_name(draft, "ROLE", step.role) if step.role else None, duration=float(step.days),
                         durationMinutes=step.days * WORKDAY_MINUTES, indent=parent["indent"] + 1 if parent else 0,
                         workRequired=minutes, work=minutes / 60, enteredByID=draft.me, entryDate=draft.at(-270),
                         customerID=draft.customer_id)  # fmt: skip
        _add_steps(draft, template, step.inner, task, numbers)
