"""An API version is one version however it is written, in every command and function that takes one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from tests.generator.test_custom_fields import SNAPSHOT
from tests.support.fetch_kit import QUICK
from tests.support.metadata_host import MetadataHost, serving
from workfront_cli.lazy_group import app as workfront
from workfront_codegen.cli import app
from workfront_codegen.fetch import fetch
from workfront_codegen.form_files import write_form_schemas
from workfront_codegen.generate import generate
from workfront_codegen.host import host
from workfront_codegen.scaffold import make_project
from workfront_schema import evidence, store

ENV: Final = {"WORKFRONT_URL": "https://acme.my.workfront.com", "WORKFRONT_API_KEY": "k"}
SPELLINGS: Final = ("v22.0", "22.0", "v22", "22", " V22 ")


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    store.save_snapshot(SNAPSHOT, tmp_path / "schema")
    return tmp_path / "schema"


def _read(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def _made(version: str, _: Path, out: Path) -> object:
    return make_project(out / "acme", api_version=version).written, _read(out / "acme")


def _generated(version: str, schema: Path, out: Path) -> object:
    return generate(schema, (version,), "acme", out, check=False, forms=False).versions, _read(out / "acme")


def _forms(version: str, schema: Path, out: Path) -> object:
    return write_form_schemas(schema, version, out / "forms"), _read(out / "forms")


FUNCTIONS: Final[Mapping[str, Callable[[str, Path, Path], object]]] = {
    "load_snapshot": lambda version, schema, _: store.load_snapshot(schema, version),
    "object_names": lambda version, schema, _: store.object_names(schema, version),
    "evidence.load": lambda version, schema, _: evidence.load(schema, version),
    "generate": _generated,
    "make_project": _made,
    "write_form_schemas": _forms,
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_takes_every_spelling(name: str, schema: Path, tmp_path: Path) -> None:
    found = [FUNCTIONS[name](version, schema, tmp_path / str(number)) for number, version in enumerate(SPELLINGS)]
    assert all(one == found[0] for one in found)


def _command(name: str, version: str, schema: Path, out: Path) -> list[str]:
    place = ["--schema", str(schema)]
    match name:
        case "diff":
            return ["diff", version, version, *place]
        case "generate":
            return ["generate", "--package", "acme", "--out", str(out), "--api-version", version, "--no-forms", *place]
        case "export":
            return ["export", "--format", "explorer", "--api-version", version, "--out", str(out / "x"), *place]
        case "forms":
            return ["forms", "--format", "jsonschema", "--api-version", version, "--out", str(out / "x"), *place]
        case "new":
            return ["new", str(out / "acme"), "--api-version", version]
        case _:
            return [name, "--api-version", version, *place]


@pytest.mark.parametrize("name", sorted({*app.commands} - {"fetch", "upgrade-check"}))
def test_a_command_takes_every_spelling(name: str, schema: Path, tmp_path: Path) -> None:
    told: list[object] = []
    for version in SPELLINGS:
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        (tmp_path / "out").mkdir()
        done = CliRunner().invoke(app, _command(name, version, schema, tmp_path / "out"))
        assert done.exit_code == 0, (version, done.output)
        told.append((done.output.replace("0 new names", "").replace("40 new names", ""), _read(tmp_path / "out")))
    assert all(one == told[-1] for one in told[1:])


def test_fetch_takes_every_spelling(tmp_path: Path) -> None:
    with serving(MetadataHost()) as running:
        found = [fetch(host(running.url), version, retry=QUICK) for version in SPELLINGS]
        assert all(one == found[0] for one in found)
        told: list[object] = []
        for version in SPELLINGS:
            ask = ["fetch", "--url", running.url, "--api-version", version, "--out", str(tmp_path / version.strip())]
            done = CliRunner().invoke(app, ask)
            assert done.exit_code == 0, done.output
            told.append(_read(tmp_path / version.strip()))
        assert all(one == told[0] for one in told)


@pytest.mark.long
def test_upgrade_check_takes_every_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "use.py").write_text("from workfront_client.v21 import User\nprint(User)\n")
    for old, new in zip(("v21.0", "21.0", "v21", "21"), SPELLINGS, strict=False):
        done = CliRunner().invoke(app, ["upgrade-check", str(tmp_path / "use.py"), "--from", old, "--to", new])
        assert done.exit_code == 0, done.output


def test_the_commands_of_accounts_take_every_spelling() -> None:
    for version in SPELLINGS:
        done = CliRunner().invoke(workfront, ["search", "TASK", "--python", "--api-version", version], env=ENV)
        assert done.exit_code == 0, done.output
