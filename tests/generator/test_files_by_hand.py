"""Every file of a schema folder that people may edit, spoilt in every way: one line with its name, no traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from workfront_codegen.cli import app
from workfront_schema import store
from workfront_schema.snapshot import Field, ObjectType, Snapshot

TOML = ("package.toml", "overrides.toml", "facts.toml")
JSON = ("names.lock", "evidence/v90.0.json", "v90.0/_index.json", "v90.0/fetched.json", "v90.0/one.json")
SPOILT = {
    "not UTF-8": b"\xff\xfe\x00",
    "cut off": b'versions = ["v90',
    "nested without end": b"x = " + b"[" * 100_000,
    "a number": b"fix = 5\nversions = 5\nquery = 5\naction = 5\ncreate = 5\n",
    "a text": b'fix = "x"\nversions = "x"\nquery = "x"\naction = "x"\ncreate = "x"\n',
    "a table": b"[fix]\na = 1\n[versions]\na = 1\n[query]\na = 1\n[action]\na = 1\n[create]\na = 1\n",
    "a list of numbers": b"fix = [1]\nversions = [1]\nquery = [1]\naction = [1]\ncreate = [1]\n",
    "entries without content": b"versions = []\n[[fix]]\n[[query]]\n[[action]]\n[[create]]\n",
    "zeros": bytes(64),
}
SPOILT_JSON = {
    "not UTF-8": b"\xff\xfe\x00",
    "empty": b"",
    "cut off": b'{"objects": {"ONE"',
    "nested without end": b"[" * 100_000,
    "an array": b"[]",
    "a number": b"5",
    "null": b"null",
    "a key twice": b'{"version": "v90.0", "version": "v90.0"}',
    "members of another kind": b'{"version": 5, "objects": 5, "native": 5, "members": 5, "objCode": 5, "fields": 5}',
    "zeros": bytes(64),
}


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    item = ObjectType("ONE", "One", "One", verbs=("get",), fields=(Field("ID", "ID", "string"),))
    store.save_snapshot(Snapshot("v90.0", (item,), fetched=True), tmp_path / "schema")
    return tmp_path / "schema"


def refused(schema: Path, name: str) -> None:
    out = schema.parent / "out"
    commands = (
        ["generate", "--package", "acme", "--out", str(out), "--schema", str(schema)],
        ["generate", "--package", "acme", "--out", str(out), "--schema", str(schema), "--check"],
    )
    for command in commands:
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 1, done.output
        assert isinstance(done.exception, SystemExit), done.exception
        assert done.stderr.startswith("error: ")
        assert done.stderr.count("\n") == 1
        assert Path(name).name in done.stderr, done.stderr
    assert not out.exists()


@pytest.mark.parametrize("name", TOML)
@pytest.mark.parametrize("content", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_of_settings_is_named(name: str, content: bytes, schema: Path) -> None:
    (schema / name).write_bytes(content)
    refused(schema, name)


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("content", SPOILT_JSON.values(), ids=SPOILT_JSON)
def test_a_spoilt_document_is_named(name: str, content: bytes, schema: Path) -> None:
    if name.startswith("evidence"):
        (schema / "evidence").mkdir()
        (schema / "v90.0" / "fetched.json").unlink()
    (schema / name).write_bytes(content)
    refused(schema, name)


@pytest.mark.parametrize("name", [*TOML, *JSON])
def test_a_folder_in_the_place_of_a_file_is_named(name: str, schema: Path) -> None:
    place = schema / name
    if name.startswith("evidence"):
        (schema / "v90.0" / "fetched.json").unlink()
    if place.is_file():
        place.unlink()
    place.mkdir(parents=True)
    refused(schema, name)
    shutil.rmtree(place)


@pytest.mark.parametrize("name", [*TOML, "names.lock", "fixes.toml", "OVERRIDES.TOML"])
def test_what_is_written_for_all_versions_is_refused_in_the_folder_of_one(name: str, schema: Path) -> None:
    (schema / "v90.0" / name).write_text("")
    refused(schema, name)


@pytest.mark.parametrize("name", ["override.toml", "overides.toml", "Overrides.toml", "fact.toml", "name.lock"])
def test_a_name_that_is_nearly_right_is_refused(name: str, schema: Path) -> None:
    (schema / name).write_text("")
    if name != name.lower() and (schema / name.lower()).exists():
        pytest.skip("this system takes capitals for small letters, and reads the file")
    refused(schema, name)


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "uv.lock", "README.md", ".gitignore", "v90.0/README.md", "v90.0/.DS_Store"]
)
def test_files_of_others_stand_beside_a_snapshot(name: str, schema: Path) -> None:
    (schema / name).write_text("")
    assert store.load_snapshot(schema, "v90.0").version == "v90.0"
