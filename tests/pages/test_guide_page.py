"""The examples of docs/guide.md and of README.md, run against a sandbox; those of other pages type-checked as well."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.live import Listener
from tests.support.places import ROOT
from tests.support.type_checkers import mypy
from workfront_client.v22 import Workfront
from workfront_core.auth import ApiKey
from workfront_sandbox import Sandbox

EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)

ME = "5ab00000000000000000000000000001"
PROJECT = "4c78821c0000d6fa8d5e52f07a1d54d0"
IDS = {"project_id": PROJECT} | {
    name: f"5d80000000000000000000000000{number:04x}"
    for number, name in enumerate(("task_id", "other_id", "role_id", "old_role_id", "owner_id"))
}


def seed() -> dict[str, Any]:
    region = {"ID": "5d80000000000000000000000000a001", "name": "Region", "dataType": "TEXT", "displayType": "TEXT"}
    person = {"firstName": "John", "lastName": "Ashdale", "title": "Planner"}
    task = {"projectID": PROJECT, "assignedToID": IDS["owner_id"], "status": "NEW", "percentComplete": 40}
    project = {"name": "Site relaunch", "status": "CUR", "ownerID": IDS["owner_id"], "DE:Region": "EMEA"}
    return {
        "USER": [{"ID": IDS["owner_id"], "name": "John Ashdale", **person}],
        "ROLE": [{"ID": IDS["role_id"], "name": "Writer"}, {"ID": IDS["old_role_id"], "name": "Author"}],
        "PARAM": [region],
        "PROJ": [{"ID": PROJECT, **project}],
        "TASK": [{"ID": IDS["task_id"], "name": "Brief", **task}, {"ID": IDS["other_id"], "name": "Plan", **task}],
        "HOUR": [{"hours": 4, "projectID": PROJECT, "ownerID": IDS["owner_id"], "entryDate": "2026-03-02"}],
    }


def examples(page: str) -> list[str]:
    return EXAMPLE.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.fixture
def url(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> str:
    found = listener.serve(Sandbox(seed()))
    for name in [name for name in os.environ if name.startswith("WORKFRONT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WORKFRONT_URL", found)
    monkeypatch.setenv("WORKFRONT_API_KEY", "anything")
    return found


def run(page: str, example: str, number: int, url: str, scope: dict[str, Any]) -> None:
    """Runs an example with a connected client of its own as ``wf``."""
    with Workfront(url, auth=ApiKey("anything")) as wf:
        scope["wf"] = wf
        exec(compile(example, f"<example {number} of {page}>", "exec"), scope)  # noqa: S102


def test_every_example_of_the_guide_runs(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, Any] = {**IDS, "saved_cursor": None, "write": list, "save": str}
    found = examples("docs/guide.md")
    assert len(found) > 15
    for number, example in enumerate(found, 1):
        run("docs/guide.md", example, number, url, scope)
    printed = capsys.readouterr().out
    assert "https://acme.my.workfront.com/attask/api/v22.0/\n" in printed
    assert "Project.status was not loaded: add 'status' (Project.f.status) to fields=" in printed
    assert "Site relaunch EMEA\n" in printed
    assert "{'sum_hours': 4.0, 'project:name': 'Site relaunch', 'owner:name': 'John Ashdale'}" in printed
    assert "250 done, 0 failed, 0 unknown\n" in printed
    assert f'<Request PUT TASK/{IDS["task_id"]} {{"name": "Another name"}}>' in printed


def test_the_example_of_the_readme_runs(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = examples("README.md")
    run("README.md", example.replace("https://acme.my.workfront.com", url), 1, url, {})
    assert capsys.readouterr().out.startswith("Site relaunch EMEA\n")


GIVEN = """
from collections.abc import Callable
from typing import Any

from workfront_client.v22 import Workfront
from workfront_core.auth import Auth, Pkce
from workfront_core.auth.pkce import authorize_url, new_state, new_verifier, read_redirect
from workfront_core.profiles.profile import Profile

wf: Workfront
url: str
auth: Auth
profile: Profile
client_id: str
redirect_uri: str
came_back_to: str
saved_cursor: str | None
open_browser: Callable[[str], None]
write: Callable[[Any], None]
save: Callable[[Any], None]
"""


@pytest.mark.long
def test_the_examples_of_pages_type_check(tmp_path: Path) -> None:
    given = GIVEN + "\n".join(f"{name}: str" for name in IDS)
    for name in ("guide", "authentication", "resilience"):
        source = "\n\n".join([given, *examples(f"docs/{name}.md")])
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    assert mypy(tmp_path, sorted(tmp_path.glob("*.py"))) == {}
