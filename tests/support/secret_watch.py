"""What a test shows, searched for the secrets it made: log records, errors, representations, local variables."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

import workfront_cli
import workfront_core
import workfront_sandbox
import workfront_testing
from workfront_core.request.request import Request

_SHORTEST = 8
"""Characters a value has at least to count as a secret; shorter ones occur in ordinary words."""

_OURS = tuple(
    str(Path(str(package.__file__)).parent)
    for package in (workfront_cli, workfront_core, workfront_sandbox, workfront_testing)
)
"""What runs in a user's program, a command or a test; their frames are searched."""


class Watch(logging.Handler):
    """Collects the secrets a test makes, and everything that could show them."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.secrets: set[str] = set()
        self.shown: list[tuple[str, str]] = []
        self.errors: list[BaseException] = []
        self.requests: list[Request[Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.shown.append((f"log of {record.name}", f"{record.getMessage()} {record.__dict__!r}"))

    def add_secret(self, value: object) -> None:
        if isinstance(value, str) and len(value) >= _SHORTEST:
            self.secrets.add(value)

    def leaks(self) -> list[str]:
        """Where a secret shows, without showing it."""
        if not self.secrets:
            return []
        for error in list(self.errors):  # showing what was never made whole raises others
            self.shown += [("error", f"{error!s} {error!r} {vars(error)!r}"), ("frames", _our_frames(error))]
        self.shown += [("request", f"{request!r} {request.redact_secrets()!r}") for request in self.requests]
        return sorted({where for where, text in self.shown if any(secret in text for secret in self.secrets)})


def _our_frames(error: BaseException | None) -> str:
    """The local variables of our own frames, for an error and what caused it."""
    texts: list[str] = []
    while error is not None:
        texts.append(f"{error!s} {error!r}")
        for frame, _ in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename.startswith(_OURS):
                texts += [_shown(value) for value in frame.f_locals.values()]
        error = error.__cause__
    return "\n".join(texts)


def _shown(value: object) -> str:
    try:
        return repr(value)
    except (AttributeError, ValueError):  # an object whose making failed, a number that Python writes no text of
        return ""
