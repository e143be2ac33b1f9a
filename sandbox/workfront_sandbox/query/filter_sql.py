"""Filters as SQL over the columns of rows: fields, paths through references and collections, custom fields, EXISTS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from workfront_sandbox.query import operators
from workfront_sandbox.query.computed import COMPUTED, SHOWN, is_done
from workfront_sandbox.query.field_name import FieldName, Names
from workfront_sandbox.query.filter_groups import Condition, Exists, Group
from workfront_sandbox.query.operators import NEGATIVES, NULL_ACCEPTING, NULLS, Binder, joined
from workfront_sandbox.query.rule_sql import has_rule, leads_to_rules, origin_type, shown
from workfront_sandbox.query.wildcard import Caller, resolve
from workfront_sandbox.schema.catalogue import Kind
from workfront_sandbox.schema.joins import Join
from workfront_sandbox.schema.overrides import VIEWS
from workfront_sandbox.store.sort_value import day_of, decode, number
from workfront_sandbox.store.store import Store
from workfront_sandbox.wire.errors import ApiError, invalid


@dataclass
class Compiler:
    """Makes SQL of filters. One compiler makes one statement: its values are in ``bind.values``."""

    names: Names
    store: Store
    caller: Caller
    bind: Binder = field(default_factory=Binder)
    _aliases: count[int] = field(default_factory=lambda: count(1))
    _heirs: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def where(self, code: str, alias: str, groups: Sequence[Group]) -> str:
        """Returns the condition under which a row is found. Raises ApiError for unknown fields and operators."""
        return joined(" OR ", [self._group(code, alias, group) for group in groups])

    def _group(self, code: str, alias: str, group: Group) -> str:
        conditions = [self._condition(code, alias, item, (code, alias)) for item in group.conditions]
        return joined(" AND ", [*conditions, *(self._exists(code, alias, item) for item in group.exists)])

    def _exists(self, code: str, alias: str, block: Exists) -> str:
        inner = self.names.schema.find(block.obj_code).code
        other = self._alias()
        tests = [self._condition(inner, other, item, (code, alias)) for item in block.conditions]
        word = "NOT EXISTS" if block.negated else "EXISTS"
        return f"{word} (SELECT 1 FROM {self.store.rows_of(inner)} {other} WHERE {joined(' AND ', tests)})"  # noqa: S608

    def _condition(self, code: str, alias: str, item: Condition, outer: tuple[str, str]) -> str:
        if item.operator not in operators.ALL:
            raise invalid(f"Unknown operator: {item.operator[:50]}")
        name = self.names.searchable(code, item.path)
        return self._along(code, alias, name.relations, name, item, outer)

    def _along(
        self, code: str, alias: str, way: Sequence[Join], name: FieldName, item: Condition, outer: tuple[str, str]
    ) -> str:
        """Follows the relations of a path; where none is left, compares."""
        if not way:
            return self.compare(self.field(code, alias, name.field), name, item, outer)
        if item.operator in NULL_ACCEPTING and not any(join.many for join in way):
            return self.compare(self.value(code, alias, way, name), name, item, outer)
        other = self._alias()
        target = way[0].target
        if leads_to_rules(way[0]):
            self._heirs[other] = (code, self._alias())
        rest = self._along(target, other, way[1:], name, item, outer)
        return self._member(code, alias, way[0], other, rest)

    def _member(self, code: str, alias: str, join: Join, other: str, rest: str) -> str:
        """Returns the SQL that some row at the other end of a join meets a condition."""
        if (heir := self._heirs.pop(other, None)) is not None:
            return has_rule(self, alias, other, heir[1], rest)
        if not join.many and join.near:
            self.store.index(code, join.near)
            near = self.field(code, alias, join.near)
            return f"{near} IN (SELECT {other}.id FROM {self.store.rows_of(join.target)} {other} WHERE {rest})"  # noqa: S608
        tie = self._tie(code, alias, join, other)
        return f"EXISTS (SELECT 1 FROM {self.store.rows_of(join.target)} {other} WHERE {tie} AND {rest})"  # noqa: S608

    def _tie(self, code: str, alias: str, join: Join, other: str) -> str:
        if join.through:
            third, near, far = join.through
            link = self._alias()
            self.store.index(third, near)
            mine, theirs = self.field(third, link, near), self.field(third, link, far)
            return f"{other}.id IN (SELECT {theirs} FROM {self.store.rows_of(third)} {link} WHERE {mine} = {alias}.id)"  # noqa: S608
        if join.fixed:
            return joined(" AND ", [self._one_of(join.target, other, name, values) for name, values in join.fixed])
        if join.near is None:
            return f"{other}.id IN (SELECT value FROM json_each({self._list_of(code, alias, join.list_field)}))"  # noqa: S608
        near = self.field(code, alias, join.near)
        if join.listed:
            return f"{near} IN (SELECT value FROM json_each({self._list_of(join.target, other, join.far)}))"  # noqa: S608
        for key in join.keys:
            self.store.index(join.target, key)
        tie = joined(" OR ", [f"{self.field(join.target, other, key)} = {near}" for key in join.keys])
        if not join.open_only:
            return tie
        return f"({tie}) AND NOT {is_done(join.target, self.field(join.target, other, 'status'), self)}"

    def _one_of(self, code: str, alias: str, name: str, values: Sequence[str]) -> str:
        return f"{self.field(code, alias, name)} IN ({', '.join(self.bind(value) for value in values)})"

    def _list_of(self, code: str, alias: str, name: str) -> str:
        return f"CAST(coalesce({self.field(code, alias, name)}, '[]') AS TEXT)"

    def value(self, code: str, alias: str, way: Sequence[Join], name: FieldName) -> str:
        """Returns the expression of a field at the end of references; null where one of them is empty."""
        if not way:
            return self.field(code, alias, name.field)
        join, other = way[0], self._alias()
        inner = self.value(join.target, other, way[1:], name)
        near = self.field(code, alias, join.near or "ID")
        return f"(SELECT {inner} FROM {self.store.rows_of(join.target)} {other} WHERE {other}.id = {near})"  # noqa: S608

    def field(self, code: str, alias: str, name: str) -> str:
        """Returns the expression of a field of a row; null where no row has it."""
        if name == "objCode":
            return f"'{code}'"
        if (heir := self._heirs.get(alias)) is not None:
            return self._of_heir(code, alias, name, *heir)
        if code in VIEWS and all((part, name) in COMPUTED for part in VIEWS[code]):
            return self._of_parts(code, alias, name)
        if (computed := COMPUTED.get((code, name))) is not None:
            made = computed.sql(code, self.field(code, alias, "status"), self)
            stored = self.store.column(code, name) if (code, name) in SHOWN else None
            return f"coalesce({alias}.{stored}, {made})" if stored else made
        column = self.store.column(code, name)
        return f"{alias}.{column}" if column else "NULL"

    def _of_heir(self, code: str, alias: str, name: str, owner: str, heir: str) -> str:
        """Returns the expression of a field of an access rule as the row shows it that has the rule."""
        column = self.store.column(code, "securityObjCode" if name == "ancestorObjCode" else name)
        stored = f"{alias}.{column}" if column else "NULL"
        return origin_type(stored, heir) if name == "ancestorObjCode" else shown(name, owner, stored, heir, self.store)

    def _of_parts(self, code: str, alias: str, name: str) -> str:
        """Returns the expression of a computed field of a view: of each row as its own type has it."""
        status = self.field(code, alias, "status")
        cases = [
            f"WHEN {alias}.id IN (SELECT id FROM {self.store.rows_of(part)}) "  # noqa: S608
            f"THEN {COMPUTED[part, name].sql(part, status, self)}"
            for part in VIEWS[code]
        ]
        return f"(CASE {' '.join(cases)} END)"

    def compare(self, f: str, name: FieldName, item: Condition, outer: tuple[str, str]) -> str:
        """Returns the SQL of one comparison of an expression."""
        if name.kind != "list" and not name.custom:
            return self._scalar(f, name.kind, item, outer)
        return self._maybe_list(f, name.kind, item, outer)

    def _maybe_list(self, f: str, kind: Kind, item: Condition, outer: tuple[str, str]) -> str:
        """Returns the SQL for a value that may be a list: it meets a condition when one of its members does, a denial
        when none does.
        """
        scalar = "any" if kind == "list" else kind
        if item.operator in NULLS:
            return self._scalar(f, scalar, item, outer)
        if item.operator == "allof":
            values = [resolved for value in item.values for resolved in resolve(value, self.caller)]
            return joined(" AND ", [self._maybe_list(f, kind, Condition(item.path, "eq", (v,)), outer) for v in values])
        member = self._alias()
        positive = NEGATIVES.get(item.operator)
        inner = Condition(item.path, positive or item.operator, item.values, item.upper)
        test = self._scalar(f"{member}.value", scalar, inner, outer)
        some = f"EXISTS (SELECT 1 FROM json_each(CAST({f} AS TEXT)) {member} WHERE {test})"  # noqa: S608
        members = f"NOT {some}" if positive else some
        return f"CASE WHEN typeof({f}) = 'blob' THEN {members} ELSE {self._scalar(f, scalar, item, outer)} END"

    def _scalar(self, f: str, kind: Kind, item: Condition, outer: tuple[str, str]) -> str:
        operator = item.operator
        if operator in NULLS:
            return NULLS[operator].format(f=f)
        values = [resolved for value in item.values for resolved in resolve(value, self.caller)]
        if len(item.values) == 1 and (other := self._other_field(values, outer)) is not None:
            return operators.single(operator, f, other)
        if operator in operators.RANGES:
            return self._range(f, kind, item, values)
        if operator in {"in", "notin"} and kind == "text" and (f.endswith(".id") or item.path.endswith("ID")):
            values = [part.strip() for value in values for part in value.split(",")]
        if operator in operators.LISTS or (operator in {"eq", "ne", "nee"} and len(values) > 1):
            return self._list(f, kind, operator, values)
        if operator in operators.WORDS:
            return self._words(f, operator, " ".join(values))
        word = " AND " if operator in NEGATIVES else " OR "
        if operator == "allof":
            word = " AND "
        return joined(word, [self._single(f, kind, operator, value) for value in values]) if values else "0"

    def _single(self, f: str, kind: Kind, operator: str, value: str) -> str:
        if operator in operators.TEXTS:
            return operators.single(operator, f, self.bind(value))
        if operator in operators.NUMBERS:
            return operators.single(operator, f, self.bind(number(value)))
        if value == "" and kind not in {"text", "any", "list"}:
            return f"{f} IS NOT NULL" if operator in NEGATIVES else f"{f} IS NULL"
        if kind in {"instant", "date"} and operator in {"eq", "ne", "nee", "in", "notin"}:
            return self._day(f, operator, value)
        operator = "eq" if operator in {"exacttime", "in", "allof"} else operator
        return (
            self._any(f, operator, value) if kind == "any" else operators.single(operator, f, self._mark(kind, value))
        )

    def _any(self, f: str, operator: str, value: str) -> str:
        """Returns the SQL for a value of unknown kind, which is compared as the kind it is found in."""
        choices: list[tuple[str, Kind]] = [("'text'", "text")]
        other: Kind | None = "boolean" if value.lower() in {"true", "false"} else None
        if _reads("number", value, self.caller):
            other = "number"
        if other is not None:
            choices.append(("'integer', 'real'", other))
        tests = [
            f"WHEN typeof({f}) IN ({types}) THEN {operators.single(operator, f, self._mark(kind, value))}"
            for types, kind in choices
        ]
        fallback = f"{f} IS NULL" if operator == "ne" else ("1" if operator in NEGATIVES else "0")
        return f"CASE WHEN {f} IS NULL THEN {1 if operator == 'ne' else 'NULL'} {' '.join(tests)} ELSE {fallback} END"

    def _day(self, f: str, operator: str, value: str) -> str:
        low, high = (self.bind(end) for end in day_of(value, self.caller.zone))
        inside = f"{f} BETWEEN {low} AND {high}"
        if operator in {"eq", "in"}:
            return inside
        return f"({f} IS NULL OR NOT {inside})" if operator == "ne" else f"NOT ({inside})"

    def _range(self, f: str, kind: Kind, item: Condition, values: Sequence[str]) -> str:
        high = resolve(item.upper or "", self.caller)[0]
        low = values[0] if values else ""
        if kind == "any":
            kind = "number" if _reads("number", low, self.caller) else "text"
        return operators.range_test(item.operator, f, self._mark(kind, low), self._mark(kind, high))

    def _list(self, f: str, kind: Kind, operator: str, values: Sequence[str]) -> str:
        if kind in {"instant", "date", "any"} and not operator.startswith("ci"):
            negated = operator in NEGATIVES
            single = {"in": "eq", "notin": "nee"}.get(operator, operator)
            return joined(" AND " if negated else " OR ", [self._single(f, kind, single, v) for v in values]) or "0"
        name = {"eq": "in", "ne": "notin", "nee": "notin"}.get(operator, operator)
        zone = self.caller.zone
        found = operators.listed(name, f, [decode(kind, value, zone) for value in values], self.bind)
        return f"({f} IS NULL OR {found})" if operator == "ne" else found

    def _words(self, f: str, operator: str, text: str) -> str:
        single, word = operators.WORDS[operator]
        return joined(word, [operators.single(single, f, self.bind(part)) for part in text.split()])

    def _other_field(self, values: Sequence[str], outer: tuple[str, str]) -> str | None:
        """Returns the expression of ``FIELD:name``: a field of the row that is searched for."""
        if len(values) != 1 or not values[0].upper().startswith("FIELD:"):
            return None
        code, alias = outer
        name = self.names.filterable(code, values[0][len("FIELD:") :])
        if any(join.many for join in name.relations):
            raise invalid(f"{values[0][:100]} leads through a collection")
        return self.value(code, alias, name.relations, name)

    def _mark(self, kind: Kind, value: str) -> str:
        return self.bind(decode(kind, value, self.caller.zone))

    def _alias(self) -> str:
        return f"t{next(self._aliases)}"


def _reads(kind: Kind, value: str, caller: Caller) -> bool:
    try:
        decode(kind, value, caller.zone)
    except ApiError:
        return False
    return True
