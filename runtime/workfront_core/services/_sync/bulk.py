# Generated from ../_async/bulk.py by `python -m tools.sync_from_async`. Not to be edited.
"""Bulk writes as services inherit them; ``V`` is the TypedDict of what may be written, ``TaskValues`` for a task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from workfront_core.bulk.limits import MAX_BYTES, MAX_ROWS
from workfront_core.request._sync.flow import run
from workfront_core.services._sync.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Unpack

    from workfront_core.bulk.options import Keep, ManyOptions, OnError
    from workfront_core.bulk.results import BulkProgressCallback, BulkResult
    from workfront_core.bulk.rows import RowInput
    from workfront_core.models.model import WorkfrontObject
    from workfront_core.values.sequences import AnyNumber

M = TypeVar("M", bound="WorkfrontObject")
V = TypeVar("V", bound=Mapping[str, object])


class CreateMany(Service[M], Generic[M, V]):
    """Creation of any number of objects."""

    @overload
    def create_many(
        self,
        rows: Iterable[V | RowInput[V] | M],
        /,
        *,
        atomic: bool = False,
        on_error: OnError = "stop",
        resume: int = 0,
        chunk_size: int = MAX_ROWS,
        chunk_bytes: int = MAX_BYTES,
        keep: Keep = "all",
        progress: BulkProgressCallback | None = None,
    ) -> BulkResult: ...
    @overload
    def create_many(self, rows: Iterable[dict[str, str]], /, **options: Unpack[ManyOptions]) -> BulkResult: ...
    def create_many(
        self,
        rows: Iterable[V | RowInput[V] | M] | Iterable[dict[str, str]],
        /,
        *,
        atomic: bool = False,
        on_error: OnError = "stop",
        resume: int = 0,
        chunk_size: int = MAX_ROWS,
        chunk_bytes: int = MAX_BYTES,
        keep: Keep = "all",
        progress: BulkProgressCallback | None = None,
    ) -> BulkResult:
        """Creates objects from rows, 100 a call, in constant memory; the result has an ID or an error for each.

        When a call of several rows fails, some of them may have been created, and nothing tells which: their status is
        ``unknown``, and they are never sent again. ``chunk_size=1`` gives every row an answer of its own.

        Args:
            rows: mappings by Python name, `RowInput`, or objects; also a generator. Of rows whose values are all texts,
                as a CSV file has them, a type checker does not see the names.
            atomic: all or none, in one call of at most 100 rows; the server then answers no IDs.
            on_error: ``"stop"`` raises at the first row that is not done, ``"collect"`` goes on.
            resume: rows of the input to skip: ``result.cursor`` of a call that ended early.
            chunk_size: rows a call, 1 to 100.
            chunk_bytes: bytes of rows a call.
            keep: ``"problems"`` counts the rows done without keeping their results.
            progress: told of every call before it leaves and after its answer.

        Raises:
            BulkError: a row was not done, or going on is pointless; ``.result`` says what became of each row.
            QueryError: options that contradict each other, more than 100 atomic rows; nothing was sent.
        """
        from workfront_core.bulk.jobs import CreateJob
        from workfront_core.bulk.options import BulkOptions
        from workfront_core.bulk.runner import bulk

        options = BulkOptions(atomic, on_error, resume, chunk_size, chunk_bytes, keep, progress)
        return run(self._client, bulk(CreateJob(self.model), rows, options))


class UpdateMany(Service[M], Generic[M, V]):
    """Changes of any number of objects."""

    @overload
    def update_many(
        self,
        rows: Iterable[tuple[str, V | RowInput[V]] | M],
        /,
        *,
        whole: bool = False,
        atomic: bool = False,
        on_error: OnError = "stop",
        resume: int = 0,
        chunk_size: int = MAX_ROWS,
        chunk_bytes: int = MAX_BYTES,
        keep: Keep = "all",
        progress: BulkProgressCallback | None = None,
    ) -> BulkResult: ...
    @overload
    def update_many(
        self, rows: Iterable[tuple[str, dict[str, str]]], /, **options: Unpack[ManyOptions]
    ) -> BulkResult: ...
    def update_many(
        self,
        rows: Iterable[tuple[str, V | RowInput[V]] | M] | Iterable[tuple[str, dict[str, str]]],
        /,
        *,
        whole: bool = False,
        atomic: bool = False,
        on_error: OnError = "stop",
        resume: int = 0,
        chunk_size: int = MAX_ROWS,
        chunk_bytes: int = MAX_BYTES,
        keep: Keep = "all",
        progress: BulkProgressCallback | None = None,
    ) -> BulkResult:
        """Changes objects, 100 a call, in constant memory; the result has the status of each.

        Every call is one transaction. One that is refused changed nothing, and its rows are tried again in smaller
        parts, so that the refused ones stand alone and the others are done. After a lost connection the status of the
        call's rows is ``unknown``, and they are not sent again. An object may stand in several rows: what a later one
        sets is set later.

        Args:
            rows: pairs of ID and mapping or `RowInput`, or objects, of which what was set since they were read is
                written: one without changes is done without a call. Once written, an object counts as read. Also a
                generator.
            whole: whether objects are written with all that they hold.
            atomic: all or none, in one call of at most 100 rows.
            on_error: ``"stop"`` raises at the first row that is not done, ``"collect"`` goes on.
            resume: rows of the input to skip: ``result.cursor`` of a call that ended early.
            chunk_size: rows a call, 1 to 100.
            chunk_bytes: bytes of rows a call.
            keep: ``"problems"`` counts the rows done without keeping their results.
            progress: told of every call before it leaves and after its answer.

        Raises:
            BulkError: a row was not done, or going on is pointless; ``.result`` says what became of each row.
            QueryError: options that contradict each other, more than 100 atomic rows; nothing was sent.
        """
        from workfront_core.bulk.jobs import UpdateJob
        from workfront_core.bulk.options import BulkOptions
        from workfront_core.bulk.runner import bulk

        options = BulkOptions(atomic, on_error, resume, chunk_size, chunk_bytes, keep, progress)
        return run(self._client, bulk(UpdateJob(self.model, whole), rows, options))


class DeleteMany(Service[M]):
    """Removal of any number of objects."""

    def delete_many(
        self,
        object_ids: AnyNumber[str],
        /,
        *,
        force: bool = False,
        atomic: bool = False,
        on_error: OnError = "stop",
        resume: int = 0,
        chunk_size: int = MAX_ROWS,
        keep: Keep = "all",
        progress: BulkProgressCallback | None = None,
    ) -> BulkResult:
        """Deletes objects, 100 a call, in constant memory but for the IDs; the result has the status of each.

        An ID that was given before is not sent again: its row has the status of the first one, and counts as unchanged.

        A call that is refused is followed by a look at which of its objects are still there: those are deleted one by
        one, the others count as done. After a lost connection the status of the call's rows is ``unknown``.

        Args:
            object_ids: what to delete; also a generator.
            force: whether what depends on the objects goes with them.
            atomic: all or none, in one call of at most 100 objects. Nothing documents that servers keep to it when
                they delete, so after a refusal one looks: what is gone is ``unknown``, unless it was refused for being
                missing; the others failed.
            on_error: ``"stop"`` raises at the first row that is not done, ``"collect"`` goes on.
            resume: rows of the input to skip: ``result.cursor`` of a call that ended early.
            chunk_size: rows a call, 1 to 100.
            keep: ``"problems"`` counts the rows done without keeping their results.
            progress: told of every call before it leaves and after its answer.

        Raises:
            BulkError: a row was not done, or going on is pointless; ``.result`` says what became of each row.
            QueryError: options that contradict each other, more than 100 atomic rows; nothing was sent.
        """
        from workfront_core.bulk.jobs import DeleteJob
        from workfront_core.bulk.options import BulkOptions
        from workfront_core.bulk.runner import bulk

        options = BulkOptions(atomic, on_error, resume, chunk_size, MAX_BYTES, keep, progress)
        return run(self._client, bulk(DeleteJob(self.model, force), object_ids, options))
