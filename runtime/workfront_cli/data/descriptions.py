"""What an API version offers, out of the generated package: objects, fields, actions, codes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

from workfront_cli.data.custom_descriptions import custom_codes, custom_fields
from workfront_cli.data.session import model_of, package_of
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.nearest import did_you_mean
from workfront_core.query.field_kinds import (
    BooleanPath,
    CustomPath,
    DatePath,
    DateTimePath,
    EnumPath,
    IntEnumPath,
    JsonPath,
    ListPath,
    NumberPath,
)
from workfront_core.query.field_path import FILTER_ONLY, Path, flags, origin, passes_collection
from workfront_core.query.path import ObjectPath, member_names
from workfront_core.query.text_path import TextPath
from workfront_core.request.api_version import ApiVersion

_OPERATION: Final = re.compile(r"(?:\A|(?<=\.) )(Action|Named query) (\w+)([^.]*)\.")
"""How a docstring tells what is called; a sentence of what it does stands before, where that is known."""
_PART: Final = r"\b{}: (.+?)\.(?: Result: |$)"
_RUNS: Final = {
    ", on the row with the ID ``target``": "on one object",
    ", on the row with the ID ``target`` where one is given": "on one object or on none",
    "; it runs on no row": "on no object",
}
_KINDS: Final = (
    (ObjectPath, "object"), (CustomPath, "custom field"), (BooleanPath, "boolean"), (DateTimePath, "time"),
    (DatePath, "day"), (IntEnumPath, "code"), (EnumPath, "code"), (NumberPath, "number"), (ListPath, "list"),
    (JsonPath, "any"), (TextPath, "text"),
)  # fmt: skip


def described(what: str | None, version: ApiVersion, *, actions: bool = False) -> list[dict[str, Any]]:
    """Returns rows that describe a version, an object, or a field.

    Args:
        what: an object, or an object and a field of it with a dot between; ``None`` for all objects.
        version: of the API.
        actions: whether actions and named queries are meant, and not fields.

    Raises:
        QueryError: there is no such object or field.
    """
    package = package_of(version)
    if what is None:
        objects: dict[str, str] = import_module(package).OBJECTS
        return [{"object": name, "code": code} for code, name in sorted(objects.items(), key=lambda item: item[1])]
    name, _, field = what.partition(".")
    model = model_of(name, version)
    if actions:
        return list(_actions(model, package))
    if not field:
        return [*_fields(model), *custom_fields(model)]
    return custom_codes(model, field) or list(_codes(model, field))


def _fields(model: type[WorkfrontObject]) -> Iterator[dict[str, Any]]:
    root = _root(model)
    kind: type = type(root)
    for python_name in dict.fromkeys(member_names(kind).values()):
        path: Path[Any] = getattr(root, python_name)
        yield {
            "field": str(path),
            "python": python_name,
            "type": kind_of(path),
            "target": type(path).__name__.removesuffix("Paths") if isinstance(path, ObjectPath) else "",
            "flags": " ".join(sorted(flags(path) - {FILTER_ONLY})),
            "codes": " ".join(str(member.value) for member in _known_codes(path)),
        }


def _codes(model: type[WorkfrontObject], field: str) -> Iterator[dict[str, Any]]:
    root = _root(model)
    kind: type = type(root)
    names = member_names(kind)
    if field not in names:
        raise QueryError(
            f"{model.__name__} has no field {field}.",
            hint=did_you_mean(field, names, f"workfront describe {model.__name__} lists them."),
        )
    path: Path[Any] = getattr(root, names[field])
    codes = _known_codes(path)
    if not codes:
        yield next(row for row in _fields(model) if row["python"] == names[field])
    for member in codes:
        yield {"code": member.value, "name": member.name, "field": str(path)}


def _root(model: type[WorkfrontObject]) -> ObjectPath[Any]:
    described: Any = model
    root: ObjectPath[Any] = described.f
    return root


def _known_codes(path: Path[Any]) -> list[Any]:
    start = origin(path)
    known = start.codes() if start is not None and not isinstance(path, ObjectPath) else None
    return list(known) if known is not None else []


def kind_of(path: Path[Any]) -> str:
    """Returns the kind of a field in one or two words."""
    kind = next((name for kind, name in _KINDS if isinstance(path, kind)), "any")
    return "collection" if isinstance(path, ObjectPath) and passes_collection(path) else kind


def _actions(model: type[WorkfrontObject], package: str) -> Iterator[dict[str, Any]]:
    attribute = import_module(package).Workfront.services.get(model.obj_code)
    if attribute is None:
        return
    service = next(
        kind
        for kind in vars(import_module(f"{package}.services.{attribute}")).values()
        if isinstance(kind, type)
        and getattr(kind, "obj_code", None) == model.obj_code
        and kind.__name__.endswith("Service")
    )
    for name, method in vars(service).items():
        text = inspect.getdoc(method) or "" if inspect.isfunction(method) else ""
        said = _OPERATION.search(text)
        if said is not None and not name.startswith("_"):
            arguments = _part("Arguments on the wire", text)
            yield {
                "name": said[2],
                "python": name,
                "kind": "query" if said[1] != "Action" else "action",
                "arguments": " ".join(re.findall(r"(\w+) \(", arguments)),
                "says": " ".join(_sentences(text, said)).replace("``", ""),
            }


def _sentences(text: str, said: re.Match[str]) -> Iterator[str]:
    """Yields what is known of an operation: what it does, what it needs, what else it takes, what it gives."""
    result = _part("Result", text).removeprefix("java.lang.")
    does = text[: said.start()].strip()
    if does:
        yield does
    elif said[1] != "Action":
        rows = f"{result.removesuffix('[]')} rows" if result.endswith("[]") else f"one {result}"
        yield f"A named query; gives {rows}."
    else:
        yield f"Runs {_RUNS[said[3]]}; no source says what it does."
    if needed := _part("Needs on the wire", text):
        yield f"Needs {needed}."
    if options := _part("Options", text):
        yield f"Options: {options}."
    if said[1] == "Action" and result != "not declared":
        yield f"Gives {result}."


def _part(label: str, text: str) -> str:
    found = re.search(_PART.format(label), text, re.MULTILINE)
    return found[1] if found else ""


def camel(name: str) -> str:
    """Returns a Python name as the wire has it: ``project_ids`` is ``projectIDs``."""
    first, *rest = name.split("_")
    return first + "".join("ID" if part == "id" else "IDs" if part == "ids" else part.capitalize() for part in rest)
