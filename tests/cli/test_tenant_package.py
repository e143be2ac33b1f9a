"""With ``--package`` commands know the custom fields of a tenant: types of columns, options, what a write may carry."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.test_same_options import having
from tests.support.cli_kit import Terminal, served
from workfront_cli.lazy_group import app
from workfront_cli.profile_package import package_said, settings_files
from workfront_cli.quick_completion import answer
from workfront_codegen.generate import generate
from workfront_core.profiles.settings import config_file
from workfront_sandbox import Sandbox
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, FieldKind, FieldOption
from workfront_schema.snapshot import Field, ObjectType, Snapshot

ACME = "acme_of_a_command"
MARKET = (FieldOption("N", "North"), FieldOption("S", "South"))
CUSTOM = CustomCatalogue(
    (
        CustomField("Price", FieldKind.MONEY, "Price per loaf", ("PROJ",), source="param"),
        CustomField("Opened", FieldKind.DATE, "Opened", ("PROJ",), source="param"),
        CustomField("Region", FieldKind.CHOICE, "Region", ("PROJ",), MARKET, complete=True, source="param"),
        CustomField("Sum", FieldKind.NUMBER, "Sum", ("PROJ",), read_only=True, source="param"),
    ),
    (),
)
MEMBERS = {"ID": "string", "name": "string", "status": "string", "lastUpdateDate": "dateTime"}
FIELDS = tuple(Field(name, name, kind) for name, kind in MEMBERS.items())
PROJECT = ObjectType(
    "PROJ", "Project", "Project", verbs=("add", "edit", "get", "search", "count", "report"), fields=FIELDS
)
USER = ObjectType("USER", "User", "User", verbs=("get", "search"), fields=FIELDS)
ID = "5d" * 16
SEED: dict[str, Any] = {
    "PROJ": [{"ID": ID, "name": "Oven", "DE:Price": 3.5, "DE:Opened": "2026-06-13", "DE:Region": "N", "DE:Sum": 2}],
}


@pytest.fixture(scope="module", autouse=True)
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    place = tmp_path_factory.mktemp("acme")
    store.save_snapshot(Snapshot("v22.0", (PROJECT, USER), custom=CUSTOM), place / "schema")
    generate(place / "schema", ("v22.0",), ACME, place, check=False)
    sys.path.insert(0, str(place))
    yield
    sys.path.remove(str(place))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with served(Sandbox(SEED)) as url:
        made = Terminal(tmp_path)
        made.set(URL=url, SESSION_ID="mia", PACKAGE=ACME)
        yield made


def kinds(file: Path) -> dict[str, pa.DataType]:
    schema = pq.read_schema(file)
    return {name: schema.field(name).type for name in schema.names if name.startswith("DE:")}


def test_an_export_has_columns_of_the_kinds(terminal: Terminal, tmp_path: Path) -> None:
    export = ("export", "project", "--fields", "name,DE:Price,DE:Opened,DE:Region", "-o", str(tmp_path / "p.parquet"))
    typed = {"DE:Price": pa.decimal128(38, 10), "DE:Opened": pa.date32(), "DE:Region": pa.string()}
    assert terminal.run(*export).exit_code == 0
    assert kinds(tmp_path / "p.parquet") == typed
    assert terminal.run(*export, "--package", "workfront_client").exit_code == 0
    assert kinds(tmp_path / "p.parquet") == dict.fromkeys(typed, pa.string())


@pytest.mark.parametrize("given", ["option", "variable", "profile"])
def test_a_package_is_chosen_on_the_line_or_by_a_variable_or_by_the_profile(terminal: Terminal, given: str) -> None:
    url = terminal.environ["WORKFRONT_URL"]
    profile = f'package = "{ACME}"' if given == "profile" else ""
    terminal.write_settings(f'[profiles.work]\nurl = "{url}"\nsession_id = "mia"\n{profile}\n')
    terminal.set(URL="", SESSION_ID="", PACKAGE=ACME if given == "variable" else "")
    line = ("--package", ACME) if given == "option" else ()
    fields = {row["field"]: row for row in terminal.document("describe", "project", "-p", "work", *line)}
    assert fields["DE:Region"] == {
        "field": "DE:Region", "python": "custom.region", "type": "custom choice", "target": "", "flags": "",
        "codes": "N S",
    }  # fmt: skip
    assert fields["DE:Sum"]["flags"] == "READ_ONLY"


@pytest.mark.parametrize("name", ["DE:Region", "custom.region"])
def test_the_options_of_a_custom_field_are_told(terminal: Terminal, name: str) -> None:
    assert [row["code"] for row in terminal.document("describe", f"project.{name}")] == ["N", "S"]
    assert [row["type"] for row in terminal.document("describe", "project.DE:Price")] == ["custom money"]


def test_a_sync_keeps_the_custom_fields_that_the_package_knows(terminal: Terminal, tmp_path: Path) -> None:
    done = terminal.run("sync", "--objects", "project", "--to", str(tmp_path / "acme.duckdb"))
    assert done.exit_code == 0, done.output
    with duckdb.connect(str(tmp_path / "acme.duckdb"), read_only=True) as db:
        (row,) = db.execute('SELECT "DE:Price"::VARCHAR, "DE:Opened"::VARCHAR, "DE:Region" FROM wf_project').fetchall()
    assert row == ("3.5000000000", "2026-06-13", "N")


def test_a_write_takes_the_options_that_there_are(terminal: Terminal) -> None:
    for command in (["create", "project", "--set", "name=x"], ["update", "project", ID]):
        refused = terminal.run(*command, "--set", "DE:Region=West")
        assert (refused.exit_code, "takes one of its options" in refused.stderr) == (2, True), refused.output
        assert terminal.run(*command, "--set", "DE:Sum=3").exit_code == 2
        assert terminal.run(*command, "--set", "DE:Region=S", "--set", "DE:Price=4.25").exit_code == 0
    for wrong in ("DE:Price=dear", "DE:Opened=soon", "DE:Prize=4"):
        assert terminal.run("update", "project", ID, "--set", wrong).exit_code == 2
    found = "DE:Price > 4 and DE:Region = 'S' and name = 'Oven'"
    (row,) = terminal.document("search", "project", found, "--fields", "DE:Price")
    assert float(row["DE:Price"]) == 4.25


def test_a_report_and_a_program_are_of_the_package(terminal: Terminal) -> None:
    (row,) = terminal.document("report", "project", "--by", "DE:Region", "--sum", "DE:Price")
    assert row["sum_DE:Price"] == 3.5
    program = terminal.run("search", "project", "DE:Price > 3", "--fields", "name", "--python").stdout
    assert f"from {ACME} import parse" in program
    assert f"from {ACME}.v22 import" in program


def test_commands_that_may_name_custom_fields_take_a_package() -> None:
    others = {"get", "describe", "query", "create", "copy", "sync reset", "sync allow-gone", "mcp", "profiles add"}
    assert having("--package") == having("--where") | others


@pytest.mark.parametrize("given", ["option", "variable"])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("search project --fields name,DE:Re", {"name,DE:Region"}),
        ("search project --fields name,DE : Re", {"Region"}),
        ("update project --set DE:Pr", {"DE:Price="}),
        ("search project --fields sta", {"status"}),
        ("search project status", {"status"}),
        ("update project --set DE:Region=", {"DE:Region=N", "DE:Region=S"}),
        ("search project DE:Pri", {"DE:Price"}),
        ("search project DE:Region=", {"DE:Region=N", "DE:Region=S"}),
        ("search tas", set[str]()),
        ("search task --fields na", set[str]()),
    ],
)
def test_a_shell_completes_what_the_package_knows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str, line: str, offered: set[str]
) -> None:
    words = ["workfront", *line.split(" ")]
    if given == "option" and len(words) > 3:
        words[3:3] = ["--package", ACME]
    else:
        monkeypatch.setenv("WORKFRONT_PACKAGE", ACME)
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    if answer("bash_complete"):
        assert {one.partition(",")[2] for one in capsys.readouterr().out.split()} == offered
    if ":" in words:
        return  # click knows nothing of the signs at which bash parts words
    monkeypatch.setenv("_WORKFRONT_COMPLETE", "bash_complete")
    with pytest.raises(SystemExit):
        app(prog_name="workfront")
    assert {one.partition(",")[2] for one in capsys.readouterr().out.split()} == offered


@pytest.mark.parametrize(
    ("settings", "environ", "line", "package"),
    [
        ('default = "acme"', {}, [], ACME),
        ('default = "plain"', {}, [], ""),
        ('default = "plain"', {}, ["-p", "acme"], ACME),
        ('default = "plain"', {}, ["-pacme"], ACME),
        ('default = "plain"', {}, ["--profile=acme"], ACME),
        ('default = "plain"', {"WORKFRONT_PROFILE": "acme"}, [], ACME),
        ('default = "acme"', {}, ["--profile", "plain"], ""),
        ('default = "acme"', {}, ["--package", "workfront_client"], ""),
        ('default = "acme"', {"WORKFRONT_PACKAGE": "workfront_client"}, [], ""),
        ('default = "acme"', {}, ["-p", "nobody"], ""),
        ("not [ toml, package", {}, [], ""),
    ],
)
def test_a_shell_completes_for_the_package_that_the_command_would_take(
    settings: str,
    environ: dict[str, str],
    line: list[str],
    package: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'{settings}\n[profiles.plain]\n[profiles.acme]\npackage = "{ACME}"\n')
    for name, text in {"WORKFRONT_CONFIG": str(file), **environ}.items():
        monkeypatch.setenv(name, text)
    assert package_said(["search", "project", *line], "22") == package


@pytest.mark.parametrize("system", ["unix.Unix", "macos.MacOS"])
def test_the_settings_are_looked_for_where_each_system_keeps_them(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKFRONT_CONFIG", raising=False)
    module, _, name = system.partition(".")
    kind: Any = getattr(import_module(f"platformdirs.{module}"), name)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *names, **more: kind(*names, **more).user_config_path)
    assert str(config_file({})) in settings_files()


def test_an_assistant_is_told_the_custom_fields(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its questions come in threads of their own."""
    told: list[str] = []

    def served_tools(desk: Any) -> Any:
        def asked(_streams: str) -> None:
            with ThreadPoolExecutor(1) as pool:
                told.append(pool.submit(copy_context().run, lambda: desk.model("project").__module__).result())

        return SimpleNamespace(run=asked)

    server = SimpleNamespace(server_of=served_tools)
    monkeypatch.setitem(sys.modules, "workfront_cli.assistants.server", server)
    done = terminal.run("mcp", "--objects", "project")
    assert (done.exit_code, told[0].partition(".")[0]) == (0, ACME), done.output


@pytest.mark.parametrize("name", ["no_such_package", "json", "../up", "a..b", "", "workfront_core"])
def test_a_package_that_is_none_is_refused_before_anything_is_sent(terminal: Terminal, name: str) -> None:
    refused = terminal.run("count", "project", "--package", name, "--json")
    assert refused.exit_code == 2
    assert ("It is empty" if not name else f"no package '{name}'") in refused.output
