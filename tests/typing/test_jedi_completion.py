"""What editors without a type checker complete: those of Jupyter, IPython and vim ask jedi."""

from __future__ import annotations

import sys
from pathlib import Path

import jedi  # type: ignore[import-untyped]
import pytest

from tests.support.jedi_cache import use_own_cache

pytestmark = pytest.mark.long

use_own_cache()

_CLIENTS = """
from workfront_client import ApiKey
from workfront_client.v22 import AsyncWorkfront, Project, ProjectStatus, Task, TaskField, Workfront
wf = Workfront("https://acme.my.workfront.com", auth=ApiKey("key"))
awf = AsyncWorkfront("https://acme.my.workfront.com", auth=ApiKey("key"))
"""

SYNC = {
    "a client": ("wf.", "task"),
    "a client made in place": ('Workfront("https://acme.my.workfront.com", auth=ApiKey("key")).', "task"),
    "a client in with": ('with Workfront("x", auth=ApiKey("key")) as w:\n    w.', "task"),
    "a client from variables": ("Workfront.from_env().", "task"),
    "a client from variables in with": ("with Workfront.from_env() as w:\n    w.", "task"),
    "a client with other options": ("wf.with_options(timeout=5).", "task"),
    "a service of a client with other options": ("wf.with_options(timeout=5).task.", "search"),
    "a client in a dry run": ("with wf.dry_run() as dry:\n    dry.", "task"),
    "what a dry run kept back": ("with wf.dry_run() as dry:\n    dry.", "planned"),
    "a parameter": ("def late(client: Workfront) -> None:\n    client.", "task"),
    "a service": ("wf.task.", "search"),
    "an action of a service": ("wf.task.", "move"),
    "a service's model": ("wf.task.model.", "from_wire"),
    "a row by ID": ('wf.task.get("1" * 32).', "planned_completion_date"),
    "rows by ID": ('wf.task.get_many(["1" * 32])[0].', "planned_completion_date"),
    "a created row": ('wf.task.create(name="x").', "planned_completion_date"),
    "an updated row": ('wf.task.update("1" * 32, name="x").', "planned_completion_date"),
    "a copied row": ('wf.task.copy("1" * 32).', "planned_completion_date"),
    "a search": ("wf.task.search().", "to_list"),
    "a row of a search": ("for task in wf.task.search():\n    task.", "planned_completion_date"),
    "a row of a comprehension": ("[task.planned_| for task in wf.task.search()]", "planned_completion_date"),
    "a row of a list": ("wf.task.search().to_list()[0].", "planned_completion_date"),
    "the first row": ("task = wf.task.search().first()\ntask.", "planned_completion_date"),
    "the only row": ("wf.task.search().one().", "planned_completion_date"),
    "a page": ("for page in wf.task.search().pages():\n    page[0].", "planned_completion_date"),
    "a row of a map": ('wf.task.search_map()["1"].', "planned_completion_date"),
    "a row of a named query": ("wf.work.my_work()[0].", "planned_completion_date"),
    "a referred row": ('wf.task.get("1" * 32).project.', "planned_completion_date"),
    "a row of a collection": (
        'wf.project.get("1" * 32).tasks[0].',
        "planned_completion_date",
    ),
    "a group of a report": ("wf.hour.report().", "rollup"),
}
ASYNC = {
    "a client": ("awf.", "task"),
    "a client in async with": ('async with AsyncWorkfront("x", auth=ApiKey("key")) as w:\n        w.', "task"),
    "a client from variables": ("AsyncWorkfront.from_env().", "task"),
    "a client from variables in async with": ("async with AsyncWorkfront.from_env() as w:\n        w.", "task"),
    "a client with other options": ("awf.with_options(timeout=5).", "task"),
    "a client in a dry run": ("with awf.dry_run() as dry:\n        dry.", "task"),
    "a service": ("awf.task.", "search"),
    "a row by ID": ('(await awf.task.get("1" * 32)).', "planned_completion_date"),
    "rows by ID": ('(await awf.task.get_many(["1" * 32]))[0].', "planned_completion_date"),
    "a created row": ('(await awf.task.create(name="x")).', "planned_completion_date"),
    "a search": ("awf.task.search().", "to_list"),
    "a row of a search": ("async for task in awf.task.search():\n        task.", "planned_completion_date"),
    "a row of a list": ("(await awf.task.search().to_list())[0].", "planned_completion_date"),
    "the first row": ("task = await awf.task.search().first()\n    task.", "planned_completion_date"),
    "a page": ("async for page in awf.task.search().pages():\n        page[0].", "planned_completion_date"),
}
NAMES = {
    "paths": ("Task.f.", "planned_completion_date"),
    "paths of a reference": ("Task.f.project.", "planned_completion_date"),
    "paths of a reference's reference": ("Task.f.project.owner.", "first_name"),
    "names for filters": ("Task.f.search.", "is_complete"),
    "what a name for filters leads to": ("Task.f.search.assignments_users_mm.", "first_name"),
    "what a path to text can ask": ("Task.f.name.", "contains"),
    "what a path to a date can ask": ("Task.f.planned_completion_date.", "asc"),
    "values of a field": ("ProjectStatus.", "CURRENT"),
    "wire names": ("TaskField.", "PLANNED_COMPLETION_DATE"),
    "names of a version": ("import workfront_client.v22\nworkfront_client.v22.", "Project"),
    "names to import from a version": ("from workfront_client.v22 import ", "AsyncWorkfront"),
    "names to import from the front door": ("from workfront_client import ", "RateLimited"),
    "arguments of a credential": ("ApiKey(", "key="),
    "arguments of retries": ("from workfront_client import Retry\nRetry(", "initial_delay="),
    "an error": ("from workfront_client import RateLimited\nRateLimited().", "retry_after"),
    "an error caught": (
        "from workfront_client import WorkfrontError\ntry:\n    pass\nexcept WorkfrontError as error:\n    error.",
        "request",
    ),
}


def offered(code: str) -> set[str]:
    """Returns the names jedi offers where ``|`` stands in the code, at its end by default."""
    before, _, after = code.partition("|")
    script = jedi.Script(_CLIENTS + before + after, environment=jedi.InterpreterEnvironment(), project=_project())
    lines = (_CLIENTS + before).splitlines()
    return {name.name_with_symbols for name in script.complete(len(lines), len(lines[-1]))}


def _project() -> jedi.Project:
    return jedi.Project(Path(__file__).parent, added_sys_path=sys.path)


@pytest.mark.parametrize(("code", "name"), [*SYNC.values(), *NAMES.values()], ids=[*SYNC, *NAMES])
def test_jedi_offers(code: str, name: str) -> None:
    assert name in offered(code)


@pytest.mark.parametrize(("code", "name"), ASYNC.values(), ids=ASYNC)
def test_jedi_offers_in_asynchronous_code(code: str, name: str) -> None:
    assert name in offered(f"async def main():\n    {code}")


@pytest.mark.xfail(reason="jedi 0.20 takes the `async for` of a comprehension for a plain `for`", raises=AssertionError)
def test_jedi_offers_rows_of_an_asynchronous_comprehension() -> None:
    assert "planned_completion_date" in offered(
        "async def main():\n    [task.planned_| async for task in awf.task.search()]"
    )


@pytest.mark.parametrize("client", ["wf", "awf"])
def test_a_service_offers_no_member_of_the_attribute_that_holds_it(client: str) -> None:
    assert not offered(f"{client}.project.") & {"attrname", "func", "lock", "bound"}


def test_the_places_are_as_many_as_were_counted() -> None:
    assert len(SYNC) + len(ASYNC) + len(NAMES) >= 38
