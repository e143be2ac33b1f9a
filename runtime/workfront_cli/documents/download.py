"""``workfront download``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workfront_cli.connection.options import as_json_option, tenant_options
from workfront_cli.data.options import python_option, where_option
from workfront_cli.guarded import GuardedCommand
from workfront_cli.output import json_text

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions


@click.command("download", cls=GuardedCommand)
@where_option
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder.")
@click.option("--name", "template", metavar="TEMPLATE", help="Of the files: '{name}-{ID:.8}'; their own unless given.")
@python_option
@as_json_option
@tenant_options
@click.pass_context
def command(
    ctx: click.Context,
    where: str | None,
    folder: Path,
    template: str | None,
    as_python: bool,
    as_json: bool,
    connection: ConnectionOptions,
) -> None:
    """Writes the files of documents into a folder.

    As in: workfront download 'project.name contains "Ember stove"' --to briefs
    """
    if where is None:
        raise click.UsageError("Say which documents: WHERE is an ID, or a condition.")
    if as_python and template is not None:
        raise click.UsageError("--python shows files under their own names; leave --name out.")
    from workfront_cli.data.session import session
    from workfront_cli.data.where import read_where
    from workfront_cli.output import tell

    with session(connection, "document") as opened:
        if as_python:
            from workfront_cli.writing.python_text import download_text

            click.echo(download_text(opened, where, folder), nl=False)
            return
        text = read_where(where)
        found = _downloaded(opened, text, folder, template) if text.strip() else []
    if as_json:
        click.echo(json_text(found, indent=2))
    elif not found:
        tell("No document was found.")
    if any("error" in one for one in found):
        ctx.exit(1)


def _downloaded(opened: Any, where: str, folder: Path, template: str | None) -> list[dict[str, str]]:
    """Writes the files and tells each; one that fails does not keep the others."""
    from workfront_cli.documents.file_names import file_name, template_fields
    from workfront_cli.output import plain, tell
    from workfront_cli.wording import message_of
    from workfront_cli.writing.selection import selected
    from workfront_core.errors import AuthenticationError, QueryError, RateLimited, WorkfrontError

    fields = template_fields(template, opened.model) if template else []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QueryError(f"The folder {folder} cannot be made: {error.strerror or error}.") from None
    rows: list[Any] = selected(where, opened, [*fields, "downloadURL"], everything=True)
    found: list[dict[str, str]] = []
    for row in rows:
        try:
            target = _free(folder / file_name(template, row.flat())) if template else folder
            path = opened.service.download(row, target)
        except (AuthenticationError, RateLimited):
            raise
        except WorkfrontError as error:
            message = message_of(error)
            tell(f"failed {row.id}: {message}")
            found.append({"ID": row.id, "error": message})
            continue
        found.append({"ID": row.id, "file": str(path)})
        click.echo(plain(str(path)), err=True)
    return found


def _free(wanted: Path) -> Path:
    """Returns a path of which there is no file yet."""
    from itertools import count

    from workfront_core.request.file_name import numbered

    paths = (wanted.with_name(numbered(wanted.name, number)) for number in count(1))
    return next(path for path in paths if not path.exists())
