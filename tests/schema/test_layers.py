"""Somebody's own overrides and facts: laid over the shipped ones, which give way where they do not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.shipped import snapshot
from workfront_schema import facts, overrides, store
from workfront_schema.errors import SchemaError
from workfront_schema.overrides import Patched, apply, layered
from workfront_schema.snapshot import Field, ObjectType, Snapshot

SHIPPED = store.standard_schema()
V22 = snapshot("v22.0")


def with_own(folder: Path, *fixes: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(f'[[fix]]\n{fix}\nreason = "our own"\n' for fix in fixes)
    (folder / "overrides.toml").write_text(text, encoding="utf-8")
    return folder


def patched(snapshot: Snapshot, schema: Path) -> Patched:
    return apply(snapshot, layered(schema))


def changed(code: str, **properties: object) -> Snapshot:
    """The shipped snapshot with an object type as another host might describe it."""
    objects = [replace(item, **properties) if item.obj_code == code else item for item in V22.objects]  # type: ignore[arg-type]
    return replace(V22, objects=tuple(objects))


def test_a_folder_with_one_fix_has_the_shipped_ones_too(tmp_path: Path) -> None:
    own = with_own(tmp_path, 'object = "TASK"\npath = "fields.name"\nop = "rename"\nvalue = "title"')
    found = patched(V22, own).renames
    assert found["TASK", "fields.name"] == "title"
    assert found["WORK", "fields.url"] == "issue_url"
    assert found["OPTASK", "name"] == "Issue"


def test_a_folder_without_any_has_the_shipped_ones(tmp_path: Path) -> None:
    assert patched(V22, tmp_path).renames == patched(V22, SHIPPED).renames


def test_of_two_fixes_for_one_place_the_own_one_counts(tmp_path: Path) -> None:
    own = with_own(tmp_path, 'object = "WORK"\npath = "fields.url"\nop = "rename"\nvalue = "link"')
    assert patched(V22, own).renames["WORK", "fields.url"] == "link"


@pytest.mark.parametrize("fix", overrides.load(SHIPPED / "overrides.toml"), ids=str)
def test_every_shipped_fix_gives_way_where_the_object_is_another_one(fix: overrides.Fix, tmp_path: Path) -> None:
    if fix.object == "*":
        bare = replace(V22, objects=tuple(replace(item, fields=()) for item in V22.objects))
    else:
        bare = changed(
            fix.object, fields=(), references=(), collections=(), actions=(), queries=(), flags=("SHARABLE",)
        )
    found = patched(bare, tmp_path)
    if (fix.object, fix.path) != ("OPTASK", "name"):
        assert (fix.object, fix.path) not in found.renames
    assert patched(replace(V22, objects=()), tmp_path) == Patched(replace(V22, objects=()))


def test_what_the_own_file_asks_for_has_to_fit(tmp_path: Path) -> None:
    own = with_own(tmp_path, 'object = "TASK"\npath = "fields.gone"\nop = "remove"')
    with pytest.raises(SchemaError, match=r"fix remove TASK fields\.gone: there is nothing of that path in v22\.0"):
        patched(V22, own)


def test_what_the_shipped_file_asks_of_the_shipped_snapshots_has_to_fit_too() -> None:
    assert not any(isinstance(fix, overrides.StandardFix) for fix in layered(SHIPPED))
    with pytest.raises(SchemaError, match="SHARABLE: it is there already"):
        patched(changed("PTLTAB", flags=("SHARABLE",)), SHIPPED)


def test_a_damaged_own_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "overrides.toml").write_text("[[fix]")
    with pytest.raises(SchemaError, match=str(tmp_path)):
        layered(tmp_path)


def test_own_facts_come_first_and_the_shipped_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(
        '[[create]]\nobject = "NOTE"\nneeds = ["noteText"]\nsource = "us"\n'
        '[[action]]\nobject = "TASK"\nnames = ["bulkMove"]\ntext = "Ours."\nsource = "us"\n'
    )
    found, shipped = facts.layered(tmp_path), facts.load(SHIPPED / "facts.toml")
    note = found.of_create("NOTE")
    assert note is not None
    assert note.needs == ("noteText",)
    assert found.of_create("PARAM") == shipped.of_create("PARAM")
    own, *others = found.of_action("TASK", "bulkMove")
    assert own.source == "us"
    assert tuple(others) == shipped.of_action("TASK", "bulkMove")
    assert found.query == shipped.query
    assert facts.layered(SHIPPED) == shipped


def test_two_spellings_of_a_tenant_s_field_take_one_fix(tmp_path: Path) -> None:
    fields = (Field("DE:Region", "Region", "string"), Field("DE:region", "region", "string"))
    own = with_own(tmp_path, 'object = "PROJ"\npath = "fields.DE:region"\nop = "rename"\nvalue = "small_region"')
    project = next(item for item in V22.objects if item.obj_code == "PROJ")
    found = patched(changed("PROJ", fields=(*project.fields, *fields)), own)
    assert {"small_region", "issue_url"} <= set(found.renames.values())


def test_an_object_of_the_tenant_s_own_changes_nothing_of_that(tmp_path: Path) -> None:
    alone = Snapshot("v22.0", (ObjectType("ONE", "One", "One"),))
    assert patched(alone, with_own(tmp_path, 'object = "ONE"\npath = "label"\nop = "set"\nvalue = "1"')).renames == {}


def test_a_copy_of_the_shipped_facts_says_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_bytes((SHIPPED / "facts.toml").read_bytes())
    assert facts.layered(tmp_path) == facts.load(SHIPPED / "facts.toml")
