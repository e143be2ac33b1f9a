"""What a language server reads to complete: the time it takes grows with the files, of which there are 1900."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from benchmarks.language_server import language_server

pytestmark = pytest.mark.long

_PROGRAM = """from workfront_client.v22 import {client}
wf = {client}("https://acme.my.workfront.com", auth=None)
"""


def read(program: str, member: str, package: str = "workfront_client/v22") -> set[PurePosixPath]:
    """Returns the modules of a package that a server reads until it offers the member at the end of the program."""
    with language_server(verbose=True) as server:
        assert member in server.complete(program)
        log = "\n".join(server.log)
    assert re.search(r"parsing: file://\S*/workfront_client/v22/", log), "the server tells what it reads in another way"
    return {PurePosixPath(file) for file in re.findall(rf"parsing: file://\S*/{package}/(\S+)", log)}


@pytest.mark.parametrize(("client", "module"), [("Workfront", "client.py"), ("AsyncWorkfront", "async_client.py")])
def test_a_client_is_listed_without_reading_a_service_or_a_model(client: str, module: str) -> None:
    files = read(_PROGRAM.format(client=client) + "wf.", "task")
    assert {str(file) for file in files} == {"__init__.py", module}


@pytest.mark.parametrize("client", ["Workfront", "AsyncWorkfront"])
def test_a_client_is_listed_without_reading_pydantic(client: str) -> None:
    assert read(_PROGRAM.format(client=client) + "wf.", "task", "pydantic") == set()


def test_a_service_is_listed_without_reading_another_one() -> None:
    files = read(_PROGRAM.format(client="Workfront") + "wf.task.", "search")
    assert {file.stem for file in files if file.parent.name == "services"} == {"task"}
