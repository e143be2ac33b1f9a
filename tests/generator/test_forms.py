"""Custom forms as classes: filled in by keywords, from texts and from rows, checked before anything is sent."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import ValidationError

from tests.generator.test_custom_fields import FIELDS, ID, PROJECT, TASK
from tests.support.loopback import Answer, loopback
from tests.support.type_checkers import mypy
from workfront_codegen.cli import app
from workfront_codegen.errors import CodegenError
from workfront_codegen.generate import generate
from workfront_core import ApiKey, QueryError, RowInput
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomForm
from workfront_schema.snapshot import Snapshot

INTAKE = CustomForm(
    "Intake", ("PROJ",),
    {"Region": True, "Sizes": False, "Go-live": False, "Cost": False, "Note": False, "地域": False, "Total": False,
     "Odd": False, "custom": False},
)  # fmt: skip
WORK = CustomForm("Work form", ("TASK",), {"Region": False})
CATALOGUE = CustomCatalogue(FIELDS, (INTAKE, WORK))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("forms")
    store.save_snapshot(Snapshot("v22.0", (PROJECT, TASK), custom=CATALOGUE), folder / "schema")
    generate(folder / "schema", ("v22.0",), "forms_of_a_test", folder, check=False)
    sys.path.insert(0, str(folder))
    try:
        yield folder
    finally:
        sys.path.remove(str(folder))


@pytest.fixture
def tenant(place: Path) -> Any:  # noqa: ARG001
    return importlib.import_module("forms_of_a_test.v22")


@pytest.fixture
def forms(place: Path) -> Any:  # noqa: ARG001
    return importlib.import_module("forms_of_a_test.v22.forms")


def test_a_form_writes_what_was_set(tenant: Any, forms: Any) -> None:
    form = forms.IntakeForm(region="N", go_live=date(2026, 1, 1), sizes=["S"], cost=Decimal("1.5"), note=None)
    with loopback(lambda _: Answer({"ID": ID})) as server, tenant.Workfront(server.url, auth=ApiKey("k")) as wf:
        expected = {"DE:Region": "N", "DE:Go-live": "2026-01-01", "DE:Sizes": ["S"], "DE:Cost": 1.5, "DE:Note": None}
        writes: list[Callable[[], object]] = [
            lambda: wf.project.create(form=form), lambda: wf.project.update(ID, form=form),
            lambda: wf.project.copy(ID, form=form), lambda: wf.project.create(custom=form),
        ]  # fmt: skip
        for write in writes:
            write()
            assert server.last.json == expected
        wf.project.create(form=form, custom={"地域": "x"}, extra={"categoryID": ID})
        assert server.last.json == {**expected, "DE:地域": "x", "categoryID": ID}
        count = len(server.asked)
        with pytest.raises(QueryError, match="given twice"):
            wf.project.create(form=form, custom={"Region": "S"})
        with pytest.raises(QueryError, match="form for TASK"):
            wf.project.create(form=forms.WorkForm(region="N"))
        with pytest.raises(QueryError, match="as a form"):
            wf.project.create(form={"Region": "N"})
        assert len(server.asked) == count


def test_rows_of_a_bulk_call_may_have_forms(tenant: Any, forms: Any) -> None:
    with loopback(lambda _: Answer([{"ID": ID}])) as server, tenant.Workfront(server.url, auth=ApiKey("k")) as wf:
        list(wf.project.create_many([RowInput({}, form=forms.IntakeForm(region="N"))]))
        assert "DE:Region" in server.last.body.decode()


@pytest.mark.parametrize(
    "wrong", [{}, {"region": "West"}, {"region": "N", "regoin": "N"}, {"region": "N", "total": 5}, {"region": None}]
)
def test_what_the_form_does_not_take_is_refused(forms: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        forms.IntakeForm(**wrong)


def test_texts_of_a_table_or_a_web_form_fill_it_in(forms: Any) -> None:
    form = forms.IntakeForm.from_texts(
        {"Region": " S ", "Sizes": "S; N", "Go-live": "2026-01-01", "Cost": "1.50", "Note": "", "地域": None}
    )
    assert form.values() == {"Region": "S", "Sizes": ["S", "N"], "Go-live": date(2026, 1, 1), "Cost": Decimal("1.50")}
    with pytest.raises(QueryError, match="has no field 'Regoin'"):
        forms.IntakeForm.from_texts({"Regoin": "S"})
    with pytest.raises(QueryError, match="Go-live"):
        forms.IntakeForm.from_texts({"Region": "S", "Go-live": "tomorrow"})


def test_a_row_fills_it_in(tenant: Any, forms: Any) -> None:
    row = tenant.Project.from_wire({"ID": "1", "DE:Region": "N", "DE:Sizes": "S", "DE:Cost": "1.5", "DE:Note": None})
    form = forms.IntakeForm.from_row(row)
    assert form.values() == {"Region": "N", "Sizes": ["S"], "Cost": Decimal("1.5"), "Note": None}


def test_what_a_form_cannot_carry_is_said(forms: Any) -> None:
    assert "Left out: Odd, Total." in (forms.IntakeForm.__doc__ or "")


@pytest.mark.long
def test_checkers_see_mistakes(place: Path, tmp_path: Path) -> None:
    program = tmp_path / "use.py"
    program.write_text(
        "from datetime import date\nfrom forms_of_a_test.v22.forms import IntakeForm\n"
        'IntakeForm(region="N", go_live=date(2026, 1, 1))\n'
        'IntakeForm(region="West")\nIntakeForm(regoin="N", region="N")\nIntakeForm()\n'
    )
    assert mypy(tmp_path, [program], [place]) == {"use.py": {4, 5, 6}}


def test_the_published_schema_says_what_a_write_may_carry(place: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["forms", "--schema", str(place / "schema"), "--api-version", "22", "--out", str(tmp_path)]
    )
    assert result.exit_code == 0, result.output
    schema = json.loads((tmp_path / "intake_form.json").read_text("utf-8"))
    assert schema["required"] == ["Region"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["Region"]["enum"] == ["N", "S", "Y"]
    assert "Total" not in schema["properties"]
    assert "format" not in json.dumps(schema)
    assert schema["properties"]["Note"]["anyOf"] == [{"type": "string"}, {"type": "null"}]


def test_schemas_take_the_place_of_schemas_alone(place: Path, tmp_path: Path) -> None:
    def written(folder: Path) -> Result:
        command = ["forms", "--format", "jsonschema", "--schema", str(place / "schema"), "--out", str(folder)]
        return CliRunner().invoke(app, command)

    assert written(tmp_path / "new").exit_code == 0
    (tmp_path / "new" / "gone_form.json").write_bytes((tmp_path / "new" / "work_form.json").read_bytes())
    assert written(tmp_path / "new").exit_code == 0
    assert {file.name for file in (tmp_path / "new").iterdir()} == {"intake_form.json", "work_form.json"}
    for name in ("package.json", "notes.txt", "src/"):
        folder = tmp_path / name.strip("/").replace(".", "-")
        folder.mkdir()
        kept = folder / name
        kept.mkdir() if name.endswith("/") else kept.write_text("{}")
        result = written(folder)
        assert (result.exit_code, kept.exists()) == (1, True)
        assert "would be lost" in result.output


def test_another_generator_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save_snapshot(Snapshot("v22.0", (PROJECT, TASK), custom=CATALOGUE), tmp_path / "schema")
    monkeypatch.setattr("workfront_codegen.forms.GENERATOR", "0.0.1")
    with pytest.raises(CodegenError, match="--no-forms"):
        generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False)
    generate(tmp_path / "schema", ("v22.0",), "acme", tmp_path, check=False, forms=False)
    assert not (tmp_path / "acme/v22/forms").exists()
