"""An independent generator reads our JSON Schema export: it must come to the same fields and types as our templates."""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
import types
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import AwareDatetime, BaseModel, ValidationError

from tests.support.shipped import snapshot
from workfront_core.models.reference import Reference
from workfront_schema.jsonschema import json_schema

pytestmark = pytest.mark.long

BIN = Path(sys.executable).parent
CLIENT = importlib.import_module("workfront_client.v22")
SNAPSHOT = snapshot("v22.0")
ON_THE_WIRE = {"datetime": "str", "date": "str", "decimal": "float|str"}
"""What travels where our models have a type of Python."""
API_NAMES = {CLIENT.OBJECTS[item.obj_code]: item.name for item in SNAPSHOT.objects}


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> types.ModuleType:
    folder = tmp_path_factory.mktemp("oracle")
    schema = json_schema(SNAPSHOT)
    (folder / "schema.json").write_text(json.dumps(schema))
    command = [
        BIN / "datamodel-codegen", "--input", folder / "schema.json", "--input-file-type", "jsonschema",
        "--output", folder / "oracle_models.py", "--output-model-type", "pydantic_v2.BaseModel",
        "--target-python-version", "3.11", "--use-standard-collections", "--use-union-operator", "--disable-timestamp",
        "--snake-case-field", "--formatters", "builtin", "--enum-field-as-literal", "all",
    ]  # fmt: skip
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    spec = importlib.util.spec_from_file_location("oracle_models", folder / "oracle_models.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["oracle_models"] = module
    spec.loader.exec_module(module)
    return module


def kind(annotation: Any) -> str:
    """One word for a type, whichever of the two generators spelt it."""
    origin = get_origin(annotation)
    if origin is None:
        return _plain(annotation)
    if origin in (Union, types.UnionType):
        kinds = {kind(part) for part in get_args(annotation) if part is not type(None)}
        return "enum" if "enum" in kinds else "|".join(sorted(kinds))
    if origin is Literal:
        return "enum"
    if origin is list:
        return f"list of {kind(get_args(annotation)[0])}"
    if origin is dict:
        return "map"
    references = [extra.name for extra in getattr(annotation, "__metadata__", ()) if isinstance(extra, Reference)]
    return f"row {API_NAMES[references[0]]}" if references else kind(get_args(annotation)[0])


def _plain(annotation: Any) -> str:
    if annotation is Any or not isinstance(annotation, type):
        return "any"
    if issubclass(annotation, Enum):
        return "enum"
    if issubclass(annotation, BaseModel):
        return f"row {annotation.__name__}"
    names = {datetime: "datetime", AwareDatetime: "datetime", date: "date", Decimal: "decimal"}
    return names.get(annotation, annotation.__name__)


def fields_of(model: type[BaseModel], alias: str) -> dict[str, str]:
    return {getattr(field, alias) or name: kind(field.annotation) for name, field in model.model_fields.items()}


@pytest.mark.parametrize(("code", "name"), sorted(CLIENT.OBJECTS.items()))
def test_both_come_to_the_same_fields_and_types(code: str, name: str, oracle: types.ModuleType) -> None:
    ours = fields_of(getattr(CLIENT, name), "serialization_alias")
    theirs = fields_of(getattr(oracle, API_NAMES[name]), "alias")
    assert {wire: ON_THE_WIRE.get(found, found) for wire, found in ours.items()} == theirs, code


@pytest.mark.parametrize(
    "row",
    [
        {"ID": "5f3b", "plannedStartDate": "2017-03-24T17:00:00:000+0400", "plannedCost": 12.5, "status": "INP:A"},
        {"ID": "5f3b", "plannedStartDate": "2017-03-24", "plannedRevenue": "1234567890.12", "plannedCost": None},
        {"ID": "5f3b", "project": {"ID": "5f3c", "name": "Launch"}, "assignments": [{"ID": "5f3d"}]},
    ],
)
def test_rows_as_the_server_writes_them_are_valid(row: dict[str, object], oracle: types.ModuleType) -> None:
    assert oracle.Task.model_validate(row).id == "5f3b"


def test_a_date_in_another_form_is_not_valid(oracle: types.ModuleType) -> None:
    with pytest.raises(ValidationError):
        oracle.Task.model_validate({"plannedStartDate": "tomorrow"})
