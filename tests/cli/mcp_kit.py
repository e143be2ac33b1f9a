"""What tests of the server for assistants share: a client of the SDK, in memory or over the streams of a process.

`python -m tests.cli.mcp_kit` writes the definitions of the tools anew; read the diff.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import pytest

from tests.support.cli_kit import Terminal, served
from tests.support.places import TESTS
from tests.support.waiting import PATIENCE
from workfront_cli.assistants.desk import Bounds, Desk, open_desk
from workfront_cli.assistants.server import server_of
from workfront_cli.connection.connection import ConnectionOptions
from workfront_sandbox import Sandbox

mcp: Final[Any] = pytest.importorskip(
    "mcp", reason="mcp stands on httpx2, which would take the place of httpx here: make test-httpx2 runs these"
)
stdio: Final[Any] = pytest.importorskip("mcp.client.stdio")
kinds: Final[Any] = pytest.importorskip("mcp_types")

DEFINITIONS: Final = TESTS / "cli" / "mcp_tools.json"
T = TypeVar("T")


class Tenant:
    """A sandbox and what an assistant gets of it.

    Attributes:
        sandbox: the server.
        desk: the client, and what may be done with it.
    """

    def __init__(self, sandbox: Sandbox, desk: Desk) -> None:
        self.sandbox = sandbox
        self.desk = desk
        self.seconds = 0.0
        self.server = server_of(desk, clock=lambda: self.seconds)

    def ask(self, name: str, /, *, client: dict[str, Any] | None = None, **arguments: Any) -> Any:
        """What a tool answers: the structured content."""
        answer = self.call(name, client=client, **arguments)
        assert not answer.is_error, answer.content[0].text
        return answer.structured_content

    def refusal(self, name: str, /, *, client: dict[str, Any] | None = None, **arguments: Any) -> str:
        """What a tool says that refuses."""
        answer = self.call(name, client=client, **arguments)
        assert answer.is_error, answer.structured_content
        return str(answer.content[0].text)

    def call(self, name: str, /, *, client: dict[str, Any] | None = None, **arguments: Any) -> Any:
        return run(mcp.Client(self.server, **(client or {})), lambda wire: wire.call_tool(name, arguments))


def run(client: Any, use: Callable[[Any], Awaitable[T]]) -> T:
    """What a connected client gives; a minute is the most it takes."""

    async def used() -> T:
        async with client as connected:
            return await use(connected)

    return asyncio.run(asyncio.wait_for(used(), PATIENCE))


@contextmanager
def tenant(seed: Any, monkeypatch: pytest.MonkeyPatch, **bounds: Any) -> Generator[Tenant]:
    sandbox = Sandbox(seed)
    with served(sandbox) as url:
        for name in [name for name in Terminal.whole_environment({}) if name.startswith("WORKFRONT_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("WORKFRONT_URL", url)
        monkeypatch.setenv("WORKFRONT_API_KEY", "key-of-ana-1234")
        monkeypatch.setenv("WORKFRONT_CONFIG", "/nowhere/config.toml")
        with open_desk(ConnectionOptions(None, None, "22"), Bounds(**bounds)) as desk:
            yield Tenant(sandbox, desk)


def definitions(found: Tenant) -> str:
    """The definitions of the tools as a client gets them."""
    listed = run(mcp.Client(found.server), lambda wire: wire.list_tools())
    tools = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in listed.tools]
    return json.dumps(tools, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch, tenant({}, patch) as made:
        DEFINITIONS.write_text(definitions(made), encoding="utf-8")
