"""Builds the IR of a package from a snapshot: names decided, types spelt, clashes refused. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from workfront_codegen import ir, type_map
from workfront_codegen.custom_builder import CustomBuilder
from workfront_codegen.mixins import mixins
from workfront_codegen.names import ConstantName, MemberName, ModuleName, snake
from workfront_codegen.naming import Naming
from workfront_codegen.notes import action_notes, create_notes, summary
from workfront_schema.custom_catalogue import catalogue_of
from workfront_schema.custom_fields import CUSTOM_PREFIX
from workfront_schema.facts import CreateFact, Facts
from workfront_schema.search_names import SearchName, SearchNames
from workfront_schema.snapshot import Argument, EnumValue, Field, ObjectType, Operation, Relation, Snapshot
from workfront_schema.wire_types import TypeKind, is_list_type, item_type, kind_of

_ID = "ID"


def build_package(
    snapshot: Snapshot,
    naming: Naming,
    name: str,
    inferred: Mapping[str, frozenset[str]],
    facts: Facts | None = None,
    *,
    with_forms: bool = True,
) -> ir.Package:
    """Returns the IR of one API version. ``inferred`` has the objCodes that no server confirmed, and of each the
    members (``fields.name``) whose types were concluded.

    Where no name can be made, or two wire names would get one Python name, that is noted in ``naming.problems``.
    """
    links = _links(snapshot, naming)
    enums = _enums(snapshot, naming)
    custom = CustomBuilder(catalogue_of(snapshot), naming.custom)
    builder = _Builder(naming, links, enums, facts or Facts(), SearchNames(snapshot), custom)
    objects = tuple(builder.object(item, inferred.get(item.obj_code)) for item in snapshot.objects)
    package = ir.Package(
        name=name,
        version=snapshot.version,
        folder=ModuleName(snapshot.version.removesuffix(".0").replace(".", "_")),
        objects=tuple(sorted(objects, key=lambda item: item.class_name)),
        enums=tuple(sorted(enums.values(), key=lambda enum: enum.class_name)),
        options=custom.every_options(),
        forms=custom.forms() if with_forms else (),
    )
    _check_class_names(package, naming)
    return package


def _typed_by_inference(members: Iterable[ir.Member], inferred: Collection[str]) -> tuple[str, ...]:
    """Returns the wire names, sorted, of the members of inferred types; that IDs are texts is certain."""
    sections = ("fields", "references", "collections")
    found = {m.wire for m in members if any(f"{part}.{m.wire}" in inferred for part in sections)}
    return tuple(sorted(found - {_ID}))


def _links(snapshot: Snapshot, naming: Naming) -> dict[str, ir.Link]:
    links = {item.name: _link(item, naming) for item in snapshot.objects}
    naming.problems.check("*", ((link.module, f"{name}.name") for name, link in links.items()))
    return links


def _link(item: ObjectType, naming: Naming) -> ir.Link:
    class_name = naming.object_class(item)
    return ir.Link(class_name, ModuleName(naming.attribute(item, class_name)))


def _enums(snapshot: Snapshot, naming: Naming) -> dict[str, ir.ValueEnum]:
    values: dict[str, dict[str | int, EnumValue]] = {}
    for item in snapshot.objects:
        for field in item.fields:
            known = values.setdefault(_enum_source(item, field), {}) if field.values else {}
            for value in field.values:
                known.setdefault(value.value, value)
    return {source: _enum(source, tuple(found.values()), naming) for source, found in sorted(values.items())}


def _enum_source(item: ObjectType, field: Field) -> str:
    return field.enum or f"{item.name}.{item.name}{field.name[:1].upper()}{field.name[1:]}"


def _enum(source: str, values: tuple[EnumValue, ...], naming: Naming) -> ir.ValueEnum:
    class_name = naming.enum(source)
    mixed = len({type(value.value) for value in values}) > 1
    constants = naming.constants(class_name, source, values)
    members = tuple(
        ir.EnumMember(constant, str(value.value) if mixed else value.value, value.label)
        for constant, value in zip(constants, values, strict=True)
    )
    return ir.ValueEnum(class_name, ModuleName(snake(class_name)), source, members)


def _check_class_names(package: ir.Package, naming: Naming) -> None:
    models = [(o.class_name, f"{o.obj_code}.name") for o in package.objects]
    derived = [
        (f"{prefix}{o.class_name}{suffix}", f"{o.obj_code}.name ({prefix}{suffix})")
        for o in package.objects
        for prefix, suffix in (("", "Field"), ("", "Paths"), ("", "Service"), ("Async", "Service"), ("", "Values"))
    ]
    derived += [
        (f"{o.class_name}Custom{suffix}", f"{o.obj_code}.name (Custom{suffix})")
        for o in package.custom_objects
        for suffix in ("", "Paths", "Values")
    ]
    derived += [(f"{o.class_name}SearchPaths", f"{o.obj_code}.name (SearchPaths)") for o in package.objects if o.search]
    derived += [
        (f"{o.class_name}CreateValues", f"{o.obj_code}.name (CreateValues)")
        for o in package.objects
        if o.service and o.service.demands
    ]
    enums = [(e.class_name, f"enums.{e.source}") for e in package.enums]
    naming.problems.check("*", (*models, *derived, *enums))


@dataclass(frozen=True, slots=True)
class _Builder:
    naming: Naming
    links: Mapping[str, ir.Link]
    enums: Mapping[str, ir.ValueEnum]
    facts: Facts
    search_names: SearchNames
    custom: CustomBuilder

    def object(self, item: ObjectType, inferred: frozenset[str] | None) -> ir.Object:
        link = self.links[item.name]
        members = tuple(self._members(item))
        self.naming.problems.check(item.obj_code, ((m.name, _path(m)) for m in members))
        return ir.Object(
            obj_code=item.obj_code,
            wire_name=item.name,
            class_name=link.class_name,
            module=link.module,
            label=item.label or item.name,
            flags=item.flags,
            secondary=item.secondary,
            reconstructed=inferred is not None,
            inferred=_typed_by_inference(members, inferred or ()),
            members=members,
            search=self._search(item),
            service=self._service(item, members),
            custom=self.custom.members(item.obj_code),
        )

    def _search(self, item: ObjectType) -> tuple[ir.SearchMember, ...]:
        members = tuple(self._search_member(item, name) for name in self.search_names.of(item))
        self.naming.problems.check(item.obj_code, ((member.name, f"search.{member.wire}") for member in members))
        return members

    def _search_member(self, item: ObjectType, known: SearchName) -> ir.SearchMember:
        target = self.links.get(known.target or "")
        spelling = type_map.field_type(known.type)
        call = "collection" if known.many else "reference"
        return ir.SearchMember(
            name=self.naming.member(item, "search", known.name),
            wire=known.name,
            label=known.label,
            type=_search_type(known, target),
            stands_for=known.stands_for,
            path_class=f"{target.class_name}Paths[_R]" if target else f"_paths.{spelling.path}[_R]",
            path_call=call if target else spelling.call,
            target=target,
        )

    def _members(self, item: ObjectType) -> Iterable[ir.Member]:
        for field in item.fields:
            if not field.name.startswith(CUSTOM_PREFIX):
                yield self._field(item, field)
        for relation in item.references:
            yield self._relation(item, "reference", relation)
        for relation in item.collections:
            yield self._relation(item, "collection", relation)

    def _field(self, item: ObjectType, field: Field) -> ir.Member:
        values = self.enums[_enum_source(item, field)] if field.values else None
        enum = ir.Link(values.class_name, values.module) if values else None
        spelling = _field_type(field, values)
        text = {"enum": enum.class_name} if enum else {}
        name = self.naming.member(item, "fields", field.name)
        return ir.Member(
            name=name,
            wire=field.name,
            constant=ConstantName(name.upper()),
            kind="field",
            label=field.label or field.name,
            type=field.type or "type unknown",
            flags=field.flags,
            annotation=spelling.row.format(**text) + ("" if field.name == _ID else " | None"),
            path_class=_path_class(spelling, enum),
            path_call=spelling.call,
            write=None if "READ_ONLY" in field.flags or field.name == _ID else spelling.write.format(**text),
            enum=enum,
        )

    def _relation(self, item: ObjectType, kind: str, relation: Relation) -> ir.Member:
        name = self.naming.member(item, f"{kind}s", relation.name)
        target = self.links.get(relation.target or "")
        return ir.Member(
            name=name,
            wire=relation.name,
            constant=ConstantName(name.upper()),
            kind=kind,
            label=relation.label or relation.name,
            type=f"{kind}, {relation.target or 'target unknown'}",
            flags=relation.flags,
            annotation=_relation_annotation(kind, target, self.links[item.name]),
            path_class=f"{target.class_name}Paths[_R]" if target else "_paths.JsonPath[_R]",
            path_call=kind if target else "json",
            write=None if "READ_ONLY" in relation.flags else _relation_write(kind, target),
            target=target,
        )

    def _service(self, item: ObjectType, members: tuple[ir.Member, ...]) -> ir.Service | None:
        if not (item.verbs or item.actions or item.queries):
            return None
        actions = tuple(self._call(item, "actions", action) for action in item.actions)
        queries = tuple(self._call(item, "queries", query) for query in item.queries)
        self.naming.problems.check(
            item.obj_code,
            (
                (call.name, f"{kind}.{call.wire}")
                for kind, calls in (("actions", actions), ("queries", queries))
                for call in calls
            ),
        )
        create = self.facts.of_create(item.obj_code)
        return ir.Service(
            attribute=self.naming.attribute(item, self.links[item.name].class_name),
            mixins=mixins(item),
            creates="add" in item.verbs,
            updates="edit" in item.verbs,
            actions=actions,
            queries=queries,
            create_notes=create_notes(create),
            demanded=_demanded(create, members),
        )

    def _call(self, item: ObjectType, kind: str, operation: Operation) -> ir.Call:
        path = f"{kind}.{operation.name}.arguments"
        parameters = tuple(self._parameter(item, path, argument) for argument in _each_once(operation.arguments))
        self.naming.problems.check(item.obj_code, ((p.name, f"{path}.{p.wire}") for p in parameters))
        type_ = operation.result or (self._own_rows(item, operation) if kind == "queries" else None)
        target, many = self._target(type_)
        result = _result(type_, target, many)
        known = self.facts.of_action(item.obj_code, operation.name) if kind == "actions" else ()
        return ir.Call(
            name=self.naming.operation(item, kind, operation.name),
            wire=operation.name,
            label=summary(operation, known),
            parameters=parameters,
            type=operation.result or (f"{type_}, not declared" if type_ else "not declared"),
            annotation=result.annotation,
            decoder=result.decoder,
            target=target,
            row=next((fact.target for fact in known if fact.target), None),
            notes=action_notes(known),
        )

    def _own_rows(self, item: ObjectType, query: Operation) -> str:
        """Returns what a named query answers with whose result no server names: rows of its own object type."""
        return item.name if self.facts.is_one_row(item.obj_code, query.name) else f"{item.name}[]"

    def _parameter(self, item: ObjectType, path: str, argument: Argument) -> ir.Parameter:
        target, many = self._target(argument.type)
        return ir.Parameter(
            name=self.naming.argument(item, path, argument.name),
            wire=argument.name,
            type=argument.type or "type unknown",
            annotation=_argument_annotation(argument.type, target, many),
            check=None if target else type_map.argument_check(argument.type),
            target=target,
            many=many,
        )

    def _target(self, type_: str | None) -> tuple[ir.Link | None, bool]:
        """Returns the model that ``Task`` or ``Task[]`` stands for, and whether it is a list of its rows."""
        return self.links.get(item_type(type_)), is_list_type(type_)


def _each_once(arguments: tuple[Argument, ...]) -> list[Argument]:
    """Returns the arguments without those that are listed twice; two types for one name are none that is known."""
    found: dict[str, Argument] = {}
    for argument in arguments:
        known = found.setdefault(argument.name, argument)
        if known.type != argument.type:
            found[argument.name] = replace(known, type=None)
    return list(found.values())


def _path(member: ir.Member) -> str:
    """Returns where a member stands in the file of its object type."""
    return f"{member.kind}s.{member.wire}"


def _search_type(known: SearchName, target: ir.Link | None) -> str:
    if target is None:
        return known.type or "type unknown"
    return f"leads to {'rows' if known.many else 'one row'} of {target.class_name}"


def _demanded(create: CreateFact | None, members: tuple[ir.Member, ...]) -> frozenset[MemberName]:
    wires = create.needs if create and create.typed else ()
    return frozenset(member.name for member in members if member.write and member.wire in wires)


def _argument_annotation(type_: str | None, target: ir.Link | None, many: bool) -> str:
    if target is None:
        return type_map.argument_type(type_)
    return type_map.row_argument(target.class_name, many=many)


def _result(type_: str | None, target: ir.Link | None, many: bool) -> type_map.ResultType:
    if target is None:
        return type_map.result_type(type_)
    decoder = f"_services.decoders.{'list_of' if many else 'optional_row_of'}({target.class_name})"
    return type_map.ResultType(f"list[{target.class_name}]" if many else f"{target.class_name} | None", decoder)


def _field_type(field: Field, enum: ir.ValueEnum | None) -> type_map.FieldType:
    spelling = type_map.field_type(field.type)
    if enum is None:
        return spelling
    kind = kind_of(field.type)
    if kind is TypeKind.TEXTS:
        return type_map.TEXT_ENUMS
    if field.type is not None and kind not in (TypeKind.TEXT, TypeKind.INTEGER):
        return spelling
    return type_map.NUMBER_ENUM if enum.numeric else type_map.TEXT_ENUM


def _path_class(spelling: type_map.FieldType, enum: ir.Link | None) -> str:
    closed = enum is not None and spelling.path.endswith("EnumPath")
    return f"_paths.{spelling.path}[_R, {enum.class_name}]" if enum and closed else f"_paths.{spelling.path}[_R]"


def _relation_annotation(kind: str, target: ir.Link | None, own: ir.Link) -> str:
    if target is None:
        return f"{type_map.UNKNOWN_FIELD.row} | None"
    name = f"_{target.class_name}" if target == own else target.class_name
    return f"list[{name}] | None" if kind == "collection" else f"{name} | None"


def _relation_write(kind: str, target: ir.Link | None) -> str:
    if target is None:
        return type_map.UNKNOWN_FIELD.write
    return type_map.row_argument(target.class_name, many=kind == "collection")
