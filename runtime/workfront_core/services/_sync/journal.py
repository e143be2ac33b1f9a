# Generated from ../_async/journal.py by `python -m tools.sync_from_async`. Not to be edited.
"""What the service of journal entries inherits beside the mixins of every object."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, TypeVar, overload

from workfront_core.services._sync.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from workfront_core.models.model import WorkfrontObject
    from workfront_core.operations.journal import Change, JournalQuery
    from workfront_core.query.field_kinds import BooleanPath, DatePath, DateTimePath, NumberPath
    from workfront_core.query.field_path import FieldPath
    from workfront_core.query.text_path import TextPath

M = TypeVar("M", bound="WorkfrontObject")


class Journal(Service[M]):
    """What changed, from what to what; of the fields that the customer records (docs/protocol.md 14)."""

    @overload
    def changes(
        self, field: NumberPath[Any], /, *, since: datetime | None = None, ids: Iterable[str] | None = None
    ) -> Iterator[Change[float]]: ...
    @overload
    def changes(
        self, field: BooleanPath[Any], /, *, since: datetime | None = None, ids: Iterable[str] | None = None
    ) -> Iterator[Change[bool]]: ...
    @overload
    def changes(
        self, field: DateTimePath[Any], /, *, since: datetime | None = None, ids: Iterable[str] | None = None
    ) -> Iterator[Change[datetime]]: ...
    @overload
    def changes(
        self, field: DatePath[Any], /, *, since: datetime | None = None, ids: Iterable[str] | None = None
    ) -> Iterator[Change[date]]: ...
    @overload
    def changes(
        self, field: TextPath[Any], /, *, since: datetime | None = None, ids: Iterable[str] | None = None
    ) -> Iterator[Change[str]]: ...
    @overload
    def changes(
        self, field: FieldPath[Any], /, *, since: datetime | None = None, ids: Iterable[str] | None = None
    ) -> Iterator[Change[Any]]: ...
    def changes(
        self, field: FieldPath[Any], /, *, since: datetime | None = None, ids: Iterable[str] | None = None
    ) -> Iterator[Change[Any]]:
        """Returns the changes of one field with old and new value, oldest first.

        Nothing comes for a field that the customer does not record; `recorded` tells which have entries.

        Args:
            field: such as ``Task.f.name``.
            since: the moment from which on.
            ids: of these objects only; of more than a hundred, the changes come in order for each hundred.

        Raises:
            QueryError: the field is of a related object, or the moment has no time zone.
        """
        from workfront_core.operations.journal import JournalQuery
        from workfront_core.paging.iteration import iteration

        return iteration(self._changes(JournalQuery(field, since, ids)))

    def recorded(self, model: type[WorkfrontObject], /) -> list[str]:
        """Returns the wire names of the fields of an object type that have entries in the journal.

        Which fields leave entries is a setting of the customer: Setup, Interface, Update Feeds.

        Args:
            model: the object, such as ``Task``.

        Raises:
            QueryError: the journal has no entries of such objects; nothing was sent.
        """
        from workfront_core.operations import operation
        from workfront_core.operations.journal import recorded_in
        from workfront_core.query.field_path import FieldPath

        name, row_id = FieldPath[Any](("fieldName",)), FieldPath[Any](("ID",))
        request = operation.report(self.model, [recorded_in(model)], group_by=[name], aggregates={"count": [row_id]})
        found = self._send(request)
        return sorted(group.key for group in found if group.key)

    def _changes(self, query: JournalQuery) -> Generator[Change[Any], None]:
        from workfront_core.operations.journal import LOADED
        from workfront_core.operations.search import Query
        from workfront_core.paging._sync.pager import Pager
        from workfront_core.query.field_path import FieldPath

        oldest_first = FieldPath[Any](("entryDate",)).asc()
        for conditions in query.conditions():
            found = Query(self.model, tuple(conditions), LOADED, [oldest_first])
            for row in Pager(self._client, found):
                yield query.change(row)
