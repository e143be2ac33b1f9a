"""What changed among a tenant's custom fields and forms; a field that was renamed is a question, never a fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workfront_schema.custom_fields import CustomCatalogue, CustomField


@dataclass(frozen=True, slots=True)
class Renamed:
    """A field that is gone and one that came, alike in all but their names."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"custom field {self.before!r} is gone, {self.after!r} is new, and they are alike: renamed?"


def renames(old: CustomCatalogue, new: CustomCatalogue) -> tuple[Renamed, ...]:
    """Returns the pairs that may be one field renamed: alike in kind, objects, values and forms, and alone in that."""
    before, after = old.by_name(), new.by_name()
    gone = _by_likeness((before[name] for name in sorted(before.keys() - after.keys())), old)
    come = _by_likeness((after[name] for name in sorted(after.keys() - before.keys())), new)
    pairs = ((names, come.get(likeness, [])) for likeness, names in gone.items())
    return tuple(Renamed(names[0], others[0]) for names, others in pairs if len(names) == len(others) == 1)


def _by_likeness(fields: Iterable[CustomField], catalogue: CustomCatalogue) -> Mapping[object, list[str]]:
    found: dict[object, list[str]] = {}
    for item in fields:
        held = tuple(form.name for form in catalogue.forms if item.name in form.fields)
        values = tuple(option.value for option in item.values)
        found.setdefault((item.kind, item.objects, values, item.target, item.read_only, held), []).append(item.name)
    return found
