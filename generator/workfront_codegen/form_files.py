"""Custom forms published as JSON Schema, a file each, named as the classes' modules are."""

from __future__ import annotations

from pathlib import Path

from workfront_codegen.custom_names import file_name
from workfront_codegen.generate import LOCK
from workfront_codegen.lock import load_lock
from workfront_codegen.naming import Naming
from workfront_schema import store
from workfront_schema.atomic_write import refuse_others, replace_folder
from workfront_schema.custom_catalogue import catalogue_of
from workfront_schema.errors import SchemaError
from workfront_schema.form_schema import DIALECT, form_schema
from workfront_schema.strict_json import parse, render


def write_form_schemas(schema: Path, version: str, out: Path) -> tuple[str, ...]:
    """Replaces the folder ``out`` by the schemas of all forms of a snapshot, and returns the names of the files.

    Raises SchemaError where the folder holds anything but such schemas.
    """
    refuse_others(out, _is_form_schema)
    catalogue = catalogue_of(store.load_snapshot(schema, version))
    names = Naming(load_lock(store.find_with_fallback(schema, LOCK)), {}).custom.forms(f.name for f in catalogue.forms)
    fields = catalogue.by_name()
    files = {f"{file_name(names[form.name])}.json": render(form_schema(form, fields)) for form in catalogue.forms}
    replace_folder(out, files)
    return tuple(files)


def _is_form_schema(file: Path) -> bool:
    if file.suffix != ".json" or not file.is_file():
        return False
    try:
        found = parse(file.read_bytes(), str(file))
    except SchemaError:
        return False
    return found.get("$schema") == DIALECT and found.get("additionalProperties") is False
