"""What a new object cannot do without."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from workfront_core.errors import QueryError
from workfront_core.query.model_fields import model_fields

if TYPE_CHECKING:
    from workfront_cli.data.session import Session
    from workfront_cli.writing.targets import Target


def refuse_incomplete(opened: Session, targets: Iterable[Target]) -> None:
    """Raises a QueryError where a new object lacks a field that it is known to need."""
    package = import_module(type(opened.client).__module__.rpartition(".")[0])
    kind = opened.model.__name__
    demanded: frozenset[str] = getattr(getattr(package, f"{kind}CreateValues", None), "__required_keys__", frozenset())
    members = model_fields(opened.model)
    given = {target.wire for target in targets}
    lacking = sorted(members[name].wire for name in demanded if members[name].wire not in given)
    if lacking:
        raise QueryError(
            f"A new {kind} needs {', '.join(lacking)}.",
            hint=f"Write {' '.join(f'--set {one}=...' for one in lacking)}",
        )
