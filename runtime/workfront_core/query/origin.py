"""Where a path starts and how a program writes it, so that what belongs to one object is not asked of another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, get_args

from workfront_core.errors.kinds import QueryError
from workfront_core.models.api_versions import refuse_other_version
from workfront_core.models.codes import codes_of
from workfront_core.models.model import WorkfrontObject
from workfront_core.models.reference import references


@dataclass(frozen=True, slots=True)
class Origin:
    """The object at the start of a path, and the Python names along it: its text is ``Task.f.project.name``.

    Attributes:
        model: the object at the start.
        names: the names along the path.
    """

    model: type[WorkfrontObject]
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.model.__name__, "f", *self.names))

    def below(self, name: str) -> Origin:
        """Returns the origin of a member."""
        return replace(self, names=(*self.names, name))

    def codes(self) -> type[Enum] | None:
        """Returns the enumeration of the field at the end of the path, where it has one."""
        model = self._end()
        return codes_of(model, self.names[-1]) if model is not None and self.names else None

    def is_object_id(self) -> bool:
        """Returns whether the field at the end of the path holds the ID of an object: of its own, or of one that a
        relation leads to.
        """
        model, name = self._end(), self.names[-1] if self.names else ""
        if model is None:  # a custom field may have the name too
            return False
        relation = model.model_fields.get(name.removesuffix("_id"))
        return name == "id" or (relation is not None and any(references(relation.annotation)))

    def is_text(self) -> bool:
        """Returns whether the field at the end of the path holds a text, or nobody here can tell."""
        model = self._end()
        member = model.model_fields.get(self.names[-1]) if model is not None and self.names else None
        return member is None or str in (member.annotation, *get_args(member.annotation))

    def is_whole(self) -> bool:
        """Returns whether the field at the end of the path is known to hold whole numbers alone."""
        model = self._end()
        member = model.model_fields.get(self.names[-1]) if model is not None and self.names else None
        return member is not None and int in (member.annotation, *get_args(member.annotation))

    def _end(self) -> Any:
        """Returns the model that has the field at the end of the path; None where it is not known."""
        model: Any = self.model
        for name in self.names[:-1]:
            member = model.model_fields.get(name) if model is not None else None
            relation = None if member is None else next(references(member.annotation), None)
            model = None if relation is None else relation.target()
        return model


def refuse_foreign(origin: Origin | None, model: type[WorkfrontObject], use: str) -> None:
    """Raises a QueryError where something belongs to another object, or to another API version, than what is asked.

    Args:
        origin: where it starts; ``None`` for what was written by wire name, which nobody here can tell.
        model: the object that is asked.
        use: what for, as in "a search of Project".
    """
    if origin is None:
        return
    if origin.model.obj_code == model.obj_code:
        refuse_other_version(origin.model, model, f"{origin} in {use}")
        return
    raise QueryError(
        f"{origin} in {use}: it belongs to {origin.model.__name__}.",
        hint=f"Take a member of {model.__name__}.f, which also leads to related objects.",
    )
