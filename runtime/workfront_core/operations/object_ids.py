"""IDs, and the addresses they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast
from urllib.parse import quote

from workfront_core.arguments import checked_list
from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.values.ids import checked_id


def joined_ids(object_ids: Iterable[str], *, check: Callable[[str], str] = checked_id) -> str:
    """Returns IDs as one parameter holds them, each once; ``check`` says what an ID is here.

    Raises:
        QueryError: one text in place of a list, an empty list, or an entry that is not an ID.
    """
    if isinstance(object_ids, str):
        raise QueryError("IDs are given as a list here, not as one text.", hint=f"Write [{object_ids!r}].")
    given = _listed(object_ids)
    ids = list(dict.fromkeys(check(cast("str", object_id)) for object_id in given))
    if not ids:
        raise QueryError("At least one ID is needed.")
    return ",".join(ids)


def _listed(object_ids: object) -> list[object]:
    if isinstance(object_ids, Mapping):
        return list(cast("Mapping[object, object]", object_ids))
    return checked_list(object_ids, "A call for several objects", "Write [object_id].")


def address(model: type[WorkfrontObject], object_id: str) -> str:
    """Returns the path of one object below the API root: ``TASK/<ID>``."""
    return f"{model.obj_code}/{segment(checked_id(object_id))}"


def segment(text: str) -> str:
    """Returns a text as one segment of a path."""
    return quote(text, safe="$")
