"""What changed among a tenant's custom fields and forms; a field that was renamed is a question, never a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm
from workfront_schema.schema_change import Change

_FIELD: Final = "custom field"
_FORM: Final = "custom form"


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


def custom_changes(old: CustomCatalogue, new: CustomCatalogue) -> Iterator[Change]:
    """Yields what changed among custom fields and forms.

    A value that is gone breaks code, since stored rows keep it; a label never does.
    """
    before, after = old.by_name(), new.by_name()
    asked = {pair.before: pair.after for pair in renames(old, new)}
    for name in sorted(before.keys() - after.keys()):
        if name in asked:
            yield Change("renamed", _FIELD, name, name, asked[name], breaking=True)
        else:
            yield Change("removed", _FIELD, name, before[name].kind.value, None, breaking=True)
    for name in sorted(after.keys() - before.keys() - set(asked.values())):
        yield Change("added", _FIELD, name, None, after[name].kind.value, breaking=False)
    for name in sorted(before.keys() & after.keys()):
        yield from _field(name, before[name], after[name])
    yield from _forms({form.name: form for form in old.forms}, {form.name: form for form in new.forms})


def _field(name: str, old: CustomField, new: CustomField) -> Iterator[Change]:
    for what, breaks in (("kind", True), ("target", True), ("read_only", new.read_only), ("label", False)):
        was, now = getattr(old, what), getattr(new, what)
        if was != now:
            yield Change("changed", _FIELD, f"{name}.{what}", was, now, breaks)
    values, others = {item.value for item in old.values}, {item.value for item in new.values}
    for part, gone, come in (("values", values, others), ("objects", {*old.objects}, {*new.objects})):
        for item in sorted(gone - come):
            yield Change("removed", _FIELD, f"{name}.{part}.{item}", None, None, breaking=True)
        for item in sorted(come - gone):
            yield Change("added", _FIELD, f"{name}.{part}.{item}", None, None, breaking=False)


def _forms(old: Mapping[str, CustomForm], new: Mapping[str, CustomForm]) -> Iterator[Change]:
    for name in sorted(old.keys() - new.keys()):
        yield Change("removed", _FORM, name, None, None, breaking=True)
    for name in sorted(new.keys() - old.keys()):
        yield Change("added", _FORM, name, None, None, breaking=False)
    for name in sorted(old.keys() & new.keys()):
        before, after = old[name].fields, new[name].fields
        for item in sorted(before.keys() - after.keys()):
            yield Change("removed", _FORM, f"{name}.{item}", None, None, breaking=True)
        for item in sorted(after.keys() - before.keys()):
            yield Change("added", _FORM, f"{name}.{item}", None, None, breaking=after[item])
        for item in sorted(before.keys() & after.keys()):
            if before[item] != after[item]:
                yield Change("changed", _FORM, f"{name}.{item}.required", before[item], after[item], after[item])


def _by_likeness(fields: Iterable[CustomField], catalogue: CustomCatalogue) -> Mapping[object, list[str]]:
    found: dict[object, list[str]] = {}
    for item in fields:
        held = tuple(form.name for form in catalogue.forms if item.name in form.fields)
        values = tuple(option.value for option in item.values)
        found.setdefault((item.kind, item.objects, values, item.target, item.read_only, held), []).append(item.name)
    return found
