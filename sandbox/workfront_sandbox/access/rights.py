"""Rights of one user on rows: the most that any rule gives, and no more than the access level allows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from workfront_sandbox.access.ancestry import GUARDED, HELD, above, holder, own_type
from workfront_sandbox.access.approver import approvers_of, decides
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.store.store import Store
from workfront_sandbox.wire.json_value import Row

NOTHING: Final = 0
VIEW: Final = 1
CONTRIBUTE: Final = 2
MANAGE: Final = 3
DELETE: Final = 4

LEVELS: Final[Mapping[str, int]] = {"VIEW": VIEW, "LIMITED_EDIT": CONTRIBUTE, "EDIT": MANAGE, "DELETE": DELETE}
"""What the words of rules and access levels stand for, least first."""

_MAKER: Final = "enteredByID"
_GRANTS: Final[Mapping[str, Mapping[str, int]]] = {
    "PORT": {_MAKER: DELETE, "ownerID": DELETE},
    "PRGM": {_MAKER: DELETE, "ownerID": DELETE},
    "PROJ": {_MAKER: DELETE, "ownerID": DELETE, "sponsorID": VIEW},
    "TASK": {_MAKER: DELETE},
    "OPTASK": {_MAKER: DELETE, "ownerID": CONTRIBUTE},
    "DOCU": {_MAKER: DELETE, "ownerID": DELETE},
    "TMPL": {_MAKER: DELETE, "ownerID": DELETE},
}
"""What the fields of a row that name a user give that user."""


_MEMBERSHIPS: Final = {"TEAMMB": "TEAMOB", "USRGPS": "GROUP", "USRROL": "ROLE"}
"""Object types that tie users to what they belong to, and the types of that."""


@dataclass
class Rights:
    """What a user may do.

    Attributes:
        store: where the rows are.
        user: whose rights they are.
        is_admin: whether the user may do everything.
        people: the users in whose place the user decides: those whose decisions were handed over, too.
    """

    store: Store
    user: Row
    people: Collection[str]
    is_admin: bool = False
    _own: dict[str, int] = field(default_factory=dict[str, int])

    def level(self, code: str, row: Mapping[str, Any]) -> int:
        """Returns the most the user may do with a row; everything where its type is not shared row by row."""
        code = own_type(self.store, code, row)
        if self.is_admin:
            return DELETE
        if self.user.get("isActive") is False:
            return NOTHING
        if code not in GUARDED:
            return DELETE if code not in HELD or self._sees_holder(code, row) else NOTHING
        most = self._permission(code, row)
        for kind, owner in above(self.store, code, row):
            most = max(most, self._permission(kind, owner))
        return min(most, self.cap(code))

    def sees(self, code: str, row: Mapping[str, Any]) -> bool:
        """Returns whether the user may see a row."""
        return self.level(code, row) >= VIEW

    def visible(self, code: str, rows: Sequence[Row]) -> list[Row]:
        """Returns the rows that the user may see."""
        return [row for row in rows if self.sees(code, row)]

    def _sees_holder(self, code: str, row: Mapping[str, Any]) -> bool:
        """Returns whether the user sees what a row hangs on; what belongs to the user is seen without that."""
        if HELD[code] and row.get(HELD[code]) == self.user.get("ID"):
            return True
        found = holder(self.store, row)
        return found is None or self.sees(*found)

    def cap(self, code: str) -> int:
        """Returns the most the user's access level allows with an object type; everything where it says nothing."""
        found = [
            LEVELS.get(str(row.get("coreAction")), NOTHING) for row in self._level_rows if row["objObjCode"] == code
        ]
        return max(found) if found else DELETE

    def may_add(self, code: str) -> bool:
        """Returns whether the user's access level lets rows of a type be made; it does where it says nothing."""
        said = [row for row in self._level_rows if row["objObjCode"] == code]
        return not said or any(row.get("coreAction") in {"ADD", "DELETE", "EDIT"} for row in said)

    def forbids(self, code: str, row: Mapping[str, Any], action: str) -> bool:
        """Returns whether every rule that lets the user change a row takes one sort of change out of that."""
        if self.is_admin or code not in GUARDED:
            return False
        return not any(self._lets(kind, one, action) for kind, one in [(code, row), *above(self.store, code, row)])

    def _lets(self, code: str, row: Mapping[str, Any], action: str) -> bool:
        key = str(row.get("ID"))
        if max(self._granted(code, row), self._by_work(code, key)) >= CONTRIBUTE:
            return True
        needed = VIEW if action == "SHARE" else CONTRIBUTE
        return any(
            LEVELS.get(str(rule.get("coreAction")), NOTHING) >= needed
            and action not in (rule.get("forbiddenActions") or ())
            for rule in self._rules(key)
        )

    @cached_property
    def accessors(self) -> frozenset[str]:
        """The user, and all the user belongs to."""
        own = str(self.user.get("ID"))
        found = {own, *(str(self.user[name]) for name in ("companyID", "homeGroupID", "homeTeamID", "roleID")
                        if self.user.get(name))}  # fmt: skip
        for code, other in _MEMBERSHIPS.items():
            found |= {str(row.get(ROW_KEYS[other])) for row in self.store.where(code, userID=own)}
        return frozenset(found)

    @cached_property
    def _level_rows(self) -> Sequence[Row]:
        level = self.user.get("accessLevelID")
        return self.store.where("ALVPER", accessLevelID=level) if level else ()

    def _permission(self, code: str, row: Mapping[str, Any]) -> int:
        key = str(row.get("ID"))
        if key not in self._own:
            self._own[key] = max(
                self._granted(code, row), self._shared(key), self._by_work(code, key), self._asked(code, row)
            )
        return self._own[key]

    def _granted(self, code: str, row: Mapping[str, Any]) -> int:
        fields = _GRANTS.get(code, {})
        if code == "OPTASK" and (asked := self._requestor_level(row)) is not None:
            fields = dict.fromkeys(fields, asked)
        return max((level for name, level in fields.items() if row.get(name) == self.user.get("ID")), default=NOTHING)

    def _requestor_level(self, row: Mapping[str, Any]) -> int | None:
        """Returns what those who make a request may do with it where a queue that is published takes it."""
        project = self.store.get("PROJ", str(row.get("projectID"))) or {}
        queue = self.store.get("QUED", str(project["queueDefID"])) if project.get("queueDefID") else None
        if queue is None or not queue.get("isPublic"):
            return None
        return LEVELS.get(str(queue.get("requestorCoreAction")), CONTRIBUTE)

    def _shared(self, key: str) -> int:
        return max((LEVELS.get(str(rule.get("coreAction")), NOTHING) for rule in self._rules(key)), default=NOTHING)

    def _rules(self, key: str) -> list[Row]:
        rules = self.store.where("ACSRUL", securityObjID=key)
        return [rule for rule in rules if rule.get("accessorID") in self.accessors]

    def _by_work(self, code: str, key: str) -> int:
        """Returns what working on a row gives: assignees contribute, and see the project; so do members of its team."""
        if code in WORK:
            return CONTRIBUTE if self._works_on(self.store.where("ASSGN", **{ROW_KEYS[code]: key})) else NOTHING
        if code != "PROJ":
            return NOTHING
        team = [row for kind in ("PRTU", "PTEAM") for row in self.store.where(kind, projectID=key)]
        if any(row.get("userID") == self.user.get("ID") for row in team):
            return VIEW
        return VIEW if self._works_on(self.store.where("ASSGN", projectID=key)) else NOTHING

    def _asked(self, code: str, row: Mapping[str, Any]) -> int:
        """Returns what a wanted decision gives those who are asked, as long as it is wanted: sight of the row."""
        if code == "DOCU":
            requests = self.store.where("DOCAPL", documentID=row.get("ID"), approverID=self.user.get("ID"))
            return VIEW if requests else NOTHING
        approvers = approvers_of(self.store, row)
        is_asked = any(decides(self.store, row, one, self.people, is_admin=self.is_admin) for one in approvers)
        return VIEW if is_asked else NOTHING

    def _works_on(self, parts: Sequence[Row]) -> bool:
        names = ("assignedToID", "teamID", "roleID")
        return any(_assignee(row, names) in self.accessors for row in parts)


def _assignee(row: Row, names: Sequence[str]) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")
