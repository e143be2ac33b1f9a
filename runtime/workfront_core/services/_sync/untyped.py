# Generated from ../_async/untyped.py by `python -m tools.sync_from_async`. Not to be edited.
"""Every operation the API knows, on objects that no schema describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

from pydantic import JsonValue

from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.query.selection import Fields
from workfront_core.request._sync.flow import Sends
from workfront_core.services._sync.bulk import CreateMany, DeleteMany, UpdateMany
from workfront_core.services._sync.public_sharing import SharePublic
from workfront_core.services._sync.reading import Count, Get, Report, Search
from workfront_core.services._sync.sharing import Share
from workfront_core.services._sync.writing import Copy, Delete, Replace, Save
from workfront_core.services.untyped_model import UntypedObject


class UntypedService(
    Get[UntypedObject],
    Search[UntypedObject],
    Count[UntypedObject],
    Report[UntypedObject],
    Copy[UntypedObject, Mapping[str, object]],
    Delete[UntypedObject],
    Replace[UntypedObject],
    CreateMany[UntypedObject, Mapping[str, object]],
    UpdateMany[UntypedObject, Mapping[str, object]],
    Save[UntypedObject],
    DeleteMany[UntypedObject],
    Share[UntypedObject],
    SharePublic[UntypedObject],
):
    """Everything the API can do with an object; names are wire names."""

    def __init__(self, client: Sends, model: type[UntypedObject], /) -> None:
        super().__init__(client)
        self.model = model

    def create(self, values: Mapping[str, object], /, *, fields: Fields[UntypedObject] = None) -> UntypedObject:
        """Creates an object with these values, by wire name, and returns it.

        Raises:
            QueryError: a value cannot be sent; nothing was sent.
            InvalidRequest: the server does not take the values.
        """
        return self._send(operation.create(self.model, values, fields=fields))

    @overload
    def update(
        self, object_id: str, values: Mapping[str, object], /, *, fields: Fields[UntypedObject] = None
    ) -> UntypedObject: ...
    @overload
    def update(
        self, row: UntypedObject, /, *, fields: Fields[UntypedObject] = None, whole: bool = False
    ) -> UntypedObject: ...
    def update(
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
        return self._send(
            operation.update(self.model, target, {} if values is None else values, fields=fields, whole=whole)
        )

    def named_query(
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
        return self._send(request)
