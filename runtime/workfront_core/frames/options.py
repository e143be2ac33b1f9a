"""How the columns of a table are named, and where related rows stand."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

from workfront_core.arguments import path_text
from workfront_core.errors.kinds import QueryError

Names: TypeAlias = Literal["wire", "python"]
"""Names of columns: as on the wire (``plannedStartDate``), or as in Python (``planned_start_date``)."""

Nested: TypeAlias = Literal["struct", "flat"]
"""Related rows: each a struct in a column of its own, or each of their fields as a column: ``project_name``."""


def checked_path(path: object) -> Path:
    """Returns the path of a file to be written.

    Raises:
        QueryError: it is something else.
    """
    text = path_text(path)
    if text is None:
        raise QueryError(f"An export goes to the path of a file, not to {path!r:.80}.", hint='Write "tasks.parquet".')
    return Path(text)
