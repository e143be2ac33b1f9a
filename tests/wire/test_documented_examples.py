"""Every example request of Adobe's two pages on the API, "API basics" and "Using the API to sync data", by the typed
client: which call it is, and what leaves.

Values are our own. Where the page shows an older spelling of the same request (``method=`` as a parameter,
``updates=``, ``sessionID=``), the row tells what the client sends in its place: docs/protocol.md 2, 4, 11.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.wire.case import FIRST_PAGE, GROUP, ISSUE, OTHER_PROJECT, PERSON, PROJECT, ROLE, ROOT, TASK
from tests.wire.exchange import AUTH, HOST, RETRY
from workfront_client.v22 import Hour, Issue, Project, Task, User, Workfront
from workfront_core import TODAY, AccessGrant, AccessorKind, CoreAction, days
from workfront_core.auth import ApiKey, Auth, Login, SessionId
from workfront_core.operations import operation

SINCE: Final = datetime(2027, 6, 7, 18, 15, tzinfo=UTC)
MOMENT: Final = "2027-06-07T18:15:00:000%2B0000"
ENTRY: Final = (
    "entryDate,objID,objObjCode,subObjID,subObjCode,fieldName,changeType,editedByID,oldTextVal,newTextVal,oldNumberVal,"
    "newNumberVal,oldDateVal,newDateVal"
)
HOOK: Final = {"url": "https://hooks.example.com/wf", "authToken": "to"}
VIEW: Final = {"accessorID": PERSON, "accessorObjCode": "USER", "coreAction": "VIEW"}
_T, _P, _I = Task.f, Project.f, Issue.f

SEARCHES: Final[dict[str, Callable[[Workfront], Any]]] = {
    "PROJ/search": lambda wf: wf.project.search(),
    "PROJ/search?status=CUR": lambda wf: wf.project.search(_P.status == "CUR"),
    "TASK/search?percentComplete=100&percentComplete_Mod=lt&assignedTo:firstName=Ana":
        lambda wf: wf.task.search(_T.percent_complete < 100, _T.assigned_to.first_name == "Ana"),
    "OPTASK/search?status=CLS": lambda wf: wf.issue.search(_I.status == "CLS"),
    "OPTASK/search?status=CLS&status_Mod=ne": lambda wf: wf.issue.search(_I.status != "CLS"),
    "TASK/search?percentComplete=50&percentComplete_Mod=gte": lambda wf: wf.task.search(_T.percent_complete >= 50),
    "TASK/search?percentComplete=50&percentComplete_Mod=lte": lambda wf: wf.task.search(_T.percent_complete <= 50),
    "TASK/search?description=&description_Mod=isnull": lambda wf: wf.task.search(_T.description.is_null()),
    "TASK/search?description=&description_Mod=notnull": lambda wf: wf.task.search(_T.description.not_null()),
    "TASK/search?name=Quay&name_Mod=contains": lambda wf: wf.task.search(_T.name.contains("Quay")),
    "TASK/search?entryDate=$$TODAY-7d&entryDate_Range=$$TODAY&entryDate_Mod=between":
        lambda wf: wf.task.search(_T.entry_date.between(TODAY - days(7), TODAY)),
    "TASK/search?name=Survey&name_Mod=contains&OR:1:project:portfolio:name=Harbour&OR:1:assignedTo:name=ana"
    "&OR:1:assignedTo:name_Mod=cicontains&OR:2:parent:name=Dredging":
        lambda wf: wf.task.search(
            _T.name.contains("Survey")
            | ((_T.project.portfolio.name == "Harbour") & _T.assigned_to.name.icontains("ana"))
            | (_T.parent.name == "Dredging")
        ),
    'USER/search?filters={"username": "ana@example.com"}':
        lambda wf: wf.user.search(User.f.username == "ana@example.com"),
    "TASK/search?map=true": lambda wf: wf.task.search_map(),
    "TASK/search?fields=plannedStartDate,priority":
        lambda wf: wf.task.search(fields=[_T.planned_start_date, _T.priority]),
    "OPTASK/search?fields=owner": lambda wf: wf.issue.search(fields=[_I.owner]),
    "OPTASK/search?fields=owner:title,owner:phoneNumber":
        lambda wf: wf.issue.search(fields=[_I.owner.title, _I.owner.phone_number]),
    "PROJ/search?fields=tasks": lambda wf: wf.project.search(fields=[_P.tasks]),
    "TASK/search?fields=assignments": lambda wf: wf.task.search(fields=[_T.assignments]),
    "TASK/search?fields=assignments:*": lambda wf: wf.task.search(fields=[_T.assignments.all]),
    "PROJ/search?fields=DE:Cost Centre": lambda wf: wf.project.search(fields=["DE:Cost Centre"]),
    "PROJ/search?fields=parameterValues": lambda wf: wf.project.search(fields=["parameterValues"]),
    f"OPTASK/search?fields=ID,name,lastUpdateDate&lastUpdateDate={MOMENT}&lastUpdateDate_Mod=gte":
        lambda wf: wf.issue.search(_I.last_update_date >= SINCE, fields=[_I.id, _I.name, _I.last_update_date]),
}  # fmt: skip
"""Searches, without the order and the page that the client adds."""

READS: Final[dict[str, Callable[[Workfront], Any]]] = {
    f"PROJ/{PROJECT}": lambda wf: wf.project.get(PROJECT),
    f"TASK/{TASK}": lambda wf: wf.task.get(TASK),
    f"OPTASK/{ISSUE}": lambda wf: wf.issue.get(ISSUE),
    f"PROJ?id={PROJECT},{OTHER_PROJECT}": lambda wf: wf.project.get_many([PROJECT, OTHER_PROJECT]),
    f"PROJ/{PROJECT}?fields=accessRules:*": lambda wf: wf.project.get(PROJECT, fields=[_P.access_rules.all]),
    "WORK/myWork": lambda wf: wf.work.my_work(),
    "PROJ/count?status=CUR": lambda wf: wf.project.count(_P.status == "CUR"),
    "HOUR/report?project:name_1_GroupBy=true&hours_AggFunc=sum":
        lambda wf: wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours]),
    "HOUR/report?project:name_1_GroupBy=true&hours_AggFunc=sum&$$ROLLUP=true":
        lambda wf: wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours], rollup=True),
    "TASK/search?entryDate_1_Sort=asc&ID_2_Sort=asc&$$FIRST=0&$$LIMIT=200":
        lambda wf: wf.task.search(order_by=[_T.entry_date.asc()]).to_list(),
    "PROJ/search?ID_Sort=asc&$$FIRST=0&$$LIMIT=500": lambda wf: wf.project.search(page_size=500).to_list(),
    "PROJ/search?ID_Sort=asc&$$FIRST=200&$$LIMIT=50":
        lambda wf: wf.send(operation.search(Project, order_by=[_P.id.asc()], first=200, limit=50)),
    f"JRNLE/search?objObjCode=OPTASK&fieldName=name&entryDate={MOMENT}&entryDate_Mod=gte"
    f"&fields={ENTRY}"
    "&entryDate_1_Sort=asc&ID_2_Sort=asc&$$FIRST=0&$$LIMIT=200":
        lambda wf: list(wf.journal_entry.changes(_I.name, since=SINCE)),
}  # fmt: skip

ACTIONS: Final = (
    "calculateTimeline", "calculateFinance", "calculateDataExtension", "approveApproval", "rejectApproval",
    "recallApproval",
)  # fmt: skip


def acted(name: str, wf: Workfront) -> Any:
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return getattr(wf.project, snake)(PROJECT)


WRITES: Final[list[tuple[str, object, Callable[[Workfront], Any]]]] = [
    (f"PUT PROJ/{PROJECT}", {"accessRules": [VIEW]}, lambda wf: wf.project.update(PROJECT, access_rules=[VIEW])),
    (
        f"PUT PROJ/{PROJECT}/share?accessorID={PERSON}&accessorObjCode=USER&coreAction=VIEW", None,
        lambda wf: wf.project.share(PROJECT, AccessGrant(PERSON, AccessorKind.USER, CoreAction.VIEW)),
    ),
    (
        f"PUT PROJ/{PROJECT}/share?accessorID={GROUP}&accessorObjCode=TEAMOB&coreAction=VIEW", None,
        lambda wf: wf.project.share(PROJECT, AccessGrant(GROUP, AccessorKind.TEAM, CoreAction.VIEW)),
    ),
    ("POST PROJ", {"name": "Slipway"}, lambda wf: wf.project.create(name="Slipway")),
    (
        f"POST PROJ?copySourceID={PROJECT}", {"name": "Slipway 2"},
        lambda wf: wf.project.copy(PROJECT, values={"name": "Slipway 2"}),
    ),
    (
        "POST DOCU",
        {"name": "plan.txt", "handle": "h1", "docObjCode": "PROJ", "objID": PROJECT,
         "currentVersion": {"version": "v1.0", "fileName": "plan.txt"}},
        lambda wf: wf.document.create(
            name="plan.txt", handle="h1", doc_obj_code="PROJ", obj_id=PROJECT,
            current_version={"version": "v1.0", "fileName": "plan.txt"},
        ),
    ),
    (f"PUT PROJ/{PROJECT}", {"name": "Slipway"}, lambda wf: wf.project.update(PROJECT, name="Slipway")),
    (
        f"PUT PROJ/{PROJECT}", {"name": "Slipway", "status": "CUR"},
        lambda wf: wf.project.update(PROJECT, name="Slipway", status="CUR"),
    ),
    (
        f"PUT TASK/{TASK}", {"assignments": [{"assignedToID": PERSON, "assignmentPercent": 50.0}, {"roleID": ROLE}]},
        lambda wf: wf.task.update(
            TASK, assignments=[{"assignedToID": PERSON, "assignmentPercent": 50.0}, {"roleID": ROLE}]
        ),
    ),
    (
        f"PUT PROJ/{PROJECT}", {"queueDef": {"isPublic": 1}},
        lambda wf: wf.project.update(PROJECT, queue_def={"isPublic": 1}),
    ),
    *((f"PUT PROJ/{PROJECT}/{name}", None, partial(acted, name)) for name in ACTIONS),
    (f"PUT TASK/{TASK}/move?projectID={PROJECT}", None, lambda wf: wf.task.move(TASK, project_id=PROJECT)),
    (f"PUT WRKITM/{TASK}/markViewed", None, lambda wf: wf.work_item.mark_viewed(TASK)),
    (f"DELETE TASK/{TASK}", None, lambda wf: wf.task.delete(TASK)),
    (f"DELETE TASK/{TASK}?force=true", None, lambda wf: wf.task.delete(TASK, force=True)),
    (
        "POST PROJ?atomic=true", [{"name": "a"}, {"name": "b"}],
        lambda wf: wf.project.create_many([{"name": "a"}, {"name": "b"}], atomic=True),
    ),
    (
        "POST PROJ", [{"name": "a"}, {"name": "b"}],
        lambda wf: wf.project.create_many([{"name": "a"}, {"name": "b"}]),
    ),
    (
        "PUT PROJ?atomic=true", [{"ID": PROJECT, "name": "a"}, {"ID": OTHER_PROJECT, "name": "b"}],
        lambda wf: wf.project.update_many([(PROJECT, {"name": "a"}), (OTHER_PROJECT, {"name": "b"})]),
    ),
    (
        "POST /attask/eventsubscription/api/v1/subscriptions", {"objCode": "TASK", "eventType": "UPDATE", **HOOK},
        lambda wf: wf.events.create(Task, "UPDATE", url=HOOK["url"], token=HOOK["authToken"]),
    ),
]  # fmt: skip

KEYS: Final[dict[str, Callable[[Workfront], Any]]] = {
    "generateApiKey": lambda wf: wf.user.generate_api_key(username="ana", password="pw"),
    "getApiKey": lambda wf: wf.user.get_api_key(username="ana", password="pw"),
    "clearApiKey": lambda wf: wf.user.clear_api_key(username="ana", password="pw"),
}
SIGN_INS: Final[dict[str, Callable[[], Auth]]] = {
    "sessionID": lambda: SessionId("s1"),
    "apiKey": lambda: ApiKey("k1"),
    "login": lambda: Login("ana", "pw"),
}
"""What the page sends as a header or a parameter goes as a header."""


def data_for(request: httpx.Request) -> object:
    """The answer as far as the call looks at it."""
    last = request.url.path.rsplit("/", 1)[-1]
    several = [{"ID": PROJECT}, {"ID": OTHER_PROJECT}]
    if last in {"search", "myWork", "report", "count", "login"}:
        mapped = last == "report" or b"map=true" in request.url.query
        return {"count": {"count": 0}, "login": {"sessionID": "s2", "userID": PERSON}}.get(last, {} if mapped else [])
    if request.method == "DELETE" or last in {"share", "markViewed", *ACTIONS}:
        return {"success": True}
    if last.endswith("ApiKey"):
        return {"result": "k2"}
    many = b"?id=" in request.url.raw_path or request.content.startswith(b"[")
    return several if many else {"ID": last if len(last) == 32 else PROJECT, "handle": "h1"}


def first_of(call: Callable[[Workfront], Any], auth: Auth = AUTH) -> httpx.Request:
    """The first request of a call, which is answered."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        if "/eventsubscription/" in request.url.path:
            return httpx.Response(201, json={"id": "x", "version": "v2"})
        return httpx.Response(200, json={"data": data_for(request)})

    with Workfront(HOST, auth=auth, retry=RETRY, transport=httpx.MockTransport(answer)) as wf:
        call(wf)
    return sent[0]


def pairs(query: str) -> Iterator[tuple[str, str]]:
    """Names and values; names of fields in any order."""
    for name, value in parse_qsl(query, keep_blank_values=True):
        yield name, ",".join(sorted(value.split(","))) if name == "fields" else value


def assert_is(request: httpx.Request, line: str, body: object = None) -> None:
    method, target = line.split(" ", 1)
    wanted = urlsplit(target if target.startswith("/") else f"{ROOT}{target}")
    assert (request.method, request.url.path) == (method, wanted.path)
    assert sorted(pairs(request.url.query.decode())) == sorted(pairs(wanted.query))
    assert (json.loads(request.content) if request.content else None) == body


@pytest.mark.parametrize("sends", SEARCHES)
def test_a_search(sends: str) -> None:
    found = first_of(lambda wf: [*SEARCHES[sends](wf)])
    assert_is(found, f"GET {sends}{'&' if '?' in sends else '?'}{FIRST_PAGE}")


@pytest.mark.parametrize("sends", READS)
def test_a_read(sends: str) -> None:
    assert_is(first_of(READS[sends]), f"GET {sends}")


@pytest.mark.parametrize(("sends", "body", "call"), WRITES, ids=[f"{line} {body}"[:60] for line, body, _ in WRITES])
def test_a_write(sends: str, body: object, call: Callable[[Workfront], Any]) -> None:
    assert_is(first_of(call), sends, body)


@pytest.mark.parametrize("name", KEYS)
def test_a_key_is_made_read_and_cleared_by_a_form(name: str) -> None:
    found = first_of(KEYS[name])
    assert (found.method, found.url.path, found.content) == (
        "POST", f"{ROOT}USER/{name}", b"username=ana&password=pw&method=PUT",
    )  # fmt: skip


@pytest.mark.parametrize("way", SIGN_INS)
def test_a_way_to_sign_in(way: str) -> None:
    found = first_of(lambda wf: wf.project.search().to_list(), SIGN_INS[way]())
    if way == "login":
        assert (found.method, found.url.path.rsplit("/", 1)[-1]) == ("POST", "login")
        assert dict(parse_qsl(found.content.decode())) == {"username": "ana", "password": "pw"}
    else:
        assert found.headers[way] == ("s1" if way == "sessionID" else "k1")
        assert way not in str(found.url)


def test_a_session_is_ended() -> None:
    assert_is(first_of(lambda wf: wf.request("GET", "logout")), "GET logout")


def test_a_file_is_sent_and_becomes_a_document_by_its_handle() -> None:
    found = first_of(lambda wf: wf.upload(b"sand", name="sample.bin"))
    assert (found.method, found.url.path) == ("POST", f"{ROOT}upload")
    assert b'name="uploadedFile"; filename="sample.bin"' in found.content


def test_the_pages_have_so_many_examples() -> None:
    """57 kinds of request at least: none is taken away unseen."""
    assert len(SEARCHES) + len(READS) + len(WRITES) + len(KEYS) + len(SIGN_INS) + 2 >= 57
