"""What a sandbox under test begins with, looked at as closely as what a client sends."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any

from workfront_core.arguments import checked_map, checked_whole, described
from workfront_core.errors.kinds import QueryError, UnfitValue
from workfront_sandbox.tenant.tenant import read_seed
from workfront_testing.fault_injection import FaultInjectingSandbox


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
    is_demo = seed == "demo"
    if scale != 1 and not is_demo:
        raise QueryError("scale= makes the demo tenant larger.", hint='Write seed="demo", or leave scale= out.')
    rows = _rows("empty" if is_demo else Path(seed) if isinstance(seed, PathLike) else seed)
    with _made(rows, options, "" if isinstance(seed, Mapping) else f"The seed {seed} is wrong: ") as sandbox:
        if is_demo:
            from workfront_sandbox import demo

            demo.seed(sandbox, scale)
        yield sandbox


def _rows(seed: str | Path | Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return read_seed(seed)
    except ValueError as error:
        raise UnfitValue(f"{error}") from None


def _made(rows: Mapping[str, Any], options: Mapping[str, Any], where: str) -> FaultInjectingSandbox:
    checked_map(rows, "A seed", 'Write {"TASK": [{...}]}.')
    try:
        return FaultInjectingSandbox(rows, **options)
    except ValueError as error:
        raise UnfitValue(f"{where or 'The seed: '}{error}") from None
