"""What tests of the writing commands share: a small tenant, a terminal, what the sandbox was sent."""

from __future__ import annotations

from typing import Any, Final

from workfront_sandbox import Sandbox

ANA, BEN = "5a" * 16, "5b" * 16
SITE, SHOP = "1a" * 16, "1b" * 16
PLAN, BUILD, LAUNCH = "2a" * 16, "2b" * 16, "2c" * 16
DESIGN: Final = "7a" * 16
SEED: dict[str, Any] = {
    "now": "2026-07-01T09:00:00:000+0000",
    "me": ANA,
    "USER": [
        {"ID": ANA, "name": "Ana Ray", "username": "ana@acme.example", "emailAddr": "ana@acme.example"},
        {"ID": BEN, "name": "Ben Ito", "username": "ben", "emailAddr": "ben@acme.example"},
    ],
    "TEAMOB": [{"ID": DESIGN, "name": "Design"}],
    "CMPY": [{"ID": "7c" * 16, "name": "Acme"}],
    "PROJ": [
        {"ID": SITE, "name": "Site", "status": "CUR", "ownerID": ANA},
        {"ID": SHOP, "name": "Shop", "status": "PLN", "ownerID": BEN},
    ],
    "TASK": [
        {"ID": PLAN, "name": "Plan", "projectID": SITE, "status": "INP", "percentComplete": 40, "assignedToID": ANA},
        {"ID": BUILD, "name": "Build", "projectID": SITE, "status": "INP", "percentComplete": 10},
        {"ID": LAUNCH, "name": "Launch", "projectID": SITE, "status": "NEW", "percentComplete": 0},
    ],
}


def writes(sandbox: Sandbox) -> list[str]:
    """Verb and path of each call that was not a read, in the order they came."""
    return [
        f"{exchange.request.method} {exchange.request.path}"
        for exchange in sandbox.log
        if exchange.request.method != "GET" and not exchange.request.path.endswith(("/search", "/count", "/report"))
    ]
