"""Writes a snapshot out for others: the API Explorer's documents, or JSON Schema."""

from __future__ import annotations

from pathlib import Path

from workfront_schema.atomic_write import refuse_others, replace_folder, write_whole
from workfront_schema.errors import SchemaError
from workfront_schema.explorer import explorer_document, explorer_index
from workfront_schema.jsonschema import json_schema
from workfront_schema.snapshot import Snapshot
from workfront_schema.strict_json import Document, render

EXAMPLE_HOST = "https://example.my.workfront.com"
INDEX = "metadata.json"


def export_explorer(snapshot: Snapshot, out: Path, base_url: str = EXAMPLE_HOST) -> Path:
    """Replaces the folder ``out/v22.0`` by the documents a host would answer: ``metadata.json`` and ``task.json`` ...

    Served below ``/attask/api``, they fetch back as this snapshot. Raises SchemaError where an object's file would
    take the place of the index, or the folder holds something else, such as a snapshot.
    """
    refuse_others(out / snapshot.version, lambda item: item.suffix == ".json" and not item.name.startswith("_"))
    files = {
        f"{item.obj_code.lower()}.json": explorer_document(item, snapshot.version, base_url)
        for item in snapshot.objects
    }
    if INDEX in files:
        raise SchemaError(f"{snapshot.version}: the file of object METADATA would replace the index")
    files[INDEX] = explorer_index(snapshot, base_url)
    return replace_folder(out / snapshot.version, {name: render(_answer(content)) for name, content in files.items()})


def export_json_schema(snapshot: Snapshot, out: Path) -> Path:
    """Writes ``out/v22.0.schema.json``."""
    file = out / f"{snapshot.version}.schema.json"
    write_whole(file, render(json_schema(snapshot)))
    return file


def _answer(data: Document) -> Document:
    return {"data": data}
