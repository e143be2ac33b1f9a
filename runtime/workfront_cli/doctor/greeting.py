"""What a service says of itself to somebody who is not signed in: ``GET info``. docs/protocol.md 4.3."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

import httpx

from workfront_core.errors.redaction import RedactedRequest
from workfront_core.foreign_text import http_date
from workfront_core.transport.deadline import Deadline
from workfront_core.transport.failure import map_transport_error

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


def fetch_service_info(root: httpx.URL, clock: Callable[[], float], timeout: float) -> ServiceInfo:
    """Asks without a credential.

    Raises:
        WorkfrontError: no answer came.
    """
    before = clock()
    try:
        response = httpx.get(
            root.join("info"), timeout=timeout, follow_redirects=False, headers={"User-Agent": "workfront-client"}
        )
    except httpx.RequestError as error:
        request = RedactedRequest("GET", "info")
        raise map_transport_error(
            error, request, where=str(root), reads=True, deadline=Deadline(time.monotonic)
        ) from error
    return _read(response, (before + clock()) / 2)


def _read(response: httpx.Response, asked_at: float) -> ServiceInfo:
    document = _document(response)
    date = http_date(response.headers.get("Date", ""))
    return ServiceInfo(
        status=response.status_code,
        speaks_json=document is not None,
        message=_message(document or {}),
        versions=frozenset(_VERSION.findall(json.dumps(_member(document or {}, "data").get("versions")))),
        location=response.headers.get("Location", ""),
        skew=None if date is None else date - asked_at,
    )


def _document(response: httpx.Response) -> dict[str, Any] | None:
    try:
        found = response.json()
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None


def _message(document: dict[str, Any]) -> str:
    return str(_member(document, "error").get("message") or "")


def _member(document: dict[str, Any], name: str) -> dict[str, Any]:
    found = document.get(name)
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
