"""One address of the sandbox: a method, the pattern of a path, and what answers there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from workfront_sandbox.wire.address import is_id

H = TypeVar("H")

ANY: Final = "*"
"""The method of a route that answers all of them."""


@dataclass(frozen=True, slots=True)
class Route(Generic[H]):
    """A method (or `ANY`), a path and its handler.

    In the path ``{id}`` stands for an ID of 32 hexadecimal digits, any other name in braces for whatever is there.
    """

    method: str
    path: str
    handler: H

    def match(self, method: str, parts: Sequence[str]) -> dict[str, str] | None:
        """Returns what stands for the names in braces, or None where the route is another one."""
        pattern = self.path.strip("/").split("/")
        if self.method not in {ANY, method} or len(pattern) != len(parts):
            return None
        pairs = list(zip(pattern, parts, strict=True))
        if any(wanted != part and not _stands_for(wanted, part) for wanted, part in pairs):
            return None
        return {wanted[1:-1]: part for wanted, part in pairs if wanted.startswith("{")}


def find(routes: Iterable[Route[H]], method: str, parts: Sequence[str]) -> tuple[H, Mapping[str, str]] | None:
    """Returns the handler of the first route that fits, with what stands for its names; None where none does."""
    for route in routes:
        if (variables := route.match(method, parts)) is not None:
            return route.handler, variables
    return None


def _stands_for(wanted: str, part: str) -> bool:
    return is_id(part) if wanted == "{id}" else wanted.startswith("{")
