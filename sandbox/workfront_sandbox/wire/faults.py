"""Faults on purpose: what a client must live with, on request or at random. docs/protocol.md 5.1, 6."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final, Literal, TypeAlias, get_args

from workfront_sandbox.wire.errors import ApiError, too_many_requests
from workfront_sandbox.wire.json_output import dumps
from workfront_sandbox.wire.messages import HTML, HttpResponse, json_response

Fault: TypeAlias = Literal["429", "500", "truncated", "html", "error200", "lost"]
"""Too many requests; server failure; a 200 cut off; a proxy's page; an error under 200; done, but answered by a 500."""

HEADER: Final = "x-sandbox-fault"
LATENCY: Final = "x-sandbox-latency"
_KINDS: Final = frozenset(get_args(Fault))
_PAGE: Final = b"<html><head><title>503 Service Unavailable</title></head><body>upstream</body></html>"


@dataclass
class Faults:
    """Which requests fail, and how long all of them take.

    ``rates`` are chances by kind of fault, drawn with ``seed``; ``latency`` is in seconds.
    """

    latency: float = 0.0
    rates: Mapping[Fault, float] = field(default_factory=dict[Fault, float])
    seed: int = 0

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311
        self._planned: deque[tuple[Fault, str]] = deque()

    def plan(self, fault: Fault, times: int = 1, path: str = "") -> None:
        """Lets the next requests fail whose path contains ``path``."""
        for _ in range(times):
            self._planned.append((fault, path))

    @property
    def planned(self) -> list[tuple[Fault, str]]:
        """Faults still to come, each with what a path must contain."""
        return list(self._planned)

    def choose(self, headers: Mapping[str, str], path: str) -> Fault | None:
        """Returns how a request fails, or None."""
        asked = headers.get(HEADER)
        if asked in _KINDS:
            return next(kind for kind in get_args(Fault) if kind == asked)
        planned = next((item for item in self._planned if item[1] in path), None)
        if planned is not None:
            self._planned.remove(planned)
            return planned[0]
        return next((kind for kind, chance in self.rates.items() if self._random.random() < chance), None)

    def delay(self, headers: Mapping[str, str]) -> float:
        """Returns the seconds a request takes longer: ``latency``, or the milliseconds a request asks for."""
        try:
            return min(60.0, max(0.0, float(headers[LATENCY]) / 1000)) if LATENCY in headers else self.latency
        except ValueError:
            return self.latency


def before(fault: Fault | None) -> HttpResponse | None:
    """Returns the answer of a fault that keeps the call from being made."""
    match fault:
        case "429":
            return json_response(too_many_requests().body(), 429)
        case "500":
            return json_response(ApiError(500, "Internal server error").body(), 500)
        case "html":
            return HttpResponse(503, _PAGE, {"content-type": HTML})
        case "error200":
            return json_response({"error": {"message": "The request could not be processed", "code": 0}}, 200)
        case _:
            return None


def after(fault: Fault | None, response: HttpResponse) -> HttpResponse:
    """Returns the answer of a fault that meets a call already made."""
    if fault == "truncated":
        return replace(response, status=200, body=dumps({"data": []})[:9])
    return json_response(ApiError(500, "Internal server error").body(), 500) if fault == "lost" else response
