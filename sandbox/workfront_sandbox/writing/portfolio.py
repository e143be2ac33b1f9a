"""Programs and the portfolios they are part of."""

from __future__ import annotations

from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.rows import change


def move_up(call: Call, program: Row) -> None:
    """Gives the projects of a program that is about to be deleted to the portfolio of the program."""
    for project in call.store.where("PROJ", programID=program["ID"]):
        if not project.get("portfolioID"):
            change(call, "PROJ", str(project["ID"]), {"portfolioID": program.get("portfolioID")})
