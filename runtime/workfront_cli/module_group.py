"""A group whose commands stand in modules that are imported when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from workfront_cli.guarded import GuardedGroup


class ModuleGroup(GuardedGroup):
    """Imports a command when it is asked for.

    Args:
        package: where the modules are.
        places: module and name of each command, ``listing.listed``, in the order of the help.
        options: as for ``click.Group``.
    """

    def __init__(self, *args: Any, package: str, places: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._package = package
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Returns the names in the order of the help."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Returns a command; ``None`` where there is none of this name."""
        if cmd_name not in self._places:
            return None
        module, _, name = self._places[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"{self._package}.{module}"), name)
        return command
