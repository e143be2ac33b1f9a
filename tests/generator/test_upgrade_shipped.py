"""upgrade-check over the two versions that are shipped: each thing the newer one lacks is found where it is used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import workfront_client
from tests.support.type_checkers import warm_upgrade_check
from workfront_codegen.cli import app
from workfront_codegen.upgrade.compare import broken_members

pytestmark = pytest.mark.long

PROGRAM = """
import workfront_client.v21 as api
from workfront_client.v21 import AsyncWorkfront, User, UserField, Workfront
from workfront_client.v21 import UserLocation  # USE UserLocation


def use(wf: Workfront, row: User) -> None:
    print(row.name, row.home_team, UserField.NAME, User.f.direct_reports.name.is_null(), api.User)
    print(row.user_locations)  # USE user_locations
    print([place for user in wf.user.search() for place in user.user_locations or ()])  # USE user_locations
    wf.user.search(fields=[User.f.name, User.f.user_locations.id])  # USE user_locations
    wf.user.search(User.f.direct_reports.user_locations.id == "5")  # USE user_locations
    wf.user.create(user_locations=[])  # USE user_locations
    wf.user.update("5", first_name="x", user_locations=[])  # USE user_locations
    print(UserField.USER_LOCATIONS)  # USE USER_LOCATIONS
    print(api.UserLocation)  # USE UserLocation
    print(api.UserLocationField.ID)  # USE UserLocationField


async def use_async(wf: AsyncWorkfront) -> None:
    print((await wf.user.get("5")).user_locations)  # USE user_locations
    await wf.user.update("5", user_locations=[])  # USE user_locations


class Mine:
    user_locations = ()
    UserLocation = UserLocationField = 5


print(Mine().user_locations, Mine.UserLocation, {"user_locations": 1, "userLocations": 2})
"""


def planted() -> set[tuple[int, str]]:
    lines = enumerate(PROGRAM.splitlines(), 1)
    return {(number, line.rpartition("# USE ")[2]) for number, line in lines if "# USE " in line}


def test_the_program_uses_everything_that_goes() -> None:
    """Where a snapshot is fetched anew and more goes, the program has to grow."""
    folder = Path(workfront_client.__path__[0])
    gone = {item.spelling for item in broken_members(folder / "v21", folder / "v22")}
    assert gone == {name for _, name in planted()}


def test_every_use_is_certain_and_nothing_else_is_told(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm_upgrade_check(tmp_path_factory, tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "program.py").write_text(PROGRAM)
    result = CliRunner().invoke(
        app, ["upgrade-check", "program.py", "--from", "v21", "--to", "v22", "--format", "json"]
    )
    assert result.exit_code == 1, result.output
    uses = json.loads(result.stdout)["uses"]
    assert {(use["line"], use["name"]) for use in uses} == planted()
    assert all(use["certain"] for use in uses)
