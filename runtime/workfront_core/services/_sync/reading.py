# Generated from ../_async/reading.py by `python -m tools.sync_from_async`. Not to be edited.
"""Mixins of services that read: by ID, by condition, numbers, aggregates."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from workfront_core.services._sync.service import Service

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Unpack

    from workfront_core.models.model import WorkfrontObject
    from workfront_core.operations.report import ReportGroup
    from workfront_core.paging._sync.pager import Pager
    from workfront_core.query.aggregates import Aggregates
    from workfront_core.query.condition import FilterCondition
    from workfront_core.query.field_path import FieldPath
    from workfront_core.query.order import Order
    from workfront_core.query.selection import Fields
    from workfront_core.values.sequences import AnyNumber, SequenceNotStr

M = TypeVar("M", bound="WorkfrontObject")


class Get(Service[M]):
    """Objects by ID."""

    def get(self, object_id: str, /, *, fields: Fields[M] = None) -> M:
        """Returns the object of this ID.

        Raises:
            NotFound: there is none, or none this user may see.
            QueryError: the ID is not one, or a field cannot be loaded; nothing was sent.
        """
        from workfront_core.operations import operation

        return self._send(operation.get(self.model, object_id, fields=fields))

    def get_many(self, object_ids: AnyNumber[str], /, *, fields: Fields[M] = None) -> list[M]:
        """Returns the objects of these IDs in the order given, each once; those that do not exist, or that this user
        may not see, are left out.

        Args:
            object_ids: any number of IDs; 100 at most travel in one call.
            fields: what to load.

        Raises:
            QueryError: one of them is not an ID, or a field cannot be loaded; nothing was sent.
        """
        from workfront_core.operations.id_batches import distinct_ids, found_rows
        from workfront_core.request._sync.flow import run

        ids = distinct_ids(object_ids)
        return run(self._client, found_rows(self.model, ids, fields=fields))


class Search(Service[M]):
    """Objects by condition."""

    def search(
        self,
        *where: FilterCondition[M],
        fields: Fields[M] = None,
        order_by: Sequence[Order[M]] = (),
        page_size: int | None = None,
        limit: int | None = None,
        after: str | None = None,
        prefetch: bool = True,
    ) -> Pager[M]:
        """Returns all rows for which every condition holds, fetched while they are iterated with ``for``.

        Args:
            where: conditions such as ``Task.f.percent_complete < 100``, joined by AND.
            fields: what to load besides ID, name and objCode; ``None`` for the server's default.
            order_by: sort keys such as ``Task.f.name.asc()``; the ID always follows as the last one.
            page_size: rows a request, 1 to 2000; 200 unless given.
            limit: rows in all.
            after: the cursor of an earlier read of the same search, after which to go on.
            prefetch: whether the next page is fetched while the present one is read, by a thread or a task.

        Raises:
            QueryError: the API cannot express this search; nothing was sent.
        """
        from workfront_core.operations.search import Query
        from workfront_core.paging._sync.pager import Pager

        query = Query(self.model, where, fields, order_by)
        return Pager(self._client, query, page_size=page_size, limit=limit, after=after, prefetch=prefetch)

    def search_map(
        self,
        *where: FilterCondition[M],
        fields: Fields[M] = None,
        order_by: Sequence[Order[M]] = (),
        page_size: int | None = None,
        limit: int | None = None,
    ) -> dict[str, M]:
        """Returns all rows for which every condition holds, by ID, as the server itself maps them.

        Arguments as for ``search``; everything is in memory at once.

        Raises:
            QueryError: rows of this object have no ID, or the API cannot express this search.
        """
        from workfront_core.operations.decoders import rows_by_id
        from workfront_core.operations.search import Query
        from workfront_core.paging._sync.pager import Pager

        query = Query(self.model, where, fields, order_by, as_map=True)
        return rows_by_id(Pager(self._client, query, page_size=page_size, limit=limit).to_list())


class Count(Service[M]):
    """Numbers of objects."""

    def count(self, *where: FilterCondition[M]) -> int:
        """Returns the number of rows for which every condition holds; of all without conditions.

        Raises:
            QueryError: the API cannot express a condition; nothing was sent.
        """
        from workfront_core.operations.counting import count, count_of_all

        return self._send(count(self.model, where) if where else count_of_all(self.obj_code))


class Report(Service[M]):
    """Aggregates."""

    def report(
        self,
        *where: FilterCondition[M],
        group_by: Sequence[FieldPath[M]] = (),
        rollup: bool = False,
        **aggregates: Unpack[Aggregates[M]],
    ) -> ReportGroup:
        """Reads aggregates over the rows for which every condition holds.

        Args:
            where: conditions, joined by AND.
            group_by: fields to group by, the outermost first.
            rollup: whether every level also carries its totals.
            aggregates: fields by function: ``sum=[Hour.f.hours]``; functions are those of ``Aggregates``.

        Raises:
            QueryError: the API cannot express this report; nothing was sent.
        """
        from workfront_core.operations import operation

        functions: Mapping[str, SequenceNotStr[FieldPath[M]]] = cast(
            "Mapping[str, SequenceNotStr[FieldPath[M]]]", aggregates
        )
        request = operation.report(self.model, where, group_by=group_by, aggregates=functions, rollup=rollup)
        return self._send(request)
