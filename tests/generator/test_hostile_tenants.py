"""Tenants with awkward names: alike, renamed, of Python's own words, in two cases, with prefixes, by the thousand."""

from __future__ import annotations

import ast
import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from workfront_codegen.generate import generate
from workfront_core import ApiKey
from workfront_core.operations.custom_values import custom_values
from workfront_core.query.filter_parameters import parameters
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, CustomForm, FieldKind, FieldOption
from workfront_schema.snapshot import Field, ObjectType, Relation, Snapshot

VERBS = ("add", "copy", "edit", "get", "search")
PROJECT = ObjectType(
    "PROJ", "Project", "Project", verbs=VERBS,
    fields=(Field("ID", "ID", "string"), Field("name", "Name", "string"), Field("status", "Status", "string")),
)  # fmt: skip
TASK = ObjectType(
    "TASK", "Task", "Task", verbs=VERBS, fields=(Field("ID", "ID", "string"),),
    references=(Relation("project", "Project", "Project", "PROJ"),),
)  # fmt: skip
Make = Callable[..., Any]
_count = iter(range(1000))

NAMES = (
    "class", "None", "True", "import", "def", "lambda", "async", "match", "type", "self", "cls", "custom", "get",
    "items", "values", "keys", "copy", "json", "dict", "🚀", "🚀 Launch", "🎉", "DE:Region", "Cost DE:x", "DE:",
    "Region", "region", "REGION", "reGion", " Region", "Region ",
    "__init__", "__class__", "__dict__", "_row", "_owner", "__slots__", "model_config", "model_dump", "f", "ID", "name",
    "status", "parameterValues", "DE:parameterValues", "a.b", "a/b", "a?b=c&d", "100%", "#1", "it's", 'the "best"',
    "back\\slash", "end\\", "'''", '"""', "{{ x }}", "{% raw %}", "\u202eright to left", "e\u0301tat", "état", "ﬁ",
    "Straße", "STRASSE", "İ", "ı", "地域", "ß" * 200, "x" * 300, "9", "9 lives", "-", "_", "   ", "\u200b", "\u00a0",
    "\ufeffBOM",
)  # fmt: skip


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Generates and imports a package of these fields and forms, in the same folder each time."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def made(fields: tuple[CustomField, ...], forms: tuple[CustomForm, ...] = (), version: str = "v22.0") -> Any:
        package = f"awkward_{next(_count)}"
        custom = CustomCatalogue(tuple(sorted(fields, key=lambda item: item.name)), forms)
        store.save_snapshot(Snapshot(version, (PROJECT, TASK), custom=custom), tmp_path / "schema")
        generate(tmp_path / "schema", (version,), package, tmp_path, check=False)
        return importlib.import_module(f"{package}.{version.partition('.')[0]}")

    return made


def texts(names: tuple[str, ...]) -> tuple[CustomField, ...]:
    return tuple(CustomField(name, FieldKind.TEXT, name, ("PROJ",), source="param") for name in dict.fromkeys(names))


def members(view: type) -> dict[str, str]:
    return {item.name: key for key, item in vars(view).items() if hasattr(item, "wire")}


def lock(folder: Path) -> dict[str, str]:
    kept: dict[str, str] = json.loads((folder / "schema" / "names.lock").read_text())["custom"]
    return kept


def test_every_awkward_name_is_a_member_that_reads_writes_and_asks_for_its_own_field(make: Make) -> None:
    form = CustomForm("Awkward", ("PROJ",), {item.name: False for item in texts(NAMES) if item.name.strip()})
    package = make(texts(NAMES), (form,))
    wanted = {name for name in NAMES if name.strip()}
    found = members(package.Project.custom)
    assert found.keys() == wanted
    assert len(set(found.values())) == len(wanted)
    sent = {f"DE:{name}": str(number) for number, name in enumerate(sorted(wanted))}
    row = package.Project.from_wire({"ID": "1", **sent})
    for name, member in found.items():
        assert getattr(row.custom, member) == sent[f"DE:{name}"]
        assert list(parameters([getattr(package.Project.f.custom, member) == "v"])) == [(f"DE:{name}", "v")]
        over = getattr(package.Task.f.project.custom, member) == "v"
        assert list(parameters([over])) == [(f"DE:project:{name}", "v")]
        setattr(row.custom, member, "new")
    assert dict(row.changes) == {f"DE:{name}": "new" for name in wanted}
    forms = importlib.import_module(f"{package.__name__}.forms")
    filled = forms.AwkwardForm(**dict.fromkeys(found.values(), "x"))
    assert filled.values() == dict.fromkeys(wanted, "x")
    assert custom_values(package.Project, filled.values()) == {f"DE:{name}": "x" for name in wanted}
    assert custom_values(package.Project, None, filled) == {f"DE:{name}": "x" for name in wanted}
    again = package.Project.from_wire({"ID": "1", **sent})
    assert forms.AwkwardForm.from_row(again).values() == {name: sent[f"DE:{name}"] for name in wanted}


PAIRS = [("Region", "region"), ("Go-live", "Go live"), ("Straße", "STRASSE"), ("état", "e\u0301tat")]


@pytest.mark.parametrize("pair", PAIRS)
def test_names_that_differ_little_are_told_apart_in_any_order_and_for_ever(
    make: Make, tmp_path: Path, pair: tuple[str, str]
) -> None:
    both = members(make(texts(pair)).Project.custom)
    assert len(set(both.values())) == 2
    (tmp_path / "schema" / "names.lock").unlink()
    assert members(make(texts(pair[::-1])).Project.custom) == both
    (tmp_path / "schema" / "names.lock").unlink()
    alone = members(make(texts(pair[:1])).Project.custom)
    later = members(make(texts(pair)).Project.custom)
    assert later[pair[0]] == alone[pair[0]]
    assert later[pair[1]] not in alone.values()


def test_a_field_renamed_between_two_fetches_never_hands_its_name_on_silently(make: Make, tmp_path: Path) -> None:
    first = members(make(texts(("Region", "Cost"))).Project.custom)
    package = make(texts(("region", "Cost")))
    second = members(package.Project.custom)
    assert second["Cost"] == first["Cost"]
    assert second["region"] != first["Region"]
    assert not hasattr(package.Project.custom, first["Region"])
    assert lock(tmp_path)["Region"] == first["Region"]
    back = members(make(texts(("Region", "region", "Cost"))).Project.custom)
    assert back == {**first, **second}


def test_a_lock_that_was_lost_gives_no_name_to_another_field(make: Make, tmp_path: Path) -> None:
    names = tuple(name for name in NAMES if name.strip())
    grown: dict[str, str] = {}
    for count in (10, 30, len(names)):
        grown = members(make(texts(names[:count])).Project.custom)
    (tmp_path / "schema" / "names.lock").unlink()
    fresh = members(make(texts(names)).Project.custom)
    owners = {member: name for name, member in grown.items()}
    assert [member for name, member in fresh.items() if owners.get(member, name) != name] == []


def test_forms_that_are_called_alike_are_told_apart(make: Make) -> None:
    """Among them names that come to one class, to one module, and to a class that an option list has."""
    fields = (
        *texts(("Note",)),
        CustomField("Intake form", FieldKind.CHOICE, "x", ("PROJ",), (FieldOption("A", "A"),), True, source="param"),
    )
    alike = ("Intake", "intake", "INTAKE", "Intake form", "Intake Form", "Intake forms", "In take")
    names = (*alike, "class", "🚀", "地域", "__init__")
    forms = tuple(
        CustomForm(name, ("PROJ",), {"Note": False, "Intake form": number % 2 == 0})
        for number, name in enumerate(names)
    )
    package = make(fields, forms)
    room = importlib.import_module(f"{package.__name__}.forms")
    classes = [getattr(room, name) for name in room.__all__]
    assert len({item.__name__ for item in classes}) == len(names)
    assert {(item.__doc__ or "").partition("form ")[2].partition(", for")[0] for item in classes} == set(names)
    modules = {Path(sys.modules[item.__module__].__file__ or "").name.lower() for item in classes}
    assert len(modules) == len(names)
    again = importlib.import_module(f"{make(fields, forms[::-1]).__name__}.forms")
    assert again.__all__ == room.__all__


def test_a_field_or_form_called_like_what_form_modules_import_hides_nothing(make: Make, tmp_path: Path) -> None:
    kinds = (FieldKind.DATE, FieldKind.DATE_TIME, FieldKind.MONEY, FieldKind.CHOICES, FieldKind.NUMBER, FieldKind.RICH)
    some = FieldOption("A", "A")
    fields = {f"z {kind.value}": CustomField(f"z {kind.value}", kind, "x", ("PROJ",), (some,)) for kind in kinds}
    plain = make(tuple(fields.values()), (CustomForm("All", ("PROJ",), dict.fromkeys(fields, False)),))
    tree = ast.parse((tmp_path / plain.__name__.partition(".")[0] / "v22/forms/all_form.py").read_text("utf-8"))
    imported = {
        alias.asname or alias.name
        for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }  # fmt: skip
    assert {"date", "Decimal", "CustomForm"} <= imported
    fields |= {name: CustomField(name, FieldKind.DATE, name, ("PROJ",), source="param") for name in imported}
    forms = tuple(CustomForm(name, ("PROJ",), dict.fromkeys(fields, False)) for name in ("All", *sorted(imported)))
    package = make(tuple(fields.values()), forms)
    room = importlib.import_module(f"{package.__name__}.forms")
    assert len(room.__all__) == len(forms)
    found = members(package.Project.custom)
    for name in room.__all__:
        filled = getattr(room, name)(**{found[wire]: date(2026, 1, 1) for wire in imported})
        assert filled.values() == dict.fromkeys(sorted(imported), date(2026, 1, 1))
        with pytest.raises(ValidationError):
            getattr(room, name)(**{found["z date"]: "tomorrow"})


def test_the_same_name_on_several_objects_and_kinds_in_two_versions(make: Make) -> None:
    first = (CustomField("Region", FieldKind.TEXT, "Region", ("PROJ", "TASK"), source="param"),)
    second = (CustomField("Region", FieldKind.NUMBER, "Region", ("TASK",), source="param"),)
    old, new = make(first), make(second, version="v23.0")
    assert old.Task.from_wire({"DE:Region": "5"}).custom.region == "5"
    assert new.Task.from_wire({"DE:Region": "5"}).custom.region == 5.0
    assert not hasattr(new.Project.custom, "region")
    assert new.Project.from_wire({"DE:Region": "x"}).custom["Region"] == "x"


def test_a_thousand_fields_of_one_object(make: Make) -> None:
    names = tuple(f"Question {number}: is it so, or not?".replace(":", "") for number in range(1000))
    package = make(texts(names), (CustomForm("All of it", ("PROJ",), dict.fromkeys(names, False)),))
    found = members(package.Project.custom)
    assert len(set(found.values())) == 1000
    row = package.Project.from_wire({f"DE:{name}": name for name in names})
    assert all(getattr(row.custom, member) == name for name, member in found.items())
    room = importlib.import_module(f"{package.__name__}.forms")
    assert len(room.AllOfItForm.model_fields) == 1000


def test_a_docstring_tells_the_wire_name_letter_by_letter(make: Make, tmp_path: Path) -> None:
    odd = ("  two  blanks ", 'a """ b', "\\N{DASH}", 'ends with \\"', "'\"'")
    names = [name for name in (*NAMES, *odd) if name.strip() and name.isprintable()]
    package = make(texts((*names, "line\nbreak")))
    source = (tmp_path / package.__name__.replace(".", "/") / "custom/project.py").read_text("utf-8")
    told = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    texts_told = [text for text in told if isinstance(text, str) and "Wire name: " in text]
    found = {text.rpartition(" Wire name: ")[2] for text in texts_told}
    assert found == {f"DE:{name}." for name in (*names, "line\\u000abreak")}


def test_labels_options_and_descriptions_break_out_of_nothing(make: Make, tmp_path: Path) -> None:
    signs = ('"""', "'''", "\\", "\n", "\r\n", "{{ x }}", "{% endraw %}", "#", "\u2028", "\x00")
    bad = (*signs, '" + boom() + "', "# type: ignore")
    fields = tuple(
        CustomField(
            f"F{number}", FieldKind.CHOICE, text, ("PROJ",),
            tuple(FieldOption(f"{text}{n}", text) for n in range(3)), True, source="param", description=text,
        )
        for number, text in enumerate(bad)
    )  # fmt: skip
    form = CustomForm("Odd", ("PROJ",), dict.fromkeys((item.name for item in fields), False), description=bad[0])
    package = make(fields, (form,))
    folder = tmp_path / package.__name__.partition(".")[0]
    for file in folder.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert "boom" not in called
    for number, text in enumerate(bad):
        options = importlib.import_module(f"{package.__name__}.options")
        known = getattr(options, f"F{number}Option")
        assert {member.value for member in known} == {f"{text}{n}" for n in range(3)}


def test_a_package_of_ones_own_stands_beside_the_shipped_one(make: Make, tmp_path: Path) -> None:
    """Both in one process: other classes, one engine; rows of one are not taken for rows of the other."""
    own = make(texts(("Region",)))
    shipped = importlib.import_module("workfront_client.v22")
    assert own.Project is not shipped.Project
    assert own.Workfront is not shipped.Workfront
    with (
        own.Workfront("http://localhost:9", auth=ApiKey("k")) as mine,
        shipped.Workfront("http://localhost:9", auth=ApiKey("k")) as theirs,
    ):
        assert type(mine.project) is not type(theirs.project)
        assert "DE:Region=E" in str(mine.project.search(own.Project.f.custom.region == "E").explain())
        assert "DE:Region=E" in str(theirs.project.search(shipped.Project.f.custom("Region") == "E").explain())
    assert not hasattr(shipped.Project.custom, "region")
    program = (
        f"import sys\nfrom {own.__name__} import Project, Workfront\nProject.custom.region\n"
        "assert not [name for name in sys.modules if name.startswith('workfront_client')]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": ":".join([str(tmp_path), *sys.path])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
