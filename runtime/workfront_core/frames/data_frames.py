"""Arrow tables as the data frames of other libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from workfront_core.frames import require

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def to_polars(table: pa.Table) -> pl.DataFrame:
    """Returns a table as a data frame of polars.

    Raises:
        QueryError: polars is not installed.
    """
    require("polars", "polars")
    import polars as pl

    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - of a table it is
    return frame


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """Returns a table as a data frame of pandas, whose columns stay what they are in Arrow: nulls, lists, decimals.

    Raises:
        QueryError: pandas is not installed.
    """
    require("pandas", "pandas")
    import pandas as pd

    frame: Any = table.to_pandas(types_mapper=pd.ArrowDtype)
    assert isinstance(frame, pd.DataFrame)  # noqa: S101 - of a table it is
    return frame
