"""What checkers know of the class that a row is made of: the row, and the custom fields that it may be given.

A class of a package of one's own says by its view of custom fields which mapping writes them. That mapping is tied to
the class by a variable of its own, which nothing can widen: what does not fit it is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Never, Protocol, TypeAlias, TypeVar

M_co = TypeVar("M_co", covariant=True)
C = TypeVar("C")

Written: TypeAlias = C | Callable[[Never], C]
"""A mapping of custom fields. mypy reads an argument in the light of the others only where a function might come."""


class KnowsFields(Protocol[C]):
    """A view of custom fields that says what may be written of them."""

    __workfront_values__: C


class TenantModel(Protocol[M_co, C]):
    """The class of a row whose custom fields a package knows."""

    @property
    def custom(self) -> KnowsFields[C]:
        """The view of the row's custom fields."""
        ...

    def from_wire(self, row: Mapping[str, object], /) -> M_co:
        """Returns a row of the class."""
        ...


class PlainRow(Protocol):
    """A row whose custom fields no package knows: any name and value may be written."""

    @property
    def custom(self) -> KnowsFields[Mapping[str, object]]:
        """The view of the row's custom fields."""
        ...


Plain = TypeVar("Plain", bound=PlainRow)
