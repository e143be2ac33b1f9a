"""One tenant: its rows, its clock, who asks by default, and who is notified of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias
from uuid import uuid4

from workfront_sandbox.schema.catalogue import Catalogue, Kind
from workfront_sandbox.schema.custom_enum import enum_rows
from workfront_sandbox.schema.nearest import nearest
from workfront_sandbox.schema.overrides import ROW_KEYS, WORK
from workfront_sandbox.store import sort_value
from workfront_sandbox.store.custom_field import CUSTOM, DEFINED_BY, CustomFields
from workfront_sandbox.store.database import Cell
from workfront_sandbox.store.store import Store
from workfront_sandbox.tenant.clock import Clock
from workfront_sandbox.tenant.effects import Effects, check_effects, without_effect
from workfront_sandbox.tenant.hour_type import hour_types
from workfront_sandbox.tenant.limits import Limits
from workfront_sandbox.tenant.predecessor_text import follow_links, with_texts
from workfront_sandbox.tenant.row_check import CUSTOM_VALUES, RowCheck, RowRefused
from workfront_sandbox.tenant.schedule import DEFAULT, default_schedule
from workfront_sandbox.tenant.seed_values import held_value
from workfront_sandbox.tenant.sight import Sight
from workfront_sandbox.tenant.work_item import item_of
from workfront_sandbox.wire import datetimes
from workfront_sandbox.wire.errors import ApiError, invalid, not_found
from workfront_sandbox.wire.json_value import Row, is_list, is_object, loads

JournalDeletions: TypeAlias = Literal["all", "hours", "none"]
"""Object types whose deletion the journal tells: every one that has a journal, HOUR alone as documented, none."""

ChangeType: TypeAlias = Literal["CREATE", "UPDATE", "DELETE"]
_ME: Final = "5ab00000000000000000000000000001"
_CUSTOMER: Final = "5ab00000000000000000000000000002"
_DATES: Final = frozenset({"instant", "date"})
_WORDS: Final = ("now", "me")
"""What a seed may say besides rows."""
_REMARKS: Final = frozenset({"about", "comment", "comments", "description", "name", "note", "remark", "title"})
"""Words, besides those that begin with ``_`` or ``$``, under which a seed says something to who reads it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was written: its object type, what it was and what it is now."""

    type: ChangeType
    code: str
    old: Row
    new: Row
    at: datetime
    user_id: str


def merged(changes: Sequence[Change]) -> list[Change]:
    """Returns the changes of one call with those of a row put together: what it was before, and what it is after."""
    found: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.code, str((change.new or change.old).get("ID")))
        before = found.pop(key, None)
        if before is None or before.type == "DELETE":
            found[key] = change
        elif change.type == "UPDATE":
            found[key] = replace(before, new=change.new, at=change.at)
        elif before.type == "UPDATE":
            found[key] = replace(change, old=before.old)
    return list(found.values())


@dataclass
class Tenant:
    """The state of a sandbox.

    Attributes:
        strict: whether only credentials it issued sign in, and what is disputed is read the stricter way.
        checks_values: whether new rows need the values that the service requires.
        watchers: are notified of every change after it was committed.
    """

    catalogue: Catalogue
    clock: Clock
    file: str = ":memory:"
    strict: bool = False
    limits: Limits = field(default_factory=Limits)
    effects: Effects = "refuse"
    rights: bool = False
    locks: bool = False
    checks_values: bool = False
    watchers: list[Callable[[Change], None]] = field(default_factory=list[Callable[[Change], None]])

    def __post_init__(self) -> None:
        check_effects(self.effects)
        self._kinds: dict[tuple[str, str], Kind] = {}
        self.store: Store = Store(self._encoder, self.file)
        self.sight: Sight = Sight(self.store, self.clock)
        self.watchers.insert(0, lambda change: self.sight.note(change.code, change.old, change.new))
        self.journal_deletions: JournalDeletions = "all"
        self.custom: CustomFields = CustomFields(self.store)
        self.me: str = self.store.get_value("me") or _ME
        self.customer_id: str = self.store.get_value("customer") or _CUSTOMER

    def insert(self, code: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Adds rows as they are, without defaults, journal or events; an ID is given to a row that has none.

        Dates may be written in any form the API takes. Answers with the IDs. Raises ApiError where an ID is taken, and
        for a value that no field of its kind can hold.
        """
        ready = self._insert(code, rows)
        if code == "PRED":
            follow_links(self.store, [row.get("successorID") for row in ready])
        if code == "SCHED":
            self._keep_default(ready)
        return [str(row["ID"]) for row in ready]

    def _insert(self, code: str, rows: Iterable[Mapping[str, Any]]) -> list[Row]:
        held = [{**row, "ID": row.get("ID") or new_id()} for row in (self._held(code, one) for one in rows)]
        with self.store.transaction():
            ready = [self.written(code, self.keep_password(code, str(row["ID"]), row)) for row in held]
            self.store.insert(code, ready)
        if code in DEFINED_BY:
            self.custom.forget()
        if code == "ASSGN":
            self.add_work_items(ready)
        return ready

    def _keep_default(self, rows: Sequence[Row]) -> None:
        """Takes the place of the default schedule from all others where one of some new schedules has it."""
        taken = next((row["ID"] for row in rows if row.get(DEFAULT)), None)
        for other in self.store.where("SCHED", **{DEFAULT: True}) if taken else ():
            if other["ID"] != taken:
                self.store.update("SCHED", {**other, DEFAULT: False})

    def _held(self, code: str, row: Mapping[str, Any]) -> Row:
        """Returns a row with its values as its fields hold them. Raises ApiError for one that its field cannot hold."""
        described = self.catalogue.types.get(code)
        values = row.get(CUSTOM_VALUES)
        custom = (
            {CUSTOM + name.removeprefix(CUSTOM): value for name, value in values.items()} if is_object(values) else {}
        )
        held = {name: value for name, value in row.items() if name != CUSTOM_VALUES} | custom
        for name in (described.fields.keys() if described else set[str]()) & row.keys():
            try:
                held[name] = held_value(self.kind(code, name), row[name], self.clock.zone)
            except ApiError as error:
                raise invalid(f"{code}.{name}: {error.message}") from None
        return held

    def seed(self, document: Mapping[str, Any]) -> None:
        """Fills an empty tenant, or leaves it empty: ``now`` and ``me``, then rows by objCode.

        Raises ValueError for anything else.
        """
        try:
            with self.store.transaction():
                self._seed(document)
        except ApiError as error:
            raise ValueError(f"the seed cannot be inserted: {error.message}") from None

    def _seed(self, document: Mapping[str, Any]) -> None:
        if document.get("now"):
            try:
                at = datetimes.parse(str(document["now"]), self.clock.zone)
            except ValueError as error:
                raise ValueError(f"the seed has no moment under now: {error}") from None
            self.clock.zone = at.tzinfo or self.clock.zone
            self.clock.stand(at)
        self.me = str(document.get("me") or self.me)
        codes = _codes(document, self.catalogue)
        _check_me(document.get("me"), codes.get("USER", ()))
        check = RowCheck(self.catalogue, self._codes_of(codes.get("CSTEM", ())))
        for code, rows in codes.items():
            check.check(code, rows)
            for number, row in enumerate(rows, 1):
                self._check_value(code, number, row)
        if "TASK" in codes and "PRED" in codes:
            codes["TASK"] = with_texts(codes["TASK"], codes["PRED"], codes.get("PROJ", ()))
        for code in sorted(codes, key=lambda code: (code != "PARAM", code == "ASSGN")):
            self._insert(code, codes[code])
        self._found()

    def check_rows(self, code: str, rows: Sequence[object]) -> None:
        """Raises RowRefused where a row has what its object type cannot have."""
        RowCheck(self.catalogue, self._codes_of(list(self.store.every("CSTEM")))).check(code, rows)

    def _check_value(self, code: str, number: int, row: Mapping[str, Any]) -> None:
        """Raises RowRefused where a field cannot hold the value that a row of a seed has for it."""
        try:
            self._held(code, row)
        except ApiError as error:
            raise RowRefused(f"row {number} of {code}: {error.message}") from None

    def _codes_of(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
        """Returns the codes a tenant has of each class: those of its seed, else those every tenant begins with."""
        found: dict[str, set[str]] = {}
        for row in rows or enum_rows(self.catalogue.newest, self.customer_id):
            found.setdefault(str(row.get("enumClass")), set()).add(str(row.get("value")))
        return found

    def check_custom_names(self, document: Mapping[str, Any]) -> None:
        """Raises RowRefused where a seed has values of a custom field that is not there, though others are."""
        if not self.custom.are_defined:
            return
        for code, rows in _codes(document, self.catalogue).items():
            for number, row in enumerate(rows, 1):
                for name in _custom_names(row):
                    if self.custom.find(name) is None:
                        known = [str(one.get("name")) for one in self.store.every("PARAM")]
                        raise RowRefused(
                            f"row {number} of {code} has {CUSTOM + name!r}, which no row of PARAM is for"
                            + nearest(name, known)
                        )

    def keep_password(self, code: str, object_id: str, row: Mapping[str, Any]) -> Row:
        """Returns a row without its password, which is kept for the login of that user, whatever the name is then."""
        if code != "USER":
            return dict(row)
        if row.get("password"):
            self.store.put_value(f"password:{object_id}", str(row["password"]))
        return {field: value for field, value in row.items() if field != "password"}

    def journals_deletion(self, code: str) -> bool:
        """Returns whether the journal tells that a row of an object type was deleted."""
        return self.journal_deletions == "all" or (self.journal_deletions == "hours" and code == "HOUR")

    def change_quietly(self, code: str, object_id: str, fields: Mapping[str, Any]) -> None:
        """Changes fields of a row without stamp, journal or event. Raises ApiError 404 where there is no such row."""
        row = self.store.get(code, object_id)
        if row is None:
            raise not_found(code, object_id)
        with self.store.transaction():
            self.store.update(code, {**row, **self.written(code, dict(fields))})

    def found_empty(self) -> bool:
        """Returns whether there is nothing yet, so that a seed may be inserted."""
        return self.store.count("CUST") == 0

    def without_effect(self, what: str) -> None:
        """Says that ``what`` is not computed, as the tenant was told to. Raises ApiError where it shall be refused."""
        without_effect(self.effects, what)

    def kind(self, code: str, name: str) -> Kind:
        """Returns what sort of value a field holds."""
        if name.startswith(CUSTOM):
            return self.custom.kind(name.removeprefix(CUSTOM))
        if (code, name) not in self._kinds:
            known = self.catalogue.types.get(code)
            self._kinds[code, name] = known.kind(name) if known else "any"
        return self._kinds[code, name]

    def written(self, code: str, row: Row) -> Row:
        """Returns a row with its dates in the form the API writes; ``objCode`` is known by the table."""
        return {name: self._written(code, name, value) for name, value in row.items() if name != "objCode"}

    def is_admin(self, user: Row) -> bool:
        """Returns whether a user may do everything: the user ``me``, and whoever the seed says is one."""
        level = self.store.get("ACSLVL", str(user["accessLevelID"])) if user.get("accessLevelID") else None
        return user.get("ID") == self.me or bool(user.get("isAdmin")) or bool(level and level.get("isAdmin"))

    def _written(self, code: str, name: str, value: Any) -> Any:
        is_date = isinstance(value, str) and self.kind(code, name) in _DATES
        return _dated(value, self.clock.zone, is_day=self.kind(code, name) == "date") if is_date else value

    def _encoder(self, code: str, name: str) -> Callable[[Any], Cell]:
        return partial(sort_value.encode, self.kind(code, name), zone=self.clock.zone)

    def add_work_items(self, parts: Iterable[Row]) -> int:
        """Adds the work items of assignments that came without, as those of a seed do; returns how many."""
        there = {row["ID"] for row in self.store.every("WRKITM")}
        mine = [row for row in parts if row.get("assignedToID") and row["ID"] not in there]
        keys = [[str(row.get(ROW_KEYS[code])) for code in WORK] for row in mine]
        rows = {str(row["ID"]): row for at, code in enumerate(WORK)
                for row in self.store.many(code, [own[at] for own in keys])}  # fmt: skip
        about = [next((rows[key] for key in own if key in rows), Row()) for own in keys]
        now = self.clock.wire()
        self.store.insert("WRKITM", [item_of(row, other, now) for row, other in zip(mine, about, strict=True)])
        return len(mine)

    def _found(self) -> None:
        """Adds what every tenant has: a customer, the calling user, a group, and its statuses, priorities and
        severities.
        """
        customers = list(self.store.every("CUST"))
        self.customer_id = str(customers[0]["ID"]) if customers else _CUSTOMER
        if not customers:
            self.insert("CUST", [{"ID": self.customer_id, "name": "Sandbox", "currency": "USD"}])
        if self.store.get("USER", self.me) is None:
            self.insert("USER", [_owner(self.me)])
        if self.store.count("CSTEM") == 0:
            self.store.insert("CSTEM", enum_rows(self.catalogue.newest, self.customer_id))
        if self.store.count("HOURT") == 0:
            self.insert("HOURT", hour_types(self.customer_id))
        if not self.store.where("SCHED", **{DEFAULT: True}):
            self.insert("SCHED", [default_schedule(self.customer_id)])
        self.store.put_value("me", self.me)
        self.store.put_value("customer", self.customer_id)


def read_seed(source: str | Path | Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the document of a seed: ``empty``, a file, or the document itself. Raises ValueError where it cannot be
    read.
    """
    if isinstance(source, Mapping):
        return source
    if str(source) == "empty":
        return {}
    try:
        found = loads(Path(source).read_bytes())
    except OSError as error:
        raise ValueError(f"the seed {source} cannot be read: {error.strerror}") from None
    if is_object(found) and is_object(found.get("fixture")):
        fixture: Row = found["fixture"]
        return fixture
    if not is_object(found):
        raise ValueError(f"the seed {source} must be a JSON object: rows by objCode")
    return found


def _codes(document: Mapping[str, Any], catalogue: Catalogue) -> dict[str, list[Any]]:
    """Returns the rows of a seed by objCode. Raises RowRefused where something else stands in it."""
    found: dict[str, list[Any]] = {}
    for word, rows in document.items():
        code = str(word).upper()
        if word in _WORDS:
            continue
        if word not in catalogue.types and isinstance(rows, str):
            _check_remark(word)
        elif code not in catalogue.types:
            known = [*(item.name for item in catalogue.newest.objects.values()), *catalogue.types]
            raise RowRefused(
                f"the seed has rows of {word}{nearest(code, known)}: use an objCode of the API, such as TASK"
            )
        elif not is_list(rows):
            raise RowRefused(f"the seed has no list under {word}: rows are a list of objects")
        else:
            found[code] = [*found.get(code, ()), *rows]
    return found


def _check_remark(word: str) -> None:
    """Raises RowRefused for a word that says nothing and is no remark, as one that means ``me`` or ``now``."""
    if word.lower() not in _REMARKS and word[:1] not in {"_", "$"}:
        near = nearest(word.lower(), _WORDS) or f" (known besides rows: {', '.join(_WORDS)}; a remark begins with _)"
        raise RowRefused(f"the seed has {word!r}, which says nothing{near}")


def _check_me(named: object, users: Sequence[object]) -> None:
    """Raises RowRefused where the calling user of a seed is none of its users, or one who could not sign in."""
    if not named:
        return
    found = next((row for row in users if is_object(row) and row.get("ID") == named), None)
    if found is None:
        raise RowRefused(f"the seed has me: {named!r:.80}, which is the ID of none of its rows of USER")
    if str(found.get("isActive")).strip().lower() in {"false", "0"}:
        raise RowRefused(f"the seed has me: {named!r:.80}, a user who is not active and could not sign in")


def _custom_names(row: Mapping[str, Any]) -> list[str]:
    """Returns the custom fields a row has values of."""
    values = row.get(CUSTOM_VALUES)
    return [name.removeprefix(CUSTOM) for name in (*row, *(values if is_object(values) else ()))
            if name.startswith(CUSTOM) or name not in row]  # fmt: skip


def new_id() -> str:
    """Returns a fresh ID: 32 hexadecimal digits."""
    return uuid4().hex


@lru_cache(maxsize=4096)
def _dated(text: str, zone: tzinfo, *, is_day: bool) -> str:
    """Returns a date in the form the API writes; a text that is none stays as it is."""
    try:
        at = datetimes.parse(text, zone)
    except ValueError:
        return text
    return datetimes.day(at, zone) if is_day else datetimes.wire(at, zone)


def _owner(user_id: str) -> Row:
    return {
        "ID": user_id,
        "name": "Sam Sandbox",
        "firstName": "Sam",
        "lastName": "Sandbox",
        "username": "sam@example.com",
        "emailAddr": "sam@example.com",
        "isActive": True,
    }
