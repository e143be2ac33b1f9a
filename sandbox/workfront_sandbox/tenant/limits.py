"""Limits of the service. docs/protocol.md 6."""

from __future__ import annotations

from dataclasses import dataclass, fields

from workfront_sandbox.wire.errors import ApiError, invalid
from workfront_sandbox.wire.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Limits:
    """What the service takes; every number may be set otherwise."""

    default_rows: int = 100
    rows: int = 2000
    bulk: int = 100
    depth: int = 4
    uri: int = 8892
    objects: int = 50_000
    fields: int = 1_000_000
    threads: int = 10
    body: int = 64 * 1024 * 1024
    batch: int = 100

    def __post_init__(self) -> None:
        for item in fields(self):
            value: object = getattr(self, item.name)
            least = 0 if item.name == "threads" else 1
            if type(value) is not int or value < least:
                raise ValueError(f"{item.name}={value!r:.80} of the limits is not a whole number of {least} or more")

    def page(self, parameters: Parameters) -> tuple[int, int]:
        """Returns rows to skip and rows to answer. Raises ApiError for a limit that is too high, or no number."""
        first = _whole(parameters.first("$$FIRST"), "$$FIRST", 0)
        limit = _whole(parameters.first("$$LIMIT"), "$$LIMIT", self.default_rows)
        if limit > self.rows:
            message = f"The requested limit {limit} is greater than the maximum allowed limit of {self.rows}"
            raise invalid(message, "java.lang.IllegalArgumentException")
        return min(first, 2**31), limit if limit > 0 else self.default_rows

    def check_bulk(self, size: int) -> None:
        """Raises ApiError where a call writes too many rows."""
        if size > self.bulk:
            raise invalid(f"Can not add more than {self.bulk} objects at once.")

    def check_uri(self, target: str) -> None:
        """Raises ApiError where an address is too long."""
        if len(target.encode("utf-8", "replace")) > self.uri:
            raise ApiError(414, f"The URI is longer than {self.uri} bytes")

    def check_size(self, objects: int, fields: int = 0) -> None:
        """Raises ApiError where an answer has too many objects, or too many fields in all of them."""
        if objects > self.objects:
            raise invalid(f"The result has more than {self.objects} objects")
        if fields > self.fields:
            raise invalid(f"The result has more than {self.fields} fields")


def _whole(text: str | None, name: str, default: int) -> int:
    if text is None or not text.strip():
        return default
    try:
        number = int(text)
    except ValueError:
        raise invalid(f'For input string: "{text[:50]}" ({name})', "java.lang.NumberFormatException") from None
    if number < 0:
        raise invalid(f"{name} is below zero", "java.lang.IllegalArgumentException")
    return number
