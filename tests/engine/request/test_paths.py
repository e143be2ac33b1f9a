"""What can be the path of no file is refused in words wherever a path is taken, before anything is sent or opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workfront_client.v22 import Task, Workfront
from workfront_core import ApiKey, FileStore, QueryError
from workfront_core.events import Inbox
from workfront_core.sync.duckdb_target import DuckDB

WF = Workfront("http://127.0.0.1:9", auth=ApiKey("k3y"))
DOORS: dict[str, Callable[[Any], object]] = {
    "upload": lambda path: WF.upload(path, name="plan.pdf"),
    "download": lambda path: WF.download("/attask/api/v22.0/DOCV/x/download", path),
    "export": lambda path: WF.task.search(Task.f.name == "x").export(path),
    "token": FileStore,
    "inbox": Inbox,
    "DuckDB": DuckDB,
}
NO_PATHS = ["", "a\0b.csv", "a\ud800.csv", Path("a\0b.csv"), Path("a\ud800.csv"), 5, None, ["a.csv"], {"a": 1}]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("path", NO_PATHS, ids=repr)
def test_what_is_no_path_is_refused(door: str, path: object) -> None:
    with pytest.raises(QueryError):
        DOORS[door](path)


def test_a_table_of_a_sync_goes_to_a_path(tmp_path: Path) -> None:
    target = DuckDB(tmp_path / "acme.duckdb")
    for path in NO_PATHS:
        with pytest.raises(QueryError):
            target.to_parquet("wf_task", path)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    target.close()


@pytest.mark.parametrize("name", [".", "..", "../x", "a\\b", "a\nb", "a\0b", "a\ud800", ""])
def test_a_name_that_is_a_path_names_no_file(name: str) -> None:
    with pytest.raises(QueryError, match=r"not a file name|has no name"):
        WF.upload(b"x", name=name)
