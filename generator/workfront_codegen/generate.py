"""Snapshot -> package: overrides, names, IR, templates, formatter; then written, or compared with what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from workfront_codegen.builder import build_package
from workfront_codegen.custom_naming import unused_choice
from workfront_codegen.errors import CodegenError
from workfront_codegen.formatting import format_files
from workfront_codegen.forms import form_files, sealed
from workfront_codegen.lock import NamesLock, load_lock
from workfront_codegen.name_problems import NameProblems
from workfront_codegen.naming import Naming, Renames
from workfront_codegen.output import differences, prepared_package
from workfront_codegen.ownership import check_name
from workfront_codegen.render import Files, render_package
from workfront_codegen.stats import unknown_words
from workfront_schema import evidence, facts, overrides, store
from workfront_schema.atomic_write import write_whole
from workfront_schema.custom_overrides import chosen_names
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Snapshot
from workfront_schema.toml_file import read_toml

LOCK = "names.lock"
_VERSIONS = 'write versions = ["v22.0"] there'


@dataclass(frozen=True, slots=True)
class Report:
    """What a run rendered: the versions, how many files, names new to the lock, and (for a check) what differs.

    ``unknown`` holds a line for each of the server's words for types that nobody knows (any JSON value may come there),
    and what people may want to know of the names of custom fields.
    """

    versions: tuple[str, ...]
    files: int
    new_names: int
    differences: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def generate(
    schema: Path, versions: Sequence[str], package: str, out: Path, check: bool, *, forms: bool = True
) -> Report:
    """Renders ``package`` for the given API versions below ``out``, or with ``check`` only says what would change.

    ``forms`` tells whether custom forms become classes, too; those that have not changed are taken over.

    No version means those that ``package.toml`` of the schema folder names, else all that the folder holds.
    Raises CodegenError on a snapshot, an override or a name that cannot be used; nothing is written then.
    """
    check_name(package)
    versions = tuple(map(store.written_version, versions)) or default_versions(schema)
    lock = load_lock(store.find_with_fallback(schema, LOCK))
    snapshots = [_Source.read(schema, version) for version in versions]
    files, notes = _rendered(snapshots, schema, package, lock, None if check else out, forms=forms)
    lost = _lost_lock(schema, out / package)
    unknown = (*(line for source in snapshots for line in unknown_words(source.snapshot)), *lost, *notes)
    if check:
        found = tuple(_all_differences(out, files, lock, package))
        return Report(tuple(versions), len(files), lock.added, found, unknown)
    with prepared_package(out, files) as put_in_place:
        _keep(lock, schema / LOCK, put_in_place)
    return Report(tuple(versions), len(files), lock.added, (), unknown)


def _lost_lock(schema: Path, package: Path) -> tuple[str, ...]:
    """Returns what is said where a package was rendered and the names it was given are not there."""
    if (schema / LOCK).exists() or not package.exists():
        return ()
    return (
        f"{schema / LOCK} is not there, and {package} is: names of fields may be gone or have a mark, and none means "
        "another field. Restore the file from version control to have the names back",
    )


def default_versions(schema: Path) -> tuple[str, ...]:
    """Returns the API versions a schema folder is rendered for. Raises CodegenError where it holds no snapshot."""
    chosen = schema / "package.toml"
    found = _chosen_versions(chosen) if chosen.exists() else store.versions(schema)
    if not found:
        raise CodegenError(
            f"{schema} holds no snapshot", "fetch one first: workfront-codegen fetch --api-version v22.0"
        )
    return found


def _chosen_versions(file: Path) -> tuple[str, ...]:
    listed: object = read_toml(file, _VERSIONS).get("versions")
    if not isinstance(listed, list) or not listed:
        said = "has no versions" if listed is None else f"says versions = {listed!r}, which is not a list of texts"
        raise CodegenError(f"{file} {said}", _VERSIONS)
    return tuple(_chosen_version(item, file) for item in cast("list[object]", listed))


def _chosen_version(version: object, file: Path) -> str:
    if not isinstance(version, str):
        raise CodegenError(f"{file}: {version!r} in versions is not a text", _VERSIONS)
    try:
        return store.written_version(version)
    except SchemaError as error:
        raise CodegenError(f"{file}: {error.problem}", _VERSIONS) from None


def render(schema: Path, versions: Sequence[str], package: str, lock: NamesLock) -> Files:
    """Returns the formatted files of all versions. Names that ``lock`` does not hold yet are added to it."""
    sources = [_Source.read(schema, version) for version in versions]
    return _rendered(sources, schema, package, lock, None)[0]


@dataclass(frozen=True, slots=True)
class _Source:
    """A snapshot as it is rendered: corrected, with the names people chose and what no server confirmed.

    Attributes:
        inferred: members of inferred types, by the objCodes no server confirmed.
    """

    snapshot: Snapshot
    renames: Renames
    inferred: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, schema: Path, version: str) -> _Source:
        snapshot = store.load_snapshot(schema, version)
        patched = overrides.apply(snapshot, overrides.layered(schema))
        return cls(patched.snapshot, patched.renames, evidence.inferred(snapshot, schema))


def _rendered(
    sources: Sequence[_Source], schema: Path, package: str, lock: NamesLock, out: Path | None, *, forms: bool = True
) -> tuple[Files, tuple[str, ...]]:
    """Returns the formatted files, and what people may want to know of the names.

    Forms that have not changed are taken over from ``out``.
    """
    known = facts.layered(schema)
    problems = NameProblems()
    chosen = chosen_names(schema / overrides.FILE)
    namings = [Naming(lock, source.renames, problems, chosen) for source in sources]
    packages = [
        build_package(source.snapshot, naming, package, source.inferred, known, with_forms=forms)
        for source, naming in zip(sources, namings, strict=True)
    ]
    problems.refuse()
    files: Files = {}
    for built in packages:
        files |= render_package(built)
        files |= form_files(built, partial(_text_at, out))
    wanted = frozenset[str]().union(*(naming.custom.wanted for naming in namings))
    notes = tuple(dict.fromkeys(line for naming in namings for line in naming.custom.report(wanted)))
    notes += tuple(unused_choice(wire, wanted) for wire in sorted(chosen.keys() - wanted))
    return {path: sealed(text) for path, text in format_files(files).items()}, notes


def _text_at(out: Path | None, path: str) -> str | None:
    file = None if out is None else out / path
    return file.read_bytes().decode("utf-8", "replace") if file is not None and file.is_file() else None


def _keep(lock: NamesLock, file: Path, put_in_place: Callable[[], None]) -> None:
    """Writes the names that are new, then lets the package take its place; if that fails the file is as it was."""
    if not lock.added:
        put_in_place()
        return
    before = file.read_text(encoding="utf-8") if file.exists() else None
    write_whole(file, lock.text())
    try:
        put_in_place()
    except BaseException:
        file.unlink() if before is None else write_whole(file, before)
        raise


def _all_differences(out: Path, files: Files, lock: NamesLock, package: str) -> list[str]:
    found = list(differences(out, files))
    if lock.added and (out / package).exists():
        found.append(f"{LOCK}: {lock.added} names are missing\n")
    return found
