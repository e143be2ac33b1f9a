"""What a shell offers without click or the client is what they would offer. docs/cli.md, completion."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import split_arg_string
from hypothesis import given
from hypothesis import strategies as st

import workfront_client.v21 as v21
import workfront_client.v22 as v22
from tests.cli.test_completion import CASES
from tests.support.waiting import PATIENCE
from workfront_cli.data.package_names import PackageNames
from workfront_cli.data.suggestions import KINDS_OF_WORK
from workfront_cli.lazy_group import app
from workfront_cli.names_file import ACTION, QUERY, Names, read_names
from workfront_cli.quick_completion import answer, split_words
from workfront_cli.writing.handing_over import KINDS
from workfront_core.query.model_fields import by_wire_name

MORE = (
    "", "search ta", "search issue --fields o", "get tasks --fields name,project.own", "report hour --by owner.n",
    "search task --order-by entryDate,pl", "update task --set ", "create companies --set na",
    "update task --set status=", "count --api-version 21 ta", "search task --api-version v21.0 --fields na",
    "doctor -p ", "sync ", "events li", "search task 'name = ", "open pro", "update project --set status=C",
    "describe ta", "search task --fields project.owner.home",
)  # fmt: skip
HEAVY = ("click", "pydantic", "httpx", "workfront_core", "workfront_client", "typing", "collections", "re")


def variables(line: str, shell: str, folder: Path) -> dict[str, str]:
    words = ["workfront", *line.split(" ")]
    settings = folder / "config.toml"
    settings.write_text('[profiles.work]\nurl = "https://acme.my.workfront.com"\n')
    place = words[-1] if shell == "fish" else str(len(words) - 1)
    return {
        "COMP_WORDS": " ".join(words), "COMP_CWORD": place, "WORKFRONT_CONFIG": str(settings),
        "_WORKFRONT_COMPLETE": f"{shell}_complete",
    }  # fmt: skip


def asked(code: str, environ: dict[str, str]) -> str:
    environ = {name: text for name, text in os.environ.items() if not name.startswith("WORKFRONT_")} | environ
    environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("line", [*CASES, *MORE])
def test_it_offers_what_click_would(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = variables(line, "bash", tmp_path)
    for name, text in given.items():
        monkeypatch.setenv(name, text)
    if not answer("bash_complete"):
        return  # click answers
    quick = capsys.readouterr().out.splitlines()
    with pytest.raises(SystemExit):
        app(prog_name="workfront")
    assert sorted(quick) == sorted(capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("line", ["sear", "search task --fields pro", "doctor -p wo"])
def test_the_form_is_that_of_the_shell(
    line: str, shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = variables(line, shell, tmp_path)
    for name, text in given.items():
        monkeypatch.setenv(name, text)
    assert answer(f"{shell}_complete")
    quick = capsys.readouterr().out
    with pytest.raises(SystemExit):
        app(prog_name="workfront")
    assert capsys.readouterr().out == quick


def test_a_field_is_completed_without_loading_anything(tmp_path: Path) -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "from workfront_cli.__main__ import main; main()\n"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    *offers, loaded = asked(code, variables("search task --fields assignedTo.emailA", "bash", tmp_path)).splitlines()
    assert offers == ["plain,assignedTo.emailAddr"]
    assert not set(loaded.split()) & set(HEAVY)


@pytest.mark.parametrize("package", [v21, v22])
def test_the_file_of_names_is_what_the_package_knows(package: object) -> None:
    version = str(getattr(package, "__name__", "")).rpartition(".v")[2]
    names = read_names(version)
    assert isinstance(names, Names)
    objects = getattr(package, "OBJECTS", {})
    assert len(objects) > 100
    for code, name in objects.items():
        members = by_wire_name(getattr(package, name))
        assert list(names.paths(code, "")) == sorted(members)
        for wire, member in members.items():
            known = [str(one.value) for one in member.codes] if member.codes is not None else []
            assert names.codes(code, wire) == known


@pytest.mark.parametrize("version", ["v21.0", "v22.0"])
def test_actions_and_named_queries_are_those_that_describe_tells(version: str) -> None:
    names, number = read_names(version), 0
    assert names is not None
    of_package = PackageNames("workfront_client", version)
    for code in v22.OBJECTS.keys() & v21.OBJECTS.keys():
        for kind in (ACTION, QUERY):
            assert sorted(names.calls(code, kind)) == sorted(of_package.calls(code, kind))
            number += len(names.calls(code, kind))
    assert number > 300


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("action issue convertToP", {"convertToProject"}),
        ("query work myW", {"myWork"}),
        ("action issue convertToProject --set pro", {"project="}),
        ("search -p work task --fields assignedTo.emailA", {"assignedTo.emailAddr"}),
        ("search task --limit 5 --fields assignedTo.emailA", {"assignedTo.emailAddr"}),
        ("search --api-version=21 task percentCompl", {"percentComplete"}),
        ("search task percentCompl", {"percentComplete"}),
        ("action task move percentCompl", {"percentComplete"}),
        ("count task --where percentCompl", {"percentComplete"}),
        ("download --where docObjC", {"docObjCode"}),
        ("describe task.percentCompl", {"task.percentComplete"}),
        ("sync --objects task,projectUserR", {"task,projectUserRole"}),
        ("mcp --objects projectUserR", {"projectUserRole"}),
        ("upload --to projectUserR", {"projectUserRole:"}),
        ("reassign --what tasks,i", {"tasks,issues"}),
        ("share task --with te", {"team:"}),
        ("events ensure task UPDATE --changed percentCompl", {"percentComplete"}),
        ("events ensure task UPDATE --where percentCompl", {"percentComplete"}),
    ],
)
def test_what_is_known_is_offered_wherever_it_is_asked_for(
    line: str, offers: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in variables(line, "bash", tmp_path).items():
        monkeypatch.setenv(name, text)
    if not answer("bash_complete"):
        with pytest.raises(SystemExit):
            app(prog_name="workfront")
    assert {one.partition(",")[2] for one in capsys.readouterr().out.splitlines()} == offers


@given(st.text(alphabet="ab =:'\"\\ ", max_size=14))
def test_a_line_is_parted_into_words_as_click_parts_it(line: str) -> None:
    assert split_words(line) == split_arg_string(line)


FREE = {
    "ID", "ID...", "TEXT", "URL", "V", "NAME", "TIME", "NAME=TIME", "HEADING", "HEADING=FIELD", "CHAR", "FORMAT",
    "USER", "TEMPLATE", "COLUMNS", "NAME|ID", "NAME|ID|@FILE", "JSON|@FILE|-", "SECONDS", "URI", "FIELD", None,
}  # fmt: skip
"""What a person makes up, or the service alone knows."""


def parameters(command: click.Command, ctx: click.Context) -> Iterator[click.Parameter]:
    yield from command.params
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            if found is not None:
                yield from parameters(found, click.Context(found, parent=ctx))


def test_every_word_that_is_known_here_is_completed() -> None:
    taking = [one for one in parameters(app, click.Context(app)) if not getattr(one, "is_flag", False)]
    bare = {
        (one.name, one.metavar)
        for one in taking
        if getattr(one, "_custom_shell_complete") is None  # noqa: B009 - click has no other way to ask for it
        and type(one.type).shell_complete is click.ParamType.shell_complete
    }
    assert {one for one in bare if one[1] not in FREE} == set()


def test_what_can_be_handed_over_is_what_reassign_knows() -> None:
    assert set(KINDS_OF_WORK) == set(KINDS)


def test_objects_are_those_of_the_package() -> None:
    names = read_names("22")
    assert names is not None
    assert sorted(names.objects()) == sorted(PackageNames("workfront_client", "v22.0").objects())


def test_a_version_that_is_not_installed_is_left_to_click() -> None:
    assert read_names("v9.0") is None


def kept(folder: Path, profile: str = "-") -> dict[str, str]:
    """Names of custom fields of a profile, and where they are kept."""
    file = folder / "workfront" / f"custom-fields-{profile}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("TASK\tBudget code\tRegion\n")
    return {"XDG_CACHE_HOME": str(folder)}


def offered(line: str, folder: Path, **more: str) -> list[str]:
    code = "from workfront_cli.__main__ import main; main()"
    shown = asked(code, variables(line, "zsh", folder) | kept(folder) | more)
    return shown.splitlines()[1::3]


def test_custom_fields_are_offered_once_they_are_begun(tmp_path: Path) -> None:
    assert offered("search task --fields name,DE:", tmp_path) == ['name,DE:"Budget code"', "name,DE:Region"]
    assert offered("update task --set DE:r", tmp_path) == ["DE:Region="]
    assert offered("search project --fields DE:", tmp_path) == []
    assert not [one for one in offered("search task --fields ", tmp_path) if one.startswith("DE:")]


def test_custom_fields_are_those_of_the_profile(tmp_path: Path) -> None:
    assert offered("search task -p other --fields DE:", tmp_path) == []
    kept(tmp_path, "other")
    assert offered("search task -p other --fields DE:R", tmp_path) == ["DE:Region"]
    assert offered("search task --fields DE:R", tmp_path, WORKFRONT_PROFILE="other") == ["DE:Region"]
    assert offered("search task --fields DE:R", tmp_path, WORKFRONT_PROFILE="third") == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("sear", "search\tFinds the objects for which a condition holds."),
        ("update task --set status=IN", "status=INP"),
        ("search task --expl", "--explain\tOnly show the request that would be sent."),
        ("doctor -p ", "work"),
    ],
)
def test_powershell_gets_a_value_a_line(line: str, value: str, tmp_path: Path) -> None:
    given = variables(line, "powershell", tmp_path)
    given["COMP_WORDS"] = given["COMP_WORDS"].replace(" ", "\n")
    assert asked("from workfront_cli.__main__ import main; main()", given).splitlines() == [value]
