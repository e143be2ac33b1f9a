"""What of a row is answered: ``fields``, down through references and collections. docs/protocol.md 7.3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workfront_sandbox.access.ancestry import rules
from workfront_sandbox.access.rights import Rights
from workfront_sandbox.query.computed import SHOWN
from workfront_sandbox.query.custom_value import all_shown, shown
from workfront_sandbox.query.field_name import Names
from workfront_sandbox.schema.joins import Join
from workfront_sandbox.schema.overrides import (
    DEFAULT_FIELDS,
    DONE,
    ENUM_CLASSES,
    NOT_COMPUTED_COLLECTIONS,
    VIEWS,
    WITHOUT_ID,
)
from workfront_sandbox.store.custom_field import CUSTOM
from workfront_sandbox.store.store import Store
from workfront_sandbox.tenant.limits import Limits
from workfront_sandbox.wire.errors import invalid, not_computed, not_found
from workfront_sandbox.wire.json_value import Row, is_list, loads

_FORMULA = "customExpression"
"""The member of the metadata that ``*`` leaves out: it has to be named."""


_EQUIVALENT: Final = "statusEquatesWith"
"""The field that shows which of the system's statuses a status stands for."""

_OF_STATUS: Final = frozenset({"isComplete", _EQUIVALENT})
"""Fields that follow from what a status means for an object type."""


@dataclass
class Selection:
    """The fields asked of one object type, and those asked of its relations."""

    code: str
    fields: dict[str, None] = field(default_factory=dict[str, None])
    relations: dict[str, tuple[Join, Selection]] = field(default_factory=dict[str, "tuple[Join, Selection]"])


def written_fields(values: Iterable[str]) -> list[str]:
    """Returns the names in ``fields``: a comma list, or a JSON list. Raises ApiError."""
    names: list[str] = []
    for value in values:
        if value.lstrip().startswith("["):
            names.extend(_json_names(value))
        else:
            names.extend(name.strip() for name in value.split(","))
    return [name for name in names if name]


@dataclass(frozen=True)
class Projection:
    """Shapes rows for one call."""

    names: Names
    store: Store
    limits: Limits
    rights: Rights | None = None

    def select(self, code: str, asked: Sequence[str]) -> Selection:
        """Returns what ``fields`` ask of an object type. Raises ApiError for an unknown field or one too deep."""
        selection = self._basic(code)
        if not asked:
            selection.fields.update(dict.fromkeys(self._defaults(code)))
        for name in asked:
            self._add(selection, name, name, 0)
        return selection

    def shape(self, selection: Selection, rows: Sequence[Row]) -> list[Row]:
        """Returns the rows as they are answered. Raises ApiError where the answer has too many objects."""
        return self._shape(selection, rows, [0, 0])

    def _basic(self, code: str) -> Selection:
        known = self.names.schema.objects[code].fields
        named = ["name"] if "name" in known else []
        identity = ["ID"] if "ID" in known and code not in WITHOUT_ID else []
        return Selection(code, dict.fromkeys([*identity, *named, "objCode"]))

    def _defaults(self, code: str) -> list[str]:
        known = self.names.schema.objects[code].fields
        return [name for name in DEFAULT_FIELDS.get(code, ()) if name in known]

    def _add(self, selection: Selection, name: str, whole: str, depth: int) -> None:
        if name == "*":
            self._add_all(selection)
            return
        head, _, rest = name.partition(":")
        if head == "DE":
            self._add_custom(selection, rest, whole, depth)
            return
        join = self.names.schema.relation(selection.code, head)
        if (selection.code, head) in NOT_COMPUTED_COLLECTIONS:
            raise not_computed(f"{head} ({self.names.schema.objects[selection.code].name})")
        if join is not None:
            self._descend(selection, join, whole, depth, rest)
        elif rest and head == "parameterValues":
            selection.fields["parameterValues"] = None
        elif self.names.schema.leads_nowhere(selection.code, head):
            selection.fields[head] = None
        elif rest or not self.names.readable(selection.code, name):
            raise self.names.unknown(selection.code, name)
        else:
            selection.fields[name] = None

    def _add_all(self, selection: Selection) -> None:
        known = self.names.schema.objects[selection.code].fields
        shown_by_all = (name for name, item in known.items() if "WRITE_ONLY" not in item.flags and name != _FORMULA)
        selection.fields.update(dict.fromkeys(shown_by_all))

    def _add_custom(self, selection: Selection, name: str, whole: str, depth: int) -> None:
        head, _, rest = name.partition(":")
        join = self.names.schema.relation(selection.code, head) if rest else None
        if join is not None:
            self._descend(selection, join, whole, depth, CUSTOM + rest)
        elif name == "*":
            raise invalid("no such field: '*'")
        elif self._is_part_of_reference(name):
            return
        elif not self.names.custom.known(name):
            raise not_found("Parameter", name[:200])
        else:
            selection.fields[CUSTOM + name] = None

    def _is_part_of_reference(self, name: str) -> bool:
        """Returns whether a name goes on behind that of a custom field; then nothing is returned."""
        first, colon, _ = name.partition(":")
        return bool(colon) and self.names.custom.known(first)

    def _descend(self, selection: Selection, join: Join, whole: str, depth: int, rest: str) -> None:
        if depth >= self.limits.depth:
            raise invalid(f"{whole[:200]} goes deeper than {self.limits.depth} levels")
        known = selection.relations.get(join.name)
        inner = known[1] if known else self._basic(join.target)
        selection.relations[join.name] = (join, inner)
        selection.fields[join.name] = None
        if rest:
            self._add(inner, rest, whole, depth + 1)

    def _shape(self, selection: Selection, rows: Sequence[Row], seen: list[int]) -> list[Row]:
        seen[0] += len(rows)
        seen[1] += len(rows) * len(selection.fields)
        self.limits.check_size(*seen)
        related = {
            name: self._related(selection.code, join, inner, rows, seen)
            for name, (join, inner) in selection.relations.items()
        }
        return [self._one(selection, row, related) for row in rows]

    def _one(self, selection: Selection, row: Row, related: Mapping[str, Mapping[str, Any]]) -> Row:
        shaped: Row = {}
        for name in selection.fields:
            if name in related:
                join = selection.relations[name][0]
                shaped[name] = related[name].get(row["ID"], [] if join.many else None)
            else:
                shaped[name] = self._value(selection.code, row, name)
        return shaped

    def _value(self, code: str, row: Row, name: str) -> Any:
        if name == "objCode":
            return code
        if name == "parameterValues":
            return all_shown(self.store, self.names.custom, row)
        if name.startswith(CUSTOM):
            return shown(self.store, self.names.custom, row, name)
        if self.names.schema.leads_nowhere(code, name):
            return self.names.schema.nothing(code, name)
        kind = self._kind(code, row) if name in _OF_STATUS else code
        if ((code, name) in SHOWN or (code in VIEWS and name == "isComplete")) and row.get(name) is None:
            return str(row.get("status")).removesuffix(":A") in done_statuses(self.store, kind)
        if name == _EQUIVALENT and (kind, "status") in ENUM_CLASSES:
            return equivalent(self.store, kind, row.get("status"))
        base = self.names.label_of(code, name)
        return row.get(name) if base is None or name in row else self._label(code, base, row.get(base))

    def _kind(self, code: str, row: Row) -> str:
        """Returns the object type of a row, which in a view is that of one of its parts."""
        parts = VIEWS.get(code, ())
        return next((part for part in parts if self.store.get(part, str(row.get("ID"))) is not None), code)

    def _label(self, code: str, name: str, value: Any) -> str | None:
        plain = value.removesuffix(":A") if isinstance(value, str) else value
        values = self.names.schema.objects[code].fields[name].values
        return next((item.label for item in values if item.value == plain), None)

    def _related(
        self, code: str, join: Join, inner: Selection, rows: Sequence[Row], seen: list[int]
    ) -> Mapping[str, Any]:
        """Returns what stands at the other end of a join, by the ID of the row it belongs to."""
        if join.name == "accessRules" and join.target == "ACSRUL":
            return self._rules(code, inner, rows, seen)
        ties = related_ids(self.store, join, rows)
        ids = list(dict.fromkeys(other for others in ties.values() for other in others))
        found = self.store.many(join.target, ids)
        if self.rights is not None:
            found = self.rights.visible(join.target, found)
        shaped = {row["ID"]: value for row, value in zip(found, self._shape(inner, found, seen), strict=True)}
        present = {key: [shaped[other] for other in others if other in shaped] for key, others in ties.items()}
        return present if join.many else {key: (values[0] if values else None) for key, values in present.items()}

    def _rules(self, code: str, inner: Selection, rows: Sequence[Row], seen: list[int]) -> Mapping[str, Any]:
        """Returns the access rules of rows, by their IDs: their own, and those that come down from above."""
        found = {str(row["ID"]): rules(self.store, code, row) for row in rows}
        return {key: self._shape(inner, of_row, seen) for key, of_row in found.items()}


def related_ids(store: Store, join: Join, rows: Sequence[Row]) -> Mapping[str, list[str]]:
    """Returns the IDs a join leads to, by the ID of the row it starts from."""
    if join.fixed:
        every = [str(row["ID"]) for row in store.every(join.target) if is_fixed(join, row)]
        return {row["ID"]: every for row in rows}
    if join.near is None:
        return {row["ID"]: [str(item) for item in _listed(row.get(join.list_field))] for row in rows}
    if not join.many:
        return {row["ID"]: [str(row[join.near])] for row in rows if row.get(join.near)}
    owners = [str(row["ID"]) for row in rows]
    if join.through:
        third, near, far = join.through
        links = store.members(third, (near,), owners)
        return {owner: [str(link.get(far)) for link in found] for owner, found in links.items()}
    if join.listed:
        members = store.listing(join.target, join.far, owners)
    else:
        members = store.members(join.target, join.keys, owners)
    left_out = done_statuses(store, join.target) if join.open_only else frozenset[str]()
    return {
        owner: [str(row["ID"]) for row in found if str(row.get("status")).removesuffix(":A") not in left_out]
        for owner, found in members.items()
    }


def is_fixed(join: Join, row: Row) -> bool:
    """Returns whether a row has the values that all members of a join have."""
    return all(row.get(name) in values for name, values in join.fixed)


def done_statuses(store: Store, code: str) -> frozenset[str]:
    """Returns the statuses of an object type that say that nothing is left to do: the system's, and the
    tenant's own.
    """
    own = store.cells("CSTEM", ("value", "equatesWith"), enumClass=ENUM_CLASSES[code, "status"])
    return frozenset(DONE[code]) | {str(row.get("value")) for row in own if row.get("equatesWith") in DONE[code]}


def equivalent(store: Store, code: str, status: Any) -> str | None:
    """Returns the status of the system that a row's own one stands for."""
    plain = str(status).removesuffix(":A") if status else None
    own = store.cells("CSTEM", ("equatesWith",), enumClass=ENUM_CLASSES[code, "status"], value=plain) if plain else []
    return next((str(row["equatesWith"]) for row in own if row.get("equatesWith")), plain)


def _listed(value: Any) -> list[Any]:
    return value if is_list(value) else []


def _json_names(text: str) -> list[str]:
    try:
        names = loads(text)
    except ValueError as error:
        raise invalid(f"JSON parsing error: fields: {error}"[:300]) from None
    if not is_list(names) or not all(isinstance(name, str) for name in names):
        raise invalid("JSON parsing error: fields is not a list of names")
    return [str(name) for name in names]
