"""All commands with their arguments and options, and the exit codes, as a document for programs."""

from __future__ import annotations

from typing import Any

import click

from workfront_cli.exit_codes import MEANINGS
from workfront_cli.json_forms import ERROR, FORMS


def help_document(app: click.Group, ctx: click.Context) -> dict[str, Any]:
    """Returns what ``--help`` of every command says, and what each writes for programs; all of them are imported."""
    return {
        "commands": _below(app, ctx),
        "json": FORMS,
        "errors": ERROR,
        "exitCodes": {str(code): said for code, said in MEANINGS.items()},
    }


def _below(group: click.Group, ctx: click.Context) -> dict[str, Any]:
    named = ((name, group.get_command(ctx, name)) for name in group.list_commands(ctx))
    return {name: _document(one, click.Context(one, ctx, name)) for name, one in named if one is not None}


def _document(command: click.Command, ctx: click.Context) -> dict[str, Any]:
    shown = [one for one in command.get_params(ctx) if not getattr(one, "hidden", False)]
    document: dict[str, Any] = {
        "summary": (command.help or "").partition("\n\n")[0].replace("\n", " ").strip(),
        "usage": command.get_usage(ctx).removeprefix("Usage: "),
        "parameters": [_parameter(one) for one in shown],
    }
    return document | ({"commands": _below(command, ctx)} if isinstance(command, click.Group) else {})


def _parameter(parameter: click.Parameter) -> dict[str, Any]:
    return {
        "names": list(parameter.opts),
        "takes": parameter.type.name if not getattr(parameter, "is_flag", False) else None,
        "choices": list(getattr(parameter.type, "choices", ())) or None,
        "required": parameter.required,
        "several": parameter.multiple or parameter.nargs == -1,
        "help": getattr(parameter, "help", None),
    }
