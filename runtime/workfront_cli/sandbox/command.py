"""``workfront sandbox``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from workfront_cli.connection.options import Seconds, local_options
from workfront_cli.guarded import GuardedCommand
from workfront_cli.output_file import OutputFile

_PORT = 8484


@click.command("sandbox", cls=GuardedCommand)
@local_options
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="Where to listen; 0 for a free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--db", type=OutputFile(), help="Keep everything in this file, not in memory.")
@click.option("--seed", default="demo", show_default=True, help="demo, empty, or a JSON file of rows.")
@click.option(
    "--scale",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many times larger the demo tenant is.",
)
@click.option(
    "--latency",
    type=Seconds(0, 60_000),
    default=0.0,
    show_default=True,
    help="Milliseconds every answer takes longer.",
)
@click.option("--schema", type=click.Path(path_type=Path), help="Folder of snapshots of your own to serve, too.")
@click.option("--strict", is_flag=True, help="Accept only credentials the sandbox issued.")
@click.option("--rights", is_flag=True, help="Let users see and change what they have rights to.")
@click.option("--locks", is_flag=True, help="Refuse work in projects that are complete, dead or wait for approval.")
@click.option(
    "--effects",
    type=click.Choice(["refuse", "warn", "ignore"]),
    default="refuse",
    show_default=True,
    help="What becomes of actions it does not compute.",
)
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name it may be called by; may be repeated.")
@click.option("--deliver-anywhere", is_flag=True, help="Send events to other machines too.")
@click.option("--tls", is_flag=True, help="Speak HTTPS, with a certificate of its own.")
def command(
    port: int,
    host: str,
    db: Path | None,
    seed: str,
    scale: int,
    latency: float,
    strict: bool,
    rights: bool,
    locks: bool,
    effects: Literal["refuse", "warn", "ignore"],
    allow_host: tuple[str, ...],
    deliver_anywhere: bool,
    tls: bool,
    schema: Path | None,
) -> None:
    """Serves a Workfront of one's own to build against, until Ctrl-C."""
    from workfront_cli.output import tell
    from workfront_cli.sandbox import served

    plan = served.SandboxPlan(seed, scale, db, latency, strict, effects, deliver_anywhere, rights, locks, schema)
    names = (host, *allow_host)
    with served.listen(host, port) as listener, served.own_certificate(names, wanted=tls) as own:
        made = served.make_sandbox(plan)
        address = served.address_of(listener, "https" if own else "http")
        tell(None if made.is_fresh else f"{db} is used as it is; no seed was inserted.")
        tell("warning: other machines can reach this sandbox." if served.is_exposed(host) else None)
        click.echo(f"Sandbox at {address}; Ctrl-C ends it. To connect:\n")
        click.echo(f"  export WORKFRONT_URL={address}")
        click.echo(f"  export WORKFRONT_API_KEY={served.api_key(made, strict=strict)}")
        if own:
            click.echo(f"  export SSL_CERT_FILE={own.certificate}")
        served.serve(made, listener, names, own)
