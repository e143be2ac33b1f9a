"""What people who look after a Workfront ask: the demo tenant has rows to show for each question, and others beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest

from workfront_client import v22
from workfront_sandbox import Clock
from workfront_testing import SandboxKit, in_process

NOW: Final = datetime(2027, 5, 12, 10, 30, tzinfo=UTC)
QUESTIONS: Final = {
    "users who never signed in": ("USER", "isActive = true and lastLoginDate is null"),
    "users who have not been here for 90 days": ("USER", "isActive = true and lastLoginDate < today - 90d"),
    "projects of people who are gone": ("PROJ", "owner.isActive = false"),
    "open tasks of people who are gone": ("TASK", "assignedTo.isActive = false and percentComplete < 100"),
    "reports that run as people who are gone": ("PTLSEC", "runAsUser.isActive = false"),
    "projects without an owner": ("PROJ", "ownerID is null"),
    "current projects nobody touches": ("PROJ", "status = CUR and lastUpdateDate < today - 60d"),
    "late timesheets": ("TSHET", "status = 'O' and endDate < today"),
    "issues nobody works on": ("OPTASK", "status = NEW and assignedToID is null"),
    "tasks that wait for approval": ("TASK", "currentApprovalStepID is not null"),
    "projects that wait for my approval": (
        "PROJ",
        "exists stepApprover (approvalStepID = outer.currentApprovalStepID and userID = me)",
    ),
    "late tasks": ("TASK", "percentComplete < 100 and plannedCompletionDate < today"),
    "hours of this month": ("HOUR", "entryDate >= start(month) - 1m"),
    "users who booked nothing last week": (
        "USER",
        "isActive = true and not exists hour "
        "(ownerID = outer.ID and entryDate between start(week) - 1w and end(week) - 1w)",
    ),
    "custom fields on no form": ("PARAM", "not exists categoryParameter (parameterID = outer.ID)"),
    "projects by a custom field": ("PROJ", 'DE:Market = "Alps"'),
    "what was finished long ago": ("TASK", "actualCompletionDate < today - 100d"),
    "projects by name": ("PROJ", 'name icontains "tent"'),
}


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with in_process("demo", clock=Clock(NOW)) as found:
        yield found


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_some_rows_and_not_all(kit: SandboxKit, question: str) -> None:
    code, condition = QUESTIONS[question]
    with kit.client(v22.Workfront) as wf:
        rows = wf.untyped(code)
        assert 0 < rows.count(v22.parse(code, condition)) < rows.count()
