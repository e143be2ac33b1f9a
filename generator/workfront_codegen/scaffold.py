"""A project around a tenant's own package: what has to stand beside the generated code to test it and hand it on.

Files that are still as they were made carry a line that says so, and may be renewed; others are shown and left alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workfront_codegen.errors import CodegenError
from workfront_codegen.ownership import check_name
from workfront_codegen.render import templates_folder
from workfront_schema.atomic_write import write_whole
from workfront_schema.store import version_folder, written_version

_FILES: Final[Mapping[str, str]] = {
    "pyproject.toml": "pyproject.toml.jinja",
    "README.md": "README.md.jinja",
    ".gitignore": "gitignore.jinja",
    "schema/overrides.toml": "overrides.toml.jinja",
    "tests/test_package.py": "test_package.py.jinja",
    ".github/workflows/test.yml": "test.yml.jinja",
    ".github/workflows/refresh.yml": "refresh.yml.jinja",
}
_PROJECT: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9]", re.ASCII)
_MARK: Final = re.compile(r"^(?:# |<!-- )Made by workfront-codegen new, ([0-9a-f]{16})\.(?: -->)?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What a run wrote, and how files that people changed differ from what it would have written."""

    written: tuple[str, ...]
    differences: tuple[str, ...]


def make_project(folder: Path, *, api_version: str = "v22.0", refresh: bool = False) -> Scaffold:
    """Writes the files of a project into ``folder``, whose name is that of the project.

    Args:
        folder: a new folder, or with ``refresh`` one that was made so.
        api_version: the version it fetches.
        refresh: renews files that nobody changed, and shows how others differ.

    Raises:
        CodegenError: the name cannot be a project's, or the folder holds something already.
    """
    project = folder.resolve().name
    if not _PROJECT.fullmatch(project):
        raise CodegenError(f"{project!r} cannot be the name of a project", "write it like acme-workfront")
    package = re.sub(r"[-.]+", "_", project).lower()
    check_name(package)
    if folder.exists() and any(folder.iterdir()) and not refresh:
        raise CodegenError(f"{folder} holds something already", "name a new folder, or renew this one with --refresh")
    files = {name: _sealed(name, text) for name, text in _rendered(project, package, written_version(api_version))}
    changed = [name for name in files if not _is_ours(folder / name)]
    written = [name for name in files if name not in changed and _text(folder / name) != files[name]]
    for name in written:
        write_whole(folder / name, files[name])
    differences = (_difference(folder / name, files[name]) for name in changed)
    return Scaffold(tuple(written), tuple(filter(None, differences)))


def _rendered(project: str, package: str, api_version: str) -> Iterator[tuple[str, str]]:
    environment = Environment(  # noqa: S701 - the output is TOML, YAML and Python, and the names are checked
        loader=FileSystemLoader(templates_folder() / "new"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    for name, template in _FILES.items():
        known = {
            "project": project, "package": package, "version": api_version, "folder": version_folder(api_version),
            "release": _release(),
        }  # fmt: skip
        yield name, environment.get_template(template).render(**known)


def _release() -> str:
    try:
        return version("workfront-client")
    except PackageNotFoundError:
        raise CodegenError("workfront-client is not installed, so its release is not known", "install it") from None


def _sealed(name: str, text: str) -> str:
    mark = f"Made by workfront-codegen new, {_digest(text)}."
    return f"<!-- {mark} -->\n{text}" if name.endswith(".md") else f"# {mark}\n{text}"


def _is_ours(file: Path) -> bool:
    """Returns whether a file is not there, or still as it was made."""
    text = _text(file)
    found = _MARK.match(text) if text is not None else None
    return text is None or (found is not None and found[1] == _digest(_MARK.sub("", text, count=1)))


def _difference(file: Path, new: str) -> str:
    old = _text(file) or ""
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), str(file), "as it would be"
    )
    return "".join(lines)


def _text(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
