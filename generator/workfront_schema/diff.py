"""What changed between two snapshots, as a list of changes that says which of them break code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any

from pydantic import JsonValue, TypeAdapter

from workfront_schema.custom_catalogue import catalogue_of
from workfront_schema.custom_diff import custom_changes
from workfront_schema.document_format import SECTIONS
from workfront_schema.schema_change import Change
from workfront_schema.snapshot import EnumValue, Field, ObjectType, Operation, Relation, Snapshot
from workfront_schema.strict_json import render

_LIMITING_FLAGS = frozenset({"READ_ONLY", "WRITE_ONLY", "NOT_FILTERABLE", "NOT_GROUPABLE"})
_JSON = TypeAdapter[JsonValue](JsonValue)


def diff(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Returns the changes that lead from ``old`` to ``new``: those that break code first, then by object and path."""
    before = {item.obj_code: item for item in old.objects}
    after = {item.obj_code: item for item in new.objects}
    changes = list(_presence("", "", _names(before), _names(after), added_breaks=False))
    by_object = [Change(item.kind, item.path, "", item.before, item.after, item.breaking) for item in changes]
    for code in before.keys() & after.keys():
        by_object += _object(before[code], after[code])
    by_object += custom_changes(catalogue_of(old), catalogue_of(new))
    return tuple(sorted(by_object, key=lambda item: (not item.breaking, item.object, item.path, item.kind)))


def as_text(changes: Sequence[Change]) -> str:
    """Returns one line a change, ``!`` before those that break code, and a line that counts them."""
    lines = [f"{'!' if item.breaking else ' '} {item}" for item in changes]
    return "\n".join([*lines, _count(changes)]) + "\n"


def as_json(changes: Sequence[Change], old: str, new: str) -> str:
    """Returns a JSON document: the two versions, how many changes break code, and every change with its values."""
    listed: list[JsonValue] = [_JSON.validate_python(asdict(item)) for item in changes]
    return render({"old": old, "new": new, "breaking": _breaking(changes), "changes": listed})


def as_markdown(changes: Sequence[Change], old: str, new: str) -> str:
    """Returns a section an object, for release notes; what breaks code comes first, and is marked in bold."""
    lines = [f"# From {old} to {new}", "", _count(changes)]
    broken = {item.object for item in changes if item.breaking}
    in_order = sorted(changes, key=lambda item: (item.object not in broken, item.object, not item.breaking))
    for code, group in groupby(in_order, key=lambda item: item.object):
        lines += ["", f"## {code}", "", *map(_bullet, group)]
    return "\n".join(lines) + "\n"


def _bullet(change: Change) -> str:
    text = str(change).removeprefix(change.object).strip()
    for special in "\\`*_<>[]|":
        text = text.replace(special, f"\\{special}")
    return f"- **Breaking:** {text}" if change.breaking else f"- {text}"


def _count(changes: Sequence[Change]) -> str:
    number = f"{len(changes)} change{'s' if len(changes) > 1 else ''}"
    return f"{number}, {_breaking(changes)} breaking" if changes else "no changes"


def _breaking(changes: Sequence[Change]) -> int:
    return sum(item.breaking for item in changes)


def _object(old: ObjectType, new: ObjectType) -> Iterator[Change]:
    code = old.obj_code
    yield from _property(code, "name", old.name, new.name, breaks=True)
    yield from _property(code, "label", old.label, new.label, breaks=False)
    yield from _property(code, "secondary", old.secondary, new.secondary, breaks=new.secondary)
    yield from _flags(code, "flags", old.flags, new.flags)
    yield from _presence(code, "verbs", dict.fromkeys(old.verbs), dict.fromkeys(new.verbs), added_breaks=False)
    for section in SECTIONS:
        yield from _members(code, section, getattr(old, section), getattr(new, section))
    for name in ("search", "extra"):
        yield from _presence(code, name, getattr(old, name), getattr(new, name), added_breaks=False)
        yield from _values(code, name, getattr(old, name), getattr(new, name))


def _members(code: str, section: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    before, after = {item.name: item for item in old}, {item.name: item for item in new}
    renamed = _renamed(before, after)
    for name, successor in renamed.items():
        yield Change("renamed", code, f"{section}.{name}", name, successor, breaking=True)
    gone = {name: kind for name, kind in _kinds(before).items() if name not in renamed}
    come = {name: kind for name, kind in _kinds(after).items() if name not in renamed.values()}
    yield from _presence(code, section, gone, come, added_breaks=False)
    for name in before.keys() & after.keys():
        yield from _member(code, f"{section}.{name}", before[name], after[name])


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """Returns the new name, by the old one, of members that agree in all but their name, label included, and with no
    third one.

    A label alone says little: where a server gives none the name stands for it, and then two of them differ.
    """
    gone = _by_content(before[name] for name in sorted(before.keys() - after.keys()))
    come = _by_content(after[name] for name in sorted(after.keys() - before.keys()))
    pairs = ((names, come.get(content, [])) for content, names in gone.items())
    return {old[0]: new[0] for old, new in pairs if len(old) == len(new) == 1}


def _by_content(members: Iterable[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for member in members:
        found.setdefault(repr(replace(member, name="")), []).append(member.name)
    return found


def _member(code: str, path: str, old: Any, new: Any) -> Iterator[Change]:
    yield from _property(code, f"{path}.label", old.label, new.label, breaks=False)
    yield from _property(code, f"{path}.extra", dict(old.extra), dict(new.extra), breaks=False)
    yield from _flags(code, f"{path}.flags", old.flags, new.flags)
    for name in ("type", "target", "target_code", "result", "enum"):
        before = getattr(old, name, None)
        yield from _property(code, f"{path}.{name}", before, getattr(new, name, None), breaks=before is not None)
    if isinstance(old, Field):
        yield from _base_values(code, f"{path}.values", old.values, new.values)
    if isinstance(old, Operation):
        yield from _arguments(code, f"{path}.arguments", old, new)


def _base_values(code: str, path: str, old: Sequence[EnumValue], new: Sequence[EnumValue]) -> Iterator[Change]:
    before = {str(item.value): item.label for item in old}
    after = {str(item.value): item.label for item in new}
    yield from _presence(code, path, before, after, added_breaks=False)
    yield from _values(code, path, before, after)


def _arguments(code: str, path: str, old: Operation, new: Operation) -> Iterator[Change]:
    before = {item.name: item.type for item in old.arguments}
    after = {item.name: item.type for item in new.arguments}
    yield from _presence(code, path, before, after, added_breaks=False)
    for name in before.keys() & after.keys():
        known = before[name] is not None
        yield from _property(code, f"{path}.{name}.type", before[name], after[name], breaks=known)


def _flags(code: str, path: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Yields the changes of flags. One that limits what can be done breaks code when it comes; none does when it
    goes.
    """
    for flag in sorted(set(new) - set(old)):
        yield Change("added", code, f"{path}.{flag}", None, None, flag in _LIMITING_FLAGS)
    for flag in sorted(set(old) - set(new)):
        yield Change("removed", code, f"{path}.{flag}", None, None, breaking=False)


def _presence(
    code: str, path: str, old: Mapping[str, Any], new: Mapping[str, Any], *, added_breaks: bool
) -> Iterator[Change]:
    prefix = f"{path}." if path else ""
    for name in new.keys() - old.keys():
        yield Change("added", code, f"{prefix}{name}", None, new[name], added_breaks)
    for name in old.keys() - new.keys():
        yield Change("removed", code, f"{prefix}{name}", old[name], None, breaking=path not in ("search", "extra"))


def _values(code: str, path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in old.keys() & new.keys():
        yield from _property(code, f"{path}.{name}", old[name], new[name], breaks=path == "custom")


def _property(code: str, path: str, old: Any, new: Any, *, breaks: bool) -> Iterator[Change]:
    if old != new:
        yield Change("changed", code, path, old, new, breaks)


def _names(objects: Mapping[str, ObjectType]) -> dict[str, str]:
    return {code: item.name for code, item in objects.items()}


def _kinds(members: Mapping[str, Field | Relation | Operation]) -> dict[str, str | None]:
    return {name: _kind(item) for name, item in members.items()}


def _kind(member: Field | Relation | Operation) -> str | None:
    if isinstance(member, Field):
        return member.type
    return member.target if isinstance(member, Relation) else member.result
