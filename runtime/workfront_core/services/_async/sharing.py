"""Sharing and single members of collections as services inherit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from workfront_core.services._async.service import AsyncService

if TYPE_CHECKING:
    from workfront_core.models.model import WorkfrontObject
    from workfront_core.operations.access_rules import AccessGrant, AccessorKind
    from workfront_core.query.field_path import Path
    from workfront_core.services._async.collection_members import AsyncCollectionMembers
    from workfront_core.values.sequences import SequenceNotStr

M = TypeVar("M", bound="WorkfrontObject")


class AsyncShare(AsyncService[M]):
    """Sharing with users, teams, groups, roles and companies."""

    async def share(self, object_ids: str | SequenceNotStr[str], rule: AccessGrant, /) -> None:
        """Adds a rule to one object or several; the rules they have stay.

        Args:
            object_ids: one ID, or a list of IDs.
            rule: who may do what.

        Raises:
            NotFound: one of the objects, or whom the rule names, is not there.
            QueryError: no ID given, or one that is not an ID; nothing was sent.
        """
        from workfront_core.operations import sharing

        await self._send(sharing.share(self.model, object_ids, rule))

    async def unshare(self, object_ids: str | SequenceNotStr[str], accessor_id: str, kind: AccessorKind, /) -> None:
        """Takes the rule of one accessor away from one object or several.

        Raises:
            NotFound: one of the objects, or the accessor, is not there.
            QueryError: no ID given, or one that is not an ID; nothing was sent.
        """
        from workfront_core.operations import sharing

        await self._send(sharing.unshare(self.model, object_ids, accessor_id, kind))


class AsyncHasMembers(AsyncService[M]):
    """Collections, changed one member at a time."""

    def members(
        self, collection: Path[M], object_id: str, /, *, fields: SequenceNotStr[str] = ("*",)
    ) -> AsyncCollectionMembers[M]:
        """Returns the members of a collection: ``members(Task.f.predecessors, task_id).add({...})``.

        A write replaces a collection as a whole. This reads the present members first and writes them back with the
        change; see `Members` for what that means beside other writers.

        Args:
            collection: such as ``Task.f.predecessors``.
            object_id: the object that has it.
            fields: wire names of what is read of each member and written back; all plain fields unless given.

        Raises:
            QueryError: the path is not a collection of this object, or one with calls of its own.
        """
        from workfront_core.services._async.collection_members import AsyncCollectionMembers
        from workfront_core.services.collection import CollectionEdit

        return AsyncCollectionMembers(self._client, CollectionEdit(self.model, collection, object_id, fields=fields))
