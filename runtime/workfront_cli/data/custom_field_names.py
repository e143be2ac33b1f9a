"""Which custom fields the forms of an object bring, as the service says; kept for shells to offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from workfront_core.errors import QueryError
from workfront_core.request.part_file import part_file

if TYPE_CHECKING:
    from workfront_cli.data.session import Session

_FIELDS: Final = ("catObjCode", "objTypes", "categoryParameters:parameter:name")


def names_by_object(opened: Session) -> dict[str, list[str]]:
    """Returns the names of custom fields by objCode, both sorted.

    Args:
        opened: on custom forms (CTGY).
    """
    found: dict[str, set[str]] = {}
    for row in opened.service.search(fields=list(_FIELDS)):
        form: dict[str, Any] = row.to_wire()
        members: list[dict[str, Any]] = form.get("categoryParameters") or []
        names = {str(member["parameter"]["name"]) for member in members if member.get("parameter")}
        for code in _codes(form):
            found.setdefault(code, set()).update(names)
    return {code: sorted(found[code]) for code in sorted(found) if found[code]}


def keep_names(found: Mapping[str, Sequence[str]], file: str) -> None:
    """Writes names into a file, whole or not at all.

    Raises:
        QueryError: the file cannot be written.
    """
    path = Path(file)
    lines = ("\t".join([code, *(" ".join(name.split()) for name in names)]) for code, names in found.items())
    text = "".join(f"{line}\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part_file(path.parent, prefix=f".{path.name}.") as part:
            part.file.write(text.encode())
            part.replace(path)
    except OSError as error:
        raise QueryError(f"{path} cannot be written: {error.strerror or error}.") from None


def _codes(form: Mapping[str, Any]) -> set[str]:
    """Returns the objects of a form: the one it was made for, and all it may be attached to."""
    types: Any = form.get("objTypes") or []
    listed = cast("list[object]", types) if isinstance(types, list) else str(types).split(",")
    return {str(one).strip() for one in [form.get("catObjCode"), *listed] if one}
