"""``workfront open``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from workfront_cli.connection.options import connection_options
from workfront_cli.data.suggestions import object_names
from workfront_cli.guarded import GuardedCommand

if TYPE_CHECKING:
    from workfront_cli.connection.connection import ConnectionOptions

_PAGES: Final = (
    "PROJ", "TASK", "OPTASK", "DOCU", "USER", "PRGM", "PORT", "TMPL", "TEAMOB", "GROUP", "CMPY", "TSHET", "PTLSEC",
)  # fmt: skip
"""Objects that have a page of their own, those first that are opened most."""


@click.command("open", cls=GuardedCommand)
@click.argument("object_name", metavar="OBJECT", shell_complete=object_names)
@click.argument("what", metavar="NAME|ID", required=False)
@click.option("--print", "only_print", is_flag=True, help="Only show the link.")
@connection_options
def command(object_name: str, what: str | None, only_print: bool, connection: ConnectionOptions) -> None:
    """Opens an object in the browser, by its ID or its name.

    As in: workfront open project "Ember stove, Summer"

    An ID alone will do: workfront open 5d8000000000000000000000000000a1
    """
    from workfront_cli.data.session import model_of, session
    from workfront_cli.data.where import given_ids

    if what is None:
        object_name, what = _kind_of(connection, object_name), object_name
    if not what.strip():
        raise click.UsageError("NAME|ID is empty.")
    model = model_of(object_name, connection.version())
    ids = given_ids(what)
    if ids:
        address, object_id = connection.load().address, ids[0]
    else:
        with session(connection, object_name) as opened:
            address, object_id = opened.profile.address, _found(opened, what)
    word = "issue" if model.obj_code == "OPTASK" else model.__name__[0].lower() + model.__name__[1:]
    link = f"{address.rstrip('/')}/{word}/view?ID={object_id}"
    click.echo(link)
    if not only_print and click.launch(link):
        raise click.ClickException("No browser could be opened; the link is above.")


def _kind_of(connection: ConnectionOptions, what: str) -> str:
    """Returns the code of the object that an ID, or a link, leads to: those that people have pages of are asked.

    Raises:
        UsageError: it is neither.
        NotFound: there is none.
    """
    from workfront_cli.data.session import session
    from workfront_cli.data.where import given_ids
    from workfront_core.errors import NotFound

    ids = given_ids(what)
    if len(ids) != 1:
        raise click.UsageError("Missing argument 'NAME|ID'. An ID, or a link, stands by itself; a name behind OBJECT.")
    with session(connection, _PAGES[0]) as opened:
        for code in _PAGES:
            service: Any = opened.client.by_code(code)
            if list(service.search(service.model.f.id == ids[0], fields=["ID"], limit=1)):
                return code
    raise NotFound(f"No {', '.join(_PAGES)} has the ID {ids[0]}, or you may not see it.")


def _found(opened: Any, name: str) -> str:
    """Returns the ID of the one object of a name, or whose name has this text in it.

    Raises:
        QueryError: there is none, or there are several.
    """
    from workfront_cli.output import plain
    from workfront_core.errors import NotFound, QueryError
    from workfront_core.query.model_fields import by_wire_name

    if "name" not in by_wire_name(opened.model):
        raise QueryError(f"{opened.model.__name__} has no names.", hint="Give the ID.")
    path: Any = opened.model.f.name
    for test in (path == name, path.icontains(name)):
        rows = list(opened.service.search(test, fields=["ID", "name"], limit=6))
        if len(rows) == 1:
            return str(rows[0].id)
        if rows:
            listed = ", ".join(f"{row.id} {plain(str(row.name))}" for row in rows[:5])
            raise QueryError(f"Several objects have this name: {listed}.", hint="Give the ID of the one you mean.")
    raise NotFound(f"No {opened.model.__name__} has the name {name!r:.80}, or you may not see it.")
