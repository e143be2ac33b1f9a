"""Issues: what goes wrong in projects under way, and requests to them."""

from __future__ import annotations

from random import Random
from typing import Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.demo.forms import choice, fill
from workfront_sandbox.wire.json_value import Row

_ISSUES: Final = (
    ("Logo too small on the poster", "BUG"),
    ("Please add the Danish version", "REQ"),
    ("Photos arrived without releases", "ISU"),
    ("Landing page is slow on phones", "BUG"),
    ("New date for the trade fair", "CHO"),
    ("Price on the flyer is last year's", "BUG"),
    ("Need a square crop for social", "REQ"),
    ("Printer is out of the recycled paper", "ISU"),
    ("Subtitles run ahead of the sound", "BUG"),
    ("Add a store finder", "REQ"),
    ("The tent in picture 7 is the old model", "BUG"),
    ("Legal wants another word for waterproof", "CHO"),
)
_STATUSES: Final = ("NEW", "INP", "CLS", "RLV", "TRG", "AWF", "CLS", "INP", "ONH", "CLS")
_DONE: Final = frozenset({"CLS", "RLV"})


def add_issues(draft: Draft) -> None:
    """Adds issues of every project that has begun, as many open ones as the project says."""
    users = [row for members in draft.crew.values() for row in members]
    for number, project in enumerate(draft.of("PROJ")):
        chance = draft.chance("issue", number)
        begun = project["status"] not in {"PLN", "ONH"}
        made = [_add_issue(draft, project, users, chance) for _ in range(chance.randint(3, 8) if begun else 1)]
        project["totalOpTaskCount"] = len(made)
        project["numberOpenOpTasks"] = sum(row["status"] not in _DONE for row in made)


def _add_issue(draft: Draft, project: Row, users: list[Row], chance: Random) -> Row:
    name, kind = chance.choice(_ISSUES)
    status = "CLS" if project["status"] == "CPL" else chance.choice(_STATUSES)
    age = chance.randint(1, 25)
    owner, assignee = chance.choice(users), chance.choice(users)
    minutes = chance.choice((1, 2, 4, 8)) * 60
    entered = draft.today - age
    issue = draft.add("OPTASK", name=name, projectID=project["ID"], status=status, opTaskType=kind,
                      priority=chance.randint(1, 4), severity=chance.randint(1, 5), ownerID=owner["ID"],
                      assignedToID=assignee["ID"], roleID=assignee["roleID"], teamID=assignee["homeTeamID"],
                      referenceNumber=500_000 + len(draft.of("OPTASK")), enteredByID=owner["ID"], condition=0,
                      lastUpdatedByID=assignee["ID"], percentComplete=100.0 if status in _DONE else 0.0,
                      entryDate=draft.at(entered, 11), lastUpdateDate=draft.at(entered + min(age, 3) - 1, 15),
                      plannedStartDate=draft.at(entered, 13), plannedCompletionDate=draft.at(entered + 5, 17),
                      workRequired=minutes, work=minutes / 60, description=f"{name}. Seen by {owner['firstName']}.",
                      customerID=draft.customer_id)  # fmt: skip
    if status in _DONE:
        issue["actualCompletionDate"] = draft.at(entered + min(age, 3) - 1, 15)
    issue["primaryAssignmentID"] = _assign(draft, issue)["ID"]
    if kind in {"BUG", "ISU"}:
        fill(draft, issue, "OPTASK", {"Impact": choice("Impact", chance), "Noticed on": draft.at(entered, 8.5),
                                      "Market": choice("Market", chance)})  # fmt: skip
    return issue


def _assign(draft: Draft, issue: Row) -> Row:
    status = "DN" if issue["status"] in _DONE else "AD" if issue["status"] == "INP" else "AA"
    return draft.add("ASSGN", opTaskID=issue["ID"], projectID=issue["projectID"], assignedToID=issue["assignedToID"],
                     roleID=issue["roleID"], assignedByID=issue["ownerID"], status=status, isPrimary=True,
                     assignmentPercent=100.0, work=issue["work"], workRequired=issue["workRequired"],
                     isTeamAssignment=False, customerID=draft.customer_id)  # fmt: skip
