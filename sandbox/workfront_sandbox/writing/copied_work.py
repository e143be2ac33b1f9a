"""Tasks, issues and projects after they were copied: places, assignees, dates and sums. docs/protocol.md 19.6."""

from __future__ import annotations

from collections.abc import Sequence

from workfront_sandbox.call.call import Call
from workfront_sandbox.schema.overrides import WORK
from workfront_sandbox.writing.assignment import assignments, follow_assignments
from workfront_sandbox.writing.finance import sum_anew
from workfront_sandbox.writing.numbering import number_all
from workfront_sandbox.writing.timeline import ON_CHANGE, calculate


def follow_copies(call: Call, code: str, ids: Sequence[str]) -> None:
    """Brings in line what follows from copies, and from what came with them."""
    rows = [call.row(code, one) for one in ids]
    for one in ids if code in WORK else ():
        if assignments(call, code, one):
            follow_assignments(call, code, one)
    for template in dict.fromkeys(row.get("templateID") for row in rows if code == "TTSK"):
        number_all(call, code, template)
    key = "ID" if code == "PROJ" else "projectID"
    for project in dict.fromkeys(row.get(key) for row in rows if code in {"PROJ", "TASK"}):
        number_all(call, "TASK", project)
        sum_anew(call, project)
        if code == "TASK" and project and call.row("PROJ", str(project)).get("updateType") in ON_CHANGE:
            calculate(call, str(project))
