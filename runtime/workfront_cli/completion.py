"""``workfront completion``."""

from __future__ import annotations

from typing import Final

import click

from workfront_cli.guarded import GuardedCommand

_INSTALLED: Final = {
    "bash": "workfront completion bash > ~/.local/share/bash-completion/completions/workfront",
    "zsh": "workfront completion zsh > ~/.zfunc/_workfront    # with fpath+=~/.zfunc before compinit in ~/.zshrc",
    "fish": "workfront completion fish > ~/.config/fish/completions/workfront.fish",
}


@click.command("completion", cls=GuardedCommand)
@click.argument("shell", type=click.Choice(list(_INSTALLED)))
def command(shell: str) -> None:
    """Prints the script that lets a shell complete commands, objects, fields, codes, profiles.

    The line that installs it stands at its end.
    """
    from click.shell_completion import get_completion_class

    from workfront_cli.lazy_group import app

    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"There is no completion for {shell}.")
    click.echo(kind(app, {}, "workfront", "_WORKFRONT_COMPLETE").source().strip())
    click.echo(f"# To install: {_INSTALLED[shell]}")
