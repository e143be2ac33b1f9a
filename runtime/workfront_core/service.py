"""What generated services are put together from: one mixin an operation, each in a sync and an async form.

A generated service names its model and inherits the operations the metadata lists:
``class TaskService(Get[Task], Search[Task]): model = Task``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, TypeVar, Unpack, cast

from pydantic import JsonValue

from workfront_core import operation
from workfront_core.chunk import distinct_ids, id_requests, in_order, names_one
from workfront_core.condition import Condition
from workfront_core.errors import NotFound
from workfront_core.field_path import FieldPath
from workfront_core.model import WorkfrontObject
from workfront_core.order import Order
from workfront_core.pager import DEFAULT_PAGE, AsyncPager, Pager, Sends, SendsAsync
from workfront_core.payload import Custom as Custom
from workfront_core.query import Query
from workfront_core.report import Aggregates, ReportGroup
from workfront_core.request import Request
from workfront_core.result import rows_by_id
from workfront_core.selection import Fields as Fields
from workfront_core.several import Several

if TYPE_CHECKING:
    from workfront_core.metadata import ObjectMetadata

M = TypeVar("M", bound=WorkfrontObject)
V = TypeVar("V", bound=Mapping[str, object])
T = TypeVar("T")


class Service(Generic[M]):
    """The operations on one object type, bound to a client."""

    model: type[M]
    obj_code: ClassVar[str]

    def __init__(self, client: Sends, /) -> None:
        self._client = client

    def _send(self, request: Request[T], /) -> T:
        return self._client.send(request)

    def action(
        self,
        name: str,
        object_id: str | None = None,
        arguments: Mapping[str, object] | None = None,
        /,
        *,
        form: Literal["path", "parameter"] = "path",
    ) -> JsonValue:
        """Runs an action by its wire name, for dynamic code and for actions the metadata does not list.

        Args:
            name: wire name, such as ``calculateTimeline``.
            object_id: the object it runs on, ``None`` for actions that name their objects in arguments.
            arguments: by wire name; ``None`` leaves one out.
            form: where the name stands: in the path, or as the parameter ``action``.
        """
        return self._send(operation.action(self.model, name, object_id, arguments or {}, form=form))

    def metadata(self, *, fields: Fields[M] = None) -> ObjectMetadata:
        """What the API says of this object: fields, actions, named queries, the tenant's custom fields.

        Args:
            fields: parts to load, such as ``["custom", "fields"]``; ``None`` for all.
        """
        from workfront_core.metadata import object_metadata

        return self._send(object_metadata(self.model.obj_code, fields))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.model.obj_code}>"


class AsyncService(Generic[M]):
    """The operations on one object type, bound to an asynchronous client."""

    model: type[M]
    obj_code: ClassVar[str]

    def __init__(self, client: SendsAsync, /) -> None:
        self._client = client

    async def _send(self, request: Request[T], /) -> T:
        return await self._client.send(request)

    async def action(
        self,
        name: str,
        object_id: str | None = None,
        arguments: Mapping[str, object] | None = None,
        /,
        *,
        form: Literal["path", "parameter"] = "path",
    ) -> JsonValue:
        """Runs an action by its wire name, for dynamic code and for actions the metadata does not list.

        Args:
            name: wire name, such as ``calculateTimeline``.
            object_id: the object it runs on, ``None`` for actions that name their objects in arguments.
            arguments: by wire name; ``None`` leaves one out.
            form: where the name stands: in the path, or as the parameter ``action``.
        """
        return await self._send(operation.action(self.model, name, object_id, arguments or {}, form=form))

    async def metadata(self, *, fields: Fields[M] = None) -> ObjectMetadata:
        """What the API says of this object: fields, actions, named queries, the tenant's custom fields.

        Args:
            fields: parts to load, such as ``["custom", "fields"]``; ``None`` for all.
        """
        from workfront_core.metadata import object_metadata

        return await self._send(object_metadata(self.model.obj_code, fields))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.model.obj_code}>"


class Get(Service[M]):
    """Objects by ID."""

    def get(self, object_id: str, /, *, fields: Fields[M] = None) -> M:
        """The object of this ID.

        Raises:
            NotFound: there is none, or none this user may see.
        """
        return self._send(operation.get(self.model, object_id, fields=fields))

    def get_many(self, object_ids: Iterable[str], /, *, fields: Fields[M] = None) -> list[M]:
        """The objects of these IDs in the order given, each once; those that do not exist, or that this user may not
        see, are left out.

        Args:
            object_ids: any number of IDs; 100 at most travel in one call.
            fields: what to load.
        """
        ids = distinct_ids(object_ids)
        requests = id_requests(self.model, ids, fields=fields)
        return in_order([row for request in requests for row in self._found(request)], ids)

    def _found(self, request: Request[list[M]]) -> list[M]:
        try:
            return self._send(request)
        except NotFound:
            if names_one(request):
                return []
            raise


class Search(Service[M]):
    """Objects by condition."""

    def search(
        self,
        *where: Condition[M],
        fields: Fields[M] = None,
        order_by: Sequence[Order[M]] = (),
        page_size: int = DEFAULT_PAGE,
        limit: int | None = None,
        after: str | None = None,
        prefetch: bool = False,
    ) -> Pager[M]:
        """All rows for which every condition holds, fetched while they are iterated.

        Args:
            where: conditions such as ``Task.f.percent_complete < 100``, joined by AND.
            fields: what to load besides ID, name and objCode; ``None`` for the server's default.
            order_by: sort keys such as ``Task.f.name.asc()``; the ID always follows as the last one.
            page_size: rows a request, 1 to 2000.
            limit: rows in all.
            after: the cursor of an earlier read of the same search, after which to go on.
            prefetch: whether a thread fetches the next page while the present one is read.

        Raises:
            QueryError: the API cannot express this search; nothing was sent.
        """
        query = Query(self.model, where, fields, order_by)
        return Pager(self._client, query, page_size=page_size, limit=limit, after=after, prefetch=prefetch)

    def search_map(
        self,
        *where: Condition[M],
        fields: Fields[M] = None,
        order_by: Sequence[Order[M]] = (),
        page_size: int = DEFAULT_PAGE,
        limit: int | None = None,
    ) -> dict[str, M]:
        """All rows for which every condition holds, by ID, as the server itself maps them.

        Arguments as for ``search``; everything is in memory at once.

        Raises:
            QueryError: rows of this object have no ID, or the API cannot express this search.
        """
        query = Query(self.model, where, fields, order_by, as_map=True)
        return rows_by_id(Pager(self._client, query, page_size=page_size, limit=limit).to_list())


class Count(Service[M]):
    """Numbers of objects."""

    def count(self, *where: Condition[M]) -> int:
        """The number of rows for which every condition holds."""
        return self._send(operation.count(self.model, where))


class Report(Service[M]):
    """Aggregates."""

    def report(
        self,
        *where: Condition[M],
        group_by: Sequence[FieldPath[M]] = (),
        rollup: bool = False,
        **aggregates: Unpack[Aggregates[M]],
    ) -> ReportGroup:
        """Aggregates over the rows for which every condition holds.

        Args:
            where: conditions, joined by AND.
            group_by: fields to group by, the outermost first.
            rollup: whether every level also carries its totals.
            aggregates: fields by function: ``sum=[Hour.f.hours]``; functions are those of ``Aggregates``.
        """
        functions: Mapping[str, Several[FieldPath[M]]] = cast("Mapping[str, Several[FieldPath[M]]]", aggregates)
        request = operation.report(self.model, where, group_by=group_by, aggregates=functions, rollup=rollup)
        return self._send(request)


class Copy(Service[M], Generic[M, V]):
    """Copies."""

    def copy(
        self,
        source_id: str,
        /,
        *,
        values: V | None = None,
        options: Several[str] = (),
        fields: Fields[M] = None,
        custom: Custom = None,
    ) -> M:
        """A copy of the object of this ID.

        Args:
            source_id: what to copy.
            values: values of the copy's own, by Python name.
            options: what to leave out, such as ``clearProgress``; which there are depends on the object.
            fields: what to load of the copy.
            custom: custom fields of the copy's own.
        """
        return self._send(
            operation.copy(self.model, source_id, values=values, options=options, fields=fields, custom=custom)
        )


class Delete(Service[M]):
    """Removal."""

    def delete(self, object_id: str, /, *, force: bool = False) -> None:
        """Removes the object; many types go to the recycle bin first. ``force`` also removes what depends on it."""
        self._send(operation.delete(self.model, object_id, force=force))


class Replace(Service[M]):
    """Replacement."""

    def replace(self, object_ids: Iterable[str], /, *, replacement_id: str) -> None:
        """Puts one object in the place of others wherever they are referred to, and removes these."""
        self._send(operation.replace(self.model, object_ids, replacement_id))


class AsyncGet(AsyncService[M]):
    """Objects by ID."""

    async def get(self, object_id: str, /, *, fields: Fields[M] = None) -> M:
        """The object of this ID.

        Raises:
            NotFound: there is none, or none this user may see.
        """
        return await self._send(operation.get(self.model, object_id, fields=fields))

    async def get_many(self, object_ids: Iterable[str], /, *, fields: Fields[M] = None) -> list[M]:
        """The objects of these IDs in the order given, each once; those that do not exist, or that this user may not
        see, are left out.

        Args:
            object_ids: any number of IDs; 100 at most travel in one call.
            fields: what to load.
        """
        ids = distinct_ids(object_ids)
        requests = id_requests(self.model, ids, fields=fields)
        return in_order([row for request in requests for row in await self._found(request)], ids)

    async def _found(self, request: Request[list[M]]) -> list[M]:
        try:
            return await self._send(request)
        except NotFound:
            if names_one(request):
                return []
            raise


class AsyncSearch(AsyncService[M]):
    """Objects by condition."""

    def search(
        self,
        *where: Condition[M],
        fields: Fields[M] = None,
        order_by: Sequence[Order[M]] = (),
        page_size: int = DEFAULT_PAGE,
        limit: int | None = None,
        after: str | None = None,
    ) -> AsyncPager[M]:
        """All rows for which every condition holds, fetched while they are iterated with ``async for``.

        Args:
            where: conditions such as ``Task.f.percent_complete < 100``, joined by AND.
            fields: what to load besides ID, name and objCode; ``None`` for the server's default.
            order_by: sort keys such as ``Task.f.name.asc()``; the ID always follows as the last one.
            page_size: rows a request, 1 to 2000.
            limit: rows in all.
            after: the cursor of an earlier read of the same search, after which to go on.

        Raises:
            QueryError: the API cannot express this search; nothing was sent.
        """
        query = Query(self.model, where, fields, order_by)
        return AsyncPager(self._client, query, page_size=page_size, limit=limit, after=after)

    async def search_map(
        self,
        *where: Condition[M],
        fields: Fields[M] = None,
        order_by: Sequence[Order[M]] = (),
        page_size: int = DEFAULT_PAGE,
        limit: int | None = None,
    ) -> dict[str, M]:
        """All rows for which every condition holds, by ID, as the server itself maps them.

        Arguments as for ``search``; everything is in memory at once.

        Raises:
            QueryError: rows of this object have no ID, or the API cannot express this search.
        """
        query = Query(self.model, where, fields, order_by, as_map=True)
        return rows_by_id(await AsyncPager(self._client, query, page_size=page_size, limit=limit).to_list())


class AsyncCount(AsyncService[M]):
    """Numbers of objects."""

    async def count(self, *where: Condition[M]) -> int:
        """The number of rows for which every condition holds."""
        return await self._send(operation.count(self.model, where))


class AsyncReport(AsyncService[M]):
    """Aggregates."""

    async def report(
        self,
        *where: Condition[M],
        group_by: Sequence[FieldPath[M]] = (),
        rollup: bool = False,
        **aggregates: Unpack[Aggregates[M]],
    ) -> ReportGroup:
        """Aggregates over the rows for which every condition holds.

        Args:
            where: conditions, joined by AND.
            group_by: fields to group by, the outermost first.
            rollup: whether every level also carries its totals.
            aggregates: fields by function: ``sum=[Hour.f.hours]``; functions are those of ``Aggregates``.
        """
        functions: Mapping[str, Several[FieldPath[M]]] = cast("Mapping[str, Several[FieldPath[M]]]", aggregates)
        request = operation.report(self.model, where, group_by=group_by, aggregates=functions, rollup=rollup)
        return await self._send(request)


class AsyncCopy(AsyncService[M], Generic[M, V]):
    """Copies."""

    async def copy(
        self,
        source_id: str,
        /,
        *,
        values: V | None = None,
        options: Several[str] = (),
        fields: Fields[M] = None,
        custom: Custom = None,
    ) -> M:
        """A copy of the object of this ID.

        Args:
            source_id: what to copy.
            values: values of the copy's own, by Python name.
            options: what to leave out, such as ``clearProgress``; which there are depends on the object.
            fields: what to load of the copy.
            custom: custom fields of the copy's own.
        """
        return await self._send(
            operation.copy(self.model, source_id, values=values, options=options, fields=fields, custom=custom)
        )


class AsyncDelete(AsyncService[M]):
    """Removal."""

    async def delete(self, object_id: str, /, *, force: bool = False) -> None:
        """Removes the object; many types go to the recycle bin first. ``force`` also removes what depends on it."""
        await self._send(operation.delete(self.model, object_id, force=force))


class AsyncReplace(AsyncService[M]):
    """Replacement."""

    async def replace(self, object_ids: Iterable[str], /, *, replacement_id: str) -> None:
        """Puts one object in the place of others wherever they are referred to, and removes these."""
        await self._send(operation.replace(self.model, object_ids, replacement_id))
