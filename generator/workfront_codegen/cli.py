"""The command line: ``workfront-codegen fetch | generate | diff | stats | export``. Commands import when they run."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from workfront_codegen.fetch import FetchProgress
    from workfront_schema.snapshot import Snapshot

PACKAGE: Final = "workfront_client"
_PUBLIC_HOST: Final = "https://api-cl01.my.workfront.com"
_FOLDER: Final = click.Path(path_type=Path)
_CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 120}

schema_option = click.option(
    "--schema", type=_FOLDER, help="Folder of snapshots [default: ./schema, else the shipped one]"
)
_VERSION_HELP: Final = "API version, such as v22.0 or 22"
version_option = click.option("--api-version", required=True, help=_VERSION_HELP)
versions_option = click.option("--api-version", multiple=True, help=f"{_VERSION_HELP}; may be repeated")
package_option = click.option("--package", default=PACKAGE, show_default=True, help="Name of the generated package")


class GuardedCommand(click.Command):
    """An error becomes one line on stderr and exit code 1, Ctrl-C exit code 130."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("interrupted; nothing was changed", err=True)
            ctx.exit(130)
        except Exception as error:
            message = _message(error)
            if message is None:
                raise
            click.echo(f"error: {message}", err=True)
            ctx.exit(1)


def _message(error: Exception) -> str | None:
    """Returns what an error says to people; ``None`` for one that is a fault of this program."""
    from workfront_core.errors import WorkfrontError
    from workfront_schema.errors import SchemaError

    match error:
        case SchemaError():
            return str(error)
        case WorkfrontError():
            return str(SchemaError(error.message, error.hint))
        case OSError() if error.errno != errno.EPIPE:
            place = "" if error.filename is None else f"{error.filename}: "
            return f"{place}{error.strerror or error}"
        case _:
            return None


@click.group(context_settings=_CONTEXT, no_args_is_help=True)
@click.version_option(package_name="workfront-client", message="%(version)s")
def app() -> None:
    """Reads Workfront's object metadata and renders a typed Python client from it."""


@app.command("fetch", cls=GuardedCommand)
@version_option
@click.option("--url", default=_PUBLIC_HOST, show_default=True, help="Address of a Workfront host")
@click.option("--api-key", is_flag=True, help="Sign in with the key in WORKFRONT_API_KEY")
@click.option("--session-id", is_flag=True, help="Sign in with WORKFRONT_SESSION_ID")
@click.option("--custom", is_flag=True, help="Keep the tenant's own fields and forms")
@click.option("--describe", is_flag=True, help="With --custom: keep their descriptions, too")
@click.option("--reconstructed", is_flag=True, help="The host serves a reconstructed snapshot, such as a sandbox")
@click.option("--out", type=_FOLDER, default=Path("schema"), show_default=True, help="Folder of snapshots to write to")
def fetch(
    api_version: str,
    url: str,
    api_key: bool,
    session_id: bool,
    custom: bool,
    describe: bool,
    reconstructed: bool,
    out: Path,
) -> None:
    """Reads the metadata of one API version from a host into a snapshot, whole or not at all."""
    from workfront_codegen import fetch as fetching
    from workfront_codegen.custom_report import custom_report
    from workfront_codegen.errors import CodegenError
    from workfront_codegen.host import host
    from workfront_schema import evidence, store

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
    click.echo(
        f"{folder}: {len(snapshot.objects)} object types" + (f", {len(stale)} no longer reconstructed" if stale else "")
    )
    for line in custom_report(snapshot, before):
        click.echo(line)


@app.command("generate", cls=GuardedCommand)
@versions_option
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if anything would change")
@package_option
@click.option("--out", type=_FOLDER, help="Where the package goes [default: ., a checkout's own: generated/]")
@schema_option
@click.option("--forms/--no-forms", default=True, help="Make classes of custom forms")
def generate(
    api_version: tuple[str, ...], check: bool, package: str, out: Path | None, schema: Path | None, forms: bool
) -> None:
    """Renders the typed package of the snapshots, or checks that it is what they give."""
    from workfront_codegen.errors import CodegenError
    from workfront_codegen.generate import generate as run

    result = run(_schema(schema), list(api_version), package, out or _place(package), check, forms=forms)
    for difference in result.differences:
        click.echo(difference.rstrip("\n"))
    if result.differences:
        raise CodegenError(f"{package} is not what the snapshots give", "run workfront-codegen generate")
    for line in result.unknown:
        click.echo(line)
    done = "up to date" if check else "written"
    click.echo(f"{package} {done}: {', '.join(result.versions)}, {result.files} files, {result.new_names} new names")


@app.command("diff", cls=GuardedCommand)
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where a change breaks code, with 3 for other changes")
@schema_option
@click.pass_context
def compare(ctx: click.Context, old: str, new: str, form: str, exit_code: bool, schema: Path | None) -> None:
    """Lists what changed between two snapshots, breaking changes marked.

    OLD and NEW are API versions, or folders of snapshots.
    """
    from workfront_schema.diff import as_json, as_markdown, as_text, diff

    before, after = _named(old, _schema(schema)), _named(new, _schema(schema))
    changes = diff(before, after)
    written = {
        "text": lambda: as_text(changes),
        "json": lambda: as_json(changes, before.version, after.version),
        "markdown": lambda: as_markdown(changes, before.version, after.version),
    }[form]()
    click.echo(written, nl=False)
    if exit_code and changes:
        ctx.exit(1 if any(change.breaking for change in changes) else 3)


@app.command("upgrade-check", cls=GuardedCommand)
@click.argument("sources", nargs=-1, required=True, type=_FOLDER)
@click.option(
    "--from", "old", required=True, help="API version the program is written for, such as v21 or 21, or a folder"
)
@click.option("--to", "new", required=True, help="API version it is to be written for, or a folder")
@package_option
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Let possible uses count, too")
@click.pass_context
def upgrade_check(
    ctx: click.Context, sources: tuple[Path, ...], old: str, new: str, package: str, form: str, strict: bool
) -> None:
    """Finds what in a program uses what the next API version lacks; exits with 1 where there is any.

    SOURCES are files and folders of the program; the generated package among them is left out. --from and --to may
    name folders of generated versions, such as an earlier state of a package: before/acme_workfront/v22.
    """
    from workfront_codegen.upgrade import report
    from workfront_codegen.upgrade.check import check_upgrade

    found = check_upgrade(list(sources), package, old, new)
    written = {"text": report.as_text, "json": report.as_json, "sarif": report.as_sarif}
    click.echo(written[form](found), nl=False)
    if not found.is_clean(strict=strict):
        ctx.exit(1)


@app.command("stats", cls=GuardedCommand)
@versions_option
@schema_option
def count(api_version: tuple[str, ...], schema: Path | None) -> None:
    """Says what the snapshots hold, what is unknown in them, and how sure the rest is."""
    from workfront_codegen.stats import as_text as stats_as_text
    from workfront_codegen.stats import stats
    from workfront_schema import store

    folder = _schema(schema)
    for version in map(store.written_version, api_version or store.versions(folder)):
        click.echo(stats_as_text(stats(store.load_snapshot(folder, version), folder)))


@app.command("export", cls=GuardedCommand)
@click.option("--format", "form", type=click.Choice(["explorer", "jsonschema"]), required=True)
@version_option
@click.option("--out", type=_FOLDER, required=True, help="Folder to write to")
@schema_option
def export(form: str, api_version: str, out: Path, schema: Path | None) -> None:
    """Writes a snapshot as the API Explorer's documents, or (overrides applied) as JSON Schema."""
    from workfront_schema import overrides, store
    from workfront_schema.export import export_explorer, export_json_schema

    folder = _schema(schema)
    snapshot = store.load_snapshot(folder, store.written_version(api_version))
    if form == "jsonschema":
        click.echo(export_json_schema(overrides.apply(snapshot, overrides.layered(folder)).snapshot, out))
    else:
        click.echo(export_explorer(snapshot, out))


@app.command("new", cls=GuardedCommand)
@click.argument("folder", type=_FOLDER)
@click.option("--api-version", default="v22.0", show_default=True, help=_VERSION_HELP)
@click.option("--refresh", is_flag=True, help="Renew the files of a project that nobody changed, show the others")
def new_project(folder: Path, api_version: str, refresh: bool) -> None:
    """Makes a project for a package of your own tenant: settings, tests, a weekly refresh.

    FOLDER is made, and named like the project: acme-workfront.
    """
    from workfront_codegen.scaffold import make_project
    from workfront_schema import store

    made = make_project(folder, api_version=store.written_version(api_version), refresh=refresh)
    for difference in made.differences:
        click.echo(difference.rstrip("\n"))
    click.echo(f"{folder}: {len(made.written)} files written; {folder / 'README.md'} says how to go on")


@app.command("forms", cls=GuardedCommand)
@click.option("--api-version", help=f"{_VERSION_HELP} [default: the newest there is]")
@click.option("--format", "_form", type=click.Choice(["jsonschema"]), default="jsonschema", show_default=True)
@click.option("--out", type=_FOLDER, required=True, help="Folder to write to: a new one, or one that it wrote before")
@schema_option
def forms(api_version: str | None, _form: str, out: Path, schema: Path | None) -> None:
    """Writes every custom form as JSON Schema, for front ends and checks elsewhere."""
    from workfront_codegen.form_files import write_form_schemas
    from workfront_codegen.generate import default_versions
    from workfront_schema import store

    folder = _schema(schema)
    version = store.written_version(api_version) if api_version else default_versions(folder)[-1]
    names = write_form_schemas(folder, version, out)
    click.echo(f"{out}: {len(names)} forms")


def _from_environment(name: str) -> str:
    from workfront_codegen.errors import CodegenError

    value = os.environ.get(name, "").strip()
    if not value:
        raise CodegenError(f"{name} is not set", "put the credential into the environment, or leave the option out")
    return value


def _schema(given: Path | None) -> Path:
    """Returns the folder of snapshots. Raises CodegenError where the one that was named holds none."""
    from workfront_codegen.errors import CodegenError
    from workfront_schema import store

    if given is not None:
        if not store.versions(given):
            raise CodegenError(f"{given} holds no snapshot", "fetch one first: workfront-codegen fetch")
        return given
    own = Path("schema")
    return own if store.versions(own) else store.standard_schema()


def _place(package: str) -> Path:
    """Returns the working directory; for the checked-in package of a checkout its own folder, from anywhere."""
    from workfront_schema import store

    checkout = store.standard_schema().parent / "generated"
    return checkout if package == PACKAGE and checkout.is_dir() else Path()


def _named(name: str, schema: Path) -> Snapshot:
    """Returns the snapshot in a folder, or of a version: of one's own schema where it holds that, else the shipped.

    What overrides correct is corrected in it, as in what is generated: else a slip of a snapshot would be a change.
    """
    from workfront_schema import overrides, store

    folder = Path(name)
    if name.strip() and folder.is_dir():
        return overrides.apply(store.load_folder(folder), overrides.layered(folder.parent)).snapshot
    version, shipped = store.written_version(name), store.standard_schema()
    is_shipped = version not in store.versions(schema) and version in store.versions(shipped)
    place = shipped if is_shipped else schema
    return overrides.apply(store.load_snapshot(place, version), overrides.layered(place)).snapshot


@contextmanager
def _progress() -> Generator[FetchProgress | None]:
    """Shows a progress bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("object types", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
