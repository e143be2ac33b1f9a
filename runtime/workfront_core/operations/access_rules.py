"""Who may do what with an object, docs/protocol.md 11.7."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from workfront_core.arguments import checked_texts
from workfront_core.errors.kinds import QueryError
from workfront_core.values.ids import checked_id


class AccessorKind(StrEnum):
    """What an object can be shared with.

    Examples:
        >>> from workfront_client import AccessorKind
        >>> AccessorKind.TEAM.value
        'TEAMOB'
    """

    USER = "USER"
    TEAM = "TEAMOB"
    GROUP = "GROUP"
    ROLE = "ROLE"
    COMPANY = "CMPY"


class CoreAction(StrEnum):
    """What an accessor may do; each includes the ones before it.

    Examples:
        >>> from workfront_client import CoreAction
        >>> [str(action) for action in CoreAction]
        ['VIEW', 'LIMITED_EDIT', 'EDIT', 'DELETE']
    """

    VIEW = "VIEW"
    LIMITED_EDIT = "LIMITED_EDIT"
    EDIT = "EDIT"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True)
class AccessGrant:
    """One accessor and what it may do.

    Attributes:
        accessor_id: ID of the user, team, group, role or company.
        accessor_kind: which of these it is.
        core_action: the most it may do.
        forbidden_actions: wire names of finer actions that are withheld nevertheless.

    Raises:
        QueryError: an empty ID, an unknown kind or action, one text in place of a list.

    Examples:
        >>> from workfront_client import AccessGrant, AccessorKind, CoreAction
        >>> grant = AccessGrant("5d800000000000000000000000000001", AccessorKind.TEAM, CoreAction.EDIT)
        >>> grant.to_wire()
        {'accessorID': '5d800000000000000000000000000001', 'accessorObjCode': 'TEAMOB', 'coreAction': 'EDIT'}
    """

    accessor_id: str
    accessor_kind: AccessorKind
    core_action: CoreAction
    forbidden_actions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "accessor_id", checked_id(self.accessor_id))
        object.__setattr__(self, "accessor_kind", accessor_kind(self.accessor_kind))
        object.__setattr__(self, "core_action", core_action(self.core_action))
        object.__setattr__(self, "forbidden_actions", _texts(self.forbidden_actions))

    def to_wire(self) -> dict[str, JsonValue]:
        """Returns the rule as ``access_rules=[rule.to_wire(), ...]`` takes it, which replaces all rules of an
        object.
        """
        rule: dict[str, JsonValue] = {
            "accessorID": self.accessor_id,
            "accessorObjCode": self.accessor_kind.value,
            "coreAction": self.core_action.value,
        }
        if self.forbidden_actions:
            rule["forbiddenActions"] = list(self.forbidden_actions)
        return rule


def accessor_kind(value: str) -> AccessorKind:
    """Returns the kind of this objCode.

    Raises:
        QueryError: objects are not shared with that.
    """
    if not isinstance(value, str) or value not in set(AccessorKind):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"Nothing is shared with {value!r:.80}.", hint=f"Use one of {', '.join(AccessorKind)}.")
    return AccessorKind(value)


def core_action(value: str) -> CoreAction:
    """Returns the core action of this name.

    Raises:
        QueryError: there is none.
    """
    if not isinstance(value, str) or value not in set(CoreAction):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"{value!r:.80} is not a core action.", hint=f"Use one of {', '.join(CoreAction)}.")
    return CoreAction(value)


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(checked_texts(values, "forbidden_actions="))
