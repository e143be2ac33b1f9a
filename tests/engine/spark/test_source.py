"""The data source under a real Spark on this machine: batches and a stream. Needs pyspark and Java."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.waiting import wait_until
from workfront_client.v22 import Task, Workfront
from workfront_testing import SandboxKit, live

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java; .ci/java installs it"),
    pytest.mark.filterwarnings("default"),
]
ROWS = 100_000
PROJECT = "1a" * 16
STAMP = "2026-11-25T12:00:00:250+0000"


def tasks(number: int) -> Iterator[dict[str, Any]]:
    for at in range(1, number + 1):
        yield {
            "ID": f"{at:032x}", "name": f"Task {at}", "status": "INP" if at % 2 else "NEW", "projectID": PROJECT,
            "percentComplete": at % 100 + 0.5, "priority": at % 5, "lastUpdateDate": STAMP, "entryDate": STAMP,
        }  # fmt: skip


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with live({"PROJ": [{"ID": PROJECT, "name": "Site"}], "TASK": list(tasks(ROWS))}) as made:
        yield made


@pytest.fixture(scope="module")
def session(kit: SandboxKit) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    from workfront_core.spark import WorkfrontSource

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", ":".join(filter(None, sys.path)))
        options = {
            # A JVM keeps the environment it began with, so a second session in one process has its own from here.
            "spark.executorEnv.WORKFRONT_URL": kit.url, "spark.executorEnv.WORKFRONT_API_KEY": kit.api_key,
            "spark.ui.enabled": "false", "spark.driver.memory": "1g", "spark.sql.session.timeZone": "UTC",
            "spark.sql.python.filterPushdown.enabled": "true", "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1", "spark.sql.shuffle.partitions": "2",
        }  # fmt: skip
        # Spark gives a worker ten seconds to answer, which a busy machine may take: a task that failed is tried again.
        builder = SparkSession.builder.master("local[2, 4]")
        for name, value in options.items():
            builder = builder.config(name, value)
        made = builder.getOrCreate()
        made.sparkContext.setLogLevel("ERROR")
        made.dataSource.register(WorkfrontSource)
        yield made
        made.stop()


def reading(session: Any, **options: str) -> Any:
    reader = session.read.format("workfront").option("object", "TASK")
    for name, value in options.items():
        reader = reader.option(name, value)
    return reader


def test_100_000_rows_are_all_distinct_with_right_types_and_sums(session: Any) -> None:
    from pyspark.sql import functions as of

    names = "name,status,percentComplete,priority,lastUpdateDate"
    frame = reading(session, fields=names).load()
    assert frame.schema.simpleString() == (
        "struct<ID:string,name:string,status:string,percentComplete:double,priority:bigint,lastUpdateDate:timestamp,"
        "_wf_extra:map<string,string>>"
    )
    notes = {column.name: column.metadata for column in frame.schema}
    assert (notes["percentComplete"]["comment"], notes["_wf_extra"]) == ("Percent Complete", {})
    assert notes["status"].keys() == {
        "comment",
        "workfront:label",
        "workfront:name",
        "workfront:type",
        "workfront:codes",
    }
    (found,) = frame.agg(
        of.count("*"), of.count_distinct(of.col("ID")), of.sum("percentComplete"), of.sum("priority"),
        of.min("lastUpdateDate"), of.count("_wf_extra"),
    ).collect()  # fmt: skip
    assert found[:2] == (ROWS, ROWS)
    assert found[2] == sum(at % 100 + 0.5 for at in range(1, ROWS + 1))
    assert found[3] == sum(at % 5 for at in range(1, ROWS + 1))
    assert found[4].astimezone(UTC) == datetime(2026, 11, 25, 12, 0, 0, 250_000, tzinfo=UTC)
    assert found[5] == 0


def test_rows_are_read_in_ranges_of_ids_side_by_side(session: Any) -> None:
    assert reading(session, fields="name").load().rdd.getNumPartitions() == 4
    assert reading(session, fields="name", partitions="2").load().rdd.getNumPartitions() == 2


def test_filters_are_tested_by_the_server_too(session: Any, kit: SandboxKit) -> None:
    frame = reading(session, fields="status,percentComplete", pushdown="true").load()
    kit.sandbox.log.clear()
    assert frame.where("status = 'INP' AND percentComplete > 90.0").count() == ROWS // 20
    asked = [exchange.request.query for exchange in kit.sandbox.log if "search" in exchange.request.path]
    assert asked
    assert all("status=INP" in query and "percentComplete_Mod=gte" in query for query in asked)


def test_commands_to_the_server_are_values_to_spark(session: Any) -> None:
    frame = reading(session, fields="name,status", pushdown="true").load()
    assert frame.where("name = '$$TODAY' OR status = 'FIELD:status'").count() == 0
    assert frame.where("name = '$$TODAY'").count() == 0


def test_conditions_of_ones_own_and_a_schema_of_two_columns(session: Any) -> None:
    frame = reading(session, where='status = "NEW" and priority = 4').schema("ID string, status string").load()
    assert frame.columns == ["ID", "status"]
    assert frame.distinct().count() == ROWS // 10


def test_a_stream_brings_each_change_until_merging_by_id_makes_both_equal(session: Any, tmp_path: Path) -> None:
    rows = list(tasks(500))
    merged: dict[str, str] = {}
    batches: list[int] = []

    def merge(frame: Any, _number: int) -> None:
        found = frame.collect()
        merged.update({row.ID: row.name for row in found})
        batches.append(len(found))

    with live({"PROJ": [{"ID": PROJECT, "name": "Site"}], "TASK": rows}) as kit, kit.client(Workfront) as wf:

        def started() -> Any:
            options = {"object": "TASK", "fields": "name", "address": kit.url, "key": kit.api_key, "overlap": "2"}
            stream = session.readStream.format("workfront").option("allow_key_in_options", "true").options(**options)
            writer = stream.load().writeStream.foreachBatch(merge)
            return writer.option("checkpointLocation", str(tmp_path / "at")).trigger(processingTime="1 second").start()

        query = started()
        try:
            wait_until(lambda: len(merged) == 500, "the first batch")
            wf.task.update(rows[2]["ID"], name="Edited")
            wait_until(lambda: merged[rows[2]["ID"]] == "Edited", "a change")
        finally:
            query.stop()
        wf.task.update(rows[3]["ID"], name="Edited while nobody read")
        created = wf.task.create(name="Made", project_id=PROJECT)
        query = started()
        try:
            wait_until(
                lambda: created.id in merged and merged[rows[3]["ID"]] == "Edited while nobody read",
                "what happened between two streams",
            )
        finally:
            query.stop()
        assert merged == {row.id: row.name for row in wf.task.search(fields=[Task.f.name])}
    assert max(batches[1:]) < 500, "later batches hold what changed alone"
