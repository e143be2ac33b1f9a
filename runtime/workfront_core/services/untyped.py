"""Objects that no schema describes: rows by wire name, and every operation the API knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, overload

from pydantic import JsonValue

from workfront_core.errors.kinds import QueryError
from workfront_core.models.model import WorkfrontObject, wire
from workfront_core.operations import decoders as result
from workfront_core.operations import operation
from workfront_core.query.selection import Fields
from workfront_core.request.flow import Sends, SendsAsync
from workfront_core.services.bulk import (
    AsyncCreateMany,
    AsyncDeleteMany,
    AsyncUpdateMany,
    CreateMany,
    DeleteMany,
    UpdateMany,
)
from workfront_core.services.reading import AsyncCount, AsyncGet, AsyncReport, AsyncSearch, Count, Get, Report, Search
from workfront_core.services.sharing import AsyncShare, AsyncSharePublic, Share, SharePublic
from workfront_core.services.writing import (
    AsyncCopy,
    AsyncDelete,
    AsyncReplace,
    AsyncSave,
    Copy,
    Delete,
    Replace,
    Save,
)

_CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{1,31}")


class UntypedObject(WorkfrontObject):
    """A row of an object that no schema describes: ``row["name"]``, ``row.id``."""

    id: str = wire("ID")


def untyped_model(obj_code: str) -> type[UntypedObject]:
    """The class of rows of an objCode, whatever its case.

    Raises:
        QueryError: the code can be none.
    """
    code = obj_code.upper()
    if not _CODE.fullmatch(code):
        raise QueryError(f"{obj_code!r:.80} is no objCode.", hint="Write it like PROJ.")
    return _model(code)


@cache
def _model(code: str) -> type[UntypedObject]:
    return type(f"Untyped{code}", (UntypedObject,), {"obj_code": code, "__module__": __name__})


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
        """A new object with these values, by wire name."""
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
        """New values for an object, by wire name; ``None`` clears one.

        A row in place of ID and values brings what was set in it since it was read, ``whole`` all that it holds.
        """
        return self._send(operation.update(self.model, target, values or {}, fields=fields, whole=whole))

    def named_query(
        self, name: str, arguments: Mapping[str, object] | None = None, /, *, fields: Fields[Any] = None
    ) -> JsonValue:
        """What a named query answers, as it comes."""
        request = operation.named_query(self.model, name, arguments or {}, result.json_value, fields=fields)
        return self._send(request)


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

    def __init__(self, client: SendsAsync, model: type[UntypedObject], /) -> None:
        super().__init__(client)
        self.model = model

    async def create(self, values: Mapping[str, object], /, *, fields: Fields[UntypedObject] = None) -> UntypedObject:
        """A new object with these values, by wire name."""
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
        """New values for an object, by wire name; ``None`` clears one.

        A row in place of ID and values brings what was set in it since it was read, ``whole`` all that it holds.
        """
        return await self._send(operation.update(self.model, target, values or {}, fields=fields, whole=whole))

    async def named_query(
        self, name: str, arguments: Mapping[str, object] | None = None, /, *, fields: Fields[Any] = None
    ) -> JsonValue:
        """What a named query answers, as it comes."""
        request = operation.named_query(self.model, name, arguments or {}, result.json_value, fields=fields)
        return await self._send(request)
