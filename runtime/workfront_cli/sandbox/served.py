"""A sandbox that listens on this machine until it is interrupted."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Literal, cast
from uuid import uuid4

from workfront_cli.sandbox.certificate import OwnCertificate, write_certificate
from workfront_core.errors import QueryError

if TYPE_CHECKING:
    from workfront_sandbox import Sandbox

DEMO: Final = "demo"
EMPTY: Final = "empty"
DEFAULT_PORT: Final = 8484
_OWN_NAMES: Final = ("localhost", "127.0.0.1", "::1")
_DEMO_MODULE: Final = "workfront_sandbox.demo"


@dataclass(frozen=True, slots=True)
class SandboxPlan:
    """What sandbox is wanted.

    Attributes:
        seed: ``demo``, ``empty``, or a file.
        scale: how many times larger than usual the demo tenant is.
        db: the file of the database, ``None`` for memory.
        latency: milliseconds every answer takes longer.
        strict: whether only credentials it issued are accepted.
        effects: what becomes of actions whose effect is not computed: ``refuse``, ``warn``, ``ignore``.
        deliver_anywhere: whether events are sent to other machines too.
        rights: whether users see and change only what they have rights to.
        locks: whether work in projects that are complete or dead, or wait for approval, is refused.
        schema: folder of snapshots of one's own, over the shipped ones.
    """

    seed: str = DEMO
    scale: int = 1
    db: Path | None = None
    latency: float = 0.0
    strict: bool = False
    effects: Literal["refuse", "warn", "ignore"] = "refuse"
    deliver_anywhere: bool = False
    rights: bool = False
    locks: bool = False
    schema: Path | None = None


def make_sandbox(plan: SandboxPlan) -> Sandbox:
    """Returns a sandbox with its seed; a database that cannot be seeded is not left behind.

    Raises:
        QueryError: extra ``sandbox`` or the demo tenant is missing, or the seed or the database is none.
    """
    if plan.scale != 1 and plan.seed != DEMO:
        raise QueryError("--scale makes the demo tenant larger; it goes with --seed demo only.")
    seed = partial(_lay_demo, scale=plan.scale) if plan.seed == DEMO else plan.seed
    return _open(plan, seed)


def serve(
    sandbox: Sandbox, listener: socket.socket, hosts: Sequence[str] = (), tls: OwnCertificate | None = None
) -> None:
    """Answers on a listening socket until the process is told to stop, then lets go of the database.

    Args:
        sandbox: what answers.
        listener: where it listens.
        hosts: names it may be called by, besides those of this machine and IP addresses.
        tls: the certificate it shows; without one it speaks plain HTTP.
    """
    import uvicorn

    from workfront_sandbox.asgi.app import configuration

    try:
        with suppress(KeyboardInterrupt):
            config = configuration(sandbox, hosts=hosts)
            if tls is not None:
                config.ssl_certfile, config.ssl_keyfile = tls.certificate, tls.key
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        sandbox.close()


def listen(host: str, port: int) -> socket.socket:
    """Returns a listening socket; port 0 takes a free one.

    Raises:
        QueryError: the port is taken, or the host is not this machine's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise QueryError(f"Port {port} is in use.", hint="Take another one: --port 0 finds a free one.") from None
        raise QueryError(f"{host}:{port} cannot be listened at: {error.strerror or error}.") from None


@contextmanager
def own_certificate(hosts: Sequence[str], *, wanted: bool) -> Generator[OwnCertificate | None]:
    """Gives a certificate for this machine and other names until the block ends, or None where none is wanted.

    Raises:
        QueryError: what makes certificates is not installed.
    """
    if not wanted:
        yield None
        return
    with TemporaryDirectory(prefix="workfront-sandbox-") as folder:
        yield write_certificate(Path(folder), list(dict.fromkeys([*_OWN_NAMES, *hosts])))


def address_of(listener: socket.socket, scheme: str = "http") -> str:
    """Returns the URL of a listening socket, as this machine calls it."""
    host, port = str(listener.getsockname()[0]), int(listener.getsockname()[1])
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"{scheme}://[{here}]:{port}" if ":" in here else f"{scheme}://{here}:{port}"


def is_exposed(host: str) -> bool:
    """Returns whether other machines can reach it."""
    from workfront_sandbox.wire.loopback import is_loopback

    return not is_loopback(host)


def api_key(sandbox: Sandbox, *, strict: bool) -> str:
    """Returns a key to sign in with: one that a strict sandbox issued, any other takes whatever is given."""
    if not strict:
        return "anything"
    me = sandbox.tenant.me
    if not sandbox.accounts.api_key(me):
        sandbox.accounts.set_api_key(me, uuid4().hex)
    return sandbox.accounts.api_key(me)


def _open(plan: SandboxPlan, seed: Any) -> Sandbox:
    try:
        from workfront_sandbox import DatabaseRefused, Faults, Sandbox
        from workfront_sandbox.events.delivery import post, post_near
        from workfront_sandbox.tenant.schema_seed import SchemaRefused
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("workfront"):
            raise
        raise QueryError(
            f"The sandbox needs {error.name}.", hint="Install it with: pip install 'workfront-client[sandbox]'"
        ) from None
    try:
        faults = Faults(latency=plan.latency / 1000)
        sender = post if plan.deliver_anywhere else post_near
        db = plan.db or ":memory:"
        options: dict[str, Any] = {
            "strict": plan.strict,
            "effects": plan.effects,
            "rights": plan.rights,
            "locks": plan.locks,
        }
        options["schema"] = plan.schema
        return Sandbox(seed, db=db, faults=faults, send=sender, **options)
    except DatabaseRefused as error:
        raise QueryError(f"{error}.") from None
    except SchemaRefused as error:
        raise QueryError(f"--schema {plan.schema}: {error}.") from None
    except ValueError as error:
        raise QueryError(
            f"The seed {plan.seed} cannot be loaded: {error}.", hint="Seeds are demo, empty, or a JSON file of rows."
        ) from None


def _lay_demo(sandbox: Sandbox, *, scale: int) -> None:
    _demo()(sandbox, scale=scale)


def _demo() -> Callable[..., object]:
    try:
        module: Any = import_module(_DEMO_MODULE)
    except ModuleNotFoundError as error:
        if error.name != _DEMO_MODULE:
            raise QueryError(f"The demo tenant needs {error.name}.") from None
        raise QueryError(
            "This installation has no demo tenant.", hint="Start with --seed empty, or with a file of rows."
        ) from None
    return cast("Callable[..., object]", module.seed)
