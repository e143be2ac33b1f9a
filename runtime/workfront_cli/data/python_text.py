"""A command that reads as the Python that does the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from workfront_cli.data.path_text import paths_text
from workfront_cli.data.where import conditions
from workfront_core.query.field_path import Path

if TYPE_CHECKING:
    from workfront_cli.data.session import Session

_SEARCH: Final = """\
{imports}

with Workfront.from_env() as wf:
    for row in wf.{service}.search({arguments}):
        print(row.flat())
"""
_GET: Final = """\
{imports}

with Workfront.from_env() as wf:
    for row in wf.{service}.get_many({arguments}):
        print(row.flat())
"""
_QUERY: Final = """\
{imports}

with Workfront.from_env() as wf:
    print(wf.request({arguments}))
"""
_EXPORT: Final = """\
{imports}

with Workfront.from_env() as wf:
    print(wf.{service}.search({arguments}).export({file}))
"""
_REPORT: Final = """\
{imports}

with Workfront.from_env() as wf:
    report = wf.{service}.report({arguments})
    for row in report.rows():
        print(row.to_dict())
"""
_COUNT: Final = """\
{imports}

with Workfront.from_env() as wf:
    print(wf.{service}.count({arguments}))
"""


def search_text(
    opened: Session,
    where: str | None,
    fields: Sequence[str | Path[Any]] | None,
    order_by: str | None,
    limit: int | None,
) -> str:
    """Returns a program that searches as the command does.

    Raises:
        ConditionSyntaxError: the condition or a sort key does not fit the object.
    """
    from workfront_core.query.language.field_lists import parse_order

    arguments = _conditions(opened, where)
    arguments += _fields(fields)
    keys = (
        [f"Order({key.key!r}, {key.direction!r})" for key in parse_order(order_by or "", opened.model)]
        if order_by
        else []
    )
    arguments += [f"order_by=[{', '.join(keys)}]"] if keys else []
    arguments += [f"limit={limit}"] if limit is not None else []
    return _filled(_SEARCH, opened, arguments)


def count_text(opened: Session, where: str | None) -> str:
    """Returns a program that counts as the command does.

    Raises:
        ConditionSyntaxError: the condition does not fit the object.
    """
    return _filled(_COUNT, opened, _conditions(opened, where))


def get_text(opened: Session, ids: Sequence[str], fields: Sequence[str | Path[Any]] | None) -> str:
    """Returns a program that shows objects as the command does."""
    return _filled(_GET, opened, [repr(list(ids)), *_fields(fields)])


def query_text(opened: Session, name: str, parameters: Mapping[str, str]) -> str:
    """Returns a program that runs a named query as the command does."""
    return _filled(_QUERY, opened, ["'GET'", repr(f"{opened.model.obj_code}/{name}"), repr(dict(parameters))])


def export_text(
    opened: Session,
    where: str | None,
    fields: Sequence[str | Path[Any]] | None,
    limit: int | None,
    file: str,
    **options: str | None,
) -> str:
    """Returns a program that writes a file as the command does.

    Raises:
        ConditionSyntaxError: the condition does not fit the object.
    """
    arguments = _conditions(opened, where)
    arguments += _fields(fields)
    arguments += [f"limit={limit}"] if limit is not None else []
    given = [repr(file), *(f"{name}={value!r}" for name, value in options.items() if value is not None)]
    return _filled(_EXPORT, opened, arguments, file=", ".join(given))


def report_text(
    opened: Session,
    where: str | None,
    groups: Sequence[Path[Any]],
    functions: Mapping[str, Sequence[Path[Any]]],
    *,
    rollup: bool,
) -> str:
    """Returns a program that reports as the command does.

    Raises:
        ConditionSyntaxError: the condition does not fit the object.
    """
    arguments = _conditions(opened, where)
    arguments += [f"group_by={paths_text(groups, opened.model)}"] if groups else []
    arguments += [f"{name}={paths_text(paths, opened.model)}" for name, paths in functions.items()]
    arguments += ["rollup=True"] if rollup else []
    return _filled(_REPORT, opened, arguments)


def _conditions(opened: Session, where: str | None) -> list[str]:
    return [f"parse({str(test)!r}, {opened.model.__name__})" for test in conditions(where, opened.model)]


def _fields(fields: Sequence[str | Path[Any]] | None) -> list[str]:
    """Returns the argument that says what to load; a path is of a field that is not checked."""
    if fields is None:
        return []
    texts = [repr(one) if isinstance(one, str) else f"raw_field({str(one)!r})" for one in fields]
    return [f"fields=[{', '.join(texts)}]"]


def _filled(program: str, opened: Session, arguments: Sequence[str], **texts: str) -> str:
    package = type(opened.client).__module__.rpartition(".")[0]
    model = opened.model.__name__
    services: dict[str, str] = opened.client.services
    service = services[opened.model.obj_code]
    called = [name for name in ("Order", "parse", "raw_field") if any(f"{name}(" in one for one in arguments)]
    used = [f"from {package.rpartition('.')[0]} import {', '.join(called)}"] if called else []
    used.append(f"from {package} import {f'{model}, ' if any(model in one for one in arguments) else ''}Workfront")
    return program.format(imports="\n".join(used), service=service, arguments=", ".join(arguments), **texts)
