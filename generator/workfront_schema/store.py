"""Snapshots on disk: ``schema/v22.0/task.json`` and its like, one file an object type.

A snapshot is written whole or not at all, and read back only if it is whole. A wheel holds each version in one file,
``v22.0.jsonl``, which is read the same way.
"""

from __future__ import annotations

import re
from pathlib import Path

from workfront_schema.atomic_write import recover, recover_all, refuse_others, replace_folder, sweep
from workfront_schema.companions import check_companions, check_no_companions
from workfront_schema.custom_fields import CustomCatalogue
from workfront_schema.custom_file import FILE as CUSTOM
from workfront_schema.custom_file import custom_text, read_custom
from workfront_schema.document_format import STORED, read_object, write_object
from workfront_schema.errors import SchemaError
from workfront_schema.explorer import OBJ_CODE
from workfront_schema.packed import PACKED, Documents, Folder, packed, read_packed
from workfront_schema.snapshot import ObjectType, Snapshot
from workfront_schema.strict_json import Document, mapping, render

_INDEX = "_index.json"
_ORIGIN = "fetched.json"
FORMS = "forms"
"""The folder in that of a snapshot where forms may be published; a fetch takes it away."""
_FETCHED = "fetched"
_RECONSTRUCTED = "reconstructed"
_WORDS = {
    "native": (_FETCHED, _RECONSTRUCTED),
    "custom": ("metadata",),
    "param": ("read", "refused"),
    "ctgy": ("read", "refused"),
}
"""What the note on a snapshot's origin may say."""
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


def version_folder(text: str) -> str:
    """Returns the folder that a package has for the API version people mean: ``v22`` for ``22.0``.

    Raises SchemaError where it is written otherwise.
    """
    return written_version(text).removesuffix(".0").replace(".", "_")


def versions(schema: Path) -> tuple[str, ...]:
    """Returns the API versions a schema folder holds a snapshot of, oldest first."""
    recover_all(schema, _ANY_VERSION)
    folders = {item.parent.name for item in schema.glob(f"v*/{_INDEX}")}
    files = {item.name.removesuffix(PACKED) for item in schema.glob(f"v*{PACKED}")}
    found = filter(_VERSION.fullmatch, folders | files)
    return tuple(sorted(found, key=lambda version: [int(part) for part in version[1:].split(".")]))


def load_snapshot(schema: Path, version: str) -> Snapshot:
    """Returns the snapshot of ``version`` in a schema folder.

    Raises SchemaError where it is missing, damaged or not whole, and where a file beside it would not be read.
    """
    version = written_version(version)
    folder = schema / version
    recover(folder)
    sweep(schema, _ANY_VERSION)
    check_companions(schema)
    file = schema / f"{version}{PACKED}"
    if not (folder / _INDEX).exists() and file.exists():
        return _load(packed(file))
    if not (folder / _INDEX).exists():
        held = ", ".join(versions(schema)) or "none"
        problem = f"no snapshot of {version} in {schema} (there: {held})"
        raise SchemaError(problem, "fetch it, or name another --schema")
    return load_folder(folder)


def object_names(schema: Path, version: str) -> dict[str, str]:
    """Returns the names of the object types of a snapshot, by objCode, without reading what it says of them.

    Raises SchemaError where it is missing or damaged.
    """
    version = written_version(version)
    folder, file = schema / version, schema / f"{version}{PACKED}"
    recover(folder)
    is_packed = not (folder / _INDEX).exists() and file.exists()
    place = f"{file}: {_INDEX}" if is_packed else str(folder / _INDEX)
    index = read_packed(file, _INDEX) if is_packed else Folder(folder).read(_INDEX)
    return {code: str(name) for code, name in mapping(index.get("objects"), f"{place}: objects").items()}


def load_folder(folder: Path) -> Snapshot:
    """Returns the snapshot in one folder, whatever its name. Raises SchemaError where it is missing, damaged or not
    whole.
    """
    recover(folder)
    if not (folder / _INDEX).exists():
        held = [version for version in versions(folder) if (folder / version).is_dir()]
        hint = f"name one of its versions: {folder / held[-1]}" if held else "name an API version, or a folder of one"
        raise SchemaError(f"{folder} holds no snapshot", hint)
    check_no_companions(folder)
    return _load(Folder(folder))


def load_custom(folder: Path) -> CustomCatalogue:
    """Returns the custom fields and forms in the folder of a snapshot; none where it keeps none.

    Raises SchemaError on a damaged file.
    """
    recover(folder)
    return _custom(Folder(folder))


def save_snapshot(snapshot: Snapshot, schema: Path) -> Path:
    """Writes ``schema/<version>`` whole or not at all, and answers with that folder.

    Raises SchemaError for two object types of one objCode, and where the folder holds other files than snapshots do.
    """
    refuse_others(schema / check_version(snapshot.version), lambda item: item.suffix == ".json" or item.name == FORMS)
    codes = sorted(item.obj_code for item in snapshot.objects)
    if len({code.lower() for code in codes}) < len(codes):
        raise SchemaError(f"{snapshot.version}: two object types share an objCode")
    index: Document = {"objects": {item.obj_code: item.name for item in snapshot.objects}, "version": snapshot.version}
    files = {_file_name(item.obj_code): object_text(item) for item in snapshot.objects} | {_INDEX: render(index)}
    if snapshot.fetched or snapshot.parts:
        native = _FETCHED if snapshot.fetched else _RECONSTRUCTED
        files[_ORIGIN] = render({"native": native, **snapshot.parts})
    if snapshot.custom != CustomCatalogue():
        files[CUSTOM] = custom_text(snapshot.custom)
    folder = replace_folder(schema / check_version(snapshot.version), files)
    sweep(schema, _ANY_VERSION)
    return folder


def object_text(object_type: ObjectType) -> str:
    """Returns the content of an object type's file."""
    return render(write_object(object_type, STORED))


def _file_name(obj_code: str) -> str:
    if not OBJ_CODE.fullmatch(obj_code):
        raise SchemaError(f"objCode {obj_code!r} is not made of letters, digits and _")
    if (name := f"{obj_code.lower()}.json") in (CUSTOM, _ORIGIN):
        raise SchemaError(f"objCode {obj_code!r} would take the place of {name}, which a snapshot has of its own")
    return name


def _load(documents: Documents) -> Snapshot:
    index = documents.read(_INDEX)
    listed = mapping(index.get("objects"), f"{documents.place(_INDEX)}: objects")
    _check_files(documents, {_file_name(code) for code in listed})
    objects = tuple(_load_object(documents, code) for code in sorted(listed))
    version, parts = check_version(str(index.get("version"))), _parts(documents)
    native = parts.pop("native", None) == _FETCHED
    return Snapshot(version, objects, native, _custom(documents), parts)


def _custom(documents: Documents) -> CustomCatalogue:
    if CUSTOM not in documents.names():
        return CustomCatalogue()
    return read_custom(documents.read(CUSTOM), documents.place(CUSTOM))


def _check_files(documents: Documents, expected: set[str]) -> None:
    present = documents.names() - {_INDEX, _ORIGIN, CUSTOM}
    if odd := sorted(present ^ expected):
        problem = "is missing" if odd[0] in expected else f"is not listed in {_INDEX}"
        remedy = "restore the folder from version control, or fetch it again"
        raise SchemaError(f"{documents.place(odd[0])} {problem}", remedy)


def _parts(documents: Documents) -> dict[str, str]:
    """Returns how each part of a snapshot came, as a file says: from a server, and which of the tenant's rows."""
    found = documents.read(_ORIGIN) if _ORIGIN in documents.names() else {}
    for name, word in found.items():
        if word not in _WORDS.get(name, ()):
            known = " or ".join(map(repr, _WORDS.get(name, ()))) or "no word we know"
            raise SchemaError(
                f"{documents.place(_ORIGIN)}: {name} is {word!r:.40}, not {known}",
                "fetch the snapshot again, or remove the file",
            )
    return {name: str(word) for name, word in found.items()}


def _load_object(documents: Documents, obj_code: str) -> ObjectType:
    name = _file_name(obj_code)
    found = read_object(documents.read(name), STORED, documents.place(name))
    if found.obj_code != obj_code:
        raise SchemaError(f"{documents.place(name)} describes {found.obj_code}, {_INDEX} says {obj_code}")
    return found
