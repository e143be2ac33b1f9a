"""Object types as the sandbox needs them: members by name, and how relations join. Made from snapshots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal, TypeAlias

from workfront_sandbox.schema.filter_names import path_of, relation_of
from workfront_sandbox.schema.following import origin_of
from workfront_sandbox.schema.joins import Join, collection_join, reference_join, view_join
from workfront_sandbox.schema.nearest import nearest_name
from workfront_sandbox.schema.overrides import (
    ALIASES,
    MORE_COLLECTIONS,
    MORE_FIELDS,
    MORE_REFERENCES,
    VIEWS,
    WRITES_WITH_EFFECT,
    WRITES_WITHOUT_EFFECT,
)
from workfront_sandbox.schema.snapshot_source import SnapshotSource, source_of
from workfront_sandbox.wire.address import NEWEST
from workfront_sandbox.wire.errors import ApiError
from workfront_schema.parameter_types import is_data_type_of, is_display_type_of
from workfront_schema.snapshot import Field, ObjectType, Operation, Snapshot
from workfront_schema.wire_types import TypeKind, kind_of

Kind: TypeAlias = Literal["text", "number", "boolean", "instant", "date", "list", "any"]
COMPARED_AS: Final[Mapping[TypeKind, Kind]] = {
    TypeKind.TEXT: "text",
    TypeKind.INTEGER: "number",
    TypeKind.FLOAT: "number",
    TypeKind.DECIMAL: "number",
    TypeKind.BOOLEAN: "boolean",
    TypeKind.DATE_TIME: "instant",
    TypeKind.DATE: "date",
    TypeKind.TEXTS: "list",
    TypeKind.VALUES: "any",
    TypeKind.BYTES: "any",
    TypeKind.MAP: "any",
}
"""How filters and sort orders take the values of a field."""


@dataclass(frozen=True)
class ObjectSchema:
    """One object type of one version."""

    source: ObjectType

    @property
    def code(self) -> str:
        """The objCode."""
        return self.source.obj_code

    @property
    def name(self) -> str:
        """The name error texts call it by."""
        return self.source.name

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Plain fields by name."""
        more = {name: Field(name, name) for name in MORE_FIELDS.get(self.code, ())}
        return more | {item.name: item for item in self.source.fields}

    @cached_property
    def filter_only(self) -> frozenset[str]:
        """Names that filters know and ``fields`` does not."""
        return frozenset(self.source.search) - set(self.fields) - set(self.relations)

    @cached_property
    def relations(self) -> Mapping[str, bool]:
        """Whether it leads to many rows, by the name of every reference and collection."""
        one = dict.fromkeys((item.name for item in self.source.references), False)
        return one | dict.fromkeys(self.members, True)

    @cached_property
    def members(self) -> Mapping[str, str | None]:
        """The object type of every collection's members, by the collection's name; None where it is not known."""
        return MORE_COLLECTIONS.get(self.code, {}) | {item.name: item.target_code for item in self.source.collections}

    @cached_property
    def references(self) -> Mapping[str, Join]:
        """Joins to one row, by the reference's name; only those with a known target."""
        more = MORE_REFERENCES.get(self.code, {})
        named = {item.name: item.target_code for item in self.source.references}
        return {name: reference_join(self.code, name, code) for name, code in (more | named).items() if code}

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The object type that a field names rows of, by the field: ``projectID`` those of PROJ."""
        return {join.near: join.target for join in self.references.values() if join.near and join.near != "ID"}

    @cached_property
    def actions(self) -> Mapping[str, Operation]:
        """Actions by name."""
        return {item.name: item for item in self.source.actions}

    @cached_property
    def queries(self) -> Mapping[str, Operation]:
        """Named queries by name."""
        return {item.name: item for item in self.source.queries}

    def is_without_effect(self, name: str) -> bool:
        """Returns whether nothing follows here from a field that is written for what follows from it."""
        known = self.fields.get(name)
        if known is None or (self.code, name) in WRITES_WITH_EFFECT:
            return False
        return "WRITE_ONLY" in known.flags or (self.code, name) in WRITES_WITHOUT_EFFECT

    def follows(self, name: str) -> bool:
        """Returns whether a field follows from something else, so that a value written to it is none."""
        known = self.fields.get(name)
        return known is not None and ("READ_ONLY" in known.flags or origin_of(self.code, name) is not None)

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        return {name: _kind(name, item.type) for name, item in self.fields.items()}

    def kind(self, name: str) -> Kind:
        """Returns what sort of value a field holds; where the metadata is silent, its name decides."""
        return self._kinds.get(name) or _kind(name)


@dataclass(frozen=True)
class VersionSchema:
    """All object types of one version, found by name, objCode or alias, whatever the letter case."""

    objects: Mapping[str, ObjectSchema]
    removed: frozenset[str] = frozenset()
    _collections: dict[str, Mapping[str, Join]] = field(default_factory=dict[str, Mapping[str, Join]], compare=False)

    @cached_property
    def _by_word(self) -> Mapping[str, ObjectSchema]:
        words = {item.name.lower(): item for item in self.objects.values()}
        aliases = {word: self.objects[code] for word, code in ALIASES.items() if code in self.objects}
        return aliases | words | {code.lower(): item for code, item in self.objects.items()}

    def find(self, word: str) -> ObjectSchema:
        """Returns the object type a segment of a path names. Raises ApiError 410 for a removed one, else 404."""
        if (found := self._by_word.get(word.lower())) is not None:
            return found
        if word.lower() in self.removed:
            raise ApiError(410, f"{word} is no longer available in this API version")
        raise ApiError(404, f"Unknown object type: {word[:100]}")

    def collections(self, code: str) -> Mapping[str, Join]:
        """Returns the joins to many rows, by the collection's name; only those with a known target."""
        if code not in self._collections:
            self._collections[code] = dict(self._joins(self.objects[code]))
        return self._collections[code]

    def _joins(self, owner: ObjectSchema) -> Sequence[tuple[str, Join]]:
        found: list[tuple[str, Join]] = []
        for name, code in owner.members.items():
            if code is not None and code in self.objects:
                found.append((name, self._join(owner.code, name, code)))
        return found

    def _join(self, owner: str, name: str, target: str) -> Join:
        """Returns the join of a collection; what belongs to a row of a view belongs to it by its own type."""
        parts = [self.collections(part).get(name) for part in VIEWS.get(owner, ()) if part in self.objects]
        known = [join for join in parts if join is not None and join.target == target and not join.fixed]
        return view_join(known) if known else collection_join(owner, name, target, set(self.objects[target].fields))

    def relation(self, code: str, name: str) -> Join | None:
        """Returns the join of a reference or a collection, or None where there is none of the name."""
        found = self.objects[code].references.get(name) or self.collections(code).get(name)
        return found if found and found.target in self.objects else None

    @cached_property
    def _sources(self) -> Mapping[str, ObjectType]:
        return {code: item.source for code, item in self.objects.items()}

    def filter_path(self, code: str, name: str) -> str | None:
        """Returns the path that a name stands for which only filters know, or None where it stands for none."""
        if name not in self.objects[code].filter_only:
            return None
        path = path_of(self._sources, code, name)
        head = path.partition(":")[0] if path else ""
        return path if self.relation(code, head) or head in self.objects[code].fields else None

    def filter_relation(self, code: str, name: str) -> Join | None:
        """Returns the join of a relation that only filters know, or None where nothing ties its rows to those of the
        type.
        """
        found = relation_of(self.objects[code].source.search.get(name), name)
        if found is None or name not in self.objects[code].filter_only or found[1] not in self.objects:
            return None
        join = self._join(code, *found)
        return join if join.near or join.through else None

    def leads_nowhere(self, code: str, name: str) -> bool:
        """Returns whether a relation is listed, but not which objects it leads to."""
        return name in self.objects[code].relations and self.relation(code, name) is None

    def nothing(self, code: str, name: str) -> list[str] | None:
        """Returns what a relation shows that leads to nothing: null, or no members."""
        return [] if self.objects[code].relations[name] else None


class Catalogue:
    """The snapshots at hand, and for every version the nearest of them."""

    def __init__(self, snapshots: Sequence[Snapshot | SnapshotSource]) -> None:
        """Keeps snapshots. Raises ValueError where there is none."""
        if not snapshots:
            raise ValueError("a sandbox needs at least one snapshot")
        sources = [item if isinstance(item, SnapshotSource) else source_of(item) for item in snapshots]
        self._sources = {item.number: item for item in sources}
        most = max(len(item.names) for item in sources)
        self._whole = [number for number, item in self._sources.items() if 2 * len(item.names) >= most]
        self._versions: dict[int, VersionSchema] = {}

    def at(self, version: int) -> VersionSchema:
        """Returns the schema of a version: that of the nearest whole snapshot, with what a nearer partial one says."""
        if version not in self._versions:
            self._versions[version] = self._build(version)
        return self._versions[version]

    @cached_property
    def newest(self) -> VersionSchema:
        """The schema of the newest snapshot."""
        return self.at(max(self._whole))

    @cached_property
    def types(self) -> Mapping[str, ObjectSchema]:
        """Every object type of any version, each as the newest version that has it describes it."""
        return TypesOfVersions(self, {code: number for number in sorted(self._whole) for code in self.names(number)})

    def has_field(self, code: str, name: str) -> bool:
        """Returns whether an object type has a field of this name in any version."""
        described = (self.at(number).objects.get(code) for number in self._whole)
        return any(item is not None and name in item.fields for item in described)

    def names(self, number: int) -> Mapping[str, str]:
        """Returns the names of the object types in the snapshot of a version, by objCode."""
        return self._sources[number].names

    def check_code(self, code: str) -> None:
        """Raises a ValueError unless a snapshot has an object type of this objCode."""
        if code not in self.types and not any(code in own.names for own in self._sources.values()):
            near = nearest_name(code, self.types)
            raise ValueError(
                f"{code!r} is not an objCode of this sandbox." + (f" Did you mean {near}?" if near else "")
            )

    @cached_property
    def newest_version(self) -> int:
        """The number of the newest version that is served: the latest one we know of, or a snapshot beyond it."""
        return max(NEWEST, *self._sources)

    def snapshot(self, version: int) -> Snapshot:
        """Returns the whole snapshot nearest to a version."""
        return self._sources[self._nearest(version)].snapshot

    def _build(self, version: int) -> VersionSchema:
        base = self._nearest(version)
        objects = {item.obj_code: ObjectSchema(item) for item in self._sources[base].snapshot.objects}
        for number in sorted(self._sources, key=lambda number: -abs(number - version)):
            if number not in self._whole and abs(number - version) < abs(base - version):
                objects |= {item.obj_code: ObjectSchema(item) for item in self._sources[number].snapshot.objects}
        if "PARAM" in objects:
            objects["PARAM"] = ObjectSchema(_as_of(version, objects["PARAM"].source))
        older = [item.words for number, item in self._sources.items() if number < version]
        here = {word.lower() for item in objects.values() for word in (item.code, item.name)}
        return VersionSchema(objects, frozenset[str]().union(*older) - here)

    def _nearest(self, version: int) -> int:
        return min(self._whole, key=lambda number: (abs(number - version), -number))


class TypesOfVersions(Mapping[str, ObjectSchema]):
    """Object types by objCode, each of one version; a version is read when one of its types is asked for.

    Args:
        catalogue: of the versions.
        versions: the version of each type.
    """

    def __init__(self, catalogue: Catalogue, versions: Mapping[str, int]) -> None:
        """Keeps which version describes which type; none is read yet."""
        self._catalogue = catalogue
        self._versions = versions

    def __getitem__(self, code: str) -> ObjectSchema:
        """Returns an object type. Raises KeyError."""
        return self._catalogue.at(self._versions[code]).objects[code]

    def __contains__(self, code: object) -> bool:
        """Returns whether a version has a type of this objCode."""
        return code in self._versions

    def __iter__(self) -> Iterator[str]:
        """Returns the objCodes."""
        return iter(self._versions)

    def __len__(self) -> int:
        """Returns how many types there are."""
        return len(self._versions)


def _as_of(version: int, parameters: ObjectType) -> ObjectType:
    """Returns the object type of custom fields with the words of their types that a version knows."""
    knows = {"displayType": is_display_type_of, "dataType": is_data_type_of}
    fields = tuple(
        replace(item, values=tuple(code for code in item.values if knows[item.name](version, str(code.value))))
        if item.name in knows
        else item
        for item in parameters.fields
    )
    return replace(parameters, fields=fields)


def _kind(name: str, wire_type: str | None = None) -> Kind:
    if wire_type is not None:
        found = kind_of(wire_type)
        return "any" if found is None else COMPARED_AS[found]
    if name.endswith("Date"):
        return "instant"
    return "text" if name.endswith(("ID", "ObjCode")) or name == "objCode" else "any"
