"""Who decides for an approver of a step: the user named, members of a team, a role, or whom a word stands for.

The words of ``wildCard`` are on record nowhere: those here are the sandbox's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from workfront_sandbox.store.store import Store
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.json_value import Row

OWNER: Final = "OWNER"
"""The ``wildCard`` of an approver that is whoever owns the project."""

SPONSOR: Final = "SPONSOR"
"""The ``wildCard`` of an approver that is the sponsor of the project; its owner where it has none."""

WORDS: Final = (OWNER, SPONSOR)


def people_of(store: Store, user_id: str, now: datetime) -> list[str]:
    """Returns the users in whose place one decides at a moment: the user, and who handed decisions over to the user."""
    found = [user_id]
    for row in store.where("USRDEL", toUserID=user_id):
        start, end = (_read_moment(row.get(name), now) for name in ("startDate", "endDate"))
        if (start is None or start <= now) and (end is None or now <= end):
            found.append(str(row.get("fromUserID")))
    return found


def approvers_of(store: Store, row: Mapping[str, Any]) -> Sequence[Row]:
    """Returns the approvers of the step that a row waits for."""
    step = row.get("currentApprovalStepID")
    return store.where("SPAPVR", approvalStepID=step) if step else ()


def decides(
    store: Store, row: Mapping[str, Any], approver: Mapping[str, Any], people: Iterable[str], *, is_admin: bool
) -> bool:
    """Returns whether one who stands for these users decides for an approver: administrators, where nobody else can."""
    if approver.get("userID"):
        return approver["userID"] in people
    if approver.get("teamID"):
        return any(store.where("TEAMMB", userID=one, teamID=approver["teamID"]) for one in people)
    asked = asked_users(store, row, approver)
    return is_admin if not asked else not asked.isdisjoint(people)


def asked_users(store: Store, row: Mapping[str, Any], approver: Mapping[str, Any]) -> set[str]:
    """Returns the users a role or a word stands for: of a role those in the team of the project, else its owner."""
    project_id = str(row.get("projectID") or row["ID"])
    project = store.get("PROJ", project_id) or {}
    if approver.get("roleID"):
        team = {one.get("userID") for kind in ("PRTU", "PTEAM") for one in store.where(kind, projectID=project_id)}
        having = {str(one) for one in team if one and approver["roleID"] in _roles(store, str(one))}
        return having or _named(project, "ownerID")
    if approver.get("wildCard") == SPONSOR:
        return _named(project, "sponsorID") or _named(project, "ownerID")
    return _named(project, "ownerID") if approver.get("wildCard") == OWNER else set()


def _named(project: Mapping[str, Any], name: str) -> set[str]:
    return {str(project[name])} if project.get(name) else set()


def _roles(store: Store, user_id: str) -> set[Any]:
    user = store.get("USER", user_id) or {}
    return {user.get("roleID"), *(one.get("roleID") for one in store.where("USRROL", userID=user_id))}


def _read_moment(text: Any, now: datetime) -> datetime | None:
    return datetimes.parse(str(text), now.tzinfo or UTC) if text else None
