"""Answers that went wrong once, kept in a file and given again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, Final, Self

from workfront_core.arguments import checked_map, checked_number, checked_text, checked_whole, described, path_text
from workfront_core.errors.file_errors import told_as_file_errors
from workfront_core.errors.kinds import QueryError, UnfitValue
from workfront_core.errors.redaction import is_secret, redact_json, redact_path, redact_text
from workfront_core.foreign_text import json_or
from workfront_core.http_library import httpx, library_of
from workfront_sandbox import HttpResponse

_RECORDED: Final = ("content-type", "retry-after", "location", "server")


@dataclass(frozen=True, slots=True)
class RecordedFault:
    """An answer as it came: status, the headers that matter, text of the body, seconds it took."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    delay: float = 0.0

    def __post_init__(self) -> None:
        checked_whole(self.status, "status", least=100)
        checked_text(self.body, "body")
        checked_map(self.headers, "headers")
        if checked_number(self.delay, "delay") < 0:
            raise QueryError(f"delay={self.delay}: give seconds, 0 or more.")

    @classmethod
    def of(cls, response: httpx.Response) -> Self:
        """Returns the record of an answer, to be kept in a repository: without cookies, credentials and secrets it
        echoes.
        """
        if not isinstance(response, library_of(response).httpx.Response):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"of() takes an answer of httpx, not {described(response)}.")
        headers = {name: response.headers[name] for name in _RECORDED if name in response.headers}
        if "location" in headers:
            headers["location"] = redact_path(headers["location"])
        return cls(response.status_code, _recorded_body(response), headers)

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Returns the record in a file that ``save`` wrote.

        Raises:
            QueryError: the file holds none; the message says what is wrong.
        """
        checked_path(path)
        try:
            found: Any = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls(int(found["status"]), str(found["body"]), dict(found["headers"]), float(found.get("delay", 0)))
        except OSError as error:
            raise UnfitValue(f"{path} cannot be read: {error.strerror}") from None
        except (ValueError, RecursionError, TypeError, KeyError) as error:
            raise UnfitValue(f"{path} holds no recorded fault: {type(error).__name__}: {error}") from None

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the record as JSON.

        Raises:
            FileError: the file cannot be written.
        """
        checked_path(path)
        values = {"status": self.status, "headers": dict(self.headers), "body": self.body, "delay": self.delay}
        with told_as_file_errors(path, "written"):
            Path(path).write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")

    def response(self) -> HttpResponse:
        """Returns the answer, to be given once more."""
        return HttpResponse(self.status, self.body.encode(), self.headers, self.delay)


def checked_path(path: object, /) -> None:
    """Raises a QueryError unless this is the path of a file."""
    if path_text(path) is None:
        raise QueryError(f"A record is kept in a file, not in {described(path)}.", hint='Write "fault.json".')


def _recorded_body(response: httpx.Response) -> str:
    text = redact_text(response.text, _sent_secrets(response))
    document: Any = json_or(text, None)
    if document is None:
        return text
    shown = redact_json(document)
    return text if shown == document else json.dumps(shown)


def _sent_secrets(response: httpx.Response) -> list[str]:
    """Returns the credentials of the request that was answered, where it is known."""
    try:
        sent = response.request
    except RuntimeError:
        return []
    pairs = [*sent.headers.items(), *sent.url.params.multi_items()]
    values = [value for name, value in pairs if is_secret(name)]
    return [*values, *(value.partition(" ")[2] for value in values if " " in value)]
