"""``workfront profiles``: places, and the keys kept for them. docs/cli.md."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.writing_kit import SEED
from tests.support.cli_kit import Terminal, served
from workfront_sandbox import Sandbox

WRITTEN = """# Ours, by hand.
default = "old"

[profiles.old]
url = "https://acme.my.workfront.com"  # the first one
api_key = "0ld"

# The preview comes last.
[profiles.preview]
url = "https://acme.preview.workfront.com"
allow_writes = false
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
def url() -> Iterator[str]:
    with served(Sandbox(seed={name: rows for name, rows in SEED.items() if name != "now"})) as address:
        yield address


def settings(terminal: Terminal) -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((terminal.folder / "config.toml").read_text())
    return found


class TestAdd:
    def test_the_key_is_kept_apart_from_the_settings_and_used(self, terminal: Terminal, url: str) -> None:
        done = terminal.run("profiles", "add", "mine", "--url", url, "--key-stdin", stdin="s3cret-key\n")
        assert done.exit_code == 0, done.output
        file = terminal.folder / "config.toml"
        assert "s3cret" not in file.read_text() + done.output
        assert f"the key is in the file {terminal.token_file}" in done.stdout
        assert "Store(" not in done.output
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert settings(terminal) == {"profiles": {"mine": {"url": url, "auth": "api-key"}}}
        assert terminal.token()["access"] == "s3cret-key"
        assert stat.S_IMODE(terminal.token_file.stat().st_mode) == 0o600
        counted = terminal.run("count", "task", "-p", "mine")
        assert (counted.exit_code, counted.stdout) == (0, "3\n"), counted.output

    def test_a_key_is_never_an_option(self, terminal: Terminal) -> None:
        assert "--api-key" not in terminal.run("profiles", "add", "--help").output

    def test_without_a_terminal_it_says_how_to_give_the_key(self, terminal: Terminal) -> None:
        done = terminal.run("profiles", "add", "mine", "--url", "https://acme.my.workfront.com")
        assert done.exit_code == 2
        assert "--key-stdin" in done.stderr
        assert not (terminal.folder / "config.toml").exists()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("a b", "--url", "https://acme.my.workfront.com"), "cannot be the name"),
            (("x", "--url", "ftp://acme"), "lacks https:"),
            (("old", "--url", "https://acme.my.workfront.com"), "already"),
        ],
    )
    def test_what_is_wrong_is_told_before_a_key_is_kept(
        self, arguments: tuple[str, ...], said: str, terminal: Terminal
    ) -> None:
        terminal.write_settings(WRITTEN)
        done = terminal.run("profiles", "add", *arguments, "--key-stdin", stdin="k\n")
        assert done.exit_code == 2
        assert said in done.stderr
        assert not terminal.token_file.exists()
        assert (terminal.folder / "config.toml").read_text() == WRITTEN

    def test_the_lines_that_people_wrote_stay(self, terminal: Terminal) -> None:
        terminal.write_settings(WRITTEN)
        options = ("--no-key", "--allow-writes", "sandbox", "--confirm", "always", "--package", "acme_wf")
        done = terminal.run("profiles", "add", "new", "--url", "https://b.my.workfront.com", *options)
        assert done.exit_code == 0, done.output
        text = (terminal.folder / "config.toml").read_text()
        assert text.startswith(WRITTEN)
        assert tomllib.loads(text)["profiles"]["new"] == {
            "url": "https://b.my.workfront.com", "allow_writes": "sandbox", "confirm": "always",
            "package": "acme_wf",
        }  # fmt: skip


class TestList:
    def test_each_is_shown_without_its_key(self, terminal: Terminal) -> None:
        terminal.write_settings(WRITTEN)
        found = terminal.document("profiles")
        assert found == [
            {
                "name": "old", "default": True, "address": "https://acme.my.workfront.com",
                "environment": "production", "signs in by": "api-key", "writes": "yes",
            },
            {
                "name": "preview", "default": False, "address": "https://acme.preview.workfront.com",
                "environment": "preview", "signs in by": "nothing yet", "writes": "no",
            },
        ]  # fmt: skip

    def test_variables_do_not_colour_the_list(self, terminal: Terminal) -> None:
        terminal.write_settings(WRITTEN)
        terminal.set(URL="https://other.my.workfront.com", API_KEY="k")
        assert terminal.document("profiles")[0]["address"] == "https://acme.my.workfront.com"

    def test_none_is_said(self, terminal: Terminal) -> None:
        done = terminal.run("profiles")
        assert done.exit_code == 0
        assert "profiles add" in done.stderr


class TestChange:
    def test_removing_one_takes_its_lines_its_key_and_its_being_the_default(self, terminal: Terminal) -> None:
        terminal.write_settings(WRITTEN)
        terminal.token_file.write_text("{}")
        assert terminal.run("profiles", "remove", "old").exit_code == 0
        text = (terminal.folder / "config.toml").read_text()
        assert list(tomllib.loads(text)["profiles"]) == ["preview"]
        assert "default" not in text
        assert "# Ours, by hand." in text
        assert not terminal.token_file.exists()

    @pytest.mark.parametrize("before", [WRITTEN, WRITTEN.replace('default = "old"\n', "")])
    def test_another_default(self, before: str, terminal: Terminal) -> None:
        terminal.write_settings(before)
        assert terminal.run("profiles", "default", "preview").exit_code == 0
        assert settings(terminal)["default"] == "preview"
        assert [row["default"] for row in terminal.document("profiles")] == [False, True]

    @pytest.mark.parametrize("command", ["remove", "default"])
    def test_an_unknown_one_is_told_the_nearest(self, command: str, terminal: Terminal) -> None:
        terminal.write_settings(WRITTEN)
        done = terminal.run("profiles", command, "previw")
        assert done.exit_code == 2
        assert "preview" in done.stderr

    def test_a_file_that_lines_cannot_change_is_left_alone(self, terminal: Terminal) -> None:
        inline = 'profiles = { one = { url = "https://acme.my.workfront.com" } }\n'
        terminal.write_settings(inline)
        done = terminal.run("profiles", "remove", "one")
        assert done.exit_code == 2
        assert "editor" in done.stderr
        assert (terminal.folder / "config.toml").read_text() == inline


class TestKeys:
    def test_login_keeps_a_new_key_and_logout_removes_it(self, terminal: Terminal, url: str) -> None:
        terminal.write_settings(f'[profiles.mine]\nurl = "{url}"\nauth = "api-key"\n')
        missing = terminal.run("count", "task", "-p", "mine")
        assert missing.exit_code == 2
        assert "login --api-key" in missing.stderr
        assert terminal.run("login", "-p", "mine", "--key-stdin", stdin="k3y\n").exit_code == 0
        assert terminal.run("count", "task", "-p", "mine").exit_code == 0
        assert "removed" in terminal.run("logout", "-p", "mine").stdout
        assert not terminal.token_file.exists()

    def test_test_examines_each(self, terminal: Terminal, url: str) -> None:
        terminal.write_settings(f'[profiles.mine]\nurl = "{url}"\napi_key = "k"\n[profiles.empty]\n')
        done = terminal.run("profiles", "test")
        assert done.exit_code == 1
        assert "mine:" in done.stdout
        assert "empty:" in done.stdout
        assert terminal.run("profiles", "test", "mine").exit_code == 0


class TestTalk:
    def test_verbose_tells_each_request(self, terminal: Terminal, url: str) -> None:
        terminal.set(URL=url, API_KEY="k3y-secret")
        done = terminal.run("count", "task", "-v")
        assert done.stdout == "3\n"
        assert "GET TASK/count -> 200" in done.stderr
        assert terminal.run("count", "task").stderr == ""

    def test_debug_writes_the_log_without_secrets(self, terminal: Terminal, url: str) -> None:
        terminal.set(URL=url, API_KEY="k3y-secret")
        done = terminal.run("count", "task", "--debug")
        assert "DEBUG workfront" in done.stderr
        assert "k3y-secret" not in done.stderr
        assert terminal.run("count", "task").stderr == ""

    def test_timeout_bounds_a_call_with_its_retries(self, terminal: Terminal) -> None:
        terminal.set(URL="http://127.0.0.1:9", API_KEY="k")
        done = terminal.run("count", "task", "--timeout", "0.5")
        assert done.exit_code == 7, done.output

    def test_quiet_keeps_remarks_and_not_failures(self, terminal: Terminal, url: str) -> None:
        terminal.set(URL=url, API_KEY="k")
        loud = terminal.run("update", "task", "percentComplete < 100", "--set", "percentComplete=50", "--yes")
        quiet = terminal.run("update", "task", "percentComplete < 100", "--set", "percentComplete=50", "--yes", "-q")
        assert loud.exit_code == quiet.exit_code == 0
        assert loud.stdout == quiet.stdout
        assert len(quiet.stderr) < len(loud.stderr)
