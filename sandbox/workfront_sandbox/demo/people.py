"""Who works here: companies, groups, roles, access levels, teams, users."""

from __future__ import annotations

from math import isqrt
from typing import Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.demo.words import DOMAIN, TENANT, person
from workfront_sandbox.wire.json_value import Row

USERS: Final = 30
"""How many there are at scale 1; a hundred times the work is done by ten times the people."""

_ROLES: Final = (
    ("Project manager", "Planning", 120.0, 68.0),
    ("Creative director", "Studio", 160.0, 92.0),
    ("Designer", "Studio", 95.0, 51.0),
    ("Photographer", "Studio", 105.0, 57.0),
    ("Motion designer", "Studio", 110.0, 60.0),
    ("Copywriter", "Words", 90.0, 48.0),
    ("Translator", "Words", 80.0, 42.0),
    ("Web developer", "Web", 115.0, 63.0),
    ("Analyst", "Web", 105.0, 58.0),
    ("Media planner", "Media", 98.0, 54.0),
)
_TEAMS: Final = {
    "Planning": ("Marketing", False),
    "Studio": ("Brand", False),
    "Words": ("Brand", False),
    "Web": ("Digital", True),
    "Media": ("Digital", False),
}
_GROUPS: Final = {"Marketing": None, "Brand": "Marketing", "Digital": "Marketing", "Product marketing": "Marketing"}
_LEVELS: Final = (
    ("System Administrator", "F", True, "DELETE"),
    ("Planner", "F", False, "DELETE"),
    ("Worker", "C", False, "EDIT"),
    ("Reviewer", "R", False, "VIEW"),
    ("Requestor", "X", False, "VIEW"),
)
_NEWCOMER, _AWAY = 27, 24
"""Numbers of users without work: one came last week and has yet to sign in, one is away for months."""

_GUARDED: Final = ("PORT", "PRGM", "PROJ", "TASK", "OPTASK", "DOCU")


def add_people(draft: Draft) -> None:
    """Adds everybody, with what they belong to."""
    _add_companies(draft)
    _add_groups(draft)
    _add_roles(draft)
    _add_levels(draft)
    _add_schedule(draft)
    _add_teams(draft)
    for number in range(USERS * isqrt(draft.scale)):
        user = _add_user(draft, number)
        if user["isActive"] and number % USERS not in {_NEWCOMER, _AWAY}:
            draft.crew.setdefault(user["title"], []).append(user)
    _add_leads(draft)


def by_name(draft: Draft, code: str, name: str) -> str:
    """Returns the ID of the row of that name."""
    return next(str(row["ID"]) for row in draft.of(code) if row["name"] == name)


def users_of(draft: Draft, role: str) -> list[Row]:
    """Returns the active users of a role, in the order they came."""
    return draft.crew[role]


def _add_companies(draft: Draft) -> None:
    for name in (TENANT, "Fennimore Print", "Quillon Media"):
        draft.add("CMPY", name=name, isActive=True, isPrimary=name == TENANT, hasRateOverride=False,
                  entryDate=draft.at(-300), enteredByID=draft.me, customerID=draft.customer_id)  # fmt: skip


def _add_groups(draft: Draft) -> None:
    for name, parent in _GROUPS.items():
        draft.add("GROUP", name=name, parentID=by_name(draft, "GROUP", parent) if parent else None, isActive=True,
                  isPublic=False, description=f"{name} of {TENANT}", entryDate=draft.at(-300),
                  customerID=draft.customer_id)  # fmt: skip


def _add_roles(draft: Draft) -> None:
    for name, _, billing, cost in _ROLES:
        draft.add("ROLE", name=name, billingPerHour=billing, costPerHour=cost, maxUsers=0, isActive=True,
                  description=f"{name} at {TENANT}", entryDate=draft.at(-300),
                  customerID=draft.customer_id)  # fmt: skip


def _add_levels(draft: Draft) -> None:
    for name, license_type, admin, action in _LEVELS:
        level = draft.add("ACSLVL", name=name, licenseType=license_type, isAdmin=admin, entryDate=draft.at(-300),
                          description=f"What a {name.lower()} may do", customerID=draft.customer_id)  # fmt: skip
        for code in _GUARDED:
            draft.add("ALVPER", accessLevelID=level["ID"], objObjCode=code, coreAction=action, forbiddenActions=[],
                      secondaryActions=[], isAdmin=admin)  # fmt: skip


def _add_schedule(draft: Draft) -> None:
    schedule = draft.add("SCHED", name="Office hours", isDefault=True, hasNonWorkDays=True, timeZone="UTC",
                         entryDate=draft.at(-300), customerID=draft.customer_id)  # fmt: skip
    for day in (-43, 38):
        draft.add("NONWKD", scheduleID=schedule["ID"], nonWorkDate=draft.on(day), customerID=draft.customer_id)


def _add_teams(draft: Draft) -> None:
    for name, (group, agile) in _TEAMS.items():
        draft.add("TEAMOB", name=name, groupID=by_name(draft, "GROUP", group), isAgile=agile, isActive=True,
                  description=f"The {name.lower()} team", customerID=draft.customer_id)  # fmt: skip


def _add_user(draft: Draft, number: int) -> Row:
    """Adds a user and what hangs on it; the first is the one every call is made as."""
    first, last = person(number) if number else ("Sam", "Sandbox")
    role, team, billing, cost = _ROLES[number % len(_ROLES)]
    address = f"{first}.{last}@{DOMAIN}".lower() if number else "sam@example.com"
    user = draft.add("USER", ID=None if number else draft.me, name=f"{first} {last}", firstName=first, lastName=last,
                     username=address, emailAddr=address, title=role, roleID=by_name(draft, "ROLE", role),
                     homeTeamID=by_name(draft, "TEAMOB", team), homeGroupID=by_name(draft, "GROUP", _TEAMS[team][0]),
                     companyID=_company(draft, number), scheduleID=draft.of("SCHED")[0]["ID"],
                     isActive=number % 29 != 28, fte=1.0 if number % 7 else 0.8, timeZone="UTC", locale="en_US",
                     workHoursPerDay=8.0, costPerHour=cost, billingPerHour=billing,
                     customerID=draft.customer_id, **_presence(draft, number))  # fmt: skip
    user |= _level(draft, number)
    draft.add("TEAMMB", teamID=user["homeTeamID"], userID=user["ID"], hasAssignPermissions=role == "Project manager",
              customerID=draft.customer_id)  # fmt: skip
    draft.add("USRGPS", groupID=user["homeGroupID"], userID=user["ID"], isOwner=False)
    user["DE:Cost centre"] = f"LO-{4100 + 10 * (number % len(_ROLES))}"
    user["DE:Languages"] = [("English", "German", "Danish", "Spanish")[n % 4] for n in {0, number % 4}]
    return user


def _presence(draft: Draft, number: int) -> Row:
    """Returns when a user came and was here last."""
    if number % USERS == _NEWCOMER:
        return {"entryDate": draft.at(-4), "lastLoginDate": None}
    last = -110 if number % USERS == _AWAY else -1 - number % 9
    return {"entryDate": draft.at(-240 + number % 90), "lastLoginDate": draft.at(last, 8.5)}


def _company(draft: Draft, number: int) -> str:
    """Returns the company of a user: every tenth works for an agency."""
    companies = draft.of("CMPY")
    return str(companies[0 if number % 10 != 9 else 1 + number // 10 % 2]["ID"])


def _level(draft: Draft, number: int) -> Row:
    name = "System Administrator" if number == 0 else "Planner" if number % 10 in {0, 1} else "Worker"
    level = next(row for row in draft.of("ACSLVL") if row["name"] == name)
    return {"accessLevelID": level["ID"], "licenseType": level["licenseType"], "isAdmin": number == 0}


def _add_leads(draft: Draft) -> None:
    """Adds leads: the first of a team leads it, teams answer to the user ``me``."""
    for team in draft.of("TEAMOB"):
        members = [row for row in draft.of("USER") if row["homeTeamID"] == team["ID"]]
        team["ownerID"] = members[0]["ID"]
        for member in members[1:]:
            member["managerID"] = members[0]["ID"]
        if members[0]["ID"] != draft.me:
            members[0]["managerID"] = draft.me
    for group in draft.of("GROUP"):
        group["businessLeaderID"] = draft.me
