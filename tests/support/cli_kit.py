"""What tests of the command line share: a sandbox on a real socket, settings of their own, a browser."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner, Result

from workfront_cli.lazy_group import app
from workfront_sandbox import Sandbox
from workfront_testing.live_server import listening


@contextmanager
def served(sandbox: Sandbox) -> Generator[str, None, None]:
    """The address of a sandbox, until the block ends."""
    with closing(sandbox), listening(sandbox) as url:
        yield url


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Terminal:
    """Runs commands with settings of its own.

    Attributes:
        environ: variables of the commands.
        token_file: where their token is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token_file = folder / "token.json"
        self.environ: dict[str, str | None] = {
            "WORKFRONT_CONFIG": str(folder / "config.toml"),
            "WORKFRONT_TOKEN_FILE": str(self.token_file),
        }

    def write_settings(self, text: str) -> None:
        path = self.folder / "config.toml"
        path.touch(mode=0o600)
        path.write_text(text)

    def set(self, **variables: str) -> None:
        self.environ |= {f"WORKFRONT_{name}": value for name, value in variables.items()}

    @staticmethod
    def whole_environment(variables: dict[str, str]) -> dict[str, str]:
        """The environment of this process with other settings, for a process of its own."""
        return {name: text for name, text in os.environ.items() if not name.startswith("WORKFRONT_")} | variables

    def run(self, *arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), env=self.environ, input=stdin)

    def document(self, *arguments: str) -> Any:
        """What a command writes as JSON."""
        return json.loads(self.run(*arguments, "--json").stdout)

    def token(self) -> dict[str, Any]:
        """The token kept."""
        kept: dict[str, Any] = json.loads(self.token_file.read_text())
        return kept


class Browser:
    """A user's browser: goes where it is sent, and keeps what it saw."""

    def __init__(self, **changes: str | None) -> None:
        self.changes = changes
        self.pages: list[httpx.Response] = []

    def open(self, address: str) -> bool:
        """Follows the consent page's redirect, with changes to what it carries."""
        consent = httpx.get(address)
        back = httpx.URL(consent.headers["location"])
        for name, value in self.changes.items():
            back = back.copy_remove_param(name) if value is None else back.copy_set_param(name, value)
        self.pages.append(httpx.get(back))
        return True
