"""Rows from a file, from the first look at it to the last report."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import click

from workfront_cli.account.identity import current_user
from workfront_cli.exit_codes import FAILED as SOME_FAILED
from workfront_cli.exit_codes import PARTLY_UNKNOWN, exit_code
from workfront_cli.guarded import may_ask
from workfront_cli.output import tell
from workfront_cli.row_bar import row_bar
from workfront_cli.rows.checking import SHOWN_FAULTS, checked
from workfront_cli.rows.job import Job, number_done, settled
from workfront_cli.rows.job_file import FAILED, NEW, SENT, UNKNOWN, JobFile, JobFileUnwritable
from workfront_cli.rows.leftovers import beside, write_created, write_failed
from workfront_cli.rows.mapping import REPORTED, map_columns, read_map
from workfront_cli.rows.options import FileOptions, path_of
from workfront_cli.rows.sheet import CREATE, DELETE, UPDATE, Sheet
from workfront_cli.rows.source import Source
from workfront_cli.rows.spool import spooled
from workfront_cli.wording import message_of
from workfront_cli.writing.assignments import parse_assignments
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.needed import refuse_incomplete
from workfront_cli.writing.plan import Change, Plan, agreed
from workfront_cli.writing.targets import fields_shown
from workfront_cli.writing.texts import Reading
from workfront_core.bulk.rows import RowInput
from workfront_core.errors import QueryError, WorkfrontError
from workfront_core.query.model_fields import by_wire_name

if TYPE_CHECKING:
    from workfront_cli.data.session import Session
    from workfront_cli.writing.consent import Consent

_STOPPED: Final = "The rows under way are in the job file. Go on with: workfront {verb} --resume {path}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command is to do with the rows of a file.

    Attributes:
        verb: ``create``, ``update`` or ``delete``.
        settings: what every row gets besides.
        own_codes: whether codes that are not known here pass.
        force: whether what depends on deleted objects goes with them.
    """

    verb: str
    settings: tuple[str, ...] = ()
    own_codes: bool = False
    force: bool = False


def write_file(opened: Session, wanted: Wanted, rows: FileOptions, consent: Consent, *, as_json: bool) -> int:
    """Sends the rows of a file after all were checked, shown and agreed to; returns the exit code.

    Raises:
        QueryError: the file, a column or a row does not fit, or it was sent before; nothing was sent.
        WriteRefused: nobody agreed; nothing was sent.
    """
    if rows.file != "-":
        return _write(opened, wanted, rows, Path(rows.file or ""), consent, as_json=as_json)
    path = spooled()
    try:
        return _write(opened, wanted, rows, path, consent, as_json=as_json)
    finally:
        if not beside(path, "wfjob", "").exists():
            path.unlink()


def _write(opened: Session, wanted: Wanted, rows: FileOptions, path: Path, consent: Consent, *, as_json: bool) -> int:
    job_path = beside(path, "wfjob", "")
    if job_path.exists() and not (consent.dry_run or rows.print_map or rows.restart):
        _ask_to_go_on(JobFile.read(job_path), wanted, rows)
        return resume_file(opened, wanted, str(job_path), as_json=as_json)
    sheet = _sheet(opened, wanted, rows, path)
    if rows.print_map:
        pairs = [(heading, target.wire) for heading, target in sheet.columns.targets.items()]
        click.echo("".join(f"{json.dumps(heading)} = {json.dumps(wire)}\n" for heading, wire in pairs), nl=False)
        return 0
    mark = _mark(sheet, rows.mark) if wanted.verb == CREATE else None
    sheet.learn()
    found = checked(sheet, mark, skip_bad=rows.skip_bad)
    plan = _plan(opened, sheet, found.number - len(found.bad), found.examples)
    if not agreed(plan, opened, consent, as_json=as_json):
        if as_json and not consent.dry_run:
            click.echo(json.dumps({"done": 0, "failed": 0, "unknown": 0, "notSent": 0, "error": None}))
        return 0
    header = _header(opened, wanted, rows, sheet, mark) | {"rows": found.number}
    tell(f"The rows of the standard input are in {path}." if rows.file == "-" else None)
    with JobFile.start(job_path, header) as file:
        if found.bad:
            file.answered((), failed={one: fault.message_and_hint for one, fault in found.bad.items()}, unknown={})
        return _run(opened, wanted, sheet, file, mark, rows.chunk, as_json=as_json)


def resume_file(opened: Session, wanted: Wanted, path: str, *, as_json: bool) -> int:
    """Goes on with a job that was stopped; returns the exit code.

    Raises:
        QueryError: it is another job, of another place or person, or the file has changed; nothing was sent.
    """
    file = JobFile.read(path_of(path))
    if file.is_finished:
        tell(f"{file.path} came to its end: {number_done(file)} done, {file.states.count(FAILED)} failed.")
        return SOME_FAILED if file.having(FAILED) else 0
    rows = FileOptions.again(file.header["options"])
    kept = Wanted(wanted.verb, tuple(file.header["set"]), file.header["ownCodes"], file.header["force"])
    source = Path(str(file.header["file"]))
    source = source if source.exists() else file.path.with_suffix("")
    sheet = _sheet(opened, kept, rows, source)
    _refuse_other(file, _header(opened, kept, rows, sheet, None))
    sheet.learn()
    file.go_on()
    with file:
        return _run(opened, kept, sheet, file, file.header["mark"], rows.chunk, as_json=as_json)


def object_of(path: str) -> tuple[str, str]:
    """Returns verb and objCode of a job file.

    Raises:
        QueryError: it cannot be read, or is none.
    """
    header = JobFile.read(path_of(path)).header
    return str(header["job"]), str(header["object"])


def _sheet(opened: Session, wanted: Wanted, rows: FileOptions, path: Path) -> Sheet:
    source = Source(path, rows.delimiter, rows.encoding, rows.sheet)
    headings = source.headings()
    reported = REPORTED if ".failed." in path.name else ()
    ignored: set[str] = {*rows.ignored, *(one for one in reported if one in headings)}
    given = read_map(rows.pairs, Path(rows.map_file) if rows.map_file else None)
    key = None if wanted.verb == CREATE or not headings else _key(rows.key, headings, given)
    if wanted.verb == DELETE:
        ignored |= {one for one in headings if one != key and one not in given}
    columns = map_columns(headings, opened.model, given, ignored, key=key, version=str(opened.client.api_version))
    reading = Reading(rows.decimal, rows.date_format, wanted.own_codes)
    constants = parse_assignments(wanted.settings, opened.model, reading)
    wires = {target.wire: heading for heading, target in columns.targets.items()}
    if twice := next((one for one in constants if one.target.wire in wires), None):
        raise QueryError(f"{twice.target.wire} is set by --set and by the column {wires[twice.target.wire]!r}.")
    if wanted.verb == CREATE and headings:
        refuse_incomplete(opened, [*columns.targets.values(), *(one.target for one in constants)])
    return Sheet(
        source, columns, opened.model, wanted.verb, reading, constants, rows.empty_clears, Lookups(opened.client)
    )


def _key(asked: str | None, headings: Sequence[str], given: dict[str, str]) -> str:
    if asked is not None:
        return asked
    found = next((one for one in headings if given.get(one, one).lower() == "id"), None)
    if found is None:
        raise QueryError("No column tells the objects.", hint="Name it ID, or say which one: --key HEADING.")
    given.pop(found, None)
    return found


def _mark(sheet: Sheet, asked: str | None) -> str | None:
    """Returns the field that new objects are found by; one that the object has, or none."""
    if asked == "-":
        return None
    member = by_wire_name(sheet.model).get(asked or "extRefID")
    if member is None or "READ_ONLY" in member.flags:
        if asked is None:
            return None
        raise QueryError(f"{sheet.model.__name__} has no field {asked!r:.60} to mark new objects by.")
    return member.wire


def _plan(opened: Session, sheet: Sheet, number: int, examples: Sequence[tuple[str | None, Any]]) -> Plan:
    return Plan(sheet.verb, opened.model.__name__, number, list(_changes(opened, sheet, examples)))


def _changes(opened: Session, sheet: Sheet, examples: Sequence[tuple[str | None, Any]]) -> Iterator[Change]:
    """Yields the first rows with the values there are, for people to compare."""
    ids = [one for one, _ in examples if one is not None]
    names = by_wire_name(sheet.model)
    targets = [*sheet.columns.targets.values(), *(one.target for one in sheet.constants)]
    shown = fields_shown(targets) if sheet.verb == UPDATE else []
    wires = list(dict.fromkeys(["ID", *(["name"] if "name" in names else []), *shown]))
    found: list[Any] = opened.service.get_many(ids, fields=wires) if ids else []
    held: dict[str | None, dict[str, Any]] = {row.id: row.flat() for row in found}
    for one, given in examples:
        before = held.get(one) or {}
        yield Change(one, str(before.get("name") or ""), list(_fields(sheet, before, given)))


def _fields(sheet: Sheet, before: dict[str, Any], given: RowInput[Any] | None) -> Iterator[tuple[str, Any, Any]]:
    if given is None:
        return
    members = {member.name: wire for wire, member in by_wire_name(sheet.model).items()}
    values: dict[str, Any] = given.values
    for name, value in values.items():
        wire = members.get(name, name)
        yield wire, before.get(wire), value
    for name, value in (given.custom or {}).items():
        yield f"DE:{name}", before.get(f"DE:{name}"), value


def _header(opened: Session, wanted: Wanted, rows: FileOptions, sheet: Sheet, mark: str | None) -> dict[str, Any]:
    user = current_user(opened.client)
    return {
        "job": wanted.verb,
        "object": opened.model.obj_code,
        "profile": opened.profile.name,
        "host": urlsplit(opened.profile.address).netloc,
        "user": str(user["ID"]) if user else "",
        "file": str(sheet.source.path.absolute()),
        "sha256": sheet.source.sha256(),
        "id": secrets.token_hex(4),
        "set": list(wanted.settings),
        "ownCodes": wanted.own_codes,
        "force": wanted.force,
        "mark": mark,
        "options": rows.kept(),
    }


_SAME: Final = {"job": "command", "object": "object", "host": "host", "user": "user", "sha256": "content of the file"}


def _refuse_other(file: JobFile, now: dict[str, Any]) -> None:
    """Raises a QueryError where a job file belongs to another place, person or content."""
    wrong = [word for name, word in _SAME.items() if file.header.get(name) != now[name]]
    if wrong:
        raise QueryError(
            f"{file.path} is the job of another {', '.join(wrong)}; nothing was sent.",
            hint="Go on where it began, or begin again with --restart.",
        )


def _ask_to_go_on(file: JobFile, wanted: Wanted, rows: FileOptions) -> None:
    """Returns where a person wants to go on with a job that was stopped, and that the same line had begun.

    Raises:
        QueryError: it came to its end, another line had begun it, nobody can be asked, or the person declined.
    """
    done, number = number_done(file), len(file.states)
    if file.is_finished:
        sent = f"This file was sent before: {file.path}, {done} of {number} rows done."
        raise QueryError(sent, hint="--restart sends it once more.")
    stopped = f"A job of this file was stopped: {file.path}, {done} of {number} rows done."
    if _began_so(file.header, wanted, rows) and may_ask():
        tell(stopped)
        if click.confirm("Go on with it?", err=True):
            return
    raise QueryError(stopped, hint=f"Go on with: workfront {wanted.verb} --resume {file.path}. --restart begins again.")


def _began_so(header: Mapping[str, Any], wanted: Wanted, rows: FileOptions) -> bool:
    said = {
        "job": wanted.verb,
        "set": wanted.settings,
        "ownCodes": wanted.own_codes,
        "force": wanted.force,
        "options": rows.kept(),
    }
    return all(json.dumps(header.get(name)) == json.dumps(value) for name, value in said.items())


def _run(
    opened: Session, wanted: Wanted, sheet: Sheet, file: JobFile, mark: str | None, chunk: int, *, as_json: bool
) -> int:
    left = len(file.having(NEW, SENT, UNKNOWN))
    try:
        with row_bar(lambda: left) as bar:
            notify = bar.advance if bar is not None else _unseen
            error = Job(opened, sheet, file, mark, chunk, wanted.force, notify).run()
    except KeyboardInterrupt:
        tell(_STOPPED.format(verb=wanted.verb, path=file.path))
        raise
    except JobFileUnwritable as unwritable:
        tell(
            f"error: {unwritable.message}",
            f"hint: {unwritable.hint}",
            _STOPPED.format(verb=wanted.verb, path=file.path),
        )
        return PARTLY_UNKNOWN if file.having(SENT) else SOME_FAILED
    if error is None and settled(file):
        file.finish()
    return _report(sheet, file, error, as_json=as_json)


def _unseen(_rows: int) -> None:
    """Shows nobody how far the job is."""


def _report(sheet: Sheet, file: JobFile, error: WorkfrontError | None, *, as_json: bool) -> int:
    failed = write_failed(sheet.source, file)
    created = write_created(sheet.source, file) if sheet.verb == CREATE else None
    counts = {
        "done": number_done(file),
        "failed": len(file.having(FAILED)),
        "unknown": len(file.having(UNKNOWN)),
        "notSent": len(file.having(NEW, SENT)),
    }
    files = {"failedRows": str(failed) if failed else None, "created": str(created) if created else None}
    if as_json:
        click.echo(
            json.dumps({**counts, **files, "job": str(file.path), "error": message_of(error) if error else None})
        )
    else:
        _tell(sheet, file, counts, failed, created, error)
    if counts["unknown"]:
        return PARTLY_UNKNOWN
    return exit_code(error) if error is not None else SOME_FAILED if counts["failed"] else 0


def _tell(
    sheet: Sheet, file: JobFile, counts: dict[str, int], failed: Path | None, created: Path | None,
    error: WorkfrontError | None,
) -> None:  # fmt: skip
    tell(*_problems(sheet, file))
    words = {"done": "done", "failed": "failed", "unknown": "unknown", "notSent": "not sent"}
    tell(", ".join(f"{number} {words[name]}" for name, number in counts.items() if number or name == "done"))
    tell(f"The rows that failed are in {failed}; it can be sent again." if failed else None)
    tell(f"Lines and new IDs are in {created}." if created else None)
    tell(f"error: {message_of(error)}" if error else None)
    if not file.is_finished:
        tell(f"Go on with: workfront {sheet.verb} --resume {file.path}")


def _problems(sheet: Sheet, file: JobFile) -> Iterator[str]:
    """Yields what became of the first rows that were not done, with their lines in the file."""
    shown = set(file.having(FAILED, UNKNOWN)[:SHOWN_FAULTS])
    for number, row in enumerate(sheet.source.rows() if shown else ()):
        if number in shown:
            state = "failed" if file.states[number] == FAILED else "unknown"
            yield f"row {row.line} {state}: {file.problems[number][0]}"
