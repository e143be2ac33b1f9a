"""What the system says of files, in words of ours."""

from __future__ import annotations

import errno
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from os import PathLike
from typing import Final, Literal

from workfront_core.errors.kinds import FileError

_HINTS: Final[Mapping[int | None, str]] = {
    errno.ENOENT: "Look for it with Path(...).resolve(): a relative path starts where the program runs.",
    errno.EISDIR: "It is a folder: name one of its files.",
    errno.ENOTDIR: "A part of the path is a file, where a folder belongs.",
    errno.EACCES: "The user who runs the program lacks the right.",
    errno.EPERM: "The user who runs the program lacks the right.",
    errno.ENOSPC: "Make room on the disk, or name another one.",
    errno.ENAMETOOLONG: "Name it shorter.",
}


@contextmanager
def told_as_file_errors(path: str | PathLike[str], done: Literal["read", "written"]) -> Generator[None]:
    """Raises what the system says of a file as a ``FileError``."""
    try:
        yield
    except FileError:
        raise
    except OSError as error:
        said = error.strerror or str(error) or type(error).__name__
        failure = FileError(f"{path} cannot be {done}: {said}.", hint=_HINTS.get(error.errno))
        failure.errno, failure.strerror, failure.filename = error.errno, error.strerror, str(path)
        raise failure from None
