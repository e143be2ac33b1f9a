"""Types of a client's methods, apart from it: an editor that lists the client works out what each of its own methods
returns, and would read models and pydantic for these. What a call of a protocol returns it works out where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from workfront_core.operations.metadata import ObjectSummary
    from workfront_core.services._async.untyped import AsyncUntypedService


class AsyncUntypedCall(Protocol):
    """``untyped`` of a client."""

    def __call__(self, obj_code: str, /) -> AsyncUntypedService:
        """Returns the operations on an object type that this package does not describe, or describes too narrowly."""
        ...


class AsyncMetadataCall(Protocol):
    """``metadata`` of a client."""

    async def __call__(self) -> dict[str, ObjectSummary]:
        """Returns the objects this API version knows, by objCode."""
        ...
