"""The members of one collection, changed one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from workfront_core.models.model import WorkfrontObject
from workfront_core.request._async.flow import AsyncSends, async_run
from workfront_core.services.collection import CollectionEdit

M = TypeVar("M", bound=WorkfrontObject)


class AsyncCollectionMembers(Generic[M]):
    """The members of one collection, changed one at a time.

    Each change reads the present members and writes the whole list, in two calls. **A change somebody else makes
    between the two is lost**: the API has no lock, and no condition on a write. Where members are objects with
    operations of their own, as assignments are, create and delete these; that leaves no such gap.
    """

    def __init__(self, client: AsyncSends, collection: CollectionEdit[M], /) -> None:
        self._client = client
        self._collection = collection

    async def present(self) -> list[WorkfrontObject]:
        """Returns the members as they are.

        Raises:
            NotFound: there is no such object.
            ProtocolError: the answer does not show the members.
        """
        return await self._client.send(self._collection.read())

    async def add(self, *members: Mapping[str, object] | WorkfrontObject) -> list[str]:
        """Adds members, given by Python or wire name or as rows; the others stay.

        Returns:
            The IDs of all members after it.

        Raises:
            QueryError: no member given, an unknown name, a value that does not fit; nothing was sent.
        """
        return await async_run(self._client, self._collection.add(members))

    async def remove(self, *ids: str) -> list[str]:
        """Removes the members of these IDs; the others stay.

        Returns:
            The IDs of the members left.

        Raises:
            NotFound: one of them is no member; nothing was changed.
            QueryError: no ID given, or one that is none; nothing was sent.
        """
        return await async_run(self._client, self._collection.remove(ids))

    def __repr__(self) -> str:
        return f"<AsyncMembers {self._collection}>"
