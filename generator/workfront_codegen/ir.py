"""What is rendered, as a table of contents: every name decided, every list sorted, nothing left to work out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from workfront_codegen.names import ClassName, ConstantName, MemberName, ModuleName
from workfront_core.errors import QueryError
from workfront_core.errors.redaction import is_secret
from workfront_core.request.api_version import ApiVersion
from workfront_schema.custom_fields import CustomField, CustomForm


@dataclass(frozen=True, slots=True)
class EnumMember:
    """One value of a value enum."""

    name: ConstantName
    value: str | int
    label: str


@dataclass(frozen=True, slots=True)
class ValueEnum:
    """The base values of a kind of field: a StrEnum, or an IntEnum where the codes are numbers."""

    class_name: ClassName
    module: ModuleName
    source: str
    members: tuple[EnumMember, ...]

    @property
    def numeric(self) -> bool:
        """Whether the codes are numbers."""
        return all(isinstance(member.value, int) for member in self.members)


@dataclass(frozen=True, slots=True)
class Link:
    """Another generated class that a module refers to, and the module it stands in."""

    class_name: ClassName
    module: ModuleName


@dataclass(frozen=True, slots=True)
class Member:
    """A field, a reference or a collection, with the three spellings of its type: in rows, in paths, in writes."""

    name: MemberName
    wire: str
    constant: ConstantName
    kind: str
    label: str
    type: str
    flags: tuple[str, ...]
    annotation: str
    path_class: str
    path_call: str
    write: str | None
    enum: Link | None = None
    target: Link | None = None


@dataclass(frozen=True, slots=True)
class SearchMember:
    """A name that only filters know; ``stands_for`` is the path it is short for, where that is known."""

    name: MemberName
    wire: str
    label: str
    type: str
    stands_for: str
    path_class: str
    path_call: str
    target: Link | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a custom field: a StrEnum of all, and the texts that a write may carry.

    ``root`` begins the names of its classes: ``Region`` -> ``RegionOption``. Hidden ones are no longer offered;
    ``closed`` says that the server takes no other.
    """

    root: str
    module: str
    wire: str
    members: tuple[EnumMember, ...]
    hidden: frozenset[str]
    closed: bool

    @property
    def offered(self) -> tuple[EnumMember, ...]:
        """The options that are not hidden."""
        return tuple(member for member in self.members if member.value not in self.hidden)


@dataclass(frozen=True, slots=True)
class CustomMember:
    """A custom field in the namespace of an object; ``write`` is None where the server computes it, ``target`` the
    objCode that a reference leads to.
    """

    name: str
    wire: str
    kind: str
    label: str
    about: str
    annotation: str
    path_class: str
    write: str | None
    options: Options | None = None
    target: str | None = None

    @property
    def read_only(self) -> bool:
        """Whether the server computes the field."""
        return self.write is None

    @property
    def closed(self) -> bool:
        """Whether a write may carry nothing but its options."""
        return self.options is not None and self.options.closed


@dataclass(frozen=True, slots=True)
class Form:
    """A custom form as a class: the fields a write may carry, and the names of those that it may not."""

    class_name: str
    module: str
    form: CustomForm
    fields: Mapping[str, CustomField]
    members: tuple[CustomMember, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of fields that a write of the form cannot carry."""
        return tuple(sorted(self.form.fields.keys() - {member.wire for member in self.members}))


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of an action or a named query; ``target`` where it is a row, or a list of rows (``many``).

    ``check`` names the engine's function that looks whether a value is of its kind.
    """

    name: MemberName
    wire: str
    type: str
    annotation: str
    check: str | None = None
    target: Link | None = None
    many: bool = False

    @property
    def is_secret(self) -> bool:
        """Whether no traceback may show it."""
        return is_secret(self.wire)


@dataclass(frozen=True, slots=True)
class Call:
    """An action or a named query as a method: its arguments, what it returns and what decodes that.

    ``target`` is what the rows of the result are, where it has any. ``row`` says whether an action runs on one row or
    on none (None: nobody knows), ``notes`` are sentences on what is known beside the metadata.
    """

    name: MemberName
    wire: str
    label: str
    parameters: tuple[Parameter, ...]
    type: str
    annotation: str
    decoder: str
    target: Link | None = None
    row: Literal["row", "none"] | None = None
    notes: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """The models that its result and its arguments are made of, each once, sorted by class name."""
        links = {self.target, *(part.target for part in self.parameters)}
        return tuple(sorted(filter(None, links), key=lambda link: link.class_name))


@dataclass(frozen=True, slots=True)
class Mixin:
    """A class of the engine that a service inherits; ``takes_values`` where it is generic in what may be written."""

    name: str
    takes_values: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """What can be asked of an object type, exactly as the metadata lists it.

    ``create_notes`` say what a create needs, ``demanded`` names the members that a type checker demands of it.
    """

    attribute: MemberName
    mixins: tuple[Mixin, ...]
    creates: bool
    updates: bool
    actions: tuple[Call, ...]
    queries: tuple[Call, ...]
    create_notes: tuple[str, ...] = ()
    demanded: frozenset[MemberName] = frozenset()

    @property
    def demands(self) -> bool:
        """Whether creating has a class of its own for its values, because some of them are needed."""
        return self.creates and bool(self.demanded)

    @property
    def writes(self) -> bool:
        """Whether any of its operations takes values to write."""
        return self.creates or self.updates or any(mixin.takes_values for mixin in self.mixins)

    @property
    def links(self) -> tuple[Link, ...]:
        """The models that results and arguments are made of, each once, sorted by class name."""
        links = {link for call in (*self.actions, *self.queries) for link in call.links}
        return tuple(sorted(links, key=lambda link: link.class_name))


@dataclass(frozen=True, slots=True)
class Object:
    """One object type: its model, its paths, its field names and its service (None: nothing can be asked of it)."""

    obj_code: str
    wire_name: str
    class_name: ClassName
    module: ModuleName
    label: str
    flags: tuple[str, ...]
    secondary: bool
    reconstructed: bool
    members: tuple[Member, ...]
    inferred: tuple[str, ...]
    search: tuple[SearchMember, ...]
    service: Service | None
    custom: tuple[CustomMember, ...] = ()

    @property
    def options(self) -> tuple[Options, ...]:
        """The options of its custom fields, sorted by module."""
        return tuple(sorted((m.options for m in self.custom if m.options), key=lambda options: options.module))

    @property
    def enums(self) -> tuple[Link, ...]:
        """The value enums of the fields, each once, sorted by class name."""
        links = {member.enum for member in self.members if member.enum}
        return tuple(sorted(links, key=lambda link: link.class_name))

    @property
    def targets(self) -> tuple[Link, ...]:
        """The models that references and collections lead to, this one left out, sorted by class name."""
        return self._others(member.target for member in self.members)

    @property
    def path_targets(self) -> tuple[Link, ...]:
        """The models that its paths lead to, those for filters too, this one left out, sorted by class name."""
        return self._others([*(member.target for member in self.members), *(name.target for name in self.search)])

    @property
    def written_targets(self) -> tuple[Link, ...]:
        """The models whose rows a write may carry, this one among them, sorted by class name."""
        links = {member.target for member in self.writable if member.target}
        return tuple(sorted(links, key=lambda link: link.class_name))

    @property
    def refers_to_itself(self) -> bool:
        """Whether a reference or a collection leads to rows of the same object type."""
        return any(member.target and member.target.module == self.module for member in self.members)

    def _others(self, found: Iterable[Link | None]) -> tuple[Link, ...]:
        links = {link for link in found if link and link.module != self.module}
        return tuple(sorted(links, key=lambda link: link.class_name))

    @property
    def writable(self) -> tuple[Member, ...]:
        """The members that a write may carry."""
        return tuple(member for member in self.members if member.write)


@dataclass(frozen=True, slots=True)
class Export:
    """A public name of the package and the module that defines it."""

    name: str
    module: str


@dataclass(frozen=True, slots=True)
class Package:
    """The client of one API version."""

    name: str
    version: str
    folder: ModuleName
    objects: tuple[Object, ...]
    enums: tuple[ValueEnum, ...]
    options: tuple[Options, ...] = ()
    forms: tuple[Form, ...] = ()

    @property
    def support_ends(self) -> str | None:
        """The month in which the support of the version ends, ``2029-04``; ``None`` where that is not known."""
        try:
            ends = ApiVersion.parse(self.version).support_ends
        except QueryError:
            return None
        return f"{ends:%Y-%m}" if ends is not None else None

    @property
    def form_exports(self) -> tuple[Export, ...]:
        """The class of every form, sorted."""
        return tuple(sorted((Export(form.class_name, form.module) for form in self.forms), key=lambda form: form.name))

    @property
    def option_exports(self) -> tuple[Export, ...]:
        """Every class of options, sorted."""
        found = (
            Export(f"{item.root}{suffix}", item.module)
            for item in self.options
            for suffix in ("Choice", "Option", "Text")
        )
        return tuple(sorted(found, key=lambda export: export.name))

    @property
    def custom_objects(self) -> tuple[Object, ...]:
        """The object types that have custom fields."""
        return tuple(item for item in self.objects if item.custom)

    @property
    def reconstructed(self) -> bool:
        """Whether any object type was put together from public sources rather than taken from a server."""
        return any(item.reconstructed for item in self.objects)

    @property
    def services(self) -> tuple[Object, ...]:
        """The object types that have a service, sorted by attribute."""
        services = {item.service.attribute: item for item in self.objects if item.service}
        return tuple(services[attribute] for attribute in sorted(services))

    @property
    def exports(self) -> tuple[Export, ...]:
        """Every public name of the version's package, sorted."""
        clients = (Export("AsyncWorkfront", "async_client"), Export("Workfront", "client"), Export("parse", "parsing"))
        models = (Export(o.class_name, f"models.{o.module}") for o in self.objects)
        fields = (Export(f"{o.class_name}Field", "fields") for o in self.objects)
        writable = (o for o in self.objects if o.service and o.service.writes)
        values = (Export(f"{o.class_name}Values", f"values.{o.module}") for o in writable)
        demanding = (o for o in self.objects if o.service and o.service.demands)
        creates = (Export(f"{o.class_name}CreateValues", f"values.{o.module}") for o in demanding)
        enums = (Export(e.class_name, f"enums.{e.module}") for e in self.enums)
        custom = (
            Export(f"{o.class_name}Custom{suffix}", f"custom.{o.module}")
            for o in self.custom_objects
            for suffix in ("", "Values")
        )
        every = (*clients, *models, *fields, *values, *creates, *enums, *custom)
        return tuple(sorted(every, key=lambda export: export.name))

    @property
    def starred(self) -> tuple[Export, ...]:
        """What a star import takes over: all but ``parse``, which would hide the one of the package above."""
        return tuple(export for export in self.exports if export.name != "parse")
