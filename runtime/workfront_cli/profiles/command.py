"""``workfront profiles``."""

from __future__ import annotations

from typing import Final

import click

from workfront_cli.connection.options import as_json_option
from workfront_cli.module_group import ModuleGroup

_PLACES: Final = {
    "add": "add.add",
    "remove": "changes.remove",
    "default": "changes.default",
    "test": "trial.test",
}


@click.group("profiles", cls=ModuleGroup, package=__package__, places=_PLACES, invoke_without_command=True)
@as_json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Lists the profiles of the settings file; add, remove, default and test change and try them."""
    if ctx.invoked_subcommand is not None:
        return
    from workfront_cli.data.rows_output import OutputOptions, write_rows
    from workfront_cli.output import tell
    from workfront_cli.profiles.listing import rows
    from workfront_cli.profiles.settings_file import default_name
    from workfront_core.profiles.settings import config_file

    found = rows(default_name())
    columns = ["name", "default", "address", "environment", "signs in by", "writes"]
    columns += ["problem"] if any("problem" in row for row in found) else []
    write_rows(found, columns, OutputOptions("json" if as_json else None))
    if not found:
        tell(f"There are no profiles in {config_file()}. Make one: workfront profiles add NAME --url https://...")
