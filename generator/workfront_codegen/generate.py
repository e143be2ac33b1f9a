"""Snapshot -> package: overrides, names, IR, templates, formatter; then written, or compared with what is there."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workfront_codegen.builder import build_package
from workfront_codegen.errors import CodegenError
from workfront_codegen.formatting import format_files
from workfront_codegen.lock import NamesLock, load_lock
from workfront_codegen.names import usable
from workfront_codegen.naming import Naming
from workfront_codegen.output import differences, write_package
from workfront_codegen.render import Files, render_package
from workfront_schema import evidence, overrides, store
from workfront_schema.atomic_write import write_whole

LOCK = "names.lock"


@dataclass(frozen=True, slots=True)
class Report:
    """What a run rendered: the versions, how many files, names new to the lock, and (for a check) what differs."""

    versions: tuple[str, ...]
    files: int
    new_names: int
    differences: tuple[str, ...] = ()


def generate(schema: Path, versions: Sequence[str], package: str, out: Path, check: bool) -> Report:
    """Renders ``package`` for the given API versions below ``out``, or with ``check`` only says what would change.

    No version means those that ``package.toml`` of the schema folder names, else all that the folder holds.
    Raises CodegenError on a snapshot, an override or a name that cannot be used; nothing is written then.
    """
    _refuse_name(package)
    versions = versions or default_versions(schema)
    lock = load_lock(store.find_with_fallback(schema, LOCK))
    files = render(schema, versions, package, lock)
    if check:
        return Report(tuple(versions), len(files), lock.added, tuple(_all_differences(out, files, lock)))
    write_package(out, files)
    if lock.added:
        write_whole(schema / LOCK, lock.text())
    return Report(tuple(versions), len(files), lock.added)


def default_versions(schema: Path) -> tuple[str, ...]:
    """The API versions a schema folder is rendered for. Raises CodegenError where it holds no snapshot."""
    chosen = schema / "package.toml"
    found = tuple(tomllib.loads(chosen.read_text())["versions"]) if chosen.exists() else store.versions(schema)
    if not found:
        raise CodegenError(
            f"{schema} holds no snapshot", "fetch one first: workfront-codegen fetch --api-version v22.0"
        )
    return found


def render(schema: Path, versions: Sequence[str], package: str, lock: NamesLock) -> Files:
    """The formatted files of all versions. Names that ``lock`` does not hold yet are added to it."""
    fixes = overrides.load(store.find_with_fallback(schema, "overrides.toml"))
    files: Files = {}
    for version in versions:
        snapshot = store.load_snapshot(schema, version)
        reconstructed = evidence.reconstructed(snapshot, schema)
        patched = overrides.apply(snapshot, fixes)
        naming = Naming(lock, patched.renames)
        files |= render_package(build_package(patched.snapshot, naming, package, reconstructed))
    return format_files(files)


def _refuse_name(package: str) -> None:
    if not usable(package):
        raise CodegenError(
            f"{package!r} cannot be a package name", "give --package a Python identifier, such as acme_workfront"
        )


def _all_differences(out: Path, files: Files, lock: NamesLock) -> list[str]:
    found = list(differences(out, files))
    if lock.added:
        found.append(f"{LOCK}: {lock.added} names are missing\n")
    return found
