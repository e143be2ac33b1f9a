"""Mixins of services that write one object at a time: copies, removal, replacement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from workfront_core.operations.no_custom import NO_CUSTOM
from workfront_core.services._async.service import AsyncService

if TYPE_CHECKING:
    from workfront_core.models.model import WorkfrontObject
    from workfront_core.operations.payload import Custom, Extra, Form
    from workfront_core.query.selection import Fields
    from workfront_core.values.sequences import AnyNumber, SequenceNotStr

M = TypeVar("M", bound="WorkfrontObject")
V = TypeVar("V", bound=Mapping[str, object])
C = TypeVar("C", bound="Custom")


class AsyncCustomCopy(AsyncService[M], Generic[M, V, C]):
    """Copies, of an object whose custom fields the package knows."""

    async def copy(
        self,
        source_id: str,
        /,
        *,
        values: V | None = None,
        options: SequenceNotStr[str] = (),
        fields: Fields[M] = None,
        custom: C = NO_CUSTOM,
        extra: Extra = None,
        form: Form = None,
    ) -> M:
        """Copies the object of this ID and returns the copy.

        Args:
            source_id: what to copy.
            values: values of the copy's own, by Python name.
            options: what to leave out, such as ``clearProgress``; which there are depends on the object.
            fields: what to load of the copy.
            custom: custom fields of the copy's own.
            extra: fields by wire name that this package does not know.
            form: a filled-in custom form of the copy's own.

        Raises:
            NotFound: there is no such object, or none this user may see.
            QueryError: the ID is not one, or a value does not fit; nothing was sent.
        """
        from workfront_core.operations import operation

        request = operation.copy(
            self.model, source_id, values=values, options=options, fields=fields, custom=custom, extra=extra, form=form
        )
        return await self._send(request)


class AsyncCopy(AsyncCustomCopy[M, V, "Custom"], Generic[M, V]):
    """Copies."""


class AsyncSave(AsyncService[M]):
    """Changed rows."""

    async def save(self, row: M, /) -> M:
        """Writes what was set in a row since it was read, and nothing else; the row then counts as read.

        Nothing is sent where nothing was set. A row that a program made is written with all that it holds.

        Args:
            row: a row with its ID; ``row.changes`` shows what is written.

        Returns:
            The row itself; what the server derives from the change is not in it.

        Raises:
            QueryError: the row has no ID, a READ_ONLY member was set, a row inside was changed.
        """
        from workfront_core.operations import operation

        request = operation.save(self.model, row)
        return row if request is None else await self._send(request)


class AsyncDelete(AsyncService[M]):
    """Removal."""

    async def delete(self, object_id: str, /, *, force: bool = False) -> None:
        """Removes the object; many types go to the recycle bin first. ``force`` also removes what depends on it.

        Raises:
            NotFound: there is no such object, or none this user may see.
            QueryError: the ID is not one; nothing was sent.
        """
        from workfront_core.operations import operation

        await self._send(operation.delete(self.model, object_id, force=force))


class AsyncReplace(AsyncService[M]):
    """Replacement."""

    async def replace(self, object_ids: AnyNumber[str], /, *, replacement_id: str) -> None:
        """Puts one object in the place of others wherever they are referred to, and removes these.

        Raises:
            NotFound: one of the objects, or the replacement, is not there.
            QueryError: no ID given, or one that is not an ID; nothing was sent.
        """
        from workfront_core.operations import operation

        await self._send(operation.replace(self.model, object_ids, replacement_id))
