"""Which column of a file goes to which field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workfront_cli.output import reason
from workfront_cli.wording import hint_of, message_of
from workfront_cli.writing.targets import LOOKUP_FIELDS, Lookup, Target, target_named
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.model_fields import by_wire_name

REPORTED: Final = ("error", "hint", "line")
"""Columns that a file of failed rows has besides."""

_EXAMPLE: Final = 'It holds lines like "Done %" = "percentComplete".'


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where the columns go.

    Attributes:
        targets: field by heading.
        key: the heading that tells the object; ``None`` for new objects.
        told_by: what the key is looked up by; ``None`` for an ID.
    """

    targets: Mapping[str, Target]
    key: str | None = None
    told_by: Target | None = None


def read_map(pairs: Iterable[str], file: Path | None) -> dict[str, str]:
    """Returns field by heading, of ``--map`` and ``--map-file``.

    Raises:
        QueryError: one is written otherwise, or the file cannot be read.
    """
    found: dict[str, str] = {}
    if file is not None:
        try:
            document = tomllib.loads(file.read_text("utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise QueryError(f"{file} cannot be read: {reason(error)}.", hint=_EXAMPLE) from None
        found = {heading: str(field) for heading, field in document.items()}
    for pair in pairs:
        heading, mark, field = pair.rpartition("=")
        if not mark or not heading.strip() or not field.strip():
            raise QueryError(f"--map {pair!r:.80} is not HEADING=FIELD.", hint="Write --map 'Done %=percentComplete'.")
        found[heading.strip()] = field.strip()
    return found


def map_columns(
    headings: Sequence[str],
    model: type[WorkfrontObject],
    given: Mapping[str, str],
    ignored: Iterable[str],
    *,
    key: str | None,
    version: str,
) -> ColumnMap:
    """Returns where each column goes: by what was given, by its name, or by a label that one field alone has.

    Args:
        headings: of the file.
        model: the object that is written.
        given: field by heading.
        ignored: headings that are left out.
        key: the heading that tells the object, where it exists already.
        version: of the API, for labels.

    Raises:
        QueryError: a column is left over, goes to a field that cannot be written, or is given and not there.
    """
    left_out = set(ignored)
    if strange := [name for name in (*given, *left_out, *([key] if key else [])) if name not in headings]:
        raise QueryError(f"The file has no column {strange[0]!r:.80}.", hint=f"It has {', '.join(headings)}.")
    targets: dict[str, Target] = {}
    problems: list[str] = []
    labels: Mapping[str, str] | None = None
    for heading in headings:
        if heading in left_out or heading == key:
            continue
        try:
            targets[heading] = target_named(given.get(heading, heading), model)
        except QueryError as error:
            labels = _labels(model, version) if labels is None and heading not in given else labels
            wire = (labels or {}).get(heading.lower())
            try:
                targets[heading] = _of_label(wire, model, error)
            except QueryError as problem:
                problems.append(f"{heading!r:.80}: {message_of(problem)} {hint_of(problem) or ''}".strip())
    if problems:
        raise QueryError(
            f"{len(problems)} {'column leads' if len(problems) == 1 else 'columns lead'} nowhere. {' '.join(problems)}",
            hint="Say where with --map 'HEADING=FIELD', or leave them out with --ignore HEADING.",
        )
    _refuse_twice(targets)
    return ColumnMap(targets, key, _told_by(key, given, model) if key else None)


def _of_label(wire: str | None, model: type[WorkfrontObject], error: QueryError) -> Target:
    """Returns the target of a heading that is the label of a field. Raises the other error where it is none's."""
    if wire is None:
        raise error
    return target_named(wire, model)


def _refuse_twice(targets: Mapping[str, Target]) -> None:
    by_wire: dict[str, str] = {}
    for heading, target in targets.items():
        if target.wire in by_wire:
            raise QueryError(f"The columns {by_wire[target.wire]!r} and {heading!r} both go to {target.wire}.")
        by_wire[target.wire] = heading


def _told_by(key: str, given: Mapping[str, str], model: type[WorkfrontObject]) -> Target | None:
    name = given.get(key, key)
    wire = by_wire_name(model).get(name)
    if name.lower() == "id" or wire is None or wire.wire not in LOOKUP_FIELDS:
        return None
    return Target(key, "ID", None, Lookup(model, wire.wire))


def _labels(model: type[WorkfrontObject], version: str) -> Mapping[str, str]:
    """Returns the wire names of fields by label in lower case, where one field alone has it."""
    from workfront_schema.errors import SchemaError
    from workfront_schema.store import load_snapshot, standard_schema

    try:
        objects = load_snapshot(standard_schema(), version).objects
    except (SchemaError, OSError):
        return {}
    found = next((one for one in objects if one.obj_code == model.obj_code), None)
    fields = [(one.label.lower(), one.name) for one in found.fields] if found is not None else []
    fields += [(one.label.lower(), one.name) for one in found.references] if found is not None else []
    labels = [label for label, _ in fields]
    return {label: name for label, name in fields if labels.count(label) == 1}
