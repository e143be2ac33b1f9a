"""Who is signed in, for people."""

from __future__ import annotations

from collections.abc import Mapping

import click

from workfront_cli.account.identity import Identity
from workfront_cli.output import plain


def show_identity(identity: Identity) -> None:
    """Writes who is signed in."""
    for name, value in _lines(identity).items():
        click.echo(click.style(f"{name:<14}", dim=True) + plain(value))


def _lines(identity: Identity) -> Mapping[str, str]:
    name = f"{identity.user} ({identity.username})" if identity.username else identity.user
    return {
        "User": name,
        "Access level": identity.access_level or "not known",
        "Address": f"{identity.address} ({identity.environment})",
        "API version": f"{identity.api_version}, {identity.support}",
        "Profile": f"{identity.profile}, signs in by {identity.signs_in_by}",
    }
