"""Sharing with everybody who has the link, as services inherit it."""

from __future__ import annotations

from typing import TypeVar

from workfront_core.models.model import WorkfrontObject
from workfront_core.operations import sharing
from workfront_core.operations.access_rules import CoreAction
from workfront_core.services._async.service import AsyncService
from workfront_core.values.sequences import SequenceNotStr

M = TypeVar("M", bound=WorkfrontObject)


class AsyncSharePublic(AsyncService[M]):
    """Sharing with everybody who has the link."""

    async def share_public(
        self, object_ids: str | SequenceNotStr[str], action: CoreAction = CoreAction.VIEW, /
    ) -> None:
        """Lets everybody who has the link do this with one object or several.

        Raises:
            NotFound: one of the objects is not there.
            QueryError: no ID given, or one that is not an ID; nothing was sent.
        """
        await self._send(sharing.share_public(self.model, object_ids, action))

    async def unshare_public(self, object_ids: str | SequenceNotStr[str], /) -> None:
        """Ends the public sharing of one object or several.

        Raises:
            NotFound: one of the objects is not there.
            QueryError: no ID given, or one that is not an ID; nothing was sent.
        """
        await self._send(sharing.unshare_public(self.model, object_ids))
