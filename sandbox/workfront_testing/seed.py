"""What a sandbox under test begins with, looked at as closely as what a client sends."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any, Final

from workfront_core.arguments import checked_map, checked_whole, described
from workfront_core.errors.kinds import QueryError, UnfitValue
from workfront_core.nearest import did_you_mean
from workfront_sandbox.schema.catalogue import VersionSchema
from workfront_sandbox.wire.json_value import is_list, is_object
from workfront_testing.fault_injection import FaultInjectingSandbox

_NAMES: Final = "Rows of a seed have wire names."


@contextmanager
def seeded(
    seed: str | PathLike[str] | Mapping[str, Any], scale: int, options: Mapping[str, Any]
) -> Generator[FaultInjectingSandbox]:
    """Yields a sandbox with the rows of a seed, until the block ends.

    Raises:
        QueryError: the seed cannot be read, or has rows that no object can have.
    """
    checked_whole(scale, "scale=", least=1)
    if not isinstance(seed, str | PathLike | Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(
            f'A seed is "empty", "demo", a file or rows by objCode, not {described(seed)}.',
            hint='Write {"TASK": [{...}]}.',
        )
    source = Path(seed) if isinstance(seed, PathLike) else seed
    sandbox = _made("empty" if source == "demo" else source, options)
    with sandbox:
        if isinstance(source, Mapping):
            _refuse_unknown_names(source, sandbox.tenant.catalogue.newest)
        if source == "demo":
            from workfront_sandbox import demo

            demo.seed(sandbox, scale)
        yield sandbox


def _made(source: str | Path | Mapping[str, Any], options: Mapping[str, Any]) -> FaultInjectingSandbox:
    if isinstance(source, Mapping):
        checked_map(source, "A seed", 'Write {"TASK": [{...}]}.')
    try:
        return FaultInjectingSandbox(source, **options)
    except ValueError as error:
        raise UnfitValue(f"{error}") from None


def _refuse_unknown_names(document: Mapping[str, Any], schema: VersionSchema) -> None:
    """Raises a QueryError where a row has a name that its object lacks: the sandbox would never show it."""
    for code, rows in document.items():
        known = schema.objects.get(code.upper())
        names = {*known.fields, *known.relations, "objCode", "ID"} if known is not None else set[str]()
        for name in _names(rows if known is not None else None):
            if name not in names and ":" not in name:
                raise UnfitValue(f"The seed has {name!r} in a row of {code}.", hint=did_you_mean(name, names, _NAMES))


def _names(rows: object) -> Iterator[str]:
    for row in rows if is_list(rows) else []:
        yield from row if is_object(row) else []
