"""``workfront reassign | upload | download | open``. docs/cli.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.writing_kit import ANA, BEN, BUILD, LAUNCH, PLAN, SEED, SHOP, SITE, writes
from tests.support.cli_kit import Terminal, served
from workfront_sandbox import Sandbox

DONE = "2f" * 16
CY = "5c" * 16
FINISHED = {
    "ID": DONE, "name": "Done", "projectID": SITE, "assignedToID": ANA, "status": "CPL", "percentComplete": 100,
    "actualCompletionDate": "2026-06-01T09:00:00:000+0000",
}  # fmt: skip


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(SEED | {"TASK": [*SEED["TASK"], FINISHED]})


@pytest.fixture
def terminal(tmp_path: Path, sandbox: Sandbox) -> Iterator[Terminal]:
    with served(sandbox) as url:
        found = Terminal(tmp_path)
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found


def owners(sandbox: Sandbox) -> dict[str, str | None]:
    rows = [*sandbox.rows("TASK"), *sandbox.rows("PROJ")]
    return {str(one["ID"]): one.get("assignedToID") or one.get("ownerID") for one in rows}


def test_the_work_of_a_user_goes_to_another(terminal: Terminal, sandbox: Sandbox) -> None:
    shown = terminal.run("reassign", "--from", "ana@acme.example", "--to", "Ben Ito", "--open-only", "-n")
    assert "reassign 2 objects on this machine" in shown.stdout
    assert "tasks: 1" in shown.stdout
    assert writes(sandbox) == []
    done = terminal.run("reassign", "--from", "ana@acme.example", "--to", "Ben Ito", "--open-only", "--yes", "--json")
    assert done.exit_code == 0, done.output
    assert sorted(json.loads(done.stdout)["reassigned"]) == sorted([PLAN, SITE])
    found = owners(sandbox)
    assert (found[PLAN], found[SITE], found[DONE], found[BUILD]) == (BEN, BEN, ANA, None)


SHARED, BOTH, WISH = "2a" * 16, "3b" * 16, "3c" * 16


def part(number: int, place: str, of: str, user: str, *, primary: bool) -> dict[str, object]:
    return {"ID": f"{number:032x}", place: of, "assignedToID": user, "isPrimary": primary, "status": "AA"}


TOGETHER = {
    "TASK": [
        {"ID": SHARED, "name": "Shared", "projectID": SITE, "status": "INP", "assignedToID": CY},
        {"ID": BOTH, "name": "Both", "projectID": SITE, "status": "INP", "assignedToID": BEN},
        FINISHED | {"assignedToID": CY},
    ],
    "OPTASK": [{"ID": WISH, "name": "Wish", "projectID": SITE, "status": "NEW", "assignedToID": CY}],
    "ASSGN": [
        part(number, place, of, user, primary=user != ANA)
        for number, (place, of, user) in enumerate(
            (place, of, user)
            for place, of, first in (
                ("taskID", SHARED, CY),
                ("taskID", BOTH, BEN),
                ("taskID", DONE, CY),
                ("opTaskID", WISH, CY),
            )
            for user in (first, ANA)
        )
    ],
}


@pytest.fixture
def together(tmp_path: Path) -> Iterator[tuple[Terminal, Sandbox]]:
    """A tenant where Ana works on two open tasks, an issue and a finished task beside others."""
    sandbox = Sandbox(SEED | TOGETHER | {"USER": [*SEED["USER"], {"ID": CY, "name": "Cy Ott", "username": "cy"}]})
    with served(sandbox) as url:
        found = Terminal(tmp_path)
        found.set(URL=url, API_KEY="key-of-ana-1234")
        yield found, sandbox


def assigned(sandbox: Sandbox) -> dict[str, set[str]]:
    rows = sandbox.rows("ASSGN")
    work = {str(one.get("taskID") or one.get("opTaskID")) for one in rows}
    return {
        key: {str(one["assignedToID"]) for one in rows if key in (one.get("taskID"), one.get("opTaskID"))}
        for key in work
    }


def test_co_assignments_go_to_another_but_where_that_one_is_assigned_already(
    together: tuple[Terminal, Sandbox],
) -> None:
    terminal, sandbox = together
    line = ("reassign", "--from", "Ana Ray", "--to", "Ben Ito", "--what", "tasks,issues", "--open-only")
    shown = terminal.run(*line, "--dry-run").stdout
    assert "reassign 2 objects" in shown
    assert "co-assigned tasks: Shared: assignedTo Ana Ray -> Ben Ito" in shown
    assert "not handed over: co-assigned tasks that Ben Ito is assigned to already: 1" in shown
    assert writes(sandbox) == []
    assert terminal.run(*line, "--yes").exit_code == 0
    assert assigned(sandbox) == {SHARED: {CY, BEN}, WISH: {CY, BEN}, BOTH: {ANA, BEN}, DONE: {ANA, CY}}


def test_co_assignments_stay_where_that_is_asked_for(together: tuple[Terminal, Sandbox]) -> None:
    terminal, sandbox = together
    before = assigned(sandbox)
    line = ("reassign", "--from", "Ana Ray", "--to", "Ben Ito", "--what", "tasks,issues", "--keep-co-assignees")
    assert "Nothing to reassign" in terminal.run(*line, "--yes").stderr
    assert terminal.run(*line[:-2], "tasks", "--keep-co-assignees", "--python").stdout.count("wf.assignment") == 0
    assert terminal.run(*line[:-2], "tasks", "--python").stdout.count("wf.assignment") == 2
    assert (assigned(sandbox), writes(sandbox)) == (before, [])


APPROVALS = {
    "DOCU": [{"ID": "4a" * 16, "name": "Brief"}],
    "DOCAPL": [
        {"ID": "4b" * 16, "documentID": "4a" * 16, "approverID": ANA},
        {"ID": "4c" * 16, "documentID": "4a" * 16, "approverID": ANA, "approvalDate": "2026-06-01T09:00:00:000+0000"},
    ],
    "ARVSTP": [{"ID": "4d" * 16, "name": "First"}],
    "SPAPVR": [{"ID": "4e" * 16, "approvalStepID": "4d" * 16, "userID": ANA}],
}
WAITING = {"ID": "2e" * 16, "name": "Waits", "projectID": SITE, "status": "INP:A", "currentApprovalStepID": "4d" * 16}


def test_approvals_of_documents_go_to_another_and_those_of_processes_are_told(tmp_path: Path) -> None:
    sandbox = Sandbox(SEED | APPROVALS | {"TASK": [*SEED["TASK"], WAITING]})
    with served(sandbox) as url:
        terminal = Terminal(tmp_path)
        terminal.set(URL=url, API_KEY="key-of-ana-1234")
        line = ("reassign", "--from", "Ana Ray", "--to", "Ben Ito", "--what", "approvals", "--open-only")
        shown = terminal.run(*line, "--dry-run").stdout
        assert f"{'4b' * 16} approvals: Brief: approver Ana Ray -> Ben Ito" in shown
        assert "not handed over: 1 task waiting for Ana Ray by an approval process" in shown
        assert terminal.run(*line, "--yes").exit_code == 0
        assert {str(one["ID"])[:2]: one["approverID"] for one in sandbox.rows("DOCAPL")} == {"4b": BEN, "4c": ANA}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "nobody@acme.example", "--to", "Ben Ito"], "no User has the"),
        (["--from", "Ana Ray", "--to", "Ana Ray"], "the same user"),
        (["--from", "Ana Ray", "--to", "Ben Ito", "--what", "task"], "Did you mean tasks"),
        (["--from", "Ana Ray", "--to", "Ben Ito", "--what", ","], "tasks, issues, projects, reports, approvals"),
    ],
)
def test_a_hand_over_that_is_none_is_refused(
    terminal: Terminal, sandbox: Sandbox, arguments: list[str], said: str
) -> None:
    result = terminal.run("reassign", *arguments, "--yes=all")
    assert result.exit_code == 2
    assert said in result.stderr
    assert writes(sandbox) == []


def test_files_go_up_and_come_down_under_safe_names(terminal: Terminal, tmp_path: Path) -> None:
    brief = tmp_path / "brief.txt"
    brief.write_bytes(b"one")
    new = terminal.run("upload", str(brief), "--to", f"project:{SITE}")
    assert new.exit_code == 0, new.output
    document = new.stdout.strip()
    brief.write_bytes(b"two")
    again = terminal.run("upload", str(brief), "--version-of", document)
    assert again.exit_code == 0, again.output
    folder = tmp_path / "down"
    for name in ("brief.txt", "brief (2).txt"):
        assert terminal.run("download", document, "--to", str(folder)).exit_code == 0
        assert (folder / name).read_bytes() == b"two"
    named = terminal.document("download", f"projectID = '{SITE}'", "--to", str(folder), "--name", "../{name}-{ID:.8}")
    path = Path(named[0]["file"])
    assert path.parent == folder
    assert path.name.endswith(f"brief-{document[:8]}.txt")


@pytest.mark.parametrize("template", ["{", "{}", "{0}", "{name.__class__}", "{name[0]}", "{nothing}", "{name:d}"])
def test_a_template_names_fields_and_nothing_else(terminal: Terminal, tmp_path: Path, template: str) -> None:
    brief = tmp_path / "brief.txt"
    brief.write_bytes(b"one")
    document = terminal.run("upload", str(brief), "--to", f"task:{PLAN}").stdout.strip()
    result = terminal.run("download", document, "--to", str(tmp_path / "down"), "--name", template)
    assert result.exit_code in (1, 2), result.output
    assert "Traceback" not in result.output


def test_several_files_are_shown_first_and_missing_ones_end_before_that(
    terminal: Terminal, sandbox: Sandbox, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.txt", "b.txt")]
    for file in files:
        file.write_text("x")
    assert terminal.run("upload", *map(str, files), "--to", f"project:{SITE}").exit_code == 6
    assert terminal.run("upload", str(files[0]), str(tmp_path / "c.txt"), "--to", f"project:{SITE}").exit_code == 2
    assert terminal.run("upload", str(files[0]), "--to", SITE).exit_code == 2
    assert terminal.run("upload", str(files[0])).exit_code == 2
    assert writes(sandbox) == []
    assert terminal.run("upload", *map(str, files), "--to", f"project:{SITE}", "--yes").exit_code == 0
    assert len(sandbox.rows("DOCU")) == 2


def test_a_link_is_found_by_id_and_by_name(terminal: Terminal) -> None:
    url = terminal.environ["WORKFRONT_URL"]
    for what in (SITE, "Site", "sit"):
        assert terminal.run("open", "project", what, "--print").stdout == f"{url}/project/view?ID={SITE}\n"
    link = terminal.run("open", "project", SHOP, "--print").stdout.strip()
    assert terminal.run("get", "project", link, "--fields", "name", "--no-header", "-f", "csv").stdout == "Shop\n"
    assert terminal.run("open", "project", "nothing", "--print").exit_code == 5
    several = terminal.run("open", "task", "l", "--print")
    assert several.exit_code == 2
    assert LAUNCH in several.stderr


def test_an_id_or_a_link_alone_is_opened_whatever_it_is_of(terminal: Terminal, sandbox: Sandbox) -> None:
    url = terminal.environ["WORKFRONT_URL"]
    for code, word in (("PROJ", "project"), ("TASK", "task"), ("USER", "user")):
        for row in sandbox.rows(code)[:2]:
            link = f"{url}/{word}/view?ID={row['ID']}"
            for what in (str(row["ID"]), str(row["ID"]).upper(), link):
                assert terminal.run("open", what, "--print").stdout == f"{link}\n"
    assert terminal.run("open", "9f" * 16, "--print").exit_code == 5


@pytest.mark.parametrize("line", [["task"], ["Site relaunch"], ["task", ""], ["task", " "], [""]], ids=repr)
def test_what_tells_nothing_to_open_is_refused_before_anything_is_sent(
    line: list[str], terminal: Terminal, sandbox: Sandbox
) -> None:
    done = terminal.run("open", *line, "--print")
    assert done.exit_code == 2, done.output
    assert not sandbox.log
