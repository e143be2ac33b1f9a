"""Snapshots on disk: ``schema/v22.0/task.json`` and its like, one file an object type.

A snapshot is written whole or not at all, and read back only if it is whole.
"""

from __future__ import annotations

import re
from pathlib import Path

from workfront_schema.atomic_write import recover, replace_folder, sweep
from workfront_schema.document_format import STORED, read_object, write_object
from workfront_schema.errors import SchemaError
from workfront_schema.explorer import OBJ_CODE
from workfront_schema.snapshot import ObjectType, Snapshot
from workfront_schema.strict_json import Document, mapping, parse, render

_INDEX = "_index.json"
_ORIGIN = "_fetched.json"
_MEANT = re.compile(r"v?(\d{1,3})(?:\.(\d{1,3}))?", re.ASCII | re.IGNORECASE)
_ANY_VERSION = "v*"
_VERSION = re.compile(r"v\d+\.\d+", re.ASCII)


def standard_schema() -> Path:
    """Returns the schema folder of this distribution: beside the generator in a checkout, inside the package in a
    wheel.
    """
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "schema"


def find_with_fallback(schema: Path, name: str) -> Path:
    """Returns the file ``name`` (``names.lock``, ``evidence/v22.0.json``) of a schema folder, else the shipped one."""
    own = schema / name
    return own if own.exists() else standard_schema() / name


def check_version(version: str) -> str:
    """Returns ``version`` itself. Raises SchemaError unless it is written like ``v22.0``."""
    if not _VERSION.fullmatch(version):
        raise SchemaError(f"{version!r} is not how an API version is written", "write it like v22.0")
    return version


def written_version(text: str) -> str:
    """Returns the API version people mean by ``v22.0``, ``22.0``, ``v22`` or ``22``: ``v22.0``.

    Raises SchemaError where it is written otherwise.
    """
    found = _MEANT.fullmatch(text.strip())
    return f"v{int(found[1])}.{int(found[2] or 0)}" if found else check_version(text)


def versions(schema: Path) -> tuple[str, ...]:
    """Returns the API versions a schema folder holds a snapshot of, oldest first."""
    found = [item.parent.name for item in schema.glob(f"v*/{_INDEX}") if _VERSION.fullmatch(item.parent.name)]
    return tuple(sorted(found, key=lambda version: [int(part) for part in version[1:].split(".")]))


def load_snapshot(schema: Path, version: str) -> Snapshot:
    """Returns the snapshot of ``version`` in a schema folder. Raises SchemaError where it is missing, damaged or not
    whole.
    """
    folder = schema / check_version(version)
    recover(folder)
    sweep(schema, _ANY_VERSION)
    if not (folder / _INDEX).exists():
        held = ", ".join(versions(schema)) or "none"
        problem = f"no snapshot of {version} in {schema} (there: {held})"
        raise SchemaError(problem, "fetch it, or name another --schema")
    return load_folder(folder)


def load_folder(folder: Path) -> Snapshot:
    """Returns the snapshot in one folder, whatever its name. Raises SchemaError where it is missing, damaged or not
    whole.
    """
    index = _read(folder / _INDEX)
    listed = mapping(index.get("objects"), f"{folder / _INDEX}: objects")
    _check_files(folder, {_file_name(code) for code in listed})
    objects = tuple(_load_object(folder, code) for code in sorted(listed))
    return Snapshot(check_version(str(index.get("version"))), objects, _is_fetched(folder / _ORIGIN))


def save_snapshot(snapshot: Snapshot, schema: Path) -> Path:
    """Writes ``schema/<version>`` whole or not at all, and answers with that folder.

    Raises SchemaError for two object types of one objCode.
    """
    codes = sorted(item.obj_code for item in snapshot.objects)
    if len({code.lower() for code in codes}) < len(codes):
        raise SchemaError(f"{snapshot.version}: two object types share an objCode")
    index: Document = {"objects": {item.obj_code: item.name for item in snapshot.objects}, "version": snapshot.version}
    files = {_file_name(item.obj_code): object_text(item) for item in snapshot.objects} | {_INDEX: render(index)}
    if snapshot.fetched:
        files[_ORIGIN] = render({"native": "fetched"})
    folder = replace_folder(schema / check_version(snapshot.version), files)
    sweep(schema, _ANY_VERSION)
    return folder


def object_text(object_type: ObjectType) -> str:
    """Returns the content of an object type's file."""
    return render(write_object(object_type, STORED))


def _file_name(obj_code: str) -> str:
    if not OBJ_CODE.fullmatch(obj_code):
        raise SchemaError(f"objCode {obj_code!r} is not made of letters, digits and _")
    return f"{obj_code.lower()}.json"


def _check_files(folder: Path, expected: set[str]) -> None:
    present = {item.name for item in folder.glob("*.json")} - {_INDEX, _ORIGIN}
    if odd := sorted(present ^ expected):
        problem = "is missing" if odd[0] in expected else f"is not listed in {_INDEX}"
        raise SchemaError(f"{folder / odd[0]} {problem}", "restore the folder from version control, or fetch it again")


def _is_fetched(file: Path) -> bool:
    """Returns whether a file says that a server described the object types beside it."""
    if not file.exists():
        return False
    origin = _read(file).get("native")
    if origin != "fetched":
        raise SchemaError(
            f"{file}: native is {origin!r:.40}, not 'fetched'", "fetch the snapshot again, or remove the file"
        )
    return True


def _load_object(folder: Path, obj_code: str) -> ObjectType:
    file = folder / _file_name(obj_code)
    found = read_object(_read(file), STORED, str(file))
    if found.obj_code != obj_code:
        raise SchemaError(f"{file} describes {found.obj_code}, {_INDEX} says {obj_code}")
    return found


def _read(file: Path) -> Document:
    try:
        return parse(file.read_bytes(), str(file))
    except OSError as error:
        raise SchemaError(f"{file} cannot be read: {error.strerror}") from None
