"""``workfront whoami`` and what is known of API versions. docs/cli.md, docs/protocol.md 15."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.support.cli_kit import Terminal, free_port, served
from tests.support.loopback import Answer, loopback
from workfront_cli.connection.connection import environment_name
from workfront_core.errors import QueryError
from workfront_core.request.api_version import ApiVersion
from workfront_sandbox import Sandbox

ANA = {
    "now": "2026-07-01T09:00:00:000+0000",
    "me": "5a01",
    "USER": [{"ID": "5a01", "name": "Ana Ray", "username": "ana@acme.example", "accessLevelID": "5a02"}],
    "ACSLVL": [{"ID": "5a02", "name": "Planner"}],
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Sandbox(ANA)) as url:
        yield url


@pytest.fixture
def terminal(tmp_path: Path, site: str) -> Terminal:
    found = Terminal(tmp_path)
    found.set(URL=site, API_KEY="key-of-ana-1234")
    return found


def test_it_tells_user_access_level_environment_version_and_end_of_support(terminal: Terminal, site: str) -> None:
    lines = [" ".join(line.split()) for line in terminal.run("whoami").stdout.splitlines()]
    assert lines == [
        "User Ana Ray (ana@acme.example)",
        "Access level Planner",
        f"Address {site} (this machine)",
        "API version v22.0, supported until 2029-04",
        "Profile default, signs in by api-key",
    ]


def test_programs_get_json(terminal: Terminal, site: str) -> None:
    assert terminal.document("whoami", "--api-version", "19") == {
        "profile": "default",
        "signs_in_by": "api-key",
        "user": "Ana Ray",
        "username": "ana@acme.example",
        "user_id": "5a01",
        "access_level": "Planner",
        "address": site,
        "environment": "this machine",
        "api_version": "v19.0",
        "support": "supported until 2027-10",
        "support_ends": "2027-10",
        "is_supported": True,
    }


def test_profile_and_address_are_chosen_on_the_line(terminal: Terminal, site: str) -> None:
    terminal.write_settings('[profiles.other]\ndomain = "acme"\nsession_id = "session-of-other"\n')
    for name in ("WORKFRONT_URL", "WORKFRONT_API_KEY"):
        del terminal.environ[name]
    told = terminal.document("whoami", "--profile", "other", "--url", site)
    assert (told["profile"], told["address"], told["signs_in_by"]) == ("other", site, "session-id")


def test_it_shows_no_credential(terminal: Terminal) -> None:
    assert "key-of-ana" not in terminal.run("whoami").output + terminal.run("whoami", "--json").output


def test_a_refused_credential_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    with served(Sandbox(strict=True)) as url:
        terminal = Terminal(tmp_path)
        terminal.set(URL=url, API_KEY="unknown-key-1234")
        done = terminal.run("whoami")
    assert (done.exit_code, done.stdout) == (4, "")
    assert "not currently logged in" in done.stderr
    assert "unknown-key" not in done.output


def test_an_account_that_cannot_see_itself_is_told_so(terminal: Terminal) -> None:
    with loopback(lambda _asked: Answer([])) as server:
        done = terminal.run("whoami", "--url", server.url)
    assert done.exit_code == 6
    assert "cannot see itself" in done.stderr


def test_a_server_cannot_steer_the_terminal(terminal: Terminal) -> None:
    row = {"ID": "1", "objCode": "USER", "name": "\x1b[2J[red]Eve[/red]\nUser Root"}
    with loopback(lambda _asked: Answer(row)) as server:
        shown = terminal.run("whoami", "--url", server.url).stdout
    assert "\x1b[2J" not in shown
    assert "[2J[red]Eve[/red] User Root" in shown


def test_nobody_there_is_told_soon(terminal: Terminal) -> None:
    done = terminal.run("whoami", "--url", f"http://127.0.0.1:{free_port()}")
    assert done.exit_code == 7
    assert "No complete answer" in done.stderr


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("acme.my.workfront.com", "production"),
        ("acme.preview.workfront.com", "preview"),
        ("ACME.SB01.workfront.adobe.com", "adobe-sandbox-1"),
        ("localhost", "this machine"),
        ("my.workfront.com.evil.example", "unknown"),
    ],
)
def test_hosts_tell_the_environment(host: str, name: str) -> None:
    assert environment_name(host) == name


class TestVersion:
    @pytest.mark.parametrize("text", ["v22.0", "22.0", "v22", "22", " V22.0 "])
    def test_it_may_be_written_in_several_ways(self, text: str) -> None:
        assert str(ApiVersion.parse(text)) == "v22.0"

    @pytest.mark.parametrize("text", ["", "v", "latest", "22.0.1", "v22/..", "2²"])
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(QueryError, match="is not an API version"):
            ApiVersion.parse(text)

    @pytest.mark.parametrize(
        ("text", "today", "said", "over", "soon"),
        [
            ("v22.0", date(2026, 7, 1), "supported until 2029-04", False, False),
            ("v17.0", date(2026, 7, 1), "supported until 2026-10", False, True),
            ("v17.0", date(2026, 10, 1), "support ended 2026-10", True, False),
            ("v15.0", date(2026, 7, 1), "support ended 2025-12", True, False),
            ("v9.0", date(2026, 7, 1), "support ended 2025-09", True, False),
            ("v23.0", date(2026, 7, 1), "newer than this release knows", False, False),
        ],
    )
    def test_its_support_is_judged_by_the_day(self, text: str, today: date, said: str, over: bool, soon: bool) -> None:
        support = ApiVersion.parse(text).support(today)
        assert (str(support), support.is_over, support.ends_soon) == (said, over, soon)


class TestEntry:
    def test_a_missing_extra_is_named(self) -> None:
        code = "import sys; sys.modules['click'] = None; from workfront_cli.__main__ import main; main()"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert done.stderr == (
            "error: the command line needs click; install it with: pip install 'workfront-client[cli]'\n"
        )

    def test_it_runs_as_a_module(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "workfront_cli", "--help"], capture_output=True, text=True, check=True
        )
        assert all(name in done.stdout for name in ("login", "logout", "whoami", "doctor", "sandbox"))
