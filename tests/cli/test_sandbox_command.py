"""``workfront sandbox``: a server in a process of its own. docs/cli.md."""

from __future__ import annotations

import json
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.cli_kit import Terminal
from tests.support.waiting import PATIENCE
from workfront_cli.sandbox import served
from workfront_cli.sandbox.served import SandboxPlan, address_of, is_exposed, listen, make_sandbox
from workfront_core.errors import QueryError
from workfront_sandbox import Sandbox

COMMAND = [sys.executable, "-m", "workfront_cli", "sandbox"]
SEED = {"fixture": {"me": "5a01", "USER": [{"ID": "5a01", "name": "Ana Ray"}], "PROJ": [{"ID": "5a02", "name": "One"}]}}


class Running:
    """A sandbox that runs, and what it told when it started."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        self.told = "".join(process.stdout.readline() for _ in range(4))
        self.url = self._told("WORKFRONT_URL")
        self.key = self._told("WORKFRONT_API_KEY")

    def get(self, path: str, key: str | None = None) -> httpx.Response:
        return httpx.get(f"{self.url}/attask/api/v22.0/{path}", headers={"apiKey": key or self.key})

    def stop(self) -> int:
        """Ends it as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def _told(self, name: str) -> str:
        found = re.search(rf"export {name}=(\S+)", self.told)
        assert found, self.told
        return found[1]


@contextmanager
def running(*arguments: object) -> Generator[Running, None, None]:
    command = [*COMMAND, "--port", "0", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    path = tmp_path / "seed.json"
    path.write_text(json.dumps(SEED))
    return path


def refused(*arguments: object) -> str:
    """Returns what a sandbox that does not start says."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_serves_a_seed_until_it_is_interrupted(seed: Path) -> None:
    with running("--seed", seed) as sandbox:
        assert sandbox.url.startswith("http://127.0.0.1:")
        assert sandbox.get("PROJ/search").json()["data"][0]["name"] == "One"
        assert sandbox.stop() == 0


def test_the_command_line_signs_in_to_it(seed: Path, tmp_path: Path) -> None:
    with running("--seed", seed) as sandbox:
        terminal = Terminal(tmp_path)
        terminal.set(URL=sandbox.url, API_KEY=sandbox.key)
        assert terminal.document("whoami")["user"] == "Ana Ray"


def test_a_database_outlives_the_process_and_is_not_seeded_twice(seed: Path, tmp_path: Path) -> None:
    db = tmp_path / "kept.db"
    with running("--seed", seed, "--db", db) as sandbox:
        made = sandbox.get("PROJ?method=POST&name=Two").json()["data"]["ID"]
        assert sandbox.stop() == 0
    with running("--seed", "demo", "--db", db) as sandbox:
        rows = sandbox.get("PROJ/search").json()["data"]
        assert sandbox.stop() == 0
        assert sandbox.process.stderr is not None
        assert "is used as it is" in sandbox.process.stderr.read()
    assert {row["ID"] for row in rows} == {"5a02", made}


def test_a_strict_sandbox_tells_the_key_it_issued_and_takes_no_other(seed: Path) -> None:
    with running("--seed", seed, "--strict") as sandbox:
        assert sandbox.get("PROJ/search").status_code == 200
        assert sandbox.get("PROJ/search", key="another-key").status_code == 401


@pytest.mark.parametrize(("options", "status"), [((), 200), (("--locks",), 422)])
def test_a_finished_project_takes_no_task_where_locks_are_asked_for(options: tuple[str, ...], status: int) -> None:
    with running("--seed", "empty", *options) as sandbox:
        project = sandbox.get("PROJ?method=POST&name=One&status=CPL").json()["data"]["ID"]
        assert sandbox.get(f"TASK?method=POST&name=Two&projectID={project}").status_code == status


@pytest.mark.parametrize(("effects", "status"), [("refuse", 422), ("ignore", 200)])
def test_actions_it_does_not_compute_are_refused_unless_told_otherwise(effects: str, status: int) -> None:
    with running("--seed", "empty", "--effects", effects) as sandbox:
        assert sandbox.get("WORK/getMyWorkCountFiltered?method=PUT").status_code == status


def test_latency_is_added_to_every_answer(seed: Path) -> None:
    with running("--seed", seed, "--latency", "300") as sandbox:
        assert "300 ms on every request" in httpx.get(sandbox.url).text


def test_the_demo_tenant_is_the_default_and_scales() -> None:
    pytest.importorskip("workfront_sandbox.demo")
    once, twice = make_sandbox(SandboxPlan()), make_sandbox(SandboxPlan(scale=2))
    assert 0 < len(once.rows("PROJ")) < len(twice.rows("PROJ"))
    once.close()
    twice.close()


def test_a_demo_tenant_that_is_not_laid_to_its_end_leaves_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = pytest.importorskip("workfront_sandbox.demo")

    def interrupted(sandbox: Sandbox, **_: object) -> None:
        sandbox.insert("PROJ", [{"name": "Half"}])
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "seed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_sandbox(SandboxPlan(db=tmp_path / "new.db"))
    assert list(tmp_path.iterdir()) == []


def test_an_installation_without_the_demo_tenant_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "_DEMO_MODULE", "workfront_sandbox.no_such_demo")
    with pytest.raises(QueryError, match="has no demo tenant") as raised:
        make_sandbox(SandboxPlan())
    assert "--seed empty" in str(raised.value.hint)


def test_a_missing_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['starlette'] = sys.modules['uvicorn'] = sys.modules['multipart'] = None;"
        "sys.modules['python_multipart'] = None; from workfront_cli.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "sandbox", "--port", "0", "--seed", "empty"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'workfront-client[sandbox]'" in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "seed.json cannot be loaded: Expecting"),
        ("[]", "must be a JSON object"),
        ('{"NONE": []}', "use an objCode of the API"),
        (None, "cannot be read"),
    ],
)
def test_a_seed_that_is_none_is_told_and_leaves_no_database(tmp_path: Path, content: str | None, message: str) -> None:
    seed, db = tmp_path / "seed.json", tmp_path / "new.db"
    if content is not None:
        seed.write_text(content)
    said = refused("--port", 0, "--seed", seed, "--db", db)
    assert message in said
    assert not list(tmp_path.glob("new.db*"))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"TASK": [{"name": "a"}, {"nmae": "b"}]}, "row 2 of TASK has the unknown field 'nmae' (nearest: name)"),
        (
            {"TASK": [{"status": "XXX"}]},
            "row 1 of TASK has the unknown code 'XXX' under 'status' (known: NEW, INP, CPL, C",
        ),
        ({"TASK": [{"percentComplete": "x"}]}, 'row 1 of TASK: TASK.percentComplete: For input string: "x"'),
        ({"NOTE": [{"noteObjCode": "TSKS"}]}, "row 1 of NOTE has the unknown object type 'TSKS' under 'noteObjCode'"),
        ({"TASK": [{"project": {"name": "x"}}]}, "'project': write projectID here, and the row under PROJ"),
        ({"TASK": [{"assignments": [{"ID": "x"}]}]}, "row 1 of TASK has rows within it, under 'assignments'"),
        ({"TASK": ["a"]}, "row 1 of TASK is not an object"),
        ({"TAKS": []}, "the seed has rows of TAKS (nearest: TASK)"),
        ({"Now": "2027-05-12"}, "the seed has 'Now', which says nothing (nearest: now)"),
        (
            {"PARAM": [{"name": "Region", "dataType": "TEXT", "displayType": "TEXT"}], "TASK": [{"DE:Regoin": "N"}]},
            "row 1 of TASK has 'DE:Regoin', which no row of PARAM is for (nearest: Region)",
        ),
    ],
    ids=["field", "code", "value", "type", "row", "rows", "text", "objCode", "word", "custom"],
)
def test_a_fault_of_a_seed_is_one_line_with_file_row_and_field(tmp_path: Path, rows: Any, told: str) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows))
    with pytest.raises(QueryError) as raised:
        make_sandbox(SandboxPlan(seed=str(file)))
    assert raised.value.args[0].startswith(f"The seed {file} cannot be loaded: ")
    assert told in raised.value.args[0]
    assert "\n" not in raised.value.args[0]


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    db = tmp_path / "letter.txt"
    db.write_text("Dear Ana, " * 100)
    assert "is not a database" in refused("--port", 0, "--seed", "empty", "--db", db)
    assert db.read_text().startswith("Dear Ana")


def test_a_database_in_use_is_refused_in_one_line_and_stays(tmp_path: Path) -> None:
    db = tmp_path / "one.db"
    with running("--seed", "empty", "--db", db) as sandbox:
        for seed in ("empty", "demo"):
            said = refused("--port", 0, "--seed", seed, "--db", db)
            assert said == f"error: {db} is in use by another sandbox: end that one, or name another file.\n"
        made = sandbox.get("PROJ?method=POST&name=Kept").json()["data"]["ID"]
        sandbox.process.kill()
        sandbox.process.wait(PATIENCE)
    with Sandbox(db=db) as again:
        assert [row["ID"] for row in again.rows("PROJ")] == [made]


def test_many_that_begin_at_once_leave_one_owner_and_its_file(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    command = [*COMMAND, "--port", "0", "--seed", "demo", "--db", str(db)]
    begun = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    try:
        first = [process.stdout.readline() for process in begun if process.stdout is not None]
        serving = [process for process, line in zip(begun, first, strict=True) if line.startswith("Sandbox at")]
        lost = [process for process in begun if process not in serving]
        assert (len(serving), [process.wait(PATIENCE) for process in lost]) == (1, [2, 2])
        assert all("in use by another sandbox" in (process.stderr.read() if process.stderr else "") for process in lost)
    finally:
        for process in begun:
            process.kill()
            process.communicate(timeout=PATIENCE)
    with Sandbox(db=db) as kept:
        assert len(kept.rows("PROJ")) == 30


def test_a_name_it_may_be_called_by_is_allowed_and_no_other() -> None:
    with running("--seed", "empty", "--allow-host", "acme.test") as sandbox:
        path = f"{sandbox.url}/attask/api/v22.0/metadata"
        assert [httpx.get(path, headers={"Host": host}).status_code for host in ("acme.test", "evil.test")] == [
            200,
            421,
        ]


def test_a_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refused("--port", port, "--seed", "empty") == (
            f"error: Port {port} is in use.\nhint: Take another one: --port 0 finds a free one.\n"
        )


def test_a_scale_without_the_demo_tenant_is_refused() -> None:
    assert "--seed demo only" in refused("--port", 0, "--seed", "empty", "--scale", 3)


def test_it_listens_on_this_machine_only_unless_told_otherwise() -> None:
    with listen("127.0.0.1", 0) as own:
        assert own.getsockname()[0] == "127.0.0.1"
        assert address_of(own) == f"http://127.0.0.1:{own.getsockname()[1]}"
    assert (is_exposed("127.0.0.1"), is_exposed("localhost"), is_exposed("10.0.0.1")) == (False, False, True)
    with pytest.raises(QueryError, match="cannot be listened at"):
        listen("203.0.113.1", 0)


def test_it_speaks_https_with_a_certificate_of_its_own(seed: Path) -> None:
    with running("--seed", seed, "--tls") as sandbox:
        assert sandbox.process.stdout is not None
        trusted = re.search(r"export SSL_CERT_FILE=(\S+)", sandbox.process.stdout.readline())
        assert trusted is not None
        assert sandbox.url.startswith("https://127.0.0.1:")
        address = f"{sandbox.url}/attask/api/v22.0"
        checked = ssl.create_default_context(cafile=trusted[1])
        answer = httpx.get(f"{address}/PROJ/search", headers={"apiKey": sandbox.key}, verify=checked)
        assert [row["name"] for row in answer.json()["data"]] == ["One"]
        versions = httpx.get(f"{address}/info", verify=checked).json()["data"]["versions"]
        assert {str(version).partition(":")[0] for version in versions} == {"https"}
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{address}/info")
        assert sandbox.stop() == 0
    assert not Path(trusted[1]).exists()
