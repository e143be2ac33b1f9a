"""``workfront upload``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workfront_cli.connection.options import connection_options
from workfront_cli.data.options import python_option
from workfront_cli.data.suggestions import object_owners
from workfront_cli.writing.options import WritingCommand, write_options

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.data.session import Session
    from workfront_cli.writing.consent import Consent


@click.command("upload", cls=WritingCommand)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--to", "owner", metavar="OBJECT:ID", shell_complete=object_owners,
              help="What the documents belong to: project:ID, task:ID.")  # fmt: skip
@click.option("--folder", metavar="ID", help="Folder of Workfront to put them into.")
@click.option("--version-of", "document", metavar="ID", help="The document that gets a new version, of one file.")
@python_option
@write_options
@connection_options
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    owner: str | None,
    folder: str | None,
    document: str | None,
    as_python: bool,
    as_json: bool,
    consent: Consent,
    connection: ConnectionOptions,
) -> None:
    """Sends files, as documents of an object or as a new version of a document.

    As in: workfront upload brief.pdf --to project:0a1b...
    """
    if (owner is None) == (document is None):
        raise click.UsageError("Say where to: --to OBJECT:ID, or --version-of ID.")
    if document is not None and (len(files) > 1 or folder is not None):
        raise click.UsageError("A version is one file, and stays in the folder of its document.")
    from workfront_cli.data.session import session
    from workfront_cli.data.where import object_id
    from workfront_cli.writing.outcome import show_outcome
    from workfront_cli.writing.plan import Change, Plan, agreed

    where = object_id(document) if document is not None else _owner(owner or "", connection)
    place: dict[str, Any] = {"to": where} if document is None else {"document_id": where}
    place |= {"folder_id": object_id(folder)} if folder is not None else {}
    description = f"version of {document}" if document is not None else f"to {owner}"
    plan = Plan("upload", "Document", len(files), [Change(None, f"{file} {description}") for file in files],
                many=len(files) > 1, is_certain=True)  # fmt: skip
    kind = "documentVersion" if document is not None else "document"
    with session(connection, kind, writes=not (consent.dry_run or as_python)) as opened:
        if as_python:
            _show_python(opened, files, place)
            return
        if not agreed(plan, opened, consent, as_json=as_json):
            return
        outcome = _sent(opened, files, place)
    ctx.exit(show_outcome(outcome, as_json=as_json))


def _show_python(opened: Session, files: Sequence[Path], place: dict[str, Any]) -> None:
    from workfront_cli.writing.python_text import upload_text

    click.echo(upload_text(opened, files, place), nl=False)


def _owner(text: str, connection: ConnectionOptions) -> tuple[str, str]:
    """Returns objCode and ID of ``project:ID``.

    Raises:
        QueryError: it is written otherwise.
    """
    from workfront_cli.data.session import model_of
    from workfront_cli.data.where import object_id
    from workfront_core.errors import QueryError

    kind, colon, one = text.partition(":")
    if not colon:
        raise QueryError(f"--to {text!r:.80} is not OBJECT:ID.", hint="Write --to project:0a1b...")
    return model_of(kind, connection.version()).obj_code, object_id(one)


def _sent(opened: Session, files: Sequence[Path], place: dict[str, Any]) -> Any:
    """Sends the files one by one; one that is refused does not keep the others."""
    from workfront_cli.unknown_status import StatusUnknown, known_status
    from workfront_cli.writing.outcome import Outcome
    from workfront_core.errors import AuthenticationError, QueryError, WorkfrontError

    outcome = Outcome("uploaded")
    for file in files:
        try:
            with known_status():
                made: Any = opened.service.upload(file, **place)
        except (AuthenticationError, QueryError):
            raise
        except StatusUnknown as error:
            outcome.unknown.append((str(file), "", error))
        except WorkfrontError as error:
            outcome.failed.append((str(file), "", error))
        else:
            outcome.done.append(str(made.flat().get("ID") or ""))
    return outcome
