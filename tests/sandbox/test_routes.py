"""The table of routes: every address has one, every one is reached, anything else is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.asking import SHOP, Asker
from workfront_sandbox.api.route import ANY, Route, find
from workfront_sandbox.api.routes import CALL_ROUTES, METADATA_ROUTES, SESSION_ROUTES, WEB_ROUTES

TABLES: list[tuple[Route[Any], ...]] = [WEB_ROUTES, SESSION_ROUTES, METADATA_ROUTES, CALL_ROUTES]
ALL = [(table, route) for table in TABLES for route in table]
EXAMPLES = {"{id}": SHOP, "{object}": "PROJ", "{row}": "short", "{verb}": "move", "{subscription}": "one-of-them"}


def example(route: Route[Any]) -> list[str]:
    """The parts of a path that the route is for."""
    return [EXAMPLES.get(part, part) for part in route.path.strip("/").split("/")]


@pytest.mark.parametrize(("table", "route"), ALL, ids=[f"{route.method} {route.path}" for _, route in ALL])
def test_every_route_is_reached_by_its_own_address(table: tuple[Route[Any], ...], route: Route[Any]) -> None:
    found = find(table, "GET" if route.method == ANY else route.method, example(route))
    assert found is not None
    assert found[0] is route.handler


@pytest.mark.parametrize("route", [*SESSION_ROUTES, *METADATA_ROUTES, *CALL_ROUTES], ids=lambda route: str(route.path))
def test_routes_of_the_object_api_begin_with_its_root(route: Route[Any]) -> None:
    assert route.path.startswith("{api}/")


def test_names_in_braces_are_handed_over() -> None:
    route = Route("PUT", "{api}/{object}/{row}/{verb}", "handler")
    assert route.match("PUT", ["x", "task", "5a", "move"]) == {
        "api": "x",
        "object": "task",
        "row": "5a",
        "verb": "move",
    }
    assert route.match("GET", ["x", "task", "5a", "move"]) is None
    assert route.match("PUT", ["x", "task", "move"]) is None


def test_an_id_is_told_from_a_verb() -> None:
    route = Route("GET", "{api}/{object}/{id}", "handler")
    assert route.match("GET", ["x", "task", SHOP]) is not None
    assert route.match("GET", ["x", "task", "myTasks"]) is None


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "path",
    ["/", "/attask", "/attask/api", "/integrations/oauth2", "/ims/token/v4", "/attask/eventsubscription/api/v1/other"],
)
def test_an_address_without_a_route_is_not_found(ask: Asker, method: str, path: str) -> None:
    reply = ask.reply(method, path)
    assert reply.status == (422 if path == "/attask/api" else 404)
    assert json.loads(reply.body)["error"]["message"]
