# Generated from ../_async/tables.py by `python -m tools.sync_from_async`. Not to be edited.
"""The rows of a search as tables and files, without objects in between; what that needs is loaded on use."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, TypeVar

from workfront_core.arguments import checked_callable
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.search import MAX_PAGE
from workfront_core.paging.iteration import iteration
from workfront_core.paging.reading import Place, SearchBounds, checked_page_size
from workfront_core.paging.strategy import PagingStrategy

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from workfront_core.frames.options import Names, Nested
    from workfront_core.frames.rows import RowFrames

M = TypeVar("M", bound=WorkfrontObject)


class Tables(SearchBounds[M]):
    """The rows of a search as tables. Pages hold 2000 rows, unless the search says otherwise."""

    def to_arrow_batches(
        self, *, page_size: int | None = None, names: Names = "wire", nested: Nested = "struct"
    ) -> Iterator[pa.RecordBatch]:
        """Returns the rows as record batches of one schema, page by page.

        Columns are the fields that were asked for, in their order, the ID in front; where the server chooses the
        fields, the first page decides. A value that does not fit its column is null there and stands, as JSON text, in
        the last column, ``_wf_extra``, with everything that no column takes.

        Args:
            page_size: rows a batch, at most 2000; as the search says unless given.
            names: names of columns as on the wire, or ``"python"``.
            nested: related rows as structs, or ``"flat"``: each of their fields in a column of its own.

        Raises:
            QueryError: pyarrow is not installed, two columns would have the same name, or a page has no such size.
        """
        page = None if page_size is None else checked_page_size(page_size)
        return iteration(self._batches(self._frames(names, nested), page))

    def to_arrow(self, *, names: Names = "wire", nested: Nested = "struct") -> pa.Table:
        """Returns the rows as one table, in memory. Arguments and columns as for ``to_arrow_batches``.

        Raises:
            QueryError: pyarrow is not installed, or two columns would have the same name.
        """
        frames = self._frames(names, nested)
        return frames.table([batch for batch in self._batches(frames) if batch.num_rows])

    def to_polars(self, *, names: Names = "wire", nested: Nested = "struct") -> pl.DataFrame:
        """Returns the table of ``to_arrow`` as a data frame of polars.

        Raises:
            QueryError: polars or pyarrow is not installed, or two columns would have the same name.
        """
        from workfront_core.frames import require

        require("polars", "polars")
        table = self.to_arrow(names=names, nested=nested)
        from workfront_core.frames.data_frames import to_polars

        return to_polars(table)

    def to_pandas(self, *, names: Names = "wire", nested: Nested = "struct") -> pd.DataFrame:
        """Returns the table of ``to_arrow`` as a data frame of pandas, whose columns keep Arrow's types.

        Raises:
            QueryError: pandas or pyarrow is not installed, or two columns would have the same name.
        """
        from workfront_core.frames import require

        require("pandas", "pandas")
        table = self.to_arrow(names=names, nested=nested)
        from workfront_core.frames.data_frames import to_pandas

        return to_pandas(table)

    def export(
        self,
        path: str | PathLike[str],
        /,
        *,
        names: Names = "wire",
        nested: Nested | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> int:
        """Writes the rows into a file, and returns their number. One page is in memory at a time.

        The file's format is that of its ending: ``.parquet``, ``.csv``, ``.jsonl`` (one JSON object a line), ``.xlsx``.
        It is written beside its place and moved there when it is whole; after an error, what was there stays.

        Args:
            path: the file.
            names: names of columns as on the wire, or ``"python"``.
            nested: related rows as structs, or ``"flat"``; structs in Parquet and JSON, flat in CSV and Excel unless
                given.
            progress: called after each page with the number of rows written so far.

        Raises:
            QueryError: no format has this ending, the folder does not exist, what writes the format is not installed;
                or there are more rows, or longer texts, than an Excel sheet takes.
            ExportError: the file could not be written, such as on a full disk.
        """
        from workfront_core.frames import require_arrow
        from workfront_core.frames.options import checked_path

        file = checked_path(path)
        notify = _silent if progress is None else checked_callable(progress, "progress=")
        require_arrow()
        from workfront_core.frames.export import Export, nested_for
        from workfront_core.frames.work import done

        with Export(file, self._frames(names, nested_for(file, nested))) as export:
            with closing(self._read(self._strategy(page=MAX_PAGE))) as places:
                for place in places:
                    done(partial(export.write, place.taken.rows))
                    self._place = place
                    notify(export.rows)
            done(export.finish)
        return export.rows

    def _batches(self, frames: RowFrames, page: int | None = None) -> Generator[pa.RecordBatch, None]:
        self._place = None
        with closing(self._read(self._strategy(page=MAX_PAGE, page_size=page))) as places:
            for place in places:
                batch = frames.batch(place.taken.rows)
                self._place = place
                yield batch

    def _frames(self, names: Names, nested: Nested) -> RowFrames:
        from workfront_core.frames import require_arrow

        require_arrow()
        from workfront_core.frames.rows import RowFrames

        return RowFrames(self._query.model, self._query.listed, names, nested)

    def _read(self, strategy: PagingStrategy) -> Generator[Place[M], None]:
        """Returns the pages with their new rows, as they came."""
        raise NotImplementedError


def _silent(_rows: int) -> None:
    """Hears of progress where nobody asked to."""
