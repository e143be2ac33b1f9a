"""Checks of the way to the host: its name, the connection, its certificate."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from workfront_cli.doctor.finding import CheckResult, ok, problem, skipped, warning
from workfront_cli.doctor.route import Route
from workfront_cli.doctor.setup import PATIENCE, Diagnosis
from workfront_core.errors import WorkfrontError
from workfront_core.http_library import httpx

_NO_ADDRESS: Final = "There is no usable address, or no usable proxy."
_RENEW_WITHIN: Final = timedelta(days=14)


def dns(setup: Diagnosis) -> CheckResult:
    """Returns whether the host has an address."""
    route = setup.route
    if isinstance(route, WorkfrontError):
        return skipped(_NO_ADDRESS)
    try:
        found = socket.getaddrinfo(route.host, route.port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return _unknown(route, error)
    except UnicodeError:
        return problem(f"{route.host} cannot be a host name.", "Check the address.")
    return ok(f"{route.host} is {', '.join(sorted({str(entry[4][0]) for entry in found}))}")


def connection(setup: Diagnosis) -> CheckResult:
    """Returns whether somebody listens there."""
    route = setup.route
    if isinstance(route, WorkfrontError):
        return skipped(_NO_ADDRESS)
    try:
        socket.create_connection((route.host, route.port), PATIENCE).close()
    except (socket.gaierror, UnicodeError):
        return skipped(f"{route.host} has no address.")
    except ConnectionRefusedError:
        return problem(f"{route} refuses connections.", "Is the port right, and does the server or proxy run?")
    except OSError as error:
        return problem(f"{route} cannot be reached: {_said(error)}.", "Does a firewall or a VPN stand in between?")
    return ok(f"{route} accepts connections")


def tls(setup: Diagnosis) -> CheckResult:
    """Returns whether the certificate is trusted, as the client itself decides it."""
    route = setup.route
    if isinstance(route, WorkfrontError):
        return skipped(_NO_ADDRESS)
    if not route.encrypted:
        return ok("not used: this machine is called by plain http")
    if route.named_by:
        return skipped("Calls go through a proxy; the check of the service tells.")
    try:
        return _certificate(*_handshake(route), setup.clock())
    except ssl.SSLCertVerificationError as error:
        return problem(f"The certificate is not accepted: {error.verify_message}.", _remedy(error.verify_code))
    except ssl.SSLError as error:
        return problem(
            f"TLS fails: {error.reason or type(error).__name__}.", "Is it the right port, and not a plain http one?"
        )
    except (OSError, UnicodeError):
        return skipped(f"There is no connection to {route}.")


def _unknown(route: Route, error: socket.gaierror) -> CheckResult:
    if error.errno == socket.EAI_AGAIN:
        return problem(f"The name server gives no answer about {route.host}.", "Is this machine online?")
    if route.named_by:
        return problem(f"There is no {route}.", f"Mend {route.named_by}, or unset it.")
    return problem(
        f"There is no host {route}.", "Check the address: https://acme.my.workfront.com; some need a VPN to be known."
    )


def _handshake(route: Route) -> tuple[Mapping[str, Any], str]:
    """Returns the certificate and the version of TLS."""
    context = httpx.create_ssl_context()
    with (
        socket.create_connection((route.host, route.port), PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=route.host) as encrypted,
    ):
        return encrypted.getpeercert() or {}, encrypted.version() or "TLS"


def _certificate(certificate: Mapping[str, Any], version: str, now: float) -> CheckResult:
    ends = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    left = timedelta(seconds=ends - now)
    issuer = {name: value for part in certificate.get("issuer", ()) for name, value in part}
    seen = f"{version}, issued by {issuer.get('organizationName') or issuer.get('commonName')}, {left.days} days left"
    if left < _RENEW_WITHIN:
        return warning(seen, "Whoever runs the server has to renew the certificate.")
    return ok(seen)


_EXPIRED: Final = frozenset({9, 10})
_UNKNOWN_ISSUER: Final = frozenset({18, 19, 20, 21})
_OTHER_NAME: Final = frozenset({62, 64})


def _remedy(code: int) -> str:
    """Returns what to do about a reason of OpenSSL (X509_V_ERR_*)."""
    if code in _EXPIRED:
        return "Is the clock of this machine right? If it is, the server's certificate has to be renewed."
    if code in _OTHER_NAME:
        return "The certificate belongs to another host: check the address."
    if code in _UNKNOWN_ISSUER:
        return "If a proxy of your organisation looks into connections, set SSL_CERT_FILE to a file with its root."
    return "Check the address; do not send a credential there."


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
