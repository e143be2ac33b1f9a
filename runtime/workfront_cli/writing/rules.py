"""Who may do what with an object: the rules it has, and those it will have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, cast

from workfront_core.errors import WorkfrontError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.access_rules import AccessGrant, AccessorKind

if TYPE_CHECKING:
    from workfront_cli.data.session import Session

RULES: Final = tuple(f"accessRules:{name}" for name in ("accessorID", "accessorObjCode", "coreAction", "isInherited"))
"""The fields that tell the rules of an object."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One accessor and what it may do.

    Attributes:
        accessor_id: ID of the user, team, group, role or company.
        kind: code of what it is.
        action: the most it may do.
        name: of the accessor, for people; its ID where that is not known.
        inherited: whether it comes down from an object above, and stays.
    """

    accessor_id: str
    kind: str
    action: str
    name: str
    inherited: bool = False

    def __str__(self) -> str:
        kind = AccessorKind(self.kind).name.lower() if self.kind in set(AccessorKind) else self.kind.lower()
        return f"{kind}:{self.name} {self.action}{' (from above)' if self.inherited else ''}"


def rules_of(rows: Sequence[WorkfrontObject], opened: Session) -> list[list[Rule]]:
    """Returns the rules of each of these rows, with the names of those who are let in."""
    held = [[_rule(one) for one in _written(row)] for row in rows]
    names = _names({(rule.kind, rule.accessor_id) for rules in held for rule in rules}, opened)
    return [[replace(rule, name=names.get(rule.accessor_id, rule.name)) for rule in rules] for rules in held]


def granted(grant: AccessGrant, opened: Session) -> Rule:
    """Returns the rule that a grant makes."""
    accessor, kind = grant.accessor_id, grant.accessor_kind.value
    return Rule(accessor, kind, grant.core_action.value, _names({(kind, accessor)}, opened).get(accessor, accessor))


def with_rule(rules: Sequence[Rule], rule: Rule) -> list[Rule]:
    """Returns the rules once there is this one: another of the same accessor is gone."""
    return [*without(rules, rule.accessor_id), rule]


def without(rules: Sequence[Rule], accessor_id: str) -> list[Rule]:
    """Returns the rules once that of an accessor is gone; what comes from above stays."""
    return [rule for rule in rules if rule.accessor_id != accessor_id or rule.inherited]


def shown(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Returns the rules as people read them."""
    return tuple(map(str, rules))


def _written(row: WorkfrontObject) -> list[Mapping[str, Any]]:
    held: Any = row.to_wire().get("accessRules")
    return cast("list[Mapping[str, Any]]", held) if isinstance(held, list) else []


def _rule(written: Mapping[str, Any]) -> Rule:
    accessor = str(written.get("accessorID") or "")
    return Rule(
        accessor, str(written.get("accessorObjCode") or ""), str(written.get("coreAction") or ""), accessor,
        bool(written.get("isInherited")),
    )  # fmt: skip


def _names(accessors: Iterable[tuple[str, str]], opened: Session) -> dict[str, str]:
    """Returns the names of these accessors by their IDs; of one whose name may not be seen there is none."""
    ids: dict[str, list[str]] = {}
    for kind, accessor in sorted(accessors):
        ids.setdefault(kind, []).append(accessor)
    found: dict[str, str] = {}
    for kind in ids.keys() & set(AccessorKind):
        with suppress(WorkfrontError):
            service: Any = opened.client.by_code(kind)
            found |= {row.id: row.name for row in service.get_many(ids[kind], fields=["ID", "name"]) if row.name}
    return found
