"""Every operation the API knows, on objects that no schema describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

from pydantic import JsonValue

from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.query.selection import Fields
from workfront_core.request._async.flow import AsyncSends
from workfront_core.services._async.bulk import AsyncCreateMany, AsyncDeleteMany, AsyncUpdateMany
from workfront_core.services._async.public_sharing import AsyncSharePublic
from workfront_core.services._async.reading import AsyncCount, AsyncGet, AsyncReport, AsyncSearch
from workfront_core.services._async.sharing import AsyncShare
from workfront_core.services._async.writing import AsyncCopy, AsyncDelete, AsyncReplace, AsyncSave
from workfront_core.services.untyped_model import UntypedObject


class AsyncUntypedService(
    AsyncGet[UntypedObject],
    AsyncSearch[UntypedObject],
    AsyncCount[UntypedObject],
    AsyncReport[UntypedObject],
    AsyncCopy[UntypedObject, Mapping[str, object]],
    AsyncDelete[UntypedObject],
    AsyncReplace[UntypedObject],
    AsyncCreateMany[UntypedObject, Mapping[str, object]],
    AsyncUpdateMany[UntypedObject, Mapping[str, object]],
    AsyncSave[UntypedObject],
    AsyncDeleteMany[UntypedObject],
    AsyncShare[UntypedObject],
    AsyncSharePublic[UntypedObject],
):
    """Everything the API can do with an object; names are wire names."""

    def __init__(self, client: AsyncSends, model: type[UntypedObject], /) -> None:
        super().__init__(client)
        self.model = model

    async def create(self, values: Mapping[str, object], /, *, fields: Fields[UntypedObject] = None) -> UntypedObject:
        """Creates an object with these values, by wire name, and returns it.

        Raises:
            QueryError: a value cannot be sent; nothing was sent.
            InvalidRequest: the server does not take the values.
        """
        return await self._send(operation.create(self.model, values, fields=fields))

    @overload
    async def update(
        self, object_id: str, values: Mapping[str, object], /, *, fields: Fields[UntypedObject] = None
    ) -> UntypedObject: ...
    @overload
    async def update(
        self, row: UntypedObject, /, *, fields: Fields[UntypedObject] = None, whole: bool = False
    ) -> UntypedObject: ...
    async def update(
        self,
        target: str | UntypedObject,
        values: Mapping[str, object] | None = None,
        /,
        *,
        fields: Fields[UntypedObject] = None,
        whole: bool = False,
    ) -> UntypedObject:
        """Gives an object new values, by wire name; ``None`` clears one.

        A row in place of ID and values brings what was set in it since it was read, ``whole`` all that it holds.

        Raises:
            QueryError: the ID is none, or a value cannot be sent; nothing was sent.
            NotFound: there is no such object.
            InvalidRequest: the server does not take the values.
        """
        return await self._send(
            operation.update(self.model, target, {} if values is None else values, fields=fields, whole=whole)
        )

    async def named_query(
        self, name: str, arguments: Mapping[str, object] | None = None, /, *, fields: Fields[Any] = None
    ) -> JsonValue:
        """Returns what a named query answers, as it comes.

        Raises:
            QueryError: the name or an argument cannot be sent; nothing was sent.
            InvalidRequest: the object has no such query, or the server refuses its arguments.
        """
        request = operation.named_query(
            self.model, name, {} if arguments is None else arguments, result.json_value, fields=fields
        )
        return await self._send(request)
