"""``workfront completion``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar, Final

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class, get_completion_class

from workfront_cli.connection.options import connection_options
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions

_INSTALLED: Final = {
    "bash": "workfront completion bash > ~/.local/share/bash-completion/completions/workfront",
    "zsh": "workfront completion zsh > ~/.zfunc/_workfront    # with fpath+=~/.zfunc before compinit in ~/.zshrc",
    "fish": "workfront completion fish > ~/.config/fish/completions/workfront.fish",
    "powershell": "workfront completion powershell | Out-String | Invoke-Expression    # in the file $PROFILE",
}
_REFRESH: Final = "refresh"


class PowerShellComplete(ShellComplete):
    """What click has for other shells: the words of the line come in one variable, a line each."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $commandAst.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursorPosition }
    $words = @($before | ForEach-Object { $_.Extent.Text })
    if ($wordToComplete -eq '') { $words += '' }
    $env:COMP_WORDS = $words -join "`n"
    $env:COMP_CWORD = $words.Count - 1
    $env:%(complete_var)s = 'powershell_complete'
    try {
        %(prog_name)s | ForEach-Object {
            $value, $about = $_ -split "`t", 2
            if (-not $about) { $about = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
        }
    } finally {
        Remove-Item Env:COMP_WORDS, Env:COMP_CWORD, Env:%(complete_var)s
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Returns the words in front of the one that is begun, and that one."""
        words, place = os.environ["COMP_WORDS"].splitlines(), int(os.environ["COMP_CWORD"])
        return words[1:place], words[place] if place < len(words) else ""

    def format_completion(self, item: CompletionItem) -> str:
        """Returns one offer as the script reads it."""
        return f"{item.value}\t{item.help}" if item.help else str(item.value)


add_completion_class(PowerShellComplete)


@click.command("completion", cls=GuardedCommand)
@click.argument("shell", type=click.Choice([*_INSTALLED, _REFRESH]))
@connection_options
def command(shell: str, connection: ConnectionOptions) -> None:
    """Prints the script that lets a shell complete commands, objects, fields, codes, profiles.

    The line that installs it stands at its end. refresh asks the service for the names of custom fields and keeps them
    on this machine, for the profile of -p; nothing is asked while a shell completes.
    """
    if shell == _REFRESH:
        _refresh(connection)
        return
    from workfront_cli.lazy_group import app

    kind: Any = get_completion_class(shell)
    click.echo(kind(app, {}, "workfront", "_WORKFRONT_COMPLETE").source().strip())
    click.echo(f"# To install: {_INSTALLED[shell]}")


def _refresh(connection: ConnectionOptions) -> None:
    from workfront_cli.custom_names import cache_file, profile_said
    from workfront_cli.data.custom_field_names import keep_names, names_by_object
    from workfront_cli.data.session import session

    with session(connection, "CTGY") as opened:
        found = names_by_object(opened)
    file = cache_file(profile_said(["-p", connection.profile] if connection.profile else []))
    keep_names(found, file)
    number = sum(map(len, found.values()))
    click.echo(f"{number} custom fields of {len(found)} objects, kept in {file}", err=True)
