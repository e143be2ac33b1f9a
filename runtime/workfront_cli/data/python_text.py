"""A search or a count of the line as the Python that does the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from workfront_cli.data.where import conditions

if TYPE_CHECKING:
    from workfront_cli.data.session import Session

_SEARCH: Final = """\
{imports}

with Workfront.from_env() as wf:
    for row in wf.{service}.search({arguments}):
        print(row.flat())
"""
_COUNT: Final = """\
{imports}

with Workfront.from_env() as wf:
    print(wf.{service}.count({arguments}))
"""


def search_text(
    opened: Session, where: str | None, fields: Sequence[str] | None, order_by: str | None, limit: int | None
) -> str:
    """Returns a program that searches as the command does.

    Raises:
        ConditionSyntaxError: the condition or a sort key does not fit the object.
    """
    from workfront_core.query.language.field_lists import parse_order

    arguments = _conditions(opened, where)
    arguments += [f"fields={list(fields)!r}"] if fields is not None else []
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


def _conditions(opened: Session, where: str | None) -> list[str]:
    return [f"parse({str(test)!r}, {opened.model.__name__})" for test in conditions(where, opened.model)]


def _filled(program: str, opened: Session, arguments: Sequence[str]) -> str:
    package = type(opened.client).__module__.rpartition(".")[0]
    model = opened.model.__name__
    services: dict[str, str] = opened.client.services
    service = services[opened.model.obj_code]
    called = [name for name in ("Order", "parse") if any(f"{name}(" in one for one in arguments)]
    used = [f"from workfront_client import {', '.join(called)}"] if called else []
    used.append(f"from {package} import {f'{model}, ' if 'parse' in called else ''}Workfront")
    return program.format(imports="\n".join(used), service=service, arguments=", ".join(arguments))
