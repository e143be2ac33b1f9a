"""A search as a value: what it asks for, and the request of each of its pages. No network here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar

from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import decoders as result
from workfront_core.operations.decoders import RawPage
from workfront_core.operations.payload import wire_names
from workfront_core.process_state import cached_property
from workfront_core.query.condition import Comparison, FilterCondition, own_tests
from workfront_core.query.filter_parameters import has_raw_parameters, parameters
from workfront_core.query.model_fields import by_wire_name
from workfront_core.query.operators import Operator
from workfront_core.query.order import Order, order_parameters
from workfront_core.query.selection import Fields, field_parameters, listed_names
from workfront_core.request.encoding import Params
from workfront_core.request.request import Decoder, Request

M = TypeVar("M", bound=WorkfrontObject)
T = TypeVar("T")

MAX_PAGE: Final = 2000
"""Rows the API returns at once; it refuses to be asked for more (docs/protocol.md 6)."""

_SOME_ID: Final = "0" * 32


@dataclass(frozen=True)
class Query(Generic[M]):
    """A search for rows of one object.

    Attributes:
        model: the object to search.
        where: conditions, joined by AND.
        fields: what to load.
        order_by: sort keys; the ID is added as the last one, so that pages fit together.
        as_map: whether the server is asked for rows keyed by ID (docs/protocol.md 7.5).

    Raises:
        QueryError: from every method that builds a request, where the API cannot express the query.
    """

    model: type[M]
    where: Sequence[FilterCondition[M]] = ()
    fields: Fields[M] = None
    order_by: Sequence[Order[M]] = ()
    as_map: bool = False

    def page(self, *, first: int = 0, limit: int, after: str | None = None) -> Request[RawPage[M]]:
        """Returns the request for some of the rows, left untyped.

        Args:
            first: rows to skip.
            limit: rows to return, 1 to 2000.
            after: only rows whose ID is greater than this one.
        """
        return self.request(result.raw_page_of(self.model, as_map=self.as_map), first=first, limit=limit, after=after)

    def page_backwards(self, *, limit: int, after: str | None = None) -> Request[RawPage[M]]:
        """Returns the request for the last rows by ID, the very last one first, with nothing but their IDs.

        Args:
            limit: rows to return, 1 to 2000.
            after: only rows whose ID is greater than this one.
        """
        last_first: Order[Any] = Order("ID", "desc")
        return replace(self, fields=("ID",), order_by=(last_first,)).page(limit=limit, after=after)

    def request(self, parse: Decoder[T], /, *, first: int = 0, limit: int, after: str | None = None) -> Request[T]:
        """Returns the request for some of the rows, with a decoder of your own; arguments as for ``page``.

        Raises:
            QueryError: the limit is out of range, or rows without an ID are asked for by it.
        """
        if not 1 <= limit <= MAX_PAGE:
            raise QueryError(
                f"A page holds 1 to {MAX_PAGE} rows, not {limit}.", hint="The pager fetches further pages."
            )
        if self.as_map and not self.has_id:
            raise QueryError(f"Rows of {self.model.__name__} have no ID, so they cannot be mapped by it.")
        bounds = (("$$FIRST", str(first)), ("$$LIMIT", str(limit)))
        params = (*self._filtered(after), *self._rest, *bounds)
        return Request("GET", f"{self.model.obj_code}/search", parse, params, reads=True)

    def count(self) -> Request[int]:
        """Returns the request for the number of rows in all."""
        return Request("GET", f"{self.model.obj_code}/count", result.count, self._filters, reads=True)

    def count_page(self, after: str | None = None) -> Request[RawPage[M]]:
        """Returns the request for the number of rows in all, as a page without rows that tells it.

        Args:
            after: only rows whose ID is greater than this one.
        """
        return Request(
            "GET", f"{self.model.obj_code}/count", result.count_page_of(self.model), self._filtered(after), reads=True
        )

    def count_others(self, row_ids: Sequence[str], after: str | None = None) -> Request[RawPage[M]]:
        """Returns the request for the number of rows beside some, as a page without rows that tells it.

        Args:
            row_ids: the IDs of the rows that do not count.
            after: only rows whose ID is greater than this one.
        """
        tests: list[FilterCondition[M]] = [*self._own_tests, Comparison("ID", Operator.NOT_IN, tuple(row_ids))]
        if after is not None:
            tests.append(Comparison("ID", Operator.GT, (after,)))
        path, parse = f"{self.model.obj_code}/count", result.count_page_of(self.model)
        return Request("GET", path, parse, parameters(tests), reads=True)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The wire names that ``fields`` asks for."""
        return frozenset(self.listed)

    @cached_property
    def listed(self) -> Sequence[str]:
        """The wire names that ``fields`` asks for, in their order; none where the server chooses."""
        return listed_names(self._rest)

    @cached_property
    def by_id(self) -> bool:
        """Whether rows come in the order of their IDs, so that pages may be told by the last one."""
        return self.has_id and not self.as_map and list(self.order_by) in ([], [Order[Any]("ID")])

    @cached_property
    def takes_id(self) -> bool:
        """Whether the conditions leave room for one more test on the ID."""
        if has_raw_parameters(self.where):
            return False
        try:
            self._filters_after(_SOME_ID)
        except QueryError:
            return False
        return True

    @cached_property
    def has_id(self) -> bool:
        """Whether rows of this object carry an ID."""
        return "ID" in by_wire_name(self.model)

    @cached_property
    def fingerprint(self) -> str:
        """A short text that is the same for the same object, conditions and order, whatever fields are loaded."""
        said = repr((self.model.obj_code, self._filters, self._order))
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()

    @cached_property
    def _filters(self) -> Params:
        return parameters(self._own_tests)

    @cached_property
    def _own_tests(self) -> Sequence[FilterCondition[M]]:
        return own_tests(self.where, self.model, f"a search of {self.model.__name__}")

    def _filtered(self, after: str | None) -> Params:
        return self._filters if after is None else self._filters_after(after)

    def _filters_after(self, row_id: str) -> Params:
        after: Comparison[M] = Comparison("ID", Operator.GT, (row_id,))
        return parameters((*self._own_tests, after))

    @cached_property
    def _order(self) -> Params:
        return order_parameters(self.order_by, of=self.model, unique_by="ID" if self.has_id else None)

    @cached_property
    def _rest(self) -> Params:
        selection = field_parameters(self.fields, wire_names(self.model), of=self.model)
        return (*selection, *self._order, *((("map", "true"),) if self.as_map else ()))
