"""``workfront profiles add``."""

from __future__ import annotations

import click

from workfront_cli.connection.options import local_options
from workfront_cli.guarded import GuardedCommand


@click.command("add", cls=GuardedCommand)
@local_options
@click.argument("name")
@click.option("--url", required=True, metavar="URL", help="Address: https://acme.my.workfront.com.")
@click.option("--key-stdin", is_flag=True, help="Read the API key from the standard input.")
@click.option("--client-id", metavar="ID", help="OAuth 2 application to sign in by, in place of a key.")
@click.option("--no-key", is_flag=True, help="Keep no key; a variable or a later sign-in brings one.")
@click.option("--allow-writes", type=click.Choice(["yes", "no", "sandbox"]), help="Where commands may write.")
@click.option("--confirm", type=click.Choice(["always", "production", "never"]), help="When to ask before writing.")
@click.option("--package", metavar="NAME", help="A package of your tenant; its custom fields have types.")
@click.option("--default", "as_default", is_flag=True, help="Make it the profile that counts where none is named.")
def add(
    name: str,
    url: str,
    key_stdin: bool,
    client_id: str | None,
    no_key: bool,
    allow_writes: str | None,
    confirm: str | None,
    package: str | None,
    as_default: bool,
) -> None:
    """Adds a profile; asks for the API key without showing it, and keeps it in the key ring or a private file."""
    if (key_stdin + no_key + (client_id is not None)) > 1:
        raise click.UsageError("--key-stdin, --client-id and --no-key exclude each other.")
    from workfront_cli.account.kept_key import asked_key, keep_key
    from workfront_cli.output import plain, tell
    from workfront_cli.profiles.settings_file import choose_default, prepared_profile
    from workfront_core.profiles.profile import checked_profile

    with_key = client_id is None and not no_key
    settings: dict[str, str | bool | None] = {
        "url": url,
        "auth": "api-key" if with_key else None,
        "client_id": client_id,
        "allow_writes": {"yes": True, "no": False}.get(allow_writes or "", allow_writes),
        "confirm": confirm,
        "package": package,
    }
    given = {key: value for key, value in settings.items() if value is not None}
    profile = checked_profile(name, given)
    write = prepared_profile(name, given)
    place = keep_key(profile, asked_key(from_stdin=key_stdin)) if with_key else None
    write()
    if as_default:
        choose_default(name)
    click.echo(f"Profile {name}: {plain(profile.address)}{f'; the key is in {plain(place)}' if place else ''}")
    tell(f"Sign in: workfront login -p {name}" if client_id else None)
