"""``workfront conform``: reads alone, tells every fact; its report says nothing of the tenant. docs/conformance.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.cli_kit import Terminal, served
from tests.support.loopback import Answer, loopback
from tests.testing.conformance.tenant import tenant
from workfront_sandbox import Sandbox
from workfront_testing import SandboxKit
from workfront_testing.conformance import CORPUS, WRITTEN
from workfront_testing.request_log import Sent

pytestmark = pytest.mark.long

MARK = "Qorvax"
ID = "0f5e0f5e0f5e0f5e0f5e0f5e0f5e{:04x}"
NUMBER = 87.654321
FIELD = f"{MARK} colour"
TELLING = {
    "me": ID.format(1),
    "CUST": [{"ID": ID.format(2), "name": f"{MARK} Inc"}],
    "USER": [
        {"ID": ID.format(n), "name": f"{MARK} {n}", "username": f"{MARK}{n}@example.com", "isActive": n == 1}
        for n in (1, 3)
    ],
    "CTGY": [{"ID": ID.format(4), "name": f"{MARK} form", "catObjCode": "PROJ", "objTypes": ["PROJ"]}],
    "PARAM": [{"ID": ID.format(5), "name": FIELD, "label": FIELD, "dataType": "TEXT", "displayType": "TEXT"}],
    "CTGYPA": [{"ID": ID.format(6), "categoryID": ID.format(4), "parameterID": ID.format(5)}],
    "PROJ": [
        {"ID": ID.format(16 + n), "name": f"{MARK} works {n}", "description": f"{MARK} says {n}", "status": "CUR",
         "categoryID": ID.format(4), f"DE:{FIELD}": f"{MARK} shade {n}", "percentComplete": NUMBER + n,
         "plannedStartDate": f"1987-06-{n + 1:02d}T09:00:00:000+0000"}
        for n in range(4)
    ],
    "TASK": [
        {"ID": ID.format(32 + n), "name": f"{MARK} task {n}", "projectID": ID.format(16 + n % 2), "priority": n,
         "percentComplete": NUMBER + n, "plannedCompletionDate": f"1987-06-{n + 1:02d}T17:00:00:000+0000"}
        for n in range(4)
    ],
    "HOUR": [{"ID": ID.format(48 + n), "hours": NUMBER + n, "projectID": ID.format(16)} for n in range(3)],
}  # fmt: skip
TOLD = (MARK.lower(), "0f5e0f5e", "87.65", "88.65", "1987", "127.0.0.1", "key-of-ana")


@pytest.fixture(scope="module")
def kit() -> Iterator[SandboxKit]:
    with tenant() as found:
        yield found


@dataclass(frozen=True)
class Conformed:
    """What a run told, the report it wrote, and what reached the server."""

    done: Result
    report: str
    sent: list[Sent]


@pytest.fixture(scope="module")
def conformed(kit: SandboxKit, tmp_path_factory: pytest.TempPathFactory) -> Conformed:
    """One run of all checks against the demo tenant: they take seconds."""
    folder = tmp_path_factory.mktemp("conformed")
    terminal, file, before = Terminal(folder), folder / "report.md", len(kit.log.sent)
    terminal.set(URL=kit.url, API_KEY=kit.api_key)
    done = terminal.run("conform", "--verbose", "-o", str(file))
    return Conformed(done, file.read_text("utf-8"), kit.log.sent[before:])


@pytest.fixture
def terminal(tmp_path: Path, kit: SandboxKit) -> Terminal:
    found = Terminal(tmp_path)
    found.set(URL=kit.url, API_KEY=kit.api_key)
    return found


def test_every_fact_is_told_with_its_outcome_its_mark_and_its_section(conformed: Conformed) -> None:
    done = conformed.done
    *lines, last = done.stdout.splitlines()
    number = sum(map(len, CORPUS.values()))
    assert (done.exit_code, last) == (0, f"{number} holds, 0 does not hold, 0 not tried")
    assert len(lines) == number
    assert "holds         contains selects texts of which the value is a part. [doc 8.2]" in lines


def test_nothing_but_get_reaches_the_server(conformed: Conformed) -> None:
    assert len(conformed.sent) > 400
    assert {one.method for one in conformed.sent} == {"GET"}


def test_a_fact_that_does_not_hold_is_exit_code_1_and_alone_with_failed(terminal: Terminal) -> None:
    with loopback(lambda _: Answer({"ID": ID.format(1), "name": MARK})) as host:
        done = terminal.run("conform", "--failed", "--url", host.url)
    *lines, _ = done.stdout.splitlines()
    assert done.exit_code == 1
    assert lines
    assert all(line.startswith("does not hold ") for line in lines)
    assert MARK not in done.stdout


def test_json_has_the_facts_and_the_totals(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    some = dict([*CORPUS.items()][:3])
    monkeypatch.setattr("workfront_cli.conform.examination.CORPUS", some)
    found = terminal.document("conform")
    assert found["api_version"] == "v22.0"
    assert found["totals"]["holds"] == len(found["facts"]) == sum(map(len, some.values()))
    assert set(found["facts"][0]) == {"subject", "rule", "mark", "source", "outcome", "because"}


@pytest.mark.parametrize("ending", ["json", "md"])
def test_a_report_has_no_name_id_or_value_of_the_tenant(ending: str, tmp_path: Path) -> None:
    terminal, file = Terminal(tmp_path), tmp_path / f"report.{ending}"
    with served(Sandbox(TELLING)) as url:
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        done = terminal.run("conform", "-o", str(file))
    text = file.read_text("utf-8")
    assert {"holds", "not tried"} <= {line[:13].strip() for line in done.stdout.splitlines()}
    assert "A filter follows a relation." in text
    assert [told for told in TOLD if told in text.lower()] == []


@pytest.mark.parametrize("ending", ["json", "md"])
def test_a_report_has_no_text_of_errors_and_pages(ending: str, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / f"report.{ending}"
    answers = iter([Answer({"ID": ID.format(1)})])

    def answer(_: object) -> Answer:
        return next(answers, Answer(raw=json.dumps({"error": {"message": f"{MARK} {ID}"}}).encode(), status=422))

    with loopback(answer) as host:
        assert terminal.run("conform", "-o", str(file), "--url", host.url).exit_code == 1
    text = file.read_text("utf-8").lower()
    assert "does not hold" in text
    assert [told for told in TOLD if told in text] == []


def test_no_id_of_the_demo_tenant_is_in_a_report(conformed: Conformed, kit: SandboxKit) -> None:
    ids = {
        str(row["ID"]) for code in ("PROJ", "TASK", "USER", "HOUR", "CTGY", "PARAM") for row in kit.sandbox.rows(code)
    }
    assert len(ids) > 1000
    assert [one for one in ids if one in conformed.report] == []


@pytest.fixture
def only_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out the facts that reading shows, which the tests above try."""
    monkeypatch.setattr("workfront_cli.conform.examination.CORPUS", {})


@pytest.mark.usefixtures("only_writing")
def test_write_tries_facts_that_only_a_write_shows_and_leaves_no_project(tmp_path: Path) -> None:
    terminal, file = Terminal(tmp_path), tmp_path / "report.md"
    sandbox = Sandbox(TELLING, strict=True)
    sandbox.accounts.set_api_key(ID.format(1), "key-of-ana-1234")
    with served(sandbox) as url:
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        done = terminal.run("conform", "--write", "-o", str(file))
        left = sandbox.rows("PROJ")
    number = sum(map(len, WRITTEN.values()))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, f"{number} holds, 0 does not hold, 0 not tried")
    assert "holds         A task set to CPL is 100 percent, with an actual completion. [doc 19.2]" in done.stdout
    assert len(left) == len(TELLING["PROJ"])
    text = file.read_text("utf-8").lower()
    assert [told for told in (*TOLD, "may be deleted") if told in text] == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"URL": "https://acme.my.workfront.com"},
            "Checks that write run on previews, sandboxes and this machine only",
        ),
        ({"URL": "http://127.0.0.1:9", "ALLOW_WRITES": "false"}, "only reads; nothing was sent."),
    ],
)
def test_nothing_is_written_in_production_or_where_a_profile_only_reads(
    settings: dict[str, str], said: str, tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path)
    terminal.set(API_KEY="key-of-ana-1234", **settings)
    done = terminal.run("conform", "--write")
    assert done.exit_code == 6
    assert said in done.output


@pytest.mark.usefixtures("only_writing")
def test_a_project_that_a_killed_run_left_is_said(
    terminal: Terminal, kit: SandboxKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workfront_cli.conform.examination.WRITTEN", {})
    me = kit.sandbox.tenant.me
    (left,) = kit.sandbox.insert("PROJ", [{"name": "workfront conform, may be deleted, 01", "enteredByID": me}])
    said = terminal.run("conform", "--write").stderr
    assert '1 project of an earlier run is still there; delete what is named "workfront conform, may be' in said
    assert left in {row["ID"] for row in kit.sandbox.rows("PROJ")}


def test_a_file_of_no_known_form_is_refused_before_anything_is_sent(terminal: Terminal, kit: SandboxKit) -> None:
    before = len(kit.log.sent)
    done = terminal.run("conform", "-o", "report.txt")
    assert done.exit_code == 2
    assert "hint: Name it with .json or .md." in done.output
    assert len(kit.log.sent) == before


@pytest.mark.usefixtures("only_writing")
def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    with served(Sandbox(TELLING)) as url:
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        done = terminal.run("conform", "-o", str(tmp_path / "nowhere" / "report.md"))
    assert done.exit_code == 2
    assert "cannot be written" in done.output


def test_nobody_signed_in_is_exit_code_4(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    refusal = Answer(raw=b'{"error": {"message": "You are not currently logged in."}}', status=401)
    with loopback(lambda _: refusal) as host:
        terminal.set(URL=host.url, API_KEY="key-of-ana-1234")
        assert terminal.run("conform").exit_code == 4
        assert len(host.asked) == 1


def test_verbose_tells_each_request_without_a_secret(conformed: Conformed, kit: SandboxKit) -> None:
    said = conformed.done.stderr
    assert f"GET {kit.url}/attask/api/v22.0/TASK/count -> 200" in said
    assert kit.api_key not in said
