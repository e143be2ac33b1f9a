"""From names in a text to the paths of the engine, so that its own rules on depth, flags and kinds apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import nearest, question
from workfront_core.query.custom_field import custom
from workfront_core.query.custom_paths import CustomPaths, custom_names
from workfront_core.query.field_kinds import CustomPath
from workfront_core.query.field_path import FieldPath, Path, segments, spelling
from workfront_core.query.labels import label_of, labelled
from workfront_core.query.language.syntax import PathNode, TextRange
from workfront_core.query.language.syntax_error import ConditionSyntaxError
from workfront_core.query.language.tokens import Kind, Token
from workfront_core.query.model_fields import by_wire_name
from workfront_core.query.path import ObjectPath, SearchPath, member_names
from workfront_core.query.text_path import Length

_SEARCH = "search"
_CUSTOM = "custom"
_ALL_CUSTOM = "parameterValues"
_LEFT = "On the left stands a field, a text on the right: name = 'x'. A custom field is written DE:\"{name}\"."


@dataclass(frozen=True, slots=True)
class Scope:
    """What names in a text mean.

    Attributes:
        text: the whole text.
        model: the object whose rows are tested here.
        outer: the searched object, inside of ``exists``.
        labels: whether a label in quotes stands for the one field that has it.
    """

    text: str
    model: type[WorkfrontObject]
    outer: type[WorkfrontObject] | None = None
    labels: bool = False

    def fault(self, message: str, span: TextRange, hint: str | None = None) -> ConditionSyntaxError:
        """Returns the error for a place of the text."""
        return ConditionSyntaxError(message, hint=hint, text=self.text, start=span.start, end=span.end)

    def path(self, node: PathNode) -> Path[Any]:
        """Returns what a path in the text leads to.

        Raises:
            ConditionSyntaxError: a name along it does not exist.
        """
        if node.is_raw:
            names = [name.text for name in node.names]
            if node.custom is not None:
                return CustomPath((*names, node.custom.text), many=bool(names), custom=True)
            return CustomPath(tuple(names), many=len(names) > 1)
        root: Any = getattr(self.model, "f", None)
        if root is None:
            raise self.fault(
                f"The schema describes no object {self.model.__name__}, so no name can be looked up.",
                node.span,
                f"Write raw.{'.'.join(name.text for name in node.names)}.",
            )
        path = self._follow(root, node.names)
        if node.custom is None:
            return path
        if not isinstance(path, ObjectPath):
            raise self.fault(f"{path} is a field, and has no custom fields.", node.span, "Leave it out before DE:.")
        return custom(node.custom.text, of=path)

    def is_field(self, node: PathNode) -> bool:
        """Returns whether the names lead somewhere."""
        try:
            self.path(node)
        except ConditionSyntaxError:
            return False
        return True

    def _follow(self, path: Path[Any], names: tuple[Token, ...]) -> Path[Any]:
        at: type[WorkfrontObject] | None = self.model
        for number, name in enumerate(names):
            if name.kind is Kind.EVERY:
                return self._every(path, names[number:])
            wire = name.text if name.kind is not Kind.TEXT or at is None else self._labelled(at, name)
            found = _member(path, wire)
            if found is None:
                raise self._unknown(path, names[: number + 1])
            at = _target(at, found)
            path = found
        return path

    def _labelled(self, model: type[WorkfrontObject], name: Token) -> str:
        """Returns the wire name of the one field that has a label.

        Raises:
            ConditionSyntaxError: none has it, several have it, or labels are not taken here.
        """
        wires = labelled(model, name.text)
        span = TextRange(name.start, name.end)
        if not wires:
            known = {label_of(model, wire): wire for wire in by_wire_name(model)}
            near = [known[label] for label in nearest(name.text, known)]
            raise self.fault(f"{model.__name__} has no field with the label {name.text!r:.80}.", span,
                             question(near) or _LEFT.format(name=name.text))  # fmt: skip
        if len(wires) > 1:
            raise self.fault(f"Several fields of {model.__name__} have the label {name.text!r}.", span,
                             f"Write the one you mean: {', '.join(wires)}.")  # fmt: skip
        if not self.labels:
            raise self.fault(f"{name.text!r} is a label, and labels are not taken here.", span,
                             f"Write the field's name: {wires[0]}.")  # fmt: skip
        return wires[0]

    def _every(self, path: Path[Any], names: tuple[Token, ...]) -> Path[Any]:
        """Returns what stands for all plain fields of an object."""
        if not isinstance(path, ObjectPath) or isinstance(path, SearchPath):
            raise self.fault(f"{shown(path)} is a field, and has no fields.", TextRange(names[0].start, names[0].end))
        if len(names) > 1:
            raise self.fault("Nothing stands behind *.", TextRange(names[1].start, names[-1].end), "End it with *.")
        along = segments(path)
        return CustomPath((*along, "*"), many=bool(along))

    def _unknown(self, path: Path[Any], names: tuple[Token, ...]) -> ConditionSyntaxError:
        name = names[-1]
        span = TextRange(name.start, name.end)
        if isinstance(path, FieldPath):
            return self.fault(f"{path} is a field, and nothing stands behind it.", span, f"Leave out .{name.text}.")
        where = type(path).__name__.removesuffix("Paths") if isinstance(path, ObjectPath) else self.model.__name__
        near = nearest(name.text, _names(path))
        hint = question(near) or f'A custom field is written DE:"{name.text}"; raw.{name.text} is sent unchecked.'
        return self.fault(f"{where} has no field {name.text}.", span, hint)


def _target(model: type[WorkfrontObject] | None, path: Path[Any]) -> type[WorkfrontObject] | None:
    """Returns what a path leads to from an object, where it leads to another one."""
    member = by_wire_name(model).get(segments(path)[-1]) if model is not None and segments(path) else None
    return None if member is None or member.relation is None else member.relation.target()


def _member(path: Path[Any], name: str) -> Path[Any] | None:
    """Returns the member of an object by wire or Python name, also one that filters alone know or a custom field."""
    if isinstance(path, FieldPath):
        return None
    python_name = _members(path).get(name)
    if python_name is not None:
        found: Path[Any] = getattr(path, python_name)
        return found
    if name in (_SEARCH, _CUSTOM) and _members(getattr(path, name, None)):
        space: Path[Any] = getattr(path, name)
        return space
    if name == _ALL_CUSTOM and isinstance(all_custom := getattr(path, _CUSTOM, None), CustomPaths):
        return cast("Path[Any]", all_custom)
    searched = _searched(path)
    return None if searched is None else _member(searched, name)


def _searched(path: Path[Any]) -> Path[Any] | None:
    """Returns the place of the names of an object that filters alone know."""
    found = getattr(path, _SEARCH, None)
    return cast("Path[Any]", found) if isinstance(found, SearchPath) else None


def _members(path: object) -> Mapping[str, str]:
    kind: type = type(path)
    return custom_names(kind) if isinstance(path, CustomPaths) else member_names(kind)


def _names(path: Path[Any]) -> Iterator[str]:
    yield from _members(path)
    searched = _searched(path)
    if searched is not None:
        yield from _members(searched)


def shown(path: Path[Any] | Length[Any]) -> str:
    """Returns how a message names a path: by its wire name."""
    return "The length" if isinstance(path, Length) else str(path) or spelling(path)
