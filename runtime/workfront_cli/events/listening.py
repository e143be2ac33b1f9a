"""``workfront events listen``."""

from __future__ import annotations

from pathlib import Path

import click

from workfront_cli.connection.options import as_json_option, local_options
from workfront_cli.guarded import GuardedCommand
from workfront_cli.output_file import OutputFile

_PORT = 8485


@click.command("listen", cls=GuardedCommand)
@local_options
@click.option("--inbox", "path", type=OutputFile(), default="events.sqlite", show_default=True,
              help="File that messages are stored in.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 for a free one.")
@as_json_option
def listen(path: Path, host: str, port: int, as_json: bool) -> None:
    """Receives messages into a file, until Ctrl-C; their token is read from WORKFRONT_EVENT_TOKEN."""
    from workfront_cli.events.subscriptions import given_token
    from workfront_cli.output import show_json, tell
    from workfront_cli.sandbox.served import address_of
    from workfront_cli.sandbox.served import listen as listening
    from workfront_core.errors import QueryError
    from workfront_core.events import Inbox, Receiver

    try:
        import uvicorn
    except ModuleNotFoundError:
        raise QueryError(
            "The receiver needs uvicorn.", hint="Install it with: pip install 'workfront-client[events]'"
        ) from None
    token = given_token()
    with Inbox(path) as inbox, listening(host, port) as listener:
        if as_json:
            show_json({"address": address_of(listener), "inbox": str(path)})
        tell(f"Receiving at {address_of(listener)} into {path}; Ctrl-C ends it.")
        config = uvicorn.Config(Receiver(inbox, token=token), log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])
