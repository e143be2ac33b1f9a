"""``workfront events``."""

from __future__ import annotations

from typing import Final

import click

from workfront_cli.module_group import ModuleGroup

_PLACES: Final = {
    "list": "subscriptions.listed",
    "ensure": "subscriptions.ensured",
    "delete": "subscriptions.deleted",
    "health": "subscriptions.health",
    "listen": "listening.listen",
    "dead": "letters.dead",
    "replay": "letters.replay",
}


@click.group("events", cls=ModuleGroup, package=__package__, places=_PLACES)
def command() -> None:
    """Manages event subscriptions and receives their events."""
