"""Custom forms published as JSON Schema, a file each, named as the classes' modules are."""

from __future__ import annotations

from pathlib import Path

from workfront_codegen.custom_names import file_name
from workfront_codegen.generate import LOCK
from workfront_codegen.lock import load_lock
from workfront_codegen.naming import Naming
from workfront_schema import store
from workfront_schema.atomic_write import replace_folder
from workfront_schema.custom_catalogue import catalogue_of
from workfront_schema.form_schema import form_schema
from workfront_schema.strict_json import render


def write_form_schemas(schema: Path, version: str, out: Path) -> tuple[str, ...]:
    """Replaces the folder ``out`` by the schemas of all forms of a snapshot, and returns the names of the files."""
    catalogue = catalogue_of(store.load_snapshot(schema, version))
    names = Naming(load_lock(store.find_with_fallback(schema, LOCK)), {}).custom.forms(f.name for f in catalogue.forms)
    fields = catalogue.by_name()
    files = {f"{file_name(names[form.name])}.json": render(form_schema(form, fields)) for form in catalogue.forms}
    replace_folder(out, files)
    return tuple(files)
