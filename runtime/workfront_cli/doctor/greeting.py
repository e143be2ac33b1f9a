"""What a service says of itself to somebody who is not signed in: ``GET info``. docs/protocol.md 4.3."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from workfront_cli.connection.connection import reading_client
from workfront_cli.wording import message_of
from workfront_core.auth import Anonymous
from workfront_core.errors import ProtocolError, WorkfrontError
from workfront_core.foreign_text import http_date
from workfront_core.request.api_version import ApiVersion
from workfront_core.transport.hooks import AttemptInfo, CallInfo, Hook

_VERSION: Final = re.compile(r"v\d{1,3}\.\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class ServiceInfo:
    """An answer of the service.

    Attributes:
        status: of HTTP.
        speaks_json: whether it is the API that answers.
        message: of an error.
        versions: the API versions it lists, as ``v22.0``.
        location: where it redirects to.
        skew: seconds its clock is ahead of the one here, ``None`` where it does not tell.
    """

    status: int
    speaks_json: bool
    message: str
    versions: frozenset[str]
    location: str
    skew: float | None


class _Answers(Hook):
    """Keeps what came of the attempts that were answered, refusals too."""

    def __init__(self) -> None:
        self.answered: list[AttemptInfo] = []

    def on_response(self, _call: CallInfo, attempt: AttemptInfo, /) -> None:
        if attempt.status is not None:
            self.answered.append(attempt)


def fetch_service_info(
    address: str, version: ApiVersion, clock: Callable[[], float], total_timeout: float
) -> ServiceInfo:
    """Asks without a credential, once.

    Raises:
        WorkfrontError: no answer came.
    """
    answers = _Answers()
    before = clock()
    document: object = None
    with reading_client(
        address, version, Anonymous(), total_timeout=total_timeout, max_retries=0, hooks=(answers,)
    ) as wf:
        try:
            document = wf.request("GET", "info")
        except WorkfrontError:
            if not answers.answered:
                raise
    return _read(document, answers.answered[-1], (before + clock()) / 2)


def _read(document: object, answer: AttemptInfo, asked_at: float) -> ServiceInfo:
    found: Mapping[str, Any] = cast("dict[str, Any]", document) if isinstance(document, dict) else {}
    date = http_date(answer.headers.get("Date", ""))
    return ServiceInfo(
        status=answer.status or 0,
        speaks_json=isinstance(document, dict) or _reports(answer),
        message=message_of(answer.error) if answer.error is not None and _reports(answer) else "",
        versions=frozenset(_VERSION.findall(json.dumps(found.get("versions")))),
        location=answer.headers.get("Location", ""),
        skew=None if date is None else date - asked_at,
    )


def _reports(answer: AttemptInfo) -> bool:
    """Returns whether the answer is an error in the API's own form, not a page of something in between."""
    is_json = "json" in answer.headers.get("Content-Type", "")
    return is_json and answer.error is not None and not isinstance(answer.error, ProtocolError)
