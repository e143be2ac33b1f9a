"""Checks that write leave their own project alone: what would change anything else is not sent. docs/conformance.md."""

from __future__ import annotations

import pytest

from tests.testing.conformance.tenant import ROOT as API
from tests.testing.conformance.test_writing import CHANGES, MADE, OTHER
from workfront_core.errors import WriteRefused
from workfront_core.http_library import httpx
from workfront_testing.conformance import Trial
from workfront_testing.conformance.writing.confinement import ACTIONS, Confinement


@pytest.mark.parametrize("host", ["acme.my.workfront.com", "acme.example.com", "acme.my.workfront.adobe.com"])
def test_no_bench_is_made_for_production_or_an_unknown_host(host: str) -> None:
    with pytest.raises(WriteRefused, match="nothing was sent"):
        Trial(f"https://{host}{API}", {})


@pytest.mark.parametrize("host", ["acme.preview.workfront.com", "acme.sb01.workfront.com", "127.0.0.1:8080"])
def test_a_preview_a_sandbox_and_this_machine_will_do(host: str) -> None:
    Trial(f"http://{host}{API}", {}).close()


def confined() -> Confinement:
    found = Confinement("ours")
    found.made.add(MADE)
    return found


def request(verb: str, path: str, body: object = None) -> httpx.Request:
    return httpx.Request(verb, f"http://127.0.0.1{API}{path}", json=body)


OUTSIDE = {
    "an edit of another row": request("PUT", f"task/{OTHER}", {"name": "x"}),
    "an edit of another row by id": request("PUT", f"task?id={OTHER}&name=x"),
    "an edit of two rows, one another's": request("PUT", "task", [{"ID": MADE}, {"ID": OTHER}]),
    "an edit without a row": request("PUT", "task", {"name": "x"}),
    "a value that names another row": request("PUT", f"task/{MADE}", {"portfolioID": OTHER}),
    "a value within a value": request("PUT", f"task/{MADE}", {"assignments": [{"assignedToID": OTHER}]}),
    "a deletion of another row": request("DELETE", f"task/{OTHER}"),
    "a deletion of several": request("DELETE", f"task?id={MADE},{OTHER}"),
    "a deletion by GET": request("GET", f"task/{OTHER}?method=DELETE"),
    "an edit by POST": request("POST", f"task/{OTHER}?method=PUT", {"name": "x"}),
    "a row at home nowhere": request("POST", "task", {"name": "x"}),
    "a row in another project": request("POST", "task", {"name": "x", "projectID": OTHER}),
    "a second row at home nowhere": request("POST", "task", [{"projectID": MADE}, {"name": "x"}]),
    "a row of another kind": request("POST", "user", {"firstName": "x", "parentID": MADE}),
    "an edit of another kind": request("PUT", f"user/{MADE}", {"title": "x"}),
    "a project of another name": request("POST", "proj", {"name": "x"}),
    "a copy of the project": request("POST", "proj", {"copySourceID": MADE, "name": "x"}),
    "an action that leaves the project": request("PUT", f"task/{MADE}/convertToProject", {"project": {"name": "x"}}),
    "an action named in the query": request("PUT", f"task/{MADE}?action=convertToProject"),
    "an action on tasks, one another's": request("PUT", "task/bulkCopy", {"taskIDs": [MADE, OTHER], "projectID": MADE}),
    "a batch": request("POST", f"batch?uri=task/{OTHER}?method=DELETE"),
    "an upload": request("POST", "upload", {"parentID": MADE}),
    "another interface": httpx.Request("POST", "http://127.0.0.1/attask/eventsubscription/api/v1/subscriptions"),
    "updates that cannot be read": request("PUT", f"task/{MADE}?updates={{"),
    "updates in the query": request("PUT", f'task/{MADE}?updates={{"portfolioID":"{OTHER}"}}'),
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_what_would_write_elsewhere_is_not_sent(what: str) -> None:
    with pytest.raises(WriteRefused, match="nothing was sent"):
        confined()(OUTSIDE[what])


def test_one_project_of_the_name_is_made_and_no_second() -> None:
    found = confined()
    found(request("POST", "proj", {"name": "ours"}))
    with pytest.raises(WriteRefused):
        found(request("POST", "proj", {"name": "ours"}))


def test_what_stays_within_the_project_is_sent() -> None:
    found = confined()
    for verb, path, body in (
        ("POST", "task", {"name": "x", "projectID": MADE}),
        ("PUT", f"task/{MADE}", {"name": "x"}),
        ("PUT", f"task?id={MADE}&name=x", None),
        ("PUT", f"task/{MADE}/move", {"projectID": MADE}),
        ("DELETE", f"task/{MADE}", None),
        ("GET", f"task/{OTHER}?fields=name", None),
    ):
        found(request(verb, path, body))


def test_no_action_that_makes_a_project_or_changes_other_objects_is_among_those_allowed() -> None:
    used = {
        step.path.partition("?")[0].split("/")[-1] for change in CHANGES for step in (*change.prepare, *change.steps)
    }
    assert not {word for word in ACTIONS if "Project" in word or "Template" in word}
    assert {"move", "bulkCopy", "convertToTask", "noSuchAction"} <= used & ACTIONS
