"""The examples of docs/documents.md and docs/values.md, run from top to bottom against a server on loopback."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.loopback import Answer, Received, loopback
from tests.support.places import DOCS
from workfront_client.v22 import Workfront
from workfront_core.auth import ApiKey

EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENT = {
    "ID": "5a0d0000000000000000000000000001",
    "objCode": "DOCU",
    "name": "plan.pdf",
    "downloadURL": "/file?ID=1",
}


class Server:
    """Answers what the examples ask for, and remembers what they wrote."""

    def __init__(self) -> None:
        self.project: dict[str, Any] = {"ID": "5a020000000000000000000000000001", "actualCost": 12.5, "currency": None}

    def __call__(self, asked: Received) -> Answer:
        _, _, _, version, *rest = [*asked.path.split("/"), *[""] * 4]
        match asked.method, rest[0]:
            case _, _ if version != "v22.0":
                return Answer(raw=b"the file", headers={"Content-Disposition": "attachment"})
            case _, "upload":
                return Answer({"handle": "4c7c08fa0000002ff924e298ee148df4"})
            case "PUT", "PROJ":
                self.project |= asked.json
                return Answer(self.project)
            case _, "PROJ":
                return Answer(self.project)
            case _, "CUST":
                return Answer([{"ID": "1", "objCode": "CUST", "currency": "USD"}])
            case "GET", "DOCU" if rest[1] == "search":
                return Answer([] if ("ID_Mod", "gt") in asked.query else [DOCUMENT])
            case _, "DOCV":
                return Answer({**DOCUMENT, "objCode": "DOCV"})
            case _, "TASK":
                return Answer([])
            case _:
                return Answer(DOCUMENT)


@pytest.mark.parametrize("page", ["documents.md", "values.md"])
def test_the_examples_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.pdf").write_bytes(b"a plan")
    examples = EXAMPLE.findall((DOCS / page).read_text(encoding="utf-8"))
    assert examples
    with loopback(Server()) as server, Workfront(server.url, auth=ApiKey("k3y")) as wf:
        names: dict[str, Any] = {"wf": wf}
        for example in examples:
            exec(compile(example, page, "exec"), names)  # noqa: S102
    if page == "documents.md":
        assert (tmp_path / "documents" / "plan.pdf").read_bytes() == b"the file"
        assert (tmp_path / "copy of the plan.pdf").read_bytes() == b"the file"
        assert [asked.path for asked in server.asked].count("/attask/api/v22.0/upload") == 4
    else:
        assert (names["cost"].amount, names["cost"].currency) == (12.5, "USD")
