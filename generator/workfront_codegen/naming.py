"""Decides every Python name of a package: from overrides first, the lock second, the rules last."""

from __future__ import annotations

from collections.abc import Mapping

from workfront_codegen import reserved
from workfront_codegen.custom_naming import CustomNaming
from workfront_codegen.lock import NamesLock
from workfront_codegen.name_problems import NameProblems
from workfront_codegen.names import (
    ClassName,
    ConstantName,
    MemberName,
    clear_of,
    constant,
    enum_class,
    pascal,
    snake,
    usable,
)
from workfront_schema.snapshot import EnumValue, ObjectType

Renames = Mapping[tuple[str, str], str]
_CUSTOM = ("custom.", "fields.DE:")
"""Where a custom field stands in the file of an object type."""


class Naming:
    """The names of one package: wire names go in, names of their own types come out.

    Texts that no Python name can be made of, and names that two things would share, are noted in ``problems``.
    """

    def __init__(
        self,
        lock: NamesLock,
        renames: Renames,
        problems: NameProblems | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        self._lock = lock
        self._renames = renames
        self.problems = problems or NameProblems()
        self.custom = CustomNaming(lock, {**_custom_renames(renames), **(chosen or {})}, self.problems)

    def object_class(self, item: ObjectType) -> ClassName:
        """Returns the class of an object type: ``PROJ`` -> ``Project``."""
        return ClassName(self._given("objects", item.obj_code, (item.obj_code, "name"), item.name, pascal(item.name)))

    def attribute(self, item: ObjectType, class_name: ClassName) -> MemberName:
        """Returns the service of an object type on the client, and the name of its modules: ``Project`` ->
        ``project``.
        """
        name = self._lock.name("attributes", item.obj_code, lambda: clear_of(snake(class_name), reserved.ATTRIBUTES))
        return MemberName(self._fit(name, reserved.ATTRIBUTES, item.obj_code, "name"))

    def member(self, item: ObjectType, kind: str, wire: str) -> MemberName:
        """Returns a field, reference or collection: ``plannedStartDate`` -> ``planned_start_date``."""
        return self._member("members", item, kind, wire, reserved.MEMBERS)

    def operation(self, item: ObjectType, kind: str, wire: str) -> MemberName:
        """Returns an action or a named query: ``calculateTimeline`` -> ``calculate_timeline``."""
        return self._member("operations", item, kind, wire, reserved.OPERATIONS)

    def argument(self, item: ObjectType, path: str, wire: str) -> MemberName:
        """Returns an argument of an action or a named query; blanks around the wire name do not count."""
        return self._member("arguments", item, path, wire, reserved.ARGUMENTS)

    def enum(self, source: str) -> ClassName:
        """Returns the class of an enumeration: ``com.attask.common.constants.ProjectStatusEnum`` ->
        ``ProjectStatus``.
        """
        return ClassName(self._given("enums", source, ("*", f"enums.{source}"), source, enum_class(source)))

    def constants(self, enum: ClassName, source: str, values: tuple[EnumValue, ...]) -> tuple[ConstantName, ...]:
        """Returns a constant for each value, named after its label; after its code where two values share a label."""
        labels = ["" if _is_message_key(value.label) else constant(value.label, value.value) for value in values]
        names = [
            self._constant(enum, source, value, label if labels.count(label) == 1 else "")
            for value, label in zip(values, labels, strict=True)
        ]
        for value, name in zip(values, names, strict=True):
            self._checked(name, "*", f"enums.{source}.values.{value.value}", value.label)
        self.problems.check("*", zip(names, (f"enums.{source}.values.{value.value}" for value in values), strict=True))
        return tuple(ConstantName(name) for name in names)

    def _constant(self, enum: ClassName, source: str, value: EnumValue, label: str) -> str:
        key = f"{enum}.{value.value}"
        renamed = self._renames.get(("*", f"enums.{source}.values.{value.value}"))
        if renamed is None:
            name = self._lock.name("constants", key, lambda: label or constant("", value.value))
        else:
            name = self._lock.fix("constants", key, renamed)
        taken = frozenset({name} - {name.upper()})  # what Python's enums have of their own is in small letters
        return self._fit(name, taken, "*", f"enums.{source}.values.{value.value}") if name else name

    def _member(self, section: str, item: ObjectType, kind: str, wire: str, taken: frozenset[str]) -> MemberName:
        path = f"{kind}.{wire}"
        renamed = self._renames.get((item.obj_code, path))
        if renamed is not None:
            chosen = self._lock.fix(section, f"{item.obj_code}.{path}", renamed)
            return MemberName(self._fit(chosen, taken, item.obj_code, path))
        name = self._checked(clear_of(snake(wire), taken), item.obj_code, path, wire)
        return MemberName(self._fit(self._lock.name(section, wire, lambda: name), taken, item.obj_code, path))

    def _given(self, section: str, key: str, fix: tuple[str, str], wire: str, derived: str) -> str:
        renamed = self._renames.get(fix)
        if renamed is not None:
            return self._fit(self._lock.fix(section, key, renamed), reserved.CLASSES, *fix)
        name = self._checked(clear_of(derived, reserved.CLASSES), *fix, wire)
        return self._fit(self._lock.name(section, key, lambda: name), reserved.CLASSES, *fix)

    def _fit(self, name: str, taken: frozenset[str], obj_code: str, path: str) -> str:
        """Returns a name that people chose or that the lock holds, where generated code can have it."""
        return name if usable(name) and name not in taken else self.problems.unfit_name(obj_code, path, name)

    def _checked(self, name: str, obj_code: str, path: str, wire: str) -> str:
        return name if usable(name) else self.problems.unnamed(obj_code, path, wire)


def _custom_renames(renames: Renames) -> Mapping[str, str]:
    """Returns the names that fixes ask for custom fields, which are called alike on all objects."""
    return {
        path.removeprefix(head): name
        for (_, path), name in renames.items()
        for head in _CUSTOM
        if path.startswith(head)
    }


def _is_message_key(label: str) -> bool:
    return label.count(".") > 1 and " " not in label
