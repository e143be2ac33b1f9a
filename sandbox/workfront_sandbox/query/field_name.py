"""Names of fields as calls write them: ``name``, ``project:portfolio:name``, ``DE:Region``, ``DE:project:Region``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workfront_sandbox.query.computed import COMPUTED
from workfront_sandbox.schema.catalogue import Catalogue, Kind, VersionSchema
from workfront_sandbox.schema.joins import Join
from workfront_sandbox.schema.overrides import NOT_COMPUTED_COLLECTIONS, NOT_SEARCHED
from workfront_sandbox.store.custom_field import CUSTOM, CustomFields
from workfront_sandbox.store.store import Store
from workfront_sandbox.wire.errors import ApiError, invalid, not_computed, not_found, not_searched, unknown_field
from workfront_schema.custom_fields import FieldKind

EXTRA = frozenset({"objCode", "parameterValues"})
_UNFILTERED: Final = frozenset({"NOT_FILTERABLE", "WRITE_ONLY"})
"""Flags of fields that no filter takes: a value that nobody can read is not searched for, either."""


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field, found: the relations that lead to it, the object type it belongs to, its name in rows, and its kind."""

    relations: tuple[Join, ...]
    code: str
    field: str
    kind: Kind

    @property
    def custom(self) -> bool:
        """Whether the field is one of the tenant's own."""
        return self.field.startswith(CUSTOM)


@dataclass(frozen=True)
class Names:
    """Finds the fields of one version, and those the tenant added."""

    schema: VersionSchema
    store: Store
    custom: CustomFields
    catalogue: Catalogue
    model: str
    derived: bool = False
    strict: bool = False

    def filterable(self, code: str, path: str) -> FieldName:
        """Returns the field a filter, a sort or a group names. Raises ApiError for an unknown or unfilterable one."""
        found = self._walk(code, path)
        if self.strict and found.custom:
            self._check_custom(found.field.removeprefix(CUSTOM))
        described = self.schema.objects[found.code].fields.get(found.field)
        if described is not None and _UNFILTERED & set(described.flags):
            raise invalid(f"Field {found.field} ({self.schema.objects[found.code].name}) cannot be filtered")
        return found

    def searchable(self, code: str, path: str) -> FieldName:
        """Returns the field a filter names. Raises ApiError, also for the type of rows where that is no field of
        theirs: each row has it, and no search looks at it.
        """
        found = self.filterable(code, path)
        if found.field == "objCode" and found.field not in self.schema.objects[found.code].fields:
            raise not_searched(found.field)
        return found

    def _check_custom(self, name: str) -> None:
        """Raises ApiError for text with formatting, which lists cannot be filtered or sorted by."""
        field = self.custom.find(name)
        if field is not None and field.value_kind is FieldKind.RICH:
            raise invalid(f"Field {CUSTOM}{name[:200]} holds text with formatting and cannot be filtered or sorted by")

    def readable(self, code: str, name: str) -> bool:
        """Returns whether ``fields`` may name a plain field of an object type."""
        described = self.schema.objects[code].fields.get(name)
        if described is not None:
            return "WRITE_ONLY" not in described.flags
        return name in EXTRA or self.is_undescribed(code, name) or self.label_of(code, name) is not None

    def writable(self, code: str, name: str) -> bool:
        """Returns whether an update may name a plain field of an object type."""
        return name in self.schema.objects[code].fields or (name in EXTRA) or self.is_undescribed(code, name)

    def label_of(self, code: str, name: str) -> str | None:
        """Returns the field whose label a derived field such as ``statusLabel`` shows, where such fields are shown."""
        base = name.removesuffix("Label")
        described = self.schema.objects[code].fields.get(base)
        return base if self.derived and base != name and described is not None and described.values else None

    def unknown(self, code: str, name: str) -> ApiError:
        """Returns the refusal of a name nobody knows."""
        return unknown_field(self.model, name[:200], self.schema.objects[code].name)

    def _walk(self, code: str, path: str) -> FieldName:
        custom, rest = path.startswith(CUSTOM), path.removeprefix(CUSTOM)
        way: list[Join] = []
        while ":" in (rest := self._spelled(code, rest)):
            head, _, tail = rest.partition(":")
            if head == "DE" and not custom:
                custom, rest = True, tail
                continue
            if (code, head) in NOT_COMPUTED_COLLECTIONS:
                raise not_computed(f"A filter over {head} ({self.schema.objects[code].name})")
            join = self.schema.relation(code, head) or self.schema.filter_relation(code, head)
            if join is None:
                break
            way.append(join)
            code, rest = join.target, tail
        return self._custom_field(way, code, rest) if custom else self._plain_field(way, code, rest)

    def _spelled(self, code: str, path: str) -> str:
        """Returns a path with the name it begins with spelled out, where only filters know it: ``project:ownerID``."""
        head, colon, tail = path.partition(":")
        return f"{self.schema.filter_path(code, head) or head}{colon}{tail}"

    def _custom_field(self, way: Sequence[Join], code: str, name: str) -> FieldName:
        if not self.custom.known(name):
            raise not_found("Parameter", name[:200])
        return FieldName(tuple(way), code, CUSTOM + name, self.custom.kind(name))

    def _plain_field(self, way: Sequence[Join], code: str, name: str) -> FieldName:
        schema, head = self.schema.objects[code], name.partition(":")[0]
        if (code, name) in NOT_SEARCHED:
            raise not_searched(name)
        if (computed := COMPUTED.get((code, name))) is not None:
            return FieldName(tuple(way), code, name, computed.kind)
        if head in schema.filter_only or self.schema.leads_nowhere(code, head):
            raise not_computed(f"A filter over {head[:200]} ({schema.name})")
        if name not in schema.fields and name != "objCode" and not self.is_undescribed(code, name):
            raise self.unknown(code, name)
        return FieldName(tuple(way), code, name, schema.kind(name))

    def is_undescribed(self, code: str, name: str) -> bool:
        """Returns whether a row has the field, of which the metadata of no version knows anything."""
        if name.startswith(CUSTOM) or self.store.column(code, name) is None:
            return False
        return not self.catalogue.has_field(code, name)
