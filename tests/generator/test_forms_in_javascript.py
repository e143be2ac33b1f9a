"""The published JSON Schema of forms, as front ends take it: ajv in strict mode, and types of TypeScript made of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.big_tenant import big_catalogue
from tests.typing.tenant_package import FIELDS, INTAKE
from workfront_schema.form_schema import form_schema

MODULES = os.environ.get("WORKFRONT_NODE_MODULES", "")
pytestmark = pytest.mark.skipif(
    not MODULES or shutil.which("node") is None,
    reason="needs node, and ajv 8, json-schema-to-typescript and typescript in WORKFRONT_NODE_MODULES (npm install)",
)
_JUDGE = """
const Ajv = require(process.argv[1] + "/ajv/dist/2020");
const said = [];
const note = (text) => said.push(String(text));
const {schemas, cases} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const made = schemas.map((s) => new Ajv({strict: true, logger: {log: note, warn: note, error: note}}).compile(s));
console.log(JSON.stringify({said, taken: cases.map((value) => made[0](value))}));
"""
_TYPES = """
const modules = process.argv[1];
const {compile} = require(modules + "/json-schema-to-typescript");
const {schemas} = JSON.parse(require("fs").readFileSync(0, "utf8"));
(async () => {
  const made = [];
  for (const [at, schema] of schemas.entries()) made.push(await compile(schema, "Form" + at, {format: false}));
  console.log(JSON.stringify(made));
})();
"""


def node(program: str, given: Mapping[str, Any]) -> Any:
    done = subprocess.run(
        ["node", "-e", program, MODULES], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def schemas() -> list[Any]:
    """Returns the schema of a small form and those of the big tenant."""
    big = big_catalogue()
    fields = big.by_name()
    own = {item.name: item for item in FIELDS}
    return [form_schema(INTAKE, own), *(form_schema(form, fields) for form in big.forms)]


TAKEN: list[tuple[dict[str, Any], bool]] = [
    ({"Region": "EMEA"}, True), ({"Region": "Y", "Sizes": ["S", "M"], "Media budget": 5.5}, True),
    ({"Region": "EMEA", "Go-live": "2026-06-13", "Lead": "0" * 32}, True), ({"Region": "EMEA", "Sizes": None}, True),
    ({}, False), ({"Region": "EMAE"}, False), ({"Region": "EMEA", "Regoin": 1}, False),
    ({"Region": "EMEA", "Sizes": ["XL"]}, False), ({"Region": "EMEA", "Go-live": "soon"}, False),
    ({"Region": "EMEA", "Margin": 5}, False), ({"Region": None}, False),
    ({"Region": "EMEA", "Media budget": "x"}, False),
]  # fmt: skip


def test_a_strict_validator_takes_every_form_and_judges_as_the_class_does() -> None:
    found = node(_JUDGE, {"schemas": schemas(), "cases": [value for value, _ in TAKEN]})
    assert found == {"said": [], "taken": [taken for _, taken in TAKEN]}


def test_typescript_compiles_the_types_of_every_form(tmp_path: Path) -> None:
    made = node(_TYPES, {"schemas": schemas()})
    files = [tmp_path / f"form{number}.ts" for number in range(len(made))]
    for file, text in zip(files, made, strict=True):
        file.write_text(text, encoding="utf-8")
    assert '"EMEA" | "APAC" | "Y"' in made[0]
    assert "Region: Region" in made[0]
    compiler = Path(MODULES) / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        ["node", str(compiler), "--noEmit", "--strict", *map(str, files)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
