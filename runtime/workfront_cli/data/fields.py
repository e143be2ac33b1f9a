"""What is loaded and shown of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from workfront_cli.data.columns import default_columns
from workfront_core.models.asked_fields import CUSTOM
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.field_kinds import CustomPath
from workfront_core.query.field_path import Path
from workfront_core.query.language.field_lists import loads, parse_fields

EVERYTHING: Final = "*"


@dataclass(frozen=True, slots=True)
class Shown:
    """The fields of a command.

    Attributes:
        fields: what to load, with the paths of those that are not checked; ``None`` for the server's choice.
        columns: what to show, in this order; ``None`` for all that came.
    """

    fields: list[str | Path[Any]] | None
    columns: list[str] | None


def shown_fields(asked: str | None, model: type[WorkfrontObject], *, everything: bool = False) -> Shown:
    """Returns what to load and to show.

    Args:
        asked: fields as a person lists them; ``None`` for what people look for first.
        model: the object.
        everything: whether all plain fields of the object are meant.

    Raises:
        ConditionSyntaxError: one is not a field of the object.
    """
    if everything:
        return Shown([EVERYTHING], None)
    listed = asked if asked is not None else default_columns(model.obj_code)
    if listed is None:
        return Shown(None, None)
    found = {name: path for path in parse_fields(listed, model) for name in loads(path)}
    fields = [path if _is_unchecked(path) else name for name, path in found.items()]
    return Shown(fields, None if any(name.endswith(EVERYTHING) for name in found) else list(found))


def _is_unchecked(path: Path[Any]) -> bool:
    """Returns whether a field was written ``raw.NAME``."""
    return isinstance(path, CustomPath) and CUSTOM not in str(path)
