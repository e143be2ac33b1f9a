"""What was asked and how it was answered, as long as that is remembered."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from workfront_sandbox.wire.messages import HttpRequest, HttpResponse

REMEMBERED: Final = 1000
"""How many exchanges are remembered at most."""

_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and how it was answered."""

    at: datetime
    request: HttpRequest
    response: HttpResponse
    seconds: float

    @property
    def size(self) -> int:
        """How many bytes both bodies have."""
        return len(self.request.body) + len(self.response.body)


class ExchangeLog:
    """The last exchanges, oldest first: a thousand at most, and no more of them than fit into 64 MB.

    Attributes:
        forgotten: how many others there were since it was cleared.
    """

    def __init__(self) -> None:
        self._exchanges: deque[Exchange] = deque()
        self._bytes = 0
        self._lock = Lock()
        self.forgotten: int = 0

    def __len__(self) -> int:
        return len(self._exchanges)

    def __getitem__(self, place: int) -> Exchange:
        return self._exchanges[place]

    def __iter__(self) -> Iterator[Exchange]:
        return iter(tuple(self._exchanges))

    def append(self, exchange: Exchange) -> None:
        """Remembers an exchange, and forgets the oldest ones that have no room beside it."""
        with self._lock:
            self._exchanges.append(exchange)
            self._bytes += exchange.size
            while len(self._exchanges) > 1 and (len(self._exchanges) > REMEMBERED or self._bytes > _BYTES):
                self._bytes -= self._exchanges.popleft().size
                self.forgotten += 1

    def clear(self) -> None:
        """Forgets all, as if nothing had been asked."""
        with self._lock:
            self._exchanges.clear()
            self._bytes = self.forgotten = 0
