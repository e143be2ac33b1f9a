"""A dry run goes on as the script would: what it makes has an ID, and nothing of it reaches the server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from workfront_client.v22 import AsyncWorkfront, Project, Task, Workfront
from workfront_core.auth import ApiKey
from workfront_core.errors import NotFound, QueryError
from workfront_core.models.model import FieldNotLoaded
from workfront_core.request.dry_run import is_stand_in

KEY = "k3y0000000000000000000000000000000"
REAL = "5a020000000000000000000000000001"


def answer(asked: Received) -> Answer:
    return Answer([] if asked.path.endswith("/search") else {"ID": REAL, "objCode": "PROJ", "name": "Real"})


def test_a_script_that_creates_and_goes_on_is_rehearsed_to_its_end() -> None:
    with loopback(answer) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf:
        with wf.dry_run() as dry:
            project = dry.project.create(name="Launch", custom={"Region": "N"})
            task = dry.task.create(name="Brief", project_id=project.id)
            dry.task.update(task.id, percent_complete=50)
            assert dry.task.move(task.id, project_id=REAL) is None
            again = dry.task.get(task.id, fields=[Task.f.percent_complete])
            found = dry.project.get(project.id)
            assert dry.task.search(Task.f.project_id == project.id).to_list() == []
            assert dry.project.get(REAL).name == "Real"
            dry.project.delete(project.id)
            with pytest.raises(NotFound, match="made no such object"):
                dry.project.get(project.id)
        assert (again.name, again.percent_complete, again.project_id) == ("Brief", 50, project.id)
        assert (found.name, found["DE:Region"]) == ("Launch", "N")
        assert len({project.id, task.id}) == 2
        assert is_stand_in(project.id)
    assert [request.method for request in dry.planned] == ["POST", "POST", "PUT", "PUT", "DELETE"]
    assert [asked.path.rpartition("v22.0/")[2] for asked in server.asked] == [
        "TASK/search",
        "TASK/count",
        f"PROJ/{REAL}",
    ]


def test_many_rows_have_an_id_each_and_can_be_read_together() -> None:
    with loopback(answer) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf, wf.dry_run() as dry:
        done = dry.task.create_many({"name": f"Step {number}"} for number in range(150))
        ids = [str(one) for one in done.ids]
        assert (done.complete, len(set(ids))) == (True, 150)
        assert [row.name for row in dry.task.get_many(ids[:2])] == ["Step 0", "Step 1"]
        changed = dry.task.update_many([(ids[0], {"name": "First"})])
        assert (changed.complete, dry.task.get(ids[0]).name) == (True, "First")
        assert dry.task.create_many([{"name": "x"}], atomic=True).ids == [None]
        assert dry.task.delete_many(ids[:2]).complete
        assert [row.id for row in dry.task.get_many(ids[1:3])] == ids[2:3]
        with pytest.raises(QueryError, match="together with what the server has"):
            dry.task.get_many([ids[2], REAL])
    assert server.asked == []


def test_copies_documents_and_rows_of_ones_own_are_rehearsed() -> None:
    with loopback(answer) as server, Workfront(server.url, auth=ApiKey(KEY)) as wf, wf.dry_run() as dry:
        copy = dry.project.copy(REAL, values={"name": "Copy"})
        document = dry.document.upload(b"x", name="a.txt", to=copy)
        assert (copy.name, document.name) == ("Copy", "a.txt")
        assert dry.project.update(REAL, name="y").name == "y"
        row = Project.from_wire({"ID": REAL, "name": "old"})
        row.name = "new"
        assert dry.project.save(row) is row
        assert dict(row.changes) == {"name": "new"}  # nothing was written
        assert dry.untyped("GIZMO").create({"a": 1})["a"] == 1
    assert server.asked == []


def test_what_nobody_wrote_of_such_a_row_is_not_there() -> None:
    with Workfront("https://acme.example", auth=ApiKey(KEY)) as wf, wf.dry_run() as dry:
        made = dry.task.create(name="x")
        with pytest.raises(FieldNotLoaded):
            _ = dry.task.get(made.id, fields=["status"]).status


def test_the_asynchronous_client_rehearses_the_same() -> None:
    async def run() -> Any:
        async with AsyncWorkfront("https://acme.example", auth=ApiKey(KEY), allow_writes=False) as wf:
            with wf.dry_run() as dry:
                made = await dry.project.create(name="Launch")
                return (await dry.project.get(made.id)).name, [str(request) for request in dry.planned]

    assert asyncio.run(run()) == ("Launch", ['<Request POST PROJ {"name": "Launch"}>'])


def test_planned_requests_print_what_they_would_change_and_no_secret() -> None:
    with Workfront("https://acme.example", auth=ApiKey(KEY)) as wf, wf.dry_run() as dry:
        dry.task.update(REAL, name="Launch", percent_complete=5)
        dry.task.update_many([(REAL, {"name": "a"})])
        dry.user.update(REAL, password="s3cret")
        dry.task.delete(REAL, force=True)
    assert [str(request) for request in dry.planned] == [
        f'<Request PUT TASK/{REAL} {{"name": "Launch", "percentComplete": 5}}>',
        f'<Request PUT TASK?atomic=true [{{"ID": "{REAL}", "name": "a"}}]>',
        f'<Request PUT USER/{REAL} {{"password": "***"}}>',
        f"<Request DELETE TASK/{REAL}?force=true>",
    ]


def test_a_client_says_where_it_writes_and_whether() -> None:
    def shown(**options: Any) -> str:
        with Workfront(auth=ApiKey(KEY), **options) as wf:
            assert KEY not in repr(wf)
            return repr(wf)

    root = "<Workfront https://acme.my.workfront.com/attask/api/v22.0/: "
    assert shown(domain="acme") == f"{root}production, reads and writes>"
    assert shown(domain="acme", allow_writes=False) == f"{root}production, read-only>"
    assert shown(domain="acme", allow_writes="sandbox") == f"{root}production, read-only in production>"
    assert shown(url="https://acme.sb01.workfront.adobe.com").endswith("/: sandbox 1, reads and writes>")
    assert shown(url="https://acme.preview.workfront.com").endswith("/: preview, reads and writes>")
    assert shown(url="https://wf.acme.example").endswith("/: taken for production, reads and writes>")
    assert shown(url="http://127.0.0.1:8484").endswith("/: this machine, reads and writes>")
    with Workfront("https://acme.example", auth=ApiKey(KEY)) as wf, wf.dry_run() as dry:
        dry.task.delete(REAL)
        assert repr(dry).endswith(": taken for production, dry run, 1 writes planned>")
        assert repr(wf.with_options(tunnel="GET")).endswith(", reads and writes, all by GET>")


def test_a_client_of_a_profile_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKFRONT_URL", "https://acme.my.workfront.com")
    monkeypatch.setenv("WORKFRONT_API_KEY", KEY)
    with Workfront.from_env(allow_writes=False) as wf:
        assert repr(wf).endswith(": production, profile 'default', read-only>")
