"""``workfront events list | ensure | delete | health``."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.options import as_json_option, connection_options, tenant_options
from workfront_cli.data.suggestions import conditions_begun, field_lists, object_names
from workfront_cli.guarded import GuardedCommand, may_ask
from workfront_cli.output import tell

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions
    from workfront_core.events import Subscription

TOKEN: Final = "WORKFRONT_EVENT_TOKEN"  # noqa: S105
"""Variable that holds the token of messages; an option would stand in the shell's history."""


@click.command("list", cls=GuardedCommand)
@as_json_option
@connection_options
def listed(as_json: bool, connection: ConnectionOptions) -> None:
    """Lists the event subscriptions of the customer."""
    with _client(connection) as wf:
        _show(wf.events.list(), as_json=as_json)


@click.command("health", cls=GuardedCommand)
@as_json_option
@connection_options
def health(as_json: bool, connection: ConnectionOptions) -> None:
    """Lists the subscriptions whose messages do not arrive; exit code 1 if there are any."""
    with _client(connection) as wf:
        ill, number = wf.events.health(), len(wf.events.list())
    _show(ill, as_json=as_json)
    if ill:
        raise click.exceptions.Exit(1)
    if not as_json:
        tell(f"messages arrive: {number} of {number} subscriptions" if number else "there are no subscriptions")


@click.command("ensure", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("event_type", type=click.Choice(["CREATE", "UPDATE", "DELETE"], case_sensitive=False))
@click.option("--to", "address", required=True, metavar="URL", help="Where messages are posted.")
@click.option("--where", shell_complete=conditions_begun, help="A condition that the event must meet.")
@click.option(
    "--changed", multiple=True, metavar="FIELD", shell_complete=field_lists,
    help="A field that must have changed; may be repeated.",
)  # fmt: skip
@click.option("--id", "object_id", metavar="ID", help="The one object to hear of.")
@click.option("--base64", is_flag=True, help="Send states as base64.")
@click.option("--replace", "replaces", is_flag=True, help="End one that differs by its token alone.")
@click.option("--dry-run", is_flag=True, help="Show the subscription, and make none.")
@as_json_option
@tenant_options
def ensured(
    object_name: str,
    event_type: str,
    address: str,
    where: str | None,
    changed: tuple[str, ...],
    object_id: str | None,
    base64: bool,
    replaces: bool,
    dry_run: bool,
    as_json: bool,
    connection: ConnectionOptions,
) -> None:
    """Makes a subscription where there is none; its token is read from WORKFRONT_EVENT_TOKEN."""
    from workfront_cli.data.session import model_of
    from workfront_cli.data.where import conditions
    from workfront_core.query.event_test import EventTest
    from workfront_core.query.language.field_lists import parse_fields

    model = model_of(object_name, connection.version())
    named = [str(path) for text in changed for path in parse_fields(text, model)]
    tests: list[Any] = [*conditions(where, model), *(EventTest[Any](name, "changed") for name in named)]
    options = {"filters": tests, "object_id": object_id, "base64": base64, "replace_others": replaces}
    with _client(connection, writes=True) as wf, wf.dry_run() as dry:
        client = dry if dry_run else wf
        found = client.events.ensure(model, event_type.upper(), url=address, token=given_token(), **options)
    _show([found], as_json=as_json)
    if not as_json:
        tell("would be made" if found.is_new and dry_run else "made" if found.is_new else "was there")


@click.command("delete", cls=GuardedCommand)
@click.argument("subscription_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json_option
@connection_options
def deleted(subscription_ids: tuple[str, ...], yes: bool, as_json: bool, connection: ConnectionOptions) -> None:
    """Ends subscriptions."""
    from workfront_cli.output import show_json
    from workfront_core.errors import WriteRefused

    with _client(connection, writes=True) as wf:
        found = [wf.events.get(one) for one in subscription_ids]
        if not yes:
            _show(found, as_json=False)
            if not may_ask():
                raise WriteRefused("Ending subscriptions wants a confirmation; nothing was sent.", hint="Add --yes.")
            if not click.confirm(f"End {len(found)} at {connection.load().address}?", err=True):
                raise WriteRefused("Declined; nothing was sent.")
        for subscription in found:
            wf.events.delete(subscription)
            if not as_json:
                click.echo(subscription.id)
        if as_json:
            show_json([subscription.id for subscription in found])


def given_token() -> str:
    """Returns the token of messages, from the environment or typed unseen.

    Raises:
        QueryError: there is none, and nobody to ask.
    """
    from workfront_core.errors import QueryError

    token = os.environ.get(TOKEN, "")
    if not token and may_ask():
        token = str(click.prompt("Token of the messages", hide_input=True, err=True))
    if not token:
        raise QueryError("The token of the messages is missing.", hint=f"Set the variable {TOKEN}.")
    return token


@contextmanager
def _client(connection: ConnectionOptions, *, writes: bool = False) -> Generator[Any]:
    from workfront_cli.connection.talk import hooks, patience
    from workfront_cli.data.session import package_of

    package = import_package(package_of(connection.version()))
    profile = connection.load()
    allowed = profile.allow_writes if writes else False
    options = {"allow_writes": allowed, "hooks": hooks(), **patience()}
    with package.Workfront(profile.address, auth=profile.credential(), **options) as wf:
        yield wf


def import_package(name: str) -> Any:
    """Returns a generated package."""
    from importlib import import_module

    return import_module(name)


def _show(subscriptions: Iterable[Subscription], *, as_json: bool) -> None:
    if as_json:
        from workfront_cli.output import show_json

        show_json([_members(one) for one in subscriptions])
        return
    for one in subscriptions:
        health = f"{one.health.state}, {one.health.successes} taken, {one.health.failures} failed"
        click.echo(_line(one.id, one.obj_code, one.event_type, one.version, health, one.url))


def _line(*parts: str) -> str:
    from workfront_cli.output import plain

    return "  ".join(plain(part) for part in parts)


def _members(subscription: Subscription) -> dict[str, object]:
    """Returns a subscription as a JSON object: moments as texts."""
    health, made = subscription.health, subscription.created_at
    moments = {name: at.isoformat() if at else None for name, at in
               (("disabled_at", health.disabled_at), ("frozen_at", health.frozen_at))}  # fmt: skip
    shown: dict[str, object] = {**asdict(health), **moments, "state": health.state}
    return {**asdict(subscription), "created_at": made.isoformat() if made else None, "health": shown}
