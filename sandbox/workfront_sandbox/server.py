"""The sandbox: a tenant, its clock, its faults and its log, answering requests whatever carries them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import format_datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias

from workfront_sandbox.actions.dispatch import CustomHandler
from workfront_sandbox.api.router import Router
from workfront_sandbox.events.delivery import Deliveries, Send, post_near
from workfront_sandbox.events.subscription import Subscriptions
from workfront_sandbox.reading.reads import Shuffle
from workfront_sandbox.schema.catalogue import Catalogue
from workfront_sandbox.schema.snapshot_source import SnapshotSource
from workfront_sandbox.signin import oauth
from workfront_sandbox.signin.credential import Accounts
from workfront_sandbox.tenant.clock import Clock
from workfront_sandbox.tenant.effects import Effects
from workfront_sandbox.tenant.limits import Limits
from workfront_sandbox.tenant.options import check_options
from workfront_sandbox.tenant.schema_seed import SchemaRefused, custom_rows
from workfront_sandbox.tenant.tenant import Tenant, read_seed
from workfront_sandbox.wire import faults
from workfront_sandbox.wire.errors import ApiError, too_many_requests
from workfront_sandbox.wire.exchange import Exchange, ExchangeLog
from workfront_sandbox.wire.faults import Faults
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.messages import HttpRequest, HttpResponse, json_response
from workfront_sandbox.wire.parameters import read_parameters
from workfront_sandbox.writing import document
from workfront_schema.custom_catalogue import catalogue_of
from workfront_schema.errors import SchemaError
from workfront_schema.snapshot import Snapshot
from workfront_schema.store import load_snapshot, object_names, standard_schema, versions

_LOG = logging.getLogger("workfront.sandbox")


Seed: TypeAlias = "str | Path | Mapping[str, Any] | Callable[[Sandbox], object]"


class Sandbox:
    """A Workfront tenant of one's own.

    ``seed`` is ``empty``, a file, a document (``now``, ``me``, rows by objCode), or what fills an empty sandbox; an
    empty database gets its rows, whole or not at all. The file ``db`` belongs to one sandbox as long as that lives.
    ``strict="values"`` requires the values that the service requires of new rows, and e-mail addresses of one user
    each; ``strict=True`` also accepts only credentials the sandbox issued, and takes the stricter reading where it is
    disputed what the service does. ``unstable`` is a seed for the order of rows nobody sorts. ``effects`` says what
    becomes of actions and named queries whose effect the sandbox does not compute (docs/sandbox-coverage.md). With
    ``rights`` users see and change what they have rights to, else everything; with ``locks`` work in projects that are
    complete or dead, or that wait for approval, cannot be changed. ``schema`` is a folder of snapshots of one's own,
    over the shipped ones: their object types, custom fields, forms and versions are served. ``send`` posts events: to
    this machine only, unless it is `workfront_sandbox.events.delivery.post` or one's own.

    Attributes:
        is_fresh: whether the database was empty and got the rows of the seed.

    Raises:
        ValueError: the seed cannot be read; a new file is not left behind.
        SchemaRefused: the folder holds no snapshot, or one that cannot be read.
        DatabaseRefused: the file is in use, or is not that of a sandbox; it is left as it was.
    """

    def __init__(
        self,
        seed: Seed = "empty",
        *,
        db: str | Path = ":memory:",
        strict: bool | Literal["values"] = False,
        clock: Clock | None = None,
        unstable: int | None = None,
        limits: Limits | None = None,
        faults: Faults | None = None,
        snapshots: Sequence[Snapshot] | None = None,
        schema: str | Path | None = None,
        effects: Effects = "refuse",
        rights: bool = False,
        locks: bool = False,
        send: Send = post_near,
    ) -> None:
        check_options(strict=strict, rights=rights, locks=locks, clock=clock, limits=limits, faults=faults,
                      unstable=unstable, send=send, db=db, schema=schema)  # fmt: skip
        own = _own_snapshots(schema)
        catalogue = _catalogue(snapshots, own)
        self._place = str(db)
        limits = limits or Limits()
        self.tenant: Tenant = Tenant(
            catalogue, clock or Clock(), str(db), strict is True, limits, effects, rights, locks, bool(strict)
        )
        self.faults: Faults = faults or Faults()
        self.subscriptions: Subscriptions = Subscriptions(self.tenant)
        self.api: Router = Router(self.tenant, self.subscriptions, Shuffle(unstable))
        self.deliveries: Deliveries = Deliveries(self.subscriptions, send)
        self.tenant.watchers.append(self.deliveries.watch)
        self.log: ExchangeLog = ExchangeLog()
        self._turn = threading.RLock()
        self.has_own_fields: bool = bool(own and catalogue_of(own[-1]).fields)
        self.is_fresh: bool = self.tenant.found_empty()
        if self.is_fresh:
            self._fill(seed, own)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} in {'memory' if self._place == ':memory:' else self._place}>"

    def _fill(self, seed: Seed, own: Sequence[Snapshot]) -> None:
        try:
            with self.tenant.store.transaction():
                document = read_seed("empty" if callable(seed) else seed)
                self.tenant.seed(document)
                if callable(seed):
                    seed(self)
                _insert_custom(self.tenant, own)
                self.tenant.check_custom_names(document)
        except BaseException:
            self.tenant.store.give_up()
            raise

    @property
    def clock(self) -> Clock:
        """The tenant's clock."""
        return self.tenant.clock

    @property
    def accounts(self) -> Accounts:
        """Tokens, API keys and passwords."""
        return Accounts(self.tenant)

    @property
    def tokens(self) -> oauth.TokenService:
        """The OAuth2 service."""
        return oauth.TokenService(self.tenant)

    def insert(self, code: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Adds rows as they are; answers with their IDs.

        Raises:
            ApiError: an ID is taken, or text stands where a date belongs.
            ValueError: no object type has this objCode.
        """
        self.tenant.catalogue.check_code(code)
        with self._turn:
            return self.tenant.insert(code, rows)

    def rows(self, code: str) -> list[Row]:
        """Returns all rows of an object type as they are stored, oldest first.

        Raises:
            ValueError: no object type has this objCode.
        """
        self.tenant.catalogue.check_code(code)
        with self._turn:
            return list(self.tenant.store.every(code))

    def upload(self, content: bytes, file_name: str = "", handle: str | None = None) -> str:
        """Stores content as if it was uploaded; answers with its handle."""
        with self._turn:
            return document.store_upload(self.tenant, content, file_name, handle)

    def restore(self, code: str, object_id: str) -> None:
        """Brings a row back that was deleted less than thirty days ago, with its ID and with all that went along.

        The API has no call for that: users do it in the application. Projects, tasks, issues, templates and documents
        can be restored, each that was deleted itself.

        Raises:
            ApiError: 404, the bin does not hold it.
            ValueError: no object type has this objCode.
        """
        self.tenant.catalogue.check_code(code)
        with self._turn:
            self.api.restore(code, object_id)

    def on_action(self, code: str, name: str, handler: CustomHandler) -> None:
        """Runs ``handler`` for an action from now on.

        Raises:
            ValueError: no object type has this objCode.
        """
        self.tenant.catalogue.check_code(code)
        self.api.custom[code, name] = handler

    def advance(self, by: timedelta) -> int:
        """Moves the clock and sends the events that became due; answers how many arrived."""
        self.clock.advance(by)
        return self.deliver()

    def deliver(self) -> int:
        """Sends the events that are due; answers how many arrived."""
        return self.deliveries.deliver()

    def close(self) -> None:
        """Lets go of the database."""
        with self._turn:
            self.tenant.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answers one request. Whatever is asked, the answer is one the service could give."""
        started = time.perf_counter()
        fault = self.faults.choose(request.headers, request.path)
        response = faults.before(fault) or faults.after(fault, self._answer(request))
        response = replace(self._dated(response), delay=self.faults.delay(request.headers))
        self.log.append(Exchange(self.clock.now(), request, response, time.perf_counter() - started))
        return response

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Answers a request that is one too many at a time."""
        response = self._dated(json_response(too_many_requests().body(), 429))
        self.log.append(Exchange(self.clock.now(), request, response, 0.0))
        return response

    def _dated(self, response: HttpResponse) -> HttpResponse:
        """Returns an answer with the date of the sandbox's own clock, wherever that stands."""
        date = format_datetime(self.clock.now().astimezone(UTC), usegmt=True)
        return replace(response, headers={"date": date, **response.headers})

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            with self._turn:
                return self._checked_answer(request)
        except ApiError as error:
            return json_response(error.body(), error.status)
        except oauth.TokenError as error:
            return json_response(error.body(), 400)
        except Exception:
            _LOG.exception("%s %s", request.method, request.path)
            return json_response(ApiError(500, "Internal server error").body(), 500)

    def _checked_answer(self, request: HttpRequest) -> HttpResponse:
        limits = self.tenant.limits
        limits.check_uri(f"{request.path}?{request.query}" if request.query else request.path)
        if request.size > limits.body:
            raise ApiError(413, f"The body is larger than {limits.body} bytes")
        kind = request.headers.get("content-type", "")
        parameters = read_parameters(request.query, kind, request.body, request.upload)
        return self.api.answer(request, parameters)


@lru_cache(maxsize=1)
def _standard_snapshots() -> tuple[SnapshotSource, ...]:
    """Returns the shipped snapshots, each read when a call first needs its version."""
    schema = standard_schema()
    return tuple(
        SnapshotSource(version, object_names(schema, version), partial(load_snapshot, schema, version))
        for version in versions(schema)
    )


@lru_cache(maxsize=1)
def _standard_catalogue() -> Catalogue:
    return Catalogue(_standard_snapshots())


def _catalogue(snapshots: Sequence[Snapshot] | None, own: Sequence[Snapshot]) -> Catalogue:
    """Returns the object types that are served: the shipped ones, or others, with one's own over them."""
    if snapshots is None and not own:
        return _standard_catalogue()
    below: Sequence[Snapshot | SnapshotSource] = _standard_snapshots() if snapshots is None else snapshots
    return Catalogue(list({item.version: item for item in (*below, *own)}.values()))


def _own_snapshots(schema: str | Path | None) -> list[Snapshot]:
    """Returns the snapshots of a schema folder, oldest first.

    Raises SchemaRefused where it holds none, or one that cannot be read.
    """
    if schema is None:
        return []
    folder = Path(schema)
    try:
        found = [load_snapshot(folder, version) for version in versions(folder)]
    except SchemaError as error:
        raise SchemaRefused(str(error)) from None
    if not found:
        raise SchemaRefused(f"{folder} does not hold a snapshot; fetch one: workfront-codegen fetch --out {folder}")
    return found


def _insert_custom(tenant: Tenant, own: Sequence[Snapshot]) -> None:
    """Adds the custom fields and forms of one's own newest snapshot, but for names that the seed has already."""
    rows = custom_rows(catalogue_of(own[-1])) if own else {}
    there = {code: {row.get("name") for row in tenant.store.every(code)} for code in ("PARAM", "CTGY")}
    known = {row["ID"] for code in there for row in rows.get(code, ()) if row["name"] in there[code]}
    for code, found in rows.items():
        named = ("ID", "parameterID", "categoryID")
        tenant.insert(code, [row for row in found if known.isdisjoint(row.get(name) for name in named)])
    tenant.custom.forget()
