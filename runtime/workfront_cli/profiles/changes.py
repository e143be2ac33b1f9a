"""``workfront profiles remove`` and ``default``."""

from __future__ import annotations

import click

from workfront_cli.connection.options import local_options, profile_names_begun
from workfront_cli.guarded import GuardedCommand


@click.command("remove", cls=GuardedCommand)
@local_options
@click.argument("name", shell_complete=profile_names_begun)
def remove(name: str) -> None:
    """Removes a profile, and the key or token kept for it."""
    from workfront_cli.profiles.listing import of_the_file
    from workfront_cli.profiles.settings_file import remove_profile
    from workfront_core.errors import QueryError

    try:
        store = of_the_file(name).store()
    except QueryError:  # a profile that is wrong can be removed, too
        store = None
    remove_profile(name)
    if store is not None:
        store.delete()
    click.echo(f"Profile {name} is removed{', and what was kept for it' if store is not None else ''}.")


@click.command("default", cls=GuardedCommand)
@local_options
@click.argument("name", shell_complete=profile_names_begun)
def default(name: str) -> None:
    """Makes a profile the one that counts where none is named."""
    from workfront_cli.profiles.settings_file import choose_default

    choose_default(name)
    click.echo(f"Profile {name} counts where none is named.")
