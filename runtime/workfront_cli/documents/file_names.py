"""What downloaded files are called: a template with fields of their documents, made safe for every system."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from string import Formatter
from typing import Any, Final

from workfront_cli.data.cells import cell
from workfront_core.errors import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.query.language.field_lists import parse_fields
from workfront_core.request.file_name import safe_file_name

_EXAMPLE: Final = "Write '{name}-{ID:.8}'."


def template_fields(template: str, model: type[WorkfrontObject]) -> list[str]:
    """Returns the wire names of the fields that a template has in braces: ``{name}-{ID:.8}``.

    Raises:
        QueryError: it is not a template, or the document has no such field.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise QueryError(f"--name {template!r:.80} is not a template: {error}.", hint=_EXAMPLE) from None
    names = [name for _, name, _, _ in parts if name is not None]
    if any(not name or "[" in name for name in names):
        raise QueryError(f"--name {template!r:.80} has braces without a field.", hint=_EXAMPLE)
    return [str(path) for name in names for path in parse_fields(name, model)]


def file_name(template: str, row: Mapping[str, Any]) -> str:
    """Returns the name of one file; its extension stays at the end.

    Args:
        template: checked by ``template_fields``.
        row: the fields of the document by wire name.

    Raises:
        QueryError: the template asks for a format that texts do not have.
    """
    name = str(row.get("name") or "")
    extension = PurePath(safe_file_name(name)).suffix
    texts = {field: cell(value) for field, value in row.items()} | {"name": name.removesuffix(extension)}
    try:
        parts = [
            literal + (format(texts.get(field.replace(".", ":"), ""), spec or "") if field else "")
            for literal, field, spec, _ in Formatter().parse(template)
        ]
    except ValueError as error:
        raise QueryError(f"--name {template!r:.80}: {error}.", hint=_EXAMPLE) from None
    return safe_file_name("".join(parts) + extension)
