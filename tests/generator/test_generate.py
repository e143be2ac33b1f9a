"""What `workfront-codegen generate` promises: the same bytes everywhere, small diffs, nothing half written."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.places import ROOT
from workfront_codegen.cli import app
from workfront_codegen.generate import LOCK, generate
from workfront_codegen.lock import load_lock
from workfront_codegen.stats import unknown_words
from workfront_schema import atomic_write, store
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Argument, Field, ObjectType, Operation, Snapshot

SCHEMA = ROOT / "schema"


def digest(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def saved(schema: Path, *objects: ObjectType) -> Path:
    store.save_snapshot(Snapshot("v90.0", tuple(sorted(objects, key=lambda item: item.obj_code))), schema)
    return schema


def interpreter(version: str) -> str:
    python = ROOT / ".venvs" / version / "bin" / "python"
    if python.exists():
        return str(python)
    if os.environ.get("CI"):
        pytest.fail(f"no environment for Python {version}: `make test` creates it where the interpreter is installed")
    pytest.skip(f"no environment for Python {version} (`make test` creates it where the interpreter is installed)")


class TestSameBytes:
    def test_the_checked_in_package_is_what_the_snapshot_renders(self) -> None:
        report = generate(SCHEMA, (), "workfront_client", ROOT / "generated", check=True)
        assert report.differences == ()
        assert report.versions == ("v21.0", "v22.0")

    @pytest.mark.long
    @pytest.mark.parametrize(("version", "seed"), [("3.11", "1"), ("3.11", "4242"), ("3.12", "7"), ("3.13", "0")])
    def test_on_every_python_with_any_hash_seed_from_any_folder(self, version: str, seed: str, tmp_path: Path) -> None:
        python = sys.executable if version == "3.11" else interpreter(version)
        subprocess.run(
            [python, "-m", "workfront_codegen", "generate", "--out", str(tmp_path / "out")],
            check=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert digest(tmp_path / "out") == digest(ROOT / "generated")

    def test_a_second_run_changes_nothing(self, tmp_path: Path) -> None:
        generate(SCHEMA, ("v17.0",), "seventeen", tmp_path, check=False)
        first = digest(tmp_path)
        generate(SCHEMA, ("v17.0",), "seventeen", tmp_path, check=False)
        assert digest(tmp_path) == first


class TestSmallDiffs:
    @pytest.fixture
    def changed(self, tmp_path: Path) -> set[str]:
        shutil.copytree(SCHEMA, tmp_path / "schema")
        generate(tmp_path / "schema", ("v22.0",), "client", tmp_path / "old", check=False)
        snapshot = store.load_snapshot(SCHEMA, "v22.0")
        hour = next(item for item in snapshot.objects if item.obj_code == "HOUR")
        fields = tuple(sorted((*hour.fields, Field("moonPhase", "Moon Phase", "double")), key=lambda field: field.name))
        objects = tuple(dataclasses.replace(hour, fields=fields) if item is hour else item for item in snapshot.objects)
        store.save_snapshot(Snapshot("v22.0", objects), tmp_path / "schema")
        generate(tmp_path / "schema", ("v22.0",), "client", tmp_path / "new", check=False)
        old, new = digest(tmp_path / "old"), digest(tmp_path / "new")
        assert old.keys() == new.keys()
        return {path for path in new if old[path] != new[path]}

    def test_a_new_field_changes_the_files_of_its_object_and_its_lines_of_names_only(
        self, changed: set[str], tmp_path: Path
    ) -> None:
        kinds = ("async_services", "models", "paths", "services", "values")
        names, labels, fields = "client/v22/names.txt", "client/v22/labels.txt", "client/v22/fields.pyi"
        assert changed == {names, labels, fields, *(f"client/v22/{kind}/hour.py" for kind in kinds)}
        before, after = ((tmp_path / when / fields).read_text().splitlines() for when in ("old", "new"))
        added = [line.strip() for line in after if after.count(line) > before.count(line)]
        about = '"""Wire names of the fields, references and collections of Hour (HOUR)."""'
        assert added == [about, 'MOON_PHASE = "moonPhase"']
        old, new = ((tmp_path / when / names).read_text().splitlines() for when in ("old", "new"))
        different = [line for line, before in zip(new, old, strict=True) if line != before]
        assert [line.partition("\t")[0] for line in different] == ["HOUR"]
        assert "moonPhase" in different[0]


class TestNothingHalfWritten:
    def test_an_error_leaves_the_old_package(self, tmp_path: Path) -> None:
        schema = saved(tmp_path / "schema", ObjectType("ONE", "One", "One"))
        generate(schema, ("v90.0",), "client", tmp_path / "out", check=False)
        before = digest(tmp_path)
        store.save_snapshot(Snapshot("v91.0", (ObjectType("TWO", "日本", "x"),)), schema)
        with pytest.raises(SchemaError):
            generate(schema, ("v90.0", "v91.0"), "client", tmp_path / "out", check=False)
        assert digest(tmp_path / "out") == {
            k.removeprefix("out/"): v for k, v in before.items() if k.startswith("out/")
        }

    def test_a_failing_disk_leaves_the_old_package(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        schema = saved(tmp_path / "schema", ObjectType("ONE", "One", "One"))
        generate(schema, ("v90.0",), "client", tmp_path / "out", check=False)
        before = digest(tmp_path / "out")
        saved(schema, ObjectType("ONE", "One", "One"), ObjectType("TWO", "Two", "Two"))

        def full(*_: object) -> bool:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(atomic_write, "exchange", full)
        with pytest.raises(OSError, match="No space"):
            generate(schema, ("v90.0",), "client", tmp_path / "out", check=False)
        assert digest(tmp_path / "out") == before

    def test_an_object_that_is_gone_takes_its_modules_along(self, tmp_path: Path) -> None:
        schema = saved(tmp_path / "schema", ObjectType("ONE", "One", "One"), ObjectType("TWO", "Two", "Two"))
        generate(schema, ("v90.0",), "client", tmp_path / "out", check=False)
        saved(schema, ObjectType("ONE", "One", "One"))
        generate(schema, ("v90.0",), "client", tmp_path / "out", check=False)
        assert not [path for path in digest(tmp_path / "out") if "two" in path]


class TestCheck:
    def test_reports_an_edited_a_missing_and_a_left_over_file(self, tmp_path: Path) -> None:
        schema = saved(tmp_path / "schema", ObjectType("ONE", "One", "One", fields=(Field("a", "A", "string"),)))
        generate(schema, ("v90.0",), "client", tmp_path, check=False)
        package = tmp_path / "client/v90"
        (package / "models/one.py").write_text("edited by hand\n")
        (package / "paths/one.py").unlink()
        (package / "models/extra.py").write_text("x = 1\n")
        (package / "extra.pyi").write_text("x: int\n")
        differences = generate(schema, ("v90.0",), "client", tmp_path, check=True).differences
        assert ["-edited by hand" in "".join(differences), "(missing)" in "".join(differences)] == [True, True]
        assert "(left over)" in "".join(differences)
        assert len(differences) == 4

    def test_writes_nothing(self, tmp_path: Path) -> None:
        schema = saved(tmp_path / "schema", ObjectType("ONE", "One", "One"))
        before = digest(tmp_path)
        assert generate(schema, ("v90.0",), "client", tmp_path / "out", check=True).differences
        assert digest(tmp_path) == before


class TestNames:
    def test_a_locked_name_wins_over_the_rules(self, tmp_path: Path) -> None:
        schema = saved(
            tmp_path / "schema", ObjectType("ONE", "One", "One", fields=(Field("oddName", "Odd", "string"),))
        )
        (schema / LOCK).write_text('{"members": {"oddName": "kept_name"}}')
        generate(schema, ("v90.0",), "client", tmp_path, check=False)
        assert "kept_name: str | None" in (tmp_path / "client/v90/models/one.py").read_text()

    def test_new_names_are_added_and_old_ones_kept(self, tmp_path: Path) -> None:
        schema = saved(tmp_path / "schema", ObjectType("ONE", "One", "One", fields=(Field("first", "", "string"),)))
        generate(schema, ("v90.0",), "client", tmp_path, check=False)
        saved(schema, ObjectType("ONE", "One", "One", fields=(Field("second", "", "string"),)))
        assert generate(schema, ("v90.0",), "client", tmp_path, check=False).new_names == 1
        lock = load_lock(schema / LOCK)
        assert [lock.name("members", name, lambda: "?") for name in ("first", "second")] == ["first", "second"]

    def test_a_damaged_lock_is_named(self, tmp_path: Path) -> None:
        schema = saved(tmp_path / "schema", ObjectType("ONE", "One", "One"))
        (schema / LOCK).write_text('{"members": ["no"]}')
        with pytest.raises(SchemaError, match=r"names\.lock is damaged"):
            generate(schema, ("v90.0",), "client", tmp_path, check=False)

    @pytest.mark.parametrize(
        ("item", "words"),
        [
            (
                ObjectType("ONE", "One", "", fields=(Field("URL", "", "string"), Field("url", "", "string"))),
                ("fields.URL", "fields.url"),
            ),
            (
                ObjectType("ONE", "One", "", actions=(Operation("go", ""),), queries=(Operation("GO", ""),)),
                ("actions.go", "queries.GO"),
            ),
            (
                ObjectType(
                    "ONE", "One", "", actions=(Operation("go", "", (Argument("a", "int"), Argument("a ", "int"))),)
                ),
                ("go.arguments.a ",),
            ),
            (ObjectType("ONE", "One", "", fields=(Field("2nd", "", "string"),)), ("ONE", "fields.2nd")),
            (ObjectType("ONE", "日本", ""), ("ONE", "日本")),
        ],
        ids=["members", "operations", "arguments", "no identifier", "no class name"],
    )
    def test_a_clash_names_object_members_and_the_override_to_add(
        self, item: ObjectType, words: tuple[str, ...], tmp_path: Path
    ) -> None:
        with pytest.raises(SchemaError) as caught:
            generate(saved(tmp_path / "schema", item), ("v90.0",), "client", tmp_path, check=False)
        assert all(word in str(caught.value) for word in (*words, "[[fix]]", 'op = "rename"', "ONE")), str(caught.value)

    def test_all_problems_of_all_versions_are_told_at_once(self, tmp_path: Path) -> None:
        fields = tuple(Field(name, "", "string") for name in ("URL", "url", "2nd", "Url"))
        saved(tmp_path / "schema", ObjectType("ONE", "One", "", fields=fields), ObjectType("TWO", "日本", ""))
        later = ObjectType("ONE", "One", "", fields=(*fields, Field("3rd", "", "int")))
        store.save_snapshot(Snapshot("v91.0", (later,)), tmp_path / "schema")
        with pytest.raises(SchemaError) as caught:
            generate(tmp_path / "schema", ("v90.0", "v91.0"), "client", tmp_path, check=False)
        said = str(caught.value)
        assert said.count("[[fix]]") == 5
        for path in ("'fields.URL' and 'fields.url'", "'fields.URL' and 'fields.Url'", "fields.2nd", "fields.3rd"):
            assert said.count(f"{path}") >= 1, path
        assert "'日本' (name)" in said
        assert not (tmp_path / "client").exists()
        assert not (tmp_path / "schema" / LOCK).exists()

    def test_words_for_types_that_nobody_knows_are_told_and_no_others(self, tmp_path: Path) -> None:
        place = ObjectType(
            "ONE",
            "One",
            "",
            fields=(Field("at", "", "com.attask.Geo"), Field("plain", "", "string"), Field("untold", "", None)),
            actions=(Operation("go", "", (Argument("to", "com.attask.Geo[]"), Argument("one", "One")), "One[]"),),
            queries=(Operation("near", "", (), "com.attask.Geo"),),
        )
        report = generate(saved(tmp_path / "schema", place), ("v90.0",), "client", tmp_path, check=False)
        assert report.unknown == (
            "v90.0: type 'com.attask.Geo' is not known, any JSON value may come: ONE.at, ONE.near()",
            "v90.0: type 'com.attask.Geo[]' is not known, any JSON value may come: ONE.go(to)",
        )
        arguments = ["generate", "--schema", str(tmp_path / "schema"), "--package", "client", "--out", str(tmp_path)]
        told = CliRunner().invoke(app, [*arguments, "--check"])
        assert (told.exit_code, told.stdout.splitlines()[:2]) == (0, list(report.unknown))

    @pytest.mark.parametrize("version", ["v21.0", "v22.0"])
    def test_the_shipped_snapshots_hold_no_such_word(self, version: str) -> None:
        assert unknown_words(store.load_snapshot(SCHEMA, version)) == ()

    def test_an_override_settles_a_clash(self, tmp_path: Path) -> None:
        item = ObjectType("ONE", "One", "", fields=(Field("URL", "", "string"), Field("url", "", "string")))
        schema = saved(tmp_path / "schema", item)
        (schema / "overrides.toml").write_text(
            '[[fix]]\nobject = "ONE"\npath = "fields.url"\nop = "rename"\nvalue = "link"\nreason = "two spellings"\n'
        )
        generate(schema, ("v90.0",), "client", tmp_path, check=False)
        model = (tmp_path / "client/v90/models/one.py").read_text()
        assert 'url: str | None = _models.wire("URL")' in model
        assert 'link: str | None = _models.wire("url")' in model


@pytest.mark.parametrize("name", ["not-a-name", "class", "_hidden", ""])
def test_a_package_name_must_be_one_that_can_be_imported(name: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=f"{name!r} cannot be a package name"):
        generate(SCHEMA, ("v17.0",), name, tmp_path, check=False)


@pytest.mark.parametrize("name", ["os", "json", "test", "workfront_core", "workfront_cli", "httpx", "anyio", "pytest"])
def test_a_package_name_must_not_hide_another_module(name: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=f"{name!r} would hide the .+ of that name(.|\n)*another name"):
        generate(tmp_path / "none", ("v90.0",), name, tmp_path, check=False)
    assert not any(tmp_path.iterdir())
