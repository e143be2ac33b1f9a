"""The command line: ``workfront-codegen fetch | generate | diff | stats | export``."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer
from rich.console import Console
from rich.progress import Progress

from workfront_codegen import fetch as fetching
from workfront_codegen.custom_report import custom_report
from workfront_codegen.errors import CodegenError
from workfront_codegen.host import PUBLIC_HOST, host
from workfront_codegen.stats import as_text as stats_as_text
from workfront_codegen.stats import stats
from workfront_core.errors import WorkfrontError
from workfront_schema import evidence, overrides, store
from workfront_schema.diff import as_json, as_markdown, as_text, diff
from workfront_schema.errors import SchemaError
from workfront_schema.export import export_explorer, export_json_schema
from workfront_schema.snapshot import Snapshot

app = typer.Typer(
    help="Reads Workfront's object metadata and renders a typed Python client from it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
P = ParamSpec("P")
PACKAGE = "workfront_client"

SchemaOption = Annotated[
    Path | None, typer.Option("--schema", help="Folder of snapshots [default: ./schema, else the shipped one]")
]
VersionOption = Annotated[str, typer.Option("--api-version", help="API version, such as v22.0 or 22")]
VersionsOption = Annotated[
    list[str] | None, typer.Option("--api-version", help="API version, such as v22.0 or 22; may be repeated")
]


class DiffFormat(StrEnum):
    """How a diff is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class CheckFormat(StrEnum):
    """How the uses that an upgrade breaks are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class ExportFormat(StrEnum):
    """What a snapshot is written as."""

    EXPLORER = "explorer"
    JSON_SCHEMA = "jsonschema"


def _command(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Registers a command; an error becomes one line on stderr and exit code 1, Ctrl-C exit code 130."""

    def register(run: Callable[P, None]) -> Callable[P, None]:
        @wraps(run)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                run(*args, **kwargs)
            except SchemaError as error:
                typer.echo(f"error: {error}", err=True)
                raise typer.Exit(1) from None
            except WorkfrontError as error:
                typer.echo(f"error: {SchemaError(error.message, error.hint)}", err=True)
                raise typer.Exit(1) from None
            except OSError as error:
                if error.errno == errno.EPIPE:
                    raise
                place = "" if error.filename is None else f"{error.filename}: "
                typer.echo(f"error: {place}{error.strerror or error}", err=True)
                raise typer.Exit(1) from None
            except KeyboardInterrupt:
                typer.echo("interrupted; nothing was changed", err=True)
                raise typer.Exit(130) from None

        return app.command(name)(guarded)

    return register


@_command("fetch")
def fetch(
    api_version: VersionOption,
    url: Annotated[str, typer.Option(help="Address of a Workfront host")] = PUBLIC_HOST,
    api_key: Annotated[bool, typer.Option("--api-key", help="Sign in with the key in WORKFRONT_API_KEY")] = False,
    session_id: Annotated[bool, typer.Option("--session-id", help="Sign in with WORKFRONT_SESSION_ID")] = False,
    custom: Annotated[bool, typer.Option("--custom", help="Keep the tenant's own fields and forms")] = False,
    describe: Annotated[bool, typer.Option("--describe", help="With --custom: keep their descriptions, too")] = False,
    reconstructed: Annotated[
        bool, typer.Option("--reconstructed", help="The host serves a reconstructed snapshot, such as a sandbox")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder of snapshots to write to")] = Path("schema"),
) -> None:
    """Reads the metadata of one API version from a host into a snapshot, whole or not at all."""
    source = host(
        url,
        api_key=_from_environment("WORKFRONT_API_KEY") if api_key else None,
        session_id=_from_environment("WORKFRONT_SESSION_ID") if session_id else None,
    )
    if describe and not custom:
        raise CodegenError("--describe keeps descriptions of custom fields", "add --custom, or leave it out")
    version = store.written_version(api_version)
    with _progress() as shown:
        snapshot = fetching.fetch(source, version, custom=custom, describe=describe, progress=shown)
    snapshot = replace(snapshot, fetched=not reconstructed)
    before = store.load_custom(out / version)
    folder = store.save_snapshot(snapshot, out)
    stale = evidence.prune(out, snapshot)
    typer.echo(
        f"{folder}: {len(snapshot.objects)} object types" + (f", {len(stale)} no longer reconstructed" if stale else "")
    )
    for line in custom_report(snapshot, before):
        typer.echo(line)


@_command("generate")
def generate(
    api_version: VersionsOption = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if anything would change")] = False,
    package: Annotated[str, typer.Option(help="Name of the package to render")] = PACKAGE,
    out: Annotated[
        Path | None,
        typer.Option(help="Where the package goes [default: ., a checkout's own: generated/]"),
    ] = None,
    schema: SchemaOption = None,
    forms: Annotated[bool, typer.Option("--forms/--no-forms", help="Make classes of custom forms")] = True,
) -> None:
    """Renders the typed package of the snapshots, or checks that it is what they give."""
    from workfront_codegen.generate import generate as run

    result = run(_schema(schema), api_version or [], package, out or _place(package), check, forms=forms)
    for difference in result.differences:
        typer.echo(difference.rstrip("\n"))
    if result.differences:
        raise CodegenError(f"{package} is not what the snapshots give", "run workfront-codegen generate")
    for line in result.unknown:
        typer.echo(line)
    done = "up to date" if check else "written"
    typer.echo(f"{package} {done}: {', '.join(result.versions)}, {result.files} files, {result.new_names} new names")


@_command("diff")
def compare(
    old: Annotated[str, typer.Argument(help="API version, or folder of a snapshot")],
    new: Annotated[str, typer.Argument(help="API version, or folder of a snapshot")],
    form: Annotated[DiffFormat, typer.Option("--format")] = DiffFormat.TEXT,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 where a change breaks code, with 3 for other changes")
    ] = False,
    schema: SchemaOption = None,
) -> None:
    """Lists what changed between two snapshots, breaking changes marked."""
    before, after = _named(old, _schema(schema)), _named(new, _schema(schema))
    changes = diff(before, after)
    written = {
        DiffFormat.TEXT: lambda: as_text(changes),
        DiffFormat.JSON: lambda: as_json(changes, before.version, after.version),
        DiffFormat.MARKDOWN: lambda: as_markdown(changes, before.version, after.version),
    }[form]()
    typer.echo(written, nl=False)
    if exit_code and changes:
        raise typer.Exit(1 if any(change.breaking for change in changes) else 3)


@_command("upgrade-check")
def upgrade_check(
    sources: Annotated[list[Path], typer.Argument(help="Files and folders of your program")],
    old: Annotated[str, typer.Option("--from", help="API version the program is written for, such as v21 or 21")],
    new: Annotated[str, typer.Option("--to", help="API version it is to be written for")],
    package: Annotated[str, typer.Option(help="Name of the generated package, which is installed")] = PACKAGE,
    form: Annotated[CheckFormat, typer.Option("--format")] = CheckFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Let possible uses count, too")] = False,
) -> None:
    """Finds what in a program uses what the next API version lacks; exits with 1 where there is any."""
    from workfront_codegen.upgrade import report
    from workfront_codegen.upgrade.check import check_upgrade

    found = check_upgrade(sources, package, store.version_folder(old), store.version_folder(new))
    written = {CheckFormat.TEXT: report.as_text, CheckFormat.JSON: report.as_json, CheckFormat.SARIF: report.as_sarif}
    typer.echo(written[form](found), nl=False)
    if not found.is_clean(strict=strict):
        raise typer.Exit(1)


@_command("stats")
def count(api_version: VersionsOption = None, schema: SchemaOption = None) -> None:
    """Says what the snapshots hold, what is unknown in them, and how sure the rest is."""
    folder = _schema(schema)
    for version in map(store.written_version, api_version or store.versions(folder)):
        typer.echo(stats_as_text(stats(store.load_snapshot(folder, version), folder)))


@_command("export")
def export(
    form: Annotated[ExportFormat, typer.Option("--format")],
    api_version: VersionOption,
    out: Annotated[Path, typer.Option(help="Folder to write to")],
    schema: SchemaOption = None,
) -> None:
    """Writes a snapshot as the API Explorer's documents, or (overrides applied) as JSON Schema."""
    folder = _schema(schema)
    snapshot = store.load_snapshot(folder, store.written_version(api_version))
    if form is ExportFormat.JSON_SCHEMA:
        typer.echo(export_json_schema(overrides.apply(snapshot, overrides.layered(folder)).snapshot, out))
    else:
        typer.echo(export_explorer(snapshot, out))


@_command("new")
def new_project(
    folder: Annotated[Path, typer.Argument(help="Folder to make, named like the project: acme-workfront")],
    api_version: VersionOption = "v22.0",
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Renew the files of a project that nobody changed, show the others")
    ] = False,
) -> None:
    """Makes a project for a package of your own tenant: settings, tests, a weekly refresh."""
    from workfront_codegen.scaffold import make_project

    made = make_project(folder, api_version=store.written_version(api_version), refresh=refresh)
    for difference in made.differences:
        typer.echo(difference.rstrip("\n"))
    typer.echo(f"{folder}: {len(made.written)} files written; {folder / 'README.md'} says how to go on")


@_command("forms")
def forms(
    api_version: VersionOption,
    out: Annotated[Path, typer.Option(help="Folder to write to")],
    schema: SchemaOption = None,
) -> None:
    """Writes every custom form as JSON Schema, for front ends and checks elsewhere."""
    from workfront_codegen.form_files import write_form_schemas

    folder = _schema(schema)
    version = store.written_version(api_version)
    names = write_form_schemas(folder, version, out)
    typer.echo(f"{out}: {len(names)} forms")


def _from_environment(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise CodegenError(f"{name} is not set", "put the credential into the environment, or leave the option out")
    return value


def _schema(given: Path | None) -> Path:
    if given is not None:
        return given
    own = Path("schema")
    return own if store.versions(own) else store.standard_schema()


def _place(package: str) -> Path:
    """Returns the working directory; for the checked-in package of a checkout its own folder, from anywhere."""
    checkout = store.standard_schema().parent / "generated"
    return checkout if package == PACKAGE and checkout.is_dir() else Path()


def _named(name: str, schema: Path) -> Snapshot:
    folder = Path(name)
    return store.load_folder(folder) if folder.is_dir() else store.load_snapshot(schema, store.written_version(name))


@contextmanager
def _progress() -> Generator[fetching.FetchProgress | None, None, None]:
    """Shows a progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("object types", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
