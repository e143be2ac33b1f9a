"""What the commands have in common that take rows from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workfront_cli.data.session import model_of, session
from workfront_cli.rows.from_file import Wanted, object_of, resume_file, write_file
from workfront_core.errors import QueryError

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_cli.rows.options import FileOptions
    from workfront_cli.writing.consent import Consent


def run_file(
    connection: ConnectionOptions,
    object_name: str | None,
    wanted: Wanted,
    rows: FileOptions,
    consent: Consent,
    *,
    as_json: bool,
) -> int:
    """Sends the rows of a file, or goes on with a job; returns the exit code.

    Raises:
        QueryError: what is given contradicts itself, or does not fit; nothing was sent.
        WriteRefused: nobody agreed; nothing was sent.
    """
    if rows.resume is None:
        if object_name is None:
            raise QueryError("Say what kind of objects the rows are.", hint=f"workfront {wanted.verb} task --from FILE")
        with session(connection, object_name, writes=not (consent.dry_run or rows.print_map)) as opened:
            return write_file(opened, wanted, rows, consent, as_json=as_json)
    if rows.file is not None or wanted.settings or consent.dry_run:
        raise QueryError("--resume goes on as the job began.", hint="Leave --from, --set and --dry-run out.")
    verb, code = object_of(rows.resume)
    if verb != wanted.verb:
        raise QueryError(f"That is a job of workfront {verb}.", hint=f"workfront {verb} --resume {rows.resume}")
    if object_name is not None and model_of(object_name, connection.version()).obj_code != code:
        raise QueryError(f"That is a job over {code}.", hint="Leave OBJECT out.")
    with session(connection, code, writes=True) as opened:
        return resume_file(opened, wanted, rows.resume, as_json=as_json)
