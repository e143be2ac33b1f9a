"""A call as a value: everything to send, and how to read what comes back. No network here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

from pydantic import JsonValue

from workfront_core.redaction import RedactedRequest, redact

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Method: TypeAlias = Literal["GET", "POST", "PUT", "DELETE"]
Params: TypeAlias = tuple[tuple[str, str], ...]


class Decoder(Protocol[T_co]):
    """Reads the unwrapped answer of a call. ``strict`` makes a value of an unexpected type an error."""

    def __call__(self, data: object, /, *, strict: bool = False) -> T_co: ...


@dataclass(frozen=True, repr=False)
class Request(Generic[T]):
    """One call to the API.

    Attributes:
        method: HTTP verb.
        path: below the versioned API root, without a leading slash: ``TASK/search``.
        parse: turns the unwrapped ``data`` of the answer into the result.
        params: decoded names and values in sending order; a name may repeat.
        json: body, ``None`` for none.
        reads: whether the call changes nothing, and so may be sent again.
    """

    method: Method
    path: str
    parse: Decoder[T]
    params: Params = ()
    json: JsonValue = None
    reads: bool = False

    def redacted(self) -> RedactedRequest:
        """This request without secrets, for errors and logs."""
        return redact(self.method, self.path, self.params, self.json)

    def __repr__(self) -> str:
        return f"<Request {self.redacted()}>"
