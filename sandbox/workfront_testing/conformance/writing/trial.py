"""Where checks write: one project, made when the run begins, removed however it ends."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Final
from urllib.parse import quote

from workfront_core.errors.kinds import QueryError, TransportError, WriteRefused
from workfront_core.http_library import httpx
from workfront_core.request.write_guard import is_production
from workfront_testing.conformance.answer import Answer, answer_of, as_list, as_row
from workfront_testing.conformance.check import pairs_of
from workfront_testing.conformance.expect import ID
from workfront_testing.conformance.samples import filled
from workfront_testing.conformance.server import encoded
from workfront_testing.conformance.writing.confinement import Confinement
from workfront_testing.conformance.writing.interruption import left_by_signals, undisturbed
from workfront_testing.conformance.writing.step import Step, filled_values

NAME: Final = "workfront conform, may be deleted, "
"""What names of the projects of these runs begin with."""
START: Final = "2031-05-12T09:00:00"
"""When the project begins: a Monday."""
_SECONDS: Final = 60.0
_OUTLIVES: Final = "hour"
"""What is kept when its project goes, so that it is deleted by itself."""


class Trial:
    """Sends what checks write, and nothing that leaves their project.

    Args:
        root: the versioned root, ``https://acme.preview.workfront.com/attask/api/v22.0/``.
        headers: those that sign in.
        transport: in place of the network.
        seconds: one answer may take.
        watch: hears of each answer.

    Attributes:
        name: of the project.
        project: what every step may name: ``{project.ID}``, ``{me.ID}``.
        version: of the API: ``v22.0``.

    Raises:
        WriteRefused: the host is, or may be, production.
    """

    def __init__(
        self,
        root: str,
        headers: Mapping[str, str],
        transport: httpx.BaseTransport | None = None,
        seconds: float = _SECONDS,
        watch: Callable[[httpx.Response], None] | None = None,
    ) -> None:
        if is_production(root):
            raise WriteRefused(
                "Checks that write run on previews, sandboxes and this machine only; nothing was sent.",
                hint="Run them with a profile of a preview, or leave out --write.",
            )
        self.root: str = root.rstrip("/") + "/"
        self.name: str = NAME + secrets.token_hex(8)
        self.project: dict[str, str] = {}
        self.version: str = self.root.rstrip("/").rpartition("/")[2]
        self._watch = watch
        self._outliving: list[str] = []
        self._confined = Confinement(self.name)
        self._http = httpx.Client(
            headers={"X-Requested-With": "XMLHttpRequest", **headers},
            transport=transport,
            timeout=seconds,
            event_hooks={"request": [self._confined]},
        )

    def send(self, step: Step, known: dict[str, str]) -> Answer:
        """Returns the answer to a step; keeps the rows that it names among what is known.

        Raises:
            WriteRefused: it would change something that this run did not make; it was not sent.
            TransportError: no answer came.
        """
        path, _, query = step.path.partition("?")
        pairs = [(filled(name, known), filled(value, known)) for name, value in pairs_of(query)]
        body = filled_values(step.values, known)
        answer = self._ask(step.verb, filled(path, known), encoded(pairs), body)
        self._remember(step, path, answer)
        known |= _named(step.named, answer)
        return answer

    def earlier(self) -> int:
        """Returns how many projects earlier runs left, which ended without a chance to remove them."""
        return len(self._named_like(NAME, "startswith"))

    def open(self) -> None:
        """Makes the project.

        Raises:
            QueryError: the server does not let it.
            TransportError: no answer came.
        """
        me = self._ask("GET", "user", "id=%24%24USER&fields=ID").row
        self._confined.known.add(str(me.get("ID")))
        known = {"me#1.ID": str(me.get("ID"))}
        values = {"name": self.name, "plannedStartDate": START, "status": "CUR", "scheduleMode": "S"}
        answer = self.send(Step("POST", "proj?fields=ID,name", values, "project"), known)
        if not answer.is_success or "project#1.ID" not in known:
            raise QueryError(
                "The server does not let this user make a project; nothing was tried.",
                hint="Sign in as a user who may create and delete projects.",
            )
        self.project = known

    def remove(self) -> None:
        """Removes the project with all that is in it, whether or not its creation was answered.

        Raises:
            QueryError: it is still there.
            TransportError: no answer came.
        """
        try:
            self._delete_all()
            left = self._named_like(self.name, "eq")
        except TransportError as error:
            raise TransportError(f'The project "{self.name}" may be left: {error.message}') from None
        if left:
            raise QueryError(
                f'The project "{self.name}" could not be removed.', hint="Delete it, and what is in it, by hand."
            )

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def _ask(self, verb: str, path: str, query: str = "", body: object = None) -> Answer:
        url = httpx.URL(self.root).join(quote(path, safe="/$"))
        asked = f"{url}?{query}" if query else str(url)
        try:
            response = (
                self._http.request(verb, asked, json=body) if body is not None else self._http.request(verb, asked)
            )
        except httpx.HTTPError as error:
            raise TransportError(f"The server sent no answer: {type(error).__name__}.") from None
        if self._watch is not None:
            self._watch(response)
        return answer_of(response.status_code, response.headers.get("Content-Type", ""), response.text)

    def _delete_all(self) -> None:
        """Deletes what was made; the project is looked for by its name, lest its creation was not answered."""
        for one in self._outliving:
            self._ask("DELETE", f"hour/{one}", "force=true")
        for one in self._named_like(self.name, "eq"):
            self._confined.made.add(one)
            self._ask("DELETE", f"proj/{one}", "force=true")

    def _named_like(self, name: str, operator: str) -> list[str]:
        query = encoded([("name", name), ("name_Mod", operator), ("enteredByID", "$$USER.ID"), ("fields", "name")])
        rows = self._ask("GET", "proj/search", query).rows
        return [str(row.get("ID")) for row in rows if str(row.get("name")).startswith(name)]

    def _remember(self, step: Step, path: str, answer: Answer) -> None:
        """Keeps the IDs of rows that a step made: those that its answer has."""
        if not answer.is_success:
            return
        if step.verb == "POST":
            made = _ids_of(answer.data)
            self._confined.made |= made
            self._outliving += sorted(made) if path == _OUTLIVES else []
        elif step.verb == "GET":
            rows = [row for row in answer.rows if row.get("taskID") in self._confined.made]
            self._confined.made |= _ids_of(rows)
        elif "result" in answer.row:
            self._confined.made |= _ids_of(answer.row["result"])


@contextmanager
def project(trial: Trial) -> Generator[Trial]:
    """Makes the project of a trial, and removes it when the block ends, however it ends.

    Raises:
        WorkfrontError: it cannot be made, or not be removed.
    """
    try:
        with left_by_signals():
            trial.open()
            yield trial
    finally:
        with undisturbed():
            try:
                trial.remove()
            finally:
                trial.close()


def _named(name: str, answer: Answer) -> dict[str, str]:
    """Returns the members of the rows that a step named, as steps name them."""
    if not name or not answer.is_success:
        return {}
    rows = answer.rows or [answer.row]
    members = ((number, field, value) for number, row in enumerate(rows, 1) for field, value in row.items())
    return {f"{name}#{number}.{field}": str(value) for number, field, value in members if value is not None}


def _ids_of(data: object) -> set[str]:
    """Returns the IDs of rows, or of a list of IDs."""
    found = (one if isinstance(one, str) else as_row(one).get("ID") for one in (as_list(data) or [data]))
    return {one for one in found if isinstance(one, str) and ID.fullmatch(one)}
