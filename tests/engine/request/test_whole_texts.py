"""Half of a character, as surrogateescape leaves it, is refused unsent: in bodies, conditions, batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.query_fixture.models.task import Task
from tests.support.query_fixture.services import Workfront
from tests.support.row_server import Rows, serving
from workfront_core.auth import ApiKey
from workfront_core.errors import WorkfrontError
from workfront_core.operations import operation

HALF = "a\ud800b"
ID = "1" * 32
CALLS: dict[str, Callable[[Any], Any]] = {
    "create": lambda wf: wf.task.create(name=HALF),
    "custom field": lambda wf: wf.task.create(name="x", custom={HALF: 1}),
    "many": lambda wf: wf.task.create_many([{"name": HALF}]),
    "condition": lambda wf: wf.task.search(Task.f.name == HALF).to_list(),
    "count": lambda wf: wf.task.count(Task.f.name.contains(HALF)),
    "field": lambda wf: wf.task.get(ID, fields=[f"DE:{HALF}"]),
    "any request": lambda wf: wf.request("PUT", "TASK", {"name": HALF}),
    "batch": lambda wf: wf.send_batch([operation.update(Task, ID, {"name": HALF})]),
    "batch of a search": lambda wf: wf.send_batch([operation.search(Task, [Task.f.name == HALF])]),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_half_of_a_character_is_refused_unsent(call: Callable[[Any], Any]) -> None:
    with serving(Rows()) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        with pytest.raises(WorkfrontError, match="half of a character") as raised:
            call(wf)
        str(raised.value).encode()  # a terminal, a log and a file can take it
        assert server.asked == []


def test_whole_characters_travel_whatever_their_script() -> None:
    rows = Rows()
    with serving(rows) as server, Workfront(server.url, auth=ApiKey("k")) as wf:
        wf.task.create(name="地域 🌍")
    assert rows.names() == ["地域 🌍"]
    assert server.asked
