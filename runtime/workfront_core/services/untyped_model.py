"""Rows of objects that no schema describes, by wire name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import ClassVar, Final

from workfront_core.arguments import checked_text
from workfront_core.errors.kinds import QueryError
from workfront_core.models.declarations import KNOWN_MODELS, wire
from workfront_core.models.model import WorkfrontObject

_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{1,31}")


class UntypedObject(WorkfrontObject):
    """A row of an object that no schema describes: ``row["name"]``, ``row.id``."""

    __workfront_described__: ClassVar[bool] = False

    id: str = wire("ID")


def untyped_model(obj_code: str) -> type[UntypedObject]:
    """Returns the class of rows of an objCode, whatever its case.

    Raises:
        QueryError: the code can be none.
    """
    code = checked_text(obj_code, "untyped()", "Write the objCode, like PROJ.").upper()
    if not _CODE.fullmatch(code):
        raise QueryError(f"{obj_code!r:.80} is not an objCode.", hint="Write it like PROJ.")
    return _model(code)


@lru_cache(maxsize=KNOWN_MODELS // 2)
def _model(code: str) -> type[UntypedObject]:
    return type(f"Untyped{code}", (UntypedObject,), {"obj_code": code, "__module__": __name__})
