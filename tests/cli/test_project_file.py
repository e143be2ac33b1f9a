"""``.workfront.toml`` beside the work. docs/cli.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.writing_kit import PLAN, SEED
from tests.support.cli_kit import Terminal, free_port, served
from workfront_sandbox import Sandbox


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Sandbox(SEED)) as url:
        yield url


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """In a folder below the one where the file is written."""
    work = tmp_path / "work" / "deep"
    work.mkdir(parents=True)
    monkeypatch.chdir(work)
    return Terminal(tmp_path)


def write(terminal: Terminal, text: str) -> None:
    (terminal.folder / "work" / ".workfront.toml").write_text(text)


def profiles(terminal: Terminal, **addresses: str) -> None:
    tables = [f'[profiles.{name}]\nurl = "{url}"\napi_key = "key-of-ana-1234"\n' for name, url in addresses.items()]
    terminal.write_settings(f'default = "{next(iter(addresses))}"\n' + "".join(tables))


def count(terminal: Terminal, *arguments: str) -> tuple[int, str]:
    done = terminal.run("count", "task", *arguments)
    return done.exit_code, done.stdout


def test_it_names_a_profile_between_the_variable_and_the_default(terminal: Terminal, site: str) -> None:
    profiles(terminal, other=f"http://127.0.0.1:{free_port()}", mine=site)
    assert count(terminal)[0] == 7
    write(terminal, 'profile = "mine"\n')
    assert count(terminal) == (0, "3\n")
    assert count(terminal, "-p", "other")[0] == 7
    terminal.set(PROFILE="other")
    assert count(terminal)[0] == 7


def test_it_names_an_address_behind_options_and_variables(terminal: Terminal, site: str) -> None:
    terminal.set(API_KEY="key-of-ana-1234")
    write(terminal, f'url = "{site}"\n')
    assert count(terminal) == (0, "3\n")
    assert count(terminal, "--url", f"http://127.0.0.1:{free_port()}")[0] == 7
    terminal.set(URL=f"http://127.0.0.1:{free_port()}")
    assert count(terminal)[0] == 7


def test_a_profile_named_on_the_line_keeps_its_address(terminal: Terminal, site: str) -> None:
    profiles(terminal, mine=site)
    write(terminal, f'url = "http://127.0.0.1:{free_port()}"\n')
    assert count(terminal, "-p", "mine") == (0, "3\n")


def test_a_kept_credential_does_not_go_to_an_address_beside_the_work(terminal: Terminal, site: str) -> None:
    profiles(terminal, mine=site)
    write(terminal, 'url = "https://evil.example"\n')
    done = terminal.run("count", "task")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "kept for another place" in done.stderr


def test_objects_go_by_words_of_ones_own_and_show_fields_of_ones_own(terminal: Terminal, site: str) -> None:
    terminal.set(URL=site, API_KEY="key-of-ana-1234")
    write(terminal, '[objects]\nTodo = "task"\n[fields]\ntodo = "name, status"\nproject = "name"\n')
    assert terminal.run("search", "todo", PLAN).stdout == "name\tstatus\nPlan\tINP\n"
    assert terminal.run("search", "task", PLAN, "--fields", "ID", "--no-header").stdout == f"{PLAN}\n"
    assert terminal.run("get", "project", "1a" * 16, "-f", "tsv").stdout == "name\nSite\n"
    assert terminal.run("update", "Todo", PLAN, "--set", "name=Plan", "--dry-run").exit_code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('api_key = "k"\n', "credentials never stand beside the work"),
        ('client_secret = "k"\n', "credentials never stand beside the work"),
        ("password = 5\n", "credentials never stand beside the work"),
        ('profil = "mine"\n', "Did you mean profile?"),
        ("profile = 5\n", "profile is not a text"),
        ('fields = "name"\n', "fields is not a table"),
        ("[objects]\ntodo = 1\n", "objects.todo is not a text"),
        ('[fields]\ntusk = "name"\n', "There is no object 'tusk'"),
        ('[fields]\ntask = "nam"\n', "Did you mean name?"),
        ("not [ toml", "not valid TOML"),
        ("n = " + "9" * 5000, "not valid TOML"),
    ],
)
def test_what_does_not_belong_there_is_refused_in_words(terminal: Terminal, site: str, text: str, says: str) -> None:
    terminal.set(URL=site, API_KEY="key-of-ana-1234")
    write(terminal, text)
    done = terminal.run("search", "task")
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
