"""Checks of who calls: the credential, whether it is accepted, what it may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from workfront_cli.account.identity import access_level
from workfront_cli.doctor.finding import CheckResult, ok, problem, skipped, warning
from workfront_cli.doctor.setup import Diagnosis, outcome
from workfront_cli.wording import hint_of, message_of
from workfront_core.auth import RenewableAuth, Token
from workfront_core.errors import AuthenticationError, WorkfrontError
from workfront_core.operations import operation
from workfront_core.services.untyped_model import untyped_model

_LOOKED_AT: Final = {"PROJ": "projects", "TASK": "tasks", "OPTASK": "issues"}
_TECHNICAL: Final = frozenset({"ims-server", "ims-token"})
_REFUSED: Final[Mapping[str, str]] = {
    "api-key": "Make a new key: keys expire (monthly, unless set otherwise), and each environment has its own.",
    "session-id": "Get a new session: they end after some hours, and each environment has its own.",
    "login": "Most tenants are closed to passwords by now; use OAuth 2 (workfront login) or an API key.",
    "jwt": "Check the clock, the issuer (customer ID, or client ID) and that the public key is the application's.",
    "ims-server": "Check client id, secret and organisation, and that the credential has the Workfront API.",
    "ims-token": "Get a new token: they hold about a day, and for one organisation.",
}
_AGAIN: Final = "Sign in again: workfront login."


def credential(setup: Diagnosis) -> CheckResult:
    """Returns whether there is something to sign in with."""
    profile = setup.profile
    if isinstance(profile, WorkfrontError):
        return skipped("The settings cannot be read.")
    way = outcome(profile.sign_in)
    if isinstance(way, WorkfrontError):
        return problem(message_of(way), hint_of(way))
    found = outcome(profile.credential)
    if isinstance(found, WorkfrontError):
        return problem(message_of(found), hint_of(found))
    token = found.token if isinstance(found, RenewableAuth) else None
    return ok(f"signs in by {way.name}") if token is None else _token(token, way.name, setup.clock())


def signed_in(setup: Diagnosis) -> CheckResult:
    """Returns whether the credential is accepted."""
    profile, account = setup.profile, setup.account
    if isinstance(profile, WorkfrontError) or isinstance(outcome(profile.credential), WorkfrontError):
        return skipped("There is no credential.")
    if isinstance(setup.root, WorkfrontError) or isinstance(setup.version, WorkfrontError):
        return skipped("There is no usable address or version.")
    if isinstance(account, AuthenticationError):
        return problem(message_of(account), _REFUSED.get(profile.sign_in().name, _AGAIN))
    if isinstance(account, WorkfrontError):
        return problem(message_of(account), hint_of(account))
    return ok(f"as {account.get('name')}")


def permissions(setup: Diagnosis) -> CheckResult:
    """Returns what the account may see: nothing at all is answered by empty lists, not by an error (docs/protocol.md
    4.8).
    """
    account = setup.account
    if isinstance(account, WorkfrontError):
        return skipped("Nobody is signed in.")
    counts = {plural: setup.ask(operation.count(untyped_model(code))) for code, plural in _LOOKED_AT.items()}
    refused = {name: error for name, error in counts.items() if isinstance(error, WorkfrontError)}
    if refused:
        name, error = next(iter(refused.items()))
        return warning(f"{_level(account)}may not count {', '.join(refused)}: {message_of(error)}", _more_access(name))
    if not any(counts.values()):
        return _nothing(setup, _level(account))
    return ok(f"{_level(account)}sees {', '.join(f'{count} {name}' for name, count in counts.items())}")


def _token(token: Token, way: str, now: float) -> CheckResult:
    if token.is_expired(now) and token.refresh is None:
        return problem("The stored token has expired and cannot be renewed.", _AGAIN)
    if token.expires_at is None:
        return ok(f"signs in by {way}; when the token ends is not known")
    until = datetime.fromtimestamp(token.expires_at, UTC)
    ends = "has ended and is renewed at the next call" if token.is_expired(now) else f"holds until {until:%H:%M} UTC"
    return ok(f"signs in by {way}; the token {ends}")


def _level(account: Mapping[str, object]) -> str:
    level = access_level(account)
    return f"Access level {level}: " if level else ""


def _more_access(name: str) -> str:
    return f"An administrator can give the access level rights to see {name}."


def _nothing(setup: Diagnosis, level: str) -> CheckResult:
    seen = f"{level}sees no {', no '.join(_LOOKED_AT.values())}."
    if not isinstance(setup.profile, WorkfrontError) and setup.profile.sign_in().name in _TECHNICAL:
        return problem(
            seen,
            "A technical account sees nothing until somebody shares with it: give its user an access level and rights.",
        )
    return warning(seen, "Is the tenant new? If not, the user lacks access: share with it, or raise its access level.")
