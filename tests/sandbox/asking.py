"""Asking a sandbox without a socket, and the bakery whose data most tests ask about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from workfront_sandbox import HttpRequest, HttpResponse, Sandbox

MIA, NOAH, LIV = (f"{number:032x}" for number in (0xA1, 0xA2, 0xA3))
OVEN, SHOP, WEBSITE = (f"{number:032x}" for number in (0xB1, 0xB2, 0xB3))
BRICKS, FIRE, PAINT, PHOTOS = (f"{number:032x}" for number in (0xC1, 0xC2, 0xC3, 0xC4))
BAKING = f"{0xD1:032x}"
LEAK = f"{0xE1:032x}"

BAKERY: dict[str, Any] = {
    "now": "2027-05-12T10:00:00:000+0200",
    "me": MIA,
    "USER": [
        {"ID": MIA, "name": "Mia Moll", "firstName": "Mia", "lastName": "Moll", "username": "mia@bakery.test"},
        {"ID": NOAH, "name": "Noah Nord", "firstName": "Noah", "lastName": "Nord", "username": "noah@bakery.test"},
        {"ID": LIV, "name": "Liv Lund", "firstName": "Liv", "lastName": "Lund", "roleID": BAKING},
    ],
    "ROLE": [{"ID": BAKING, "name": "Baker"}],
    "PROJ": [
        {
            "ID": OVEN,
            "name": "New oven",
            "status": "CUR",
            "ownerID": MIA,
            "budget": 900.5,
            "plannedStartDate": "2027-05-03T08:00:00:000+0200",
            "DE:Floor": "cellar",
            "DE:Tags": ["hot", "heavy"],
        },
        {
            "ID": SHOP,
            "name": "Shop front",
            "status": "PLN",
            "ownerID": NOAH,
            "budget": 120.0,
            "plannedStartDate": "2027-05-12T23:30:00:000+0200",
            "DE:Floor": "ground",
            "DE:Tags": ["heavy"],
        },
        {
            "ID": WEBSITE,
            "name": "website",
            "status": "CUR",
            "ownerID": None,
            "budget": None,
            "plannedStartDate": None,
            "DE:Floor": None,
            "DE:Tags": [],
        },
    ],
    "TASK": [
        {
            "ID": BRICKS,
            "name": "Lay bricks",
            "status": "CPL",
            "percentComplete": 100.0,
            "projectID": OVEN,
            "assignedToID": NOAH,
            "taskNumber": 1,
            "priority": 1,
        },
        {
            "ID": FIRE,
            "name": "First fire",
            "status": "NEW",
            "percentComplete": 0.0,
            "projectID": OVEN,
            "assignedToID": LIV,
            "taskNumber": 2,
            "priority": 4,
            "parentID": BRICKS,
        },
        {
            "ID": PAINT,
            "name": "Paint 50% of the sign_board",
            "status": "INP",
            "percentComplete": 50.0,
            "projectID": SHOP,
            "assignedToID": None,
            "taskNumber": 1,
            "priority": 2,
        },
        {
            "ID": PHOTOS,
            "name": "bread photos",
            "status": "INP:A",
            "percentComplete": 80.0,
            "projectID": WEBSITE,
            "assignedToID": MIA,
            "taskNumber": 1,
            "priority": 0,
        },
    ],
    "OPTASK": [{"ID": LEAK, "name": "Chimney leaks", "status": "NEW", "projectID": OVEN, "ownerID": NOAH}],
    "HOUR": [
        {"hours": 2.5, "projectID": OVEN, "taskID": BRICKS, "ownerID": NOAH, "entryDate": "2027-05-04"},
        {"hours": 1.5, "projectID": OVEN, "taskID": FIRE, "ownerID": LIV, "entryDate": "2027-05-05"},
        {"hours": 4.0, "projectID": SHOP, "taskID": PAINT, "ownerID": NOAH, "entryDate": "2027-05-11"},
    ],
}


@dataclass
class Asker:
    """Asks one sandbox, as the user ``mia`` unless a test says otherwise."""

    sandbox: Sandbox
    api: str = "/attask/api/v22.0"

    def reply(
        self,
        method: str,
        path: str,
        query: Any = None,
        *,
        json_body: Any = None,
        form: Any = None,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> HttpResponse:
        sent = {"sessionid": "mia", **(headers or {})}
        if json_body is not None:
            sent["content-type"], body = "application/json", json.dumps(json_body).encode()
        if form is not None:
            sent["content-type"], body = "application/x-www-form-urlencoded", urlencode(form, doseq=True).encode()
        text = query if isinstance(query, str) else urlencode(query or {}, doseq=True)
        whole = path if path.startswith("/") else f"{self.api}/{path}"
        return self.sandbox.answer(HttpRequest(method, whole, text, sent, body or b""))

    def __call__(self, method: str, path: str, query: Any = None, **rest: Any) -> Any:
        """The data of an answer that must be a success."""
        reply = self.reply(method, path, query, **rest)
        assert reply.status == 200, reply
        return json.loads(reply.body)["data"]

    def refused(self, method: str, path: str, query: Any = None, **rest: Any) -> tuple[int, str]:
        """Status and message of an answer that must be a refusal."""
        reply = self.reply(method, path, query, **rest)
        assert reply.status >= 400, reply
        error = json.loads(reply.body)["error"]
        return reply.status, error if isinstance(error, str) else str(error["message"])

    def names(self, code: str, **filters: Any) -> list[str]:
        """The names of the rows a search finds, sorted."""
        query = {key.replace("__", ":"): value for key, value in filters.items()}
        return sorted(row["name"] for row in self("GET", f"{code}/search", query))

    def found(self, code: str, query: Any) -> list[str]:
        """The names of the rows a search finds, in its order."""
        return [row["name"] for row in self("GET", f"{code}/search", query)]


def bakery(**options: Any) -> Asker:
    return Asker(Sandbox(BAKERY, **options))
