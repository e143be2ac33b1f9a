"""``workfront events``."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

_COMMANDS: Final = {
    "list": ("subscriptions", "listed"),
    "ensure": ("subscriptions", "ensured"),
    "delete": ("subscriptions", "deleted"),
    "health": ("subscriptions", "health"),
    "listen": ("listening", "listen"),
    "dead": ("letters", "dead"),
    "replay": ("letters", "replay"),
}


class _Events(click.Group):
    """Imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Returns the names in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Returns a command; ``None`` where there is none of this name."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"workfront_cli.events.{module}"), name)
        return command


@click.group("events", cls=_Events)
def command() -> None:
    """Manages event subscriptions and receives their events."""
