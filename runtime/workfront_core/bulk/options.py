"""How a bulk call is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict, get_args

from workfront_core.arguments import checked_callable, checked_choice, checked_flag, checked_whole
from workfront_core.bulk.limits import MAX_BYTES, MAX_ROWS
from workfront_core.bulk.results import BulkProgressCallback
from workfront_core.errors.kinds import QueryError

OnError: TypeAlias = Literal["stop", "collect"]
Keep: TypeAlias = Literal["all", "problems"]


class ManyOptions(TypedDict, total=False):
    """The options of a bulk call whose rows are all texts; ``create_many`` explains each."""

    atomic: bool
    on_error: OnError
    resume: int
    chunk_size: int
    chunk_bytes: int
    keep: Keep
    progress: BulkProgressCallback | None


def checked_on_error(value: OnError) -> OnError:
    """Returns the value itself.

    Raises:
        QueryError: it is neither of the two words.
    """
    return checked_choice(value, "on_error=", get_args(OnError))


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """How a bulk call is run; the services' methods explain each."""

    atomic: bool = False
    on_error: OnError = "stop"
    resume: int = 0
    chunk_size: int = MAX_ROWS
    chunk_bytes: int = MAX_BYTES
    keep: Keep = "all"
    progress: BulkProgressCallback | None = None

    def __post_init__(self) -> None:
        checked_flag(self.atomic, "atomic")
        checked_on_error(self.on_error)
        if not 1 <= checked_whole(self.chunk_size, "chunk_size=") <= MAX_ROWS:
            raise QueryError(f"chunk_size= is 1 to {MAX_ROWS} rows, not {self.chunk_size}.")
        if checked_whole(self.resume, "resume=") < 0:
            raise QueryError(f"resume= is a number of rows, not {self.resume}.", hint="Give it result.cursor.")
        checked_whole(self.chunk_bytes, "chunk_bytes=", least=1)
        checked_choice(self.keep, "keep=", get_args(Keep))
        if self.progress is not None:
            checked_callable(self.progress, "progress=")
        if self.atomic and self.on_error == "collect":
            raise QueryError("An atomic call writes all rows or none; there is nothing to collect.")
