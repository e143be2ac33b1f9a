"""Renders the IR to files in memory: path below the output folder -> text, not yet formatted.

Pure but for reading the templates.

Metadata is untrusted: its text reaches the output only through the filters ``literal``, ``doc`` and ``exact``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workfront_codegen import ir, label_list, name_list
from workfront_core import __all__ as FRONT_DOOR
from workfront_core.interface import ENGINE_INTERFACE

Files = dict[str, str]

_FOLDERS = {
    "models": "Models: rows as typed objects",
    "paths": "Paths to members",
    "enums": "Base values of fields",
    "values": "What writes may carry",
    "services": "Operations",
    "async_services": "Operations, asynchronous",
}
_SYNC_AND_ASYNC = (("", ""), ("async_", "Async"))
"""The prefix of a module and of a class: synchronous, asynchronous."""


def templates_folder() -> Path:
    """Returns where the templates are: inside the installed package, or beside it in a checkout."""
    shipped = Path(__file__).parent / "templates"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "templates"


def literal(value: str | int) -> str:
    """Returns a Python literal in pure ASCII."""
    return ascii(value)


def doc(text: str) -> str:
    """Returns the text on one line, harmless inside a docstring: nothing closes it, escapes from it or stays
    invisible.
    """
    line = " ".join(text.split())
    plain = line if line.isprintable() else "".join(map(_visible, line))
    return _inside_docstring(plain)


def exact(text: str) -> str:
    """Returns the text as it is, letter by letter, harmless inside a docstring: a reader can copy it."""
    return _inside_docstring("".join(map(_visible, text)))


def lines(names: Iterable[str]) -> list[str]:
    """Returns the names with blanks between them, in lines that a reader can take in."""
    return wrap(" ".join(names), 100, break_long_words=False, break_on_hyphens=False)


def _inside_docstring(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _visible(char: str) -> str:
    return char if char.isprintable() else f"\\u{ord(char):04x}"


@cache
def _environment() -> Environment:
    """Returns the templates, each compiled once a process: several versions are rendered with the same."""
    environment = Environment(  # noqa: S701 - the output is Python, quoted by the filters below
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    filters: dict[str, Any] = {"literal": literal, "doc": doc, "exact": exact, "lines": lines}
    environment.filters.update(filters)
    return environment


def render_package(package: ir.Package) -> Files:
    """Returns every file of one API version, and of the package around it."""
    environment = _environment()
    files = {
        f"{package.name}/__init__.py": environment.get_template("package.py.jinja").render(
            name=package.name, names=FRONT_DOOR, shipped=package.name == "workfront_client"
        ),
        f"{package.name}/__main__.py": environment.get_template("main.py.jinja").render(name=package.name),
        f"{package.name}/py.typed": "",
    }
    for file, listed in ((name_list.FILE, name_list.name_list), (label_list.FILE, label_list.label_list)):
        text = environment.get_template(f"{file}.jinja").render(package=package, lines=listed(package))
        files[f"{package.name}/{package.folder}/{file}"] = text.lstrip("\n")
    for path, template, context in _modules(package):
        text = environment.get_template(template).render(package=package, interface=ENGINE_INTERFACE, **context)
        files[f"{package.name}/{package.folder}/{path}"] = text.lstrip("\n")
    return files


def _custom_modules(package: ir.Package) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yields the modules of a tenant's own fields; none where the package knows none."""
    if not package.custom_objects:
        return
    yield "custom/__init__.py", "folder.py.jinja", {"title": "Custom fields"}
    for item in package.custom_objects:
        yield f"custom/{item.module}.py", "custom.py.jinja", {"object": item}
    if package.options:
        about: dict[str, object] = {"title": "Options of custom fields", "exports": package.option_exports}
        yield "options/__init__.py", "index.py.jinja", about
    if package.forms:
        yield "forms/__init__.py", "index.py.jinja", {"title": "Custom forms", "exports": package.form_exports}
    for options in package.options:
        yield f"options/{options.module}.py", "options.py.jinja", {"options": options}


def _modules(package: ir.Package) -> Iterator[tuple[str, str, dict[str, object]]]:
    yield "__init__.py", "version.py.jinja", {}
    yield "service_names.py", "service_names.py.jinja", {}
    yield "parsing.py", "parsing.py.jinja", {}
    yield "fields.py", "fields.py.jinja", {}
    yield "fields.pyi", "fields.pyi.jinja", {}
    for folder, prefix in _SYNC_AND_ASYNC:
        yield f"{folder}client.py", "client.py.jinja", {"folder": folder, "prefix": prefix}
    for folder, title in _FOLDERS.items():
        yield f"{folder}/__init__.py", "folder.py.jinja", {"title": title}
    yield from _custom_modules(package)
    for enum in package.enums:
        yield f"enums/{enum.module}.py", "enum.py.jinja", {"enum": enum}
    for item in package.objects:
        yield f"models/{item.module}.py", "model.py.jinja", {"object": item}
        yield f"paths/{item.module}.py", "path.py.jinja", {"object": item}
        if item.service and item.service.writes:
            yield f"values/{item.module}.py", "values.py.jinja", {"object": item}
        for folder, prefix in _SYNC_AND_ASYNC if item.service else ():
            context: dict[str, object] = {"object": item, "folder": folder, "prefix": prefix}
            yield f"{folder}services/{item.module}.py", "service.py.jinja", context
