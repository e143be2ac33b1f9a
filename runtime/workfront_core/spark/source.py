"""The data source that Spark calls: batches in ranges of IDs, and a stream of changed rows. docs/spark.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from workfront_core.errors.kinds import QueryError
from workfront_core.frames import require
from workfront_core.query.condition import Comparison
from workfront_core.query.operators import Operator
from workfront_core.spark.asked import SparkRead
from workfront_core.sync.parts import parts_of
from workfront_core.sync.state import Part
from workfront_core.sync.strategy import strategy_of
from workfront_core.sync.together import carried_out
from workfront_core.values.datetimes import format_datetime

require("pyspark", "spark")  # in words, before Python says it in its own
from pyspark.sql import datasource as spark  # noqa: E402
from pyspark.sql.pandas.types import from_arrow_schema  # noqa: E402
from pyspark.sql.types import StructType  # noqa: E402

from workfront_core.spark.pushed import pushed  # noqa: E402

_END = "upto"


class WorkfrontSource(spark.DataSource):
    """Rows of Workfront for Spark: ``spark.dataSource.register(WorkfrontSource)``, then ``format("workfront")``.

    Options:
        object: the object type, by code or name: ``TASK``.
        fields: fields by name with commas between; all plain fields unless given.
        where: a condition: ``percentComplete < 50 and status = "INP"``.
        profile: the profile to sign in with; else what the environment of the workers says (``WORKFRONT_URL``,
            ``WORKFRONT_API_KEY``).
        version: the API version, ``v22.0`` unless given.
        package: a package of your own tenant, such as ``acme_wf``, whose custom fields then have types.
        partitions: ranges of IDs that are read side by side, 4 unless given, at most 8.
        page_size: rows a call, at most 2000.
        pushdown: ``true``, to let the server test filters too; with ``spark.sql.python.filterPushdown.enabled``.
        overlap: seconds by which a batch of the stream begins before the end of the one before, 600 unless given.
    """

    def __repr__(self) -> str:
        return f"<WorkfrontSource of {self.options.get('object', 'no object type yet')}>"

    @classmethod
    def name(cls) -> str:
        return "workfront"

    def schema(self) -> StructType:
        return _spark_schema(SparkRead(self.options).schema.arrow)

    def reader(self, schema: StructType) -> spark.DataSourceReader:
        _check_columns(schema, self.schema())
        asked = SparkRead(self.options).narrowed(schema.fieldNames())
        return PushingReader(asked, schema) if asked.has_pushdown else Reader(asked, schema)

    def streamReader(self, schema: StructType) -> spark.DataSourceStreamReader:
        _check_columns(schema, self.schema())
        return StreamReader(SparkRead(self.options).narrowed(schema.fieldNames()), schema)


@dataclass
class IdRange(spark.InputPartition):
    """A range of IDs, of rows that changed since a moment where there is one."""

    part: Part
    low: str | None = None


class Reader(spark.DataSourceReader):
    """Reads all rows, in ranges of about as many each."""

    def __init__(self, asked: SparkRead, schema: StructType) -> None:
        self.asked = asked
        self.columns: list[str] = schema.fieldNames()

    def partitions(self) -> Sequence[spark.InputPartition]:
        return _ranges(self.asked)

    def read(self, partition: spark.InputPartition) -> Iterator[pa.RecordBatch]:
        assert isinstance(partition, IdRange)  # noqa: S101 - made above
        return self.asked.batches(self.asked.query(), partition.part, self.columns)


class PushingReader(Reader):
    """The same, with filters of Spark that the server tests too."""

    def pushFilters(self, filters: list[spark.Filter]) -> Iterable[spark.Filter]:
        for item in filters:
            condition = pushed(item, self.asked.model, self.asked.schema)
            if condition is not None:
                self.asked.pushed.append(condition)
            yield item  # Spark tests it again


class StreamReader(spark.DataSourceStreamReader):
    """Reads rows that changed. Offsets are moments of the server's clock.

    A batch holds the rows whose stamp lies after its start less the overlap, in their newest form: each change comes at
    least once. The same batch read again may hold newer rows. So it is to be merged by ID, never appended.
    """

    def __init__(self, asked: SparkRead, schema: StructType) -> None:
        self.asked = asked
        self.columns: list[str] = schema.fieldNames()
        stamp = strategy_of(asked.model).stamp
        if stamp is None:
            raise QueryError(
                f"Rows of {asked.model.__name__} do not tell when they changed, so there is no stream of them.",
                hint="Read them as a batch: spark.read.format('workfront').",
            )
        self.stamp = stamp

    def initialOffset(self) -> dict[str, Any]:
        return {_END: None}

    def latestOffset(self, start: Any = None, limit: Any = None) -> dict[str, Any]:  # noqa: ARG002
        with self.asked.client() as client:
            return {_END: client.server_time().isoformat()}

    def partitions(self, start: dict[str, Any], end: dict[str, Any]) -> Sequence[spark.InputPartition]:  # noqa: ARG002
        if start[_END] is None:
            return _ranges(self.asked)
        low = datetime.fromisoformat(start[_END]) - timedelta(seconds=self.asked.overlap)
        return [IdRange(Part(None, None), format_datetime(low))]

    def read(self, partition: spark.InputPartition) -> Iterator[pa.RecordBatch]:
        assert isinstance(partition, IdRange)  # noqa: S101 - made above
        since = [Comparison[Any](self.stamp, Operator.GTE, (partition.low,))] if partition.low is not None else []
        return self.asked.batches(self.asked.query(*since), partition.part, self.columns)

    def commit(self, end: dict[str, Any]) -> None:
        """Forgets nothing: offsets are all that a stream keeps."""


def _ranges(asked: SparkRead) -> list[IdRange]:
    with asked.client() as client:
        parts = carried_out(client.send, parts_of(asked.query(), asked.partitions, asked.page_size))
    return [IdRange(part) for part in parts or (Part(None, None),)]


def _spark_schema(schema: pa.Schema) -> StructType:
    """Returns the schema for Spark. The label of a column is its comment, which ``DESCRIBE`` shows."""
    plain = pa.schema([pa.field(column.name, column.type) for column in schema])
    made = from_arrow_schema(plain, prefer_timestamp_ntz=False)
    for column, noted in zip(made, schema, strict=True):
        notes = {name.decode(): text.decode() for name, text in (noted.metadata or {}).items()}
        label = notes.get("workfront:label")
        column.metadata = notes if label is None else {**notes, "comment": label}
    return made


def _check_columns(wanted: StructType, known: StructType) -> None:
    """Raises a QueryError where a schema of one's own has a column that is not there, or is of another type."""
    types = {column.name: column.dataType for column in known}
    for column in wanted:
        if column.name not in types:
            raise QueryError(
                f"There is no column {column.name} among those that are read.", hint=f"Known: {', '.join(types)[:300]}."
            )
        if types[column.name] != column.dataType:
            given, right = column.dataType.simpleString(), types[column.name].simpleString()
            raise QueryError(f"{column.name} is of type {right}, not {given}.", hint="Read it so, and cast it.")
