"""How long users work on each day: by their schedule, and less the days they are away."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import LIV, MIA, NOAH, Asker

WEEK = {"userIDs": [MIA, NOAH, LIV], "fromDate": "2027-05-10", "toDate": "2027-05-16"}
OFFICE = [480.0] * 5 + [0.0] * 2


def times(ask: Asker) -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = ask("PUT", "USER/getUsersAvailableTime", json_body=WEEK)["result"]
    return found


def test_days_of_users_are_those_of_their_schedule_less_their_time_off(ask: Asker) -> None:
    (own,) = ask.sandbox.insert("SCHED", [{"name": "half days", "monday": ["9:00 AM - 1:00 PM"], "timeZone": "UTC"}])
    ask.sandbox.insert("NONWKD", [{"scheduleID": own, "nonWorkDate": "2027-05-17"}])
    ask("PUT", f"USER/{NOAH}", json_body={"scheduleID": own})
    away = {"startDate": "2027-05-11T00:00:00:000+0200", "endDate": "2027-05-12T13:00:00:000+0200"}
    ask.sandbox.insert("RESVT", [{"userID": LIV, **away}])
    found = times(ask)
    assert found["PAVL"] == {MIA: OFFICE, NOAH: [240.0, *[0.0] * 6], LIV: OFFICE}
    assert found["AVL"] == {**found["PAVL"], LIV: [480.0, 0.0, 240.0, 480.0, 480.0, 0.0, 0.0]}


@pytest.mark.parametrize("name", ["fromDate", "toDate"])
def test_a_day_that_is_missing_is_named(ask: Asker, name: str) -> None:
    status, message = ask.refused("PUT", "USER/getUsersAvailableTime", json_body={**WEEK, name: None})
    assert (status, message) == (422, f"argument {name} is missing")
