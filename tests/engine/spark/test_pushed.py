"""Which filters of Spark the server tests too: only those that mean the same on both sides, never a command to it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any

import pytest

from tests.engine.frames.bread import Bread
from tests.support.places import DOCS
from workfront_client.v22 import Task
from workfront_core import QueryError
from workfront_core.frames.schema import frame_schema
from workfront_core.operations.search import Query

spark = pytest.importorskip("pyspark.sql.datasource", reason="pyspark is not installed")
from workfront_core.spark.asked import OPTIONS, SparkRead  # noqa: E402
from workfront_core.spark.pushed import pushed  # noqa: E402
from workfront_core.spark.source import PushingReader, Reader, StreamReader, WorkfrontSource  # noqa: E402

FIELDS = [
    "ID",
    "name",
    "status",
    "percentComplete",
    "priority",
    "lastUpdateDate",
    "isReady",
    "DE:Region",
    "project:name",
]
SCHEMA = frame_schema(Task, FIELDS)
AT = datetime(2026, 11, 25, 12, 0, 0, 1500, tzinfo=UTC)


def sent(item: Any) -> list[tuple[str, str]] | None:
    condition = pushed(item, Task, SCHEMA)
    return None if condition is None else list(Query(Task, where=[condition]).count().params)


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        (spark.EqualTo(("status",), "INP"), [("status", "INP")]),
        (spark.EqualTo(("priority",), 2), [("priority", "2")]),
        (spark.In(("status",), ("INP", "NEW")), [("status", "INP"), ("status", "NEW")]),
        (spark.GreaterThan(("percentComplete",), 50.0), [("percentComplete", "50.0"), ("percentComplete_Mod", "gte")]),
        (spark.LessThan(("priority",), 3), [("priority", "3"), ("priority_Mod", "lte")]),
        (
            spark.GreaterThan(("lastUpdateDate",), AT),
            [("lastUpdateDate", "2026-11-25T12:00:00:001+0000"), ("lastUpdateDate_Mod", "gte")],
        ),
        (
            spark.LessThan(("lastUpdateDate",), AT),
            [("lastUpdateDate", "2026-11-25T12:00:00:002+0000"), ("lastUpdateDate_Mod", "lte")],
        ),
    ],
)
def test_a_filter_that_means_the_same_is_tested_by_the_server(item: Any, wanted: list[tuple[str, str]]) -> None:
    assert sent(item) == wanted


@pytest.mark.parametrize(
    "item",
    [
        spark.EqualTo(("status",), "$$TODAY"),
        spark.EqualTo(("status",), "FIELD:name"),
        spark.In(("status",), ("INP", "$$NOW")),
        spark.In(("status",), ()),
        spark.In(("priority",), tuple(range(501))),
        spark.EqualTo(("name",), ""),
        spark.EqualTo(("name",), " padded "),
        spark.EqualTo(("name",), None),
        spark.EqualTo(("priority",), True),
        spark.EqualTo(("percentComplete",), float("nan")),
        spark.GreaterThan(("percentComplete",), float("inf")),
        spark.GreaterThan(("name",), "M"),
        spark.GreaterThan(("lastUpdateDate",), AT.replace(tzinfo=None)),
        spark.GreaterThan(("lastUpdateDate",), date(2026, 11, 25)),
        spark.EqualTo(("lastUpdateDate",), AT),
        spark.EqualTo(("DE:Region",), "North"),
        spark.EqualTo(("project", "name"), "Site"),
        spark.EqualTo(("nothing",), "x"),
        spark.EqualNullSafe(("status",), "INP"),
        spark.StringContains(("name",), "e"),
        spark.StringStartsWith(("name",), "e"),
        spark.IsNull(("name",)),
        spark.Not(spark.EqualTo(("status",), "INP")),
    ],
    ids=repr,
)
def test_all_others_stay_with_spark(item: Any) -> None:
    assert sent(item) is None


def test_every_filter_is_tested_by_spark_again() -> None:
    source = WorkfrontSource({"object": "TASK", "pushdown": "true", "fields": "status"})
    reader = source.reader(source.schema())
    assert isinstance(reader, PushingReader)
    filters = [spark.EqualTo(("status",), "INP"), spark.EqualTo(("status",), "$$TODAY")]
    assert list(reader.pushFilters(filters)) == filters
    assert len(reader.asked.pushed) == 1


def used(options: dict[str, str]) -> None:
    """Asks for everything that the options say."""
    asked = SparkRead(options)
    _ = (asked.schema, asked.query(), asked.partitions, asked.page_size, asked.overlap)
    with asked.client():
        pass


class TestOptions:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({}, "Which object"),
            ({"object": "NOTHING"}, "no object 'NOTHING'"),
            ({"object": "TASK", "feilds": "name"}, "no option feilds"),
            ({"object": "TASK", "fields": "nmae"}, "nmae"),
            ({"object": "TASK", "where": "percentComplete <"}, "percentComplete <|expected|condition"),
            ({"object": "TASK", "key": "secret-key"}, "shows in its plans"),
            ({"object": "TASK", "key": "k", "allow_key_in_options": "true"}, "needs an address"),
            ({"object": "TASK", "partitions": "9"}, "from 1 to 8"),
            ({"object": "TASK", "partitions": "many"}, "whole number"),
            ({"object": "TASK", "page_size": "2001"}, "from 1 to 2000"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, options: dict[str, str], said: str) -> None:
        with pytest.raises(QueryError, match=said) as raised:
            used(options)
        assert "secret-key" not in f"{raised.value} {raised.value.hint}"

    def test_a_package_of_a_tenant_gives_its_custom_fields_types(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made: Any = ModuleType("bread_wf.v22")
        made.OBJECTS, made.Bread = {"PROJ": "Bread"}, Bread
        monkeypatch.setitem(sys.modules, "bread_wf", ModuleType("bread_wf"))
        monkeypatch.setitem(sys.modules, "bread_wf.v22", made)
        options = {"object": "PROJ", "fields": 'DE:number, DE:link, DE:"choices"', "package": "bread_wf"}
        kinds = {column.name: column.dataType.simpleString() for column in WorkfrontSource(options).schema()}
        assert kinds["DE:number"] == "double"
        assert kinds["DE:link"] == "struct<ID:string,name:string,objCode:string>"
        assert kinds["DE:choices"] == "array<string>"

    @pytest.mark.parametrize("package", ["no_such_wf", "", "workfront_core", "../x"])
    def test_a_package_that_is_none_is_refused(self, package: str) -> None:
        with pytest.raises(QueryError, match="has no v22 here"):
            _ = SparkRead({"object": "PROJ", "package": package}).schema

    def test_names_of_options_are_read_in_any_case(self) -> None:
        assert SparkRead({"OBJECT": "task", "Page_Size": "7"}).page_size == 7

    def test_only_the_columns_of_a_schema_of_ones_own_are_read(self) -> None:
        source = WorkfrontSource({"object": "TASK"})
        some = source.schema()
        some.fields = [column for column in some.fields if column.name in ("ID", "status")]
        some.names = ["ID", "status"]
        reader = source.reader(some)
        assert isinstance(reader, Reader)
        assert dict(reader.asked.query().page(limit=1).params)["fields"] == "ID,status"

    def test_a_column_of_another_type_or_name_is_refused(self) -> None:
        from pyspark.sql.types import LongType, StringType, StructField, StructType

        source = WorkfrontSource({"object": "TASK"})
        with pytest.raises(QueryError, match="status is of type string, not bigint"):
            source.reader(StructType([StructField("status", LongType())]))
        with pytest.raises(QueryError, match="no column sttaus"):
            source.reader(StructType([StructField("sttaus", StringType())]))

    def test_rows_that_do_not_tell_when_they_changed_have_no_stream(self) -> None:
        source = WorkfrontSource({"object": "ASSGN"})
        with pytest.raises(QueryError, match="no stream"):
            source.streamReader(source.schema())
        stream = WorkfrontSource({"object": "NOTE"})
        reader = stream.streamReader(stream.schema())
        assert isinstance(reader, StreamReader)
        assert reader.stamp == "entryDate"


def test_without_pyspark_it_says_what_is_missing() -> None:
    code = (
        "import sys; sys.modules['pyspark'] = None\n"
        "from workfront_core.errors import QueryError\n"
        "try:\n    from workfront_core.spark import WorkfrontSource\n"
        "except QueryError as error:\n    print(error.hint)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "pip install 'workfront-client[spark]'\n"


def test_every_option_is_on_the_page() -> None:
    page = (DOCS / "spark.md").read_text(encoding="utf-8")
    assert [name for name in OPTIONS if f"`{name}`" not in page] == ["path"]
