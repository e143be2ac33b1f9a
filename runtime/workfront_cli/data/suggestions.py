"""What a shell offers for a word that is begun: objects, fields, conditions, actions. No request is sent."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from workfront_cli.condition_offers import condition_offers
from workfront_cli.field_offers import assignments_of, fields_of, own_fields
from workfront_cli.guarded import WORDS
from workfront_cli.names_file import ACTION, QUERY, read_names
from workfront_cli.profile_package import package_said

if TYPE_CHECKING:
    import click

    from workfront_cli.names_file import Named

KINDS_OF_WORK = ("tasks", "issues", "projects", "reports", "approvals")
_OF_DOCUMENTS = "download"


def object_names(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the objects whose names begin so."""
    return _objects(ctx, incomplete)


def object_lists(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with a list of objects: ``task,pro`` with ``task,project``."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in _objects(ctx, last)]


def object_owners(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with ``OBJECT:ID``."""
    return [f"{name}:" for name in _objects(ctx, incomplete)]


def objects_and_fields(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with ``OBJECT`` or ``OBJECT.FIELD``."""
    name, dot, path = incomplete.partition(".")
    if not dot:
        return _objects(ctx, incomplete)
    names = _names(ctx)
    code = names.code_of(name) if names is not None else None
    return [f"{name}.{one}" for one in names.paths(code, path)] if names is not None and code else []


def field_lists(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with a list of fields: ``name,assignedTo.na`` with ``name,assignedTo.name``."""
    names, code, own = _object(ctx)
    return fields_of(names, code, incomplete, own) if names is not None else []


def assignments(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with ``NAME=VALUE``: fields, and behind the sign the codes of one."""
    names, code, own = _object(ctx)
    found = assignments_of(names, code, incomplete, own) if names is not None else []
    return [one for one in found if one.lower().startswith(incomplete.lower())]


def conditions_begun(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with a condition."""
    names, code, own = _object(ctx)
    return condition_offers(names, code, incomplete, own) if names is not None else []


def action_names(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the actions of the object whose names begin so."""
    return _calls(ctx, ACTION, incomplete)


def query_names(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the named queries of the object whose names begin so."""
    return _calls(ctx, QUERY, incomplete)


def arguments_begun(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with ``NAME=VALUE`` for the arguments of the action or query that the line names."""
    from workfront_cli.connection.tenant_package import DEFAULT_PACKAGE, choosing
    from workfront_cli.data.descriptions import described
    from workfront_core.request.api_version import ApiVersion

    _, code, _ = _object(ctx)
    if not code:
        return []
    with choosing(package_said(_words(ctx), _version(ctx)) or DEFAULT_PACKAGE):
        rows = described(code, ApiVersion.parse(_version(ctx)), actions=True)
    wanted = _arguments(ctx)[1:2]
    names = next((str(row["arguments"]).split() for row in rows if wanted == [row["name"]]), list[str]())
    return [f"{name}=" for name in names if name.lower().startswith(incomplete.lower())]


def files_begun(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Lets the shell offer files."""
    return [CompletionItem(incomplete, type="file")]


def accessor_kinds(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with ``KIND:NAME``."""
    return [one for one in ("user:", "team:", "group:", "role:", "company:") if one.startswith(incomplete.lower())]


def kinds_of_work(_ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Returns the ways to go on with a list of what can be handed over; each once."""
    before, comma, last = incomplete.rpartition(",")
    left = [one for one in KINDS_OF_WORK if one not in before.split(",")]
    return [f"{before}{comma}{one}" for one in left if one.startswith(last)]


def _objects(ctx: click.Context, begun: str) -> list[str]:
    names = _names(ctx)
    found = [*names.objects(), "issue"] if names is not None else []
    return sorted(name for name in found if name.lower().startswith(begun.lower()))


def _calls(ctx: click.Context, kind: str, begun: str) -> list[str]:
    names, code, _ = _object(ctx)
    found = names.calls(code, kind) if names is not None else []
    return [one for one in found if one.lower().startswith(begun.lower())]


def _object(ctx: click.Context) -> tuple[Named | None, str, list[str]]:
    """Returns the names, the objCode of the object that the line names, and its custom fields; no names without one."""
    from workfront_cli.connection.project_file import project_file
    from workfront_core.errors import WorkfrontError

    names = _names(ctx)
    word = "document" if ctx.info_name == _OF_DOCUMENTS else next(iter(_arguments(ctx)), "")
    with suppress(WorkfrontError):
        word = project_file().objects.get(word.lower(), word)
    code = names.code_of(word) if names is not None and word else None
    return (names, code, own_fields(names, code, _words(ctx))) if names is not None and code else (None, "", [])


def _names(ctx: click.Context) -> Named | None:
    version = _version(ctx)
    package = package_said(_words(ctx), version)
    if not package:
        return read_names(version)
    from workfront_cli.data.package_names import PackageNames

    return PackageNames(package, version)


def _version(ctx: click.Context) -> str:
    from workfront_core.request.api_version import DEFAULT

    return str(ctx.params.get("api_version") or DEFAULT)


def _words(ctx: click.Context) -> list[str]:
    words: list[str] = ctx.meta.get(WORDS, [])
    return words


def _arguments(ctx: click.Context) -> list[str]:
    """Returns the words of the line that are neither options nor their values."""
    takes = {name for one in ctx.command.params if not getattr(one, "is_flag", False) for name in one.opts}
    found: list[str] = []
    before = ""
    for word in _words(ctx):
        if not word.startswith("-") and not (before.startswith("-") and before in takes):
            found.append(word)
        before = word
    return found
