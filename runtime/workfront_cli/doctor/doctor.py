"""Every check of a setup, in the order in which causes come before effects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from workfront_cli.doctor.account_check import credential, permissions, signed_in
from workfront_cli.doctor.finding import Finding, Verdict, problem
from workfront_cli.doctor.network_check import connection, dns, tls
from workfront_cli.doctor.service_check import address, clock, service, settings, version
from workfront_cli.doctor.setup import Setup

CHECKS: Final[Mapping[str, Callable[[Setup], Finding]]] = {
    "settings": settings,
    "address": address,
    "DNS": dns,
    "connection": connection,
    "TLS": tls,
    "service": service,
    "clock": clock,
    "version": version,
    "credential": credential,
    "signed in": signed_in,
    "permissions": permissions,
}


def examine(setup: Setup) -> Iterator[tuple[str, Finding]]:
    """Runs every check, whatever the others found."""
    for name, check in CHECKS.items():
        yield name, _checked(check, setup)


def is_healthy(findings: Mapping[str, Finding]) -> bool:
    """Whether no check found a problem; warnings are none."""
    return all(finding.verdict is not Verdict.PROBLEM for finding in findings.values())


def _checked(check: Callable[[Setup], Finding], setup: Setup) -> Finding:
    """One check that fails must not hide the others."""
    try:
        return check(setup)
    except Exception as error:  # key rings and name servers raise whatever their backend does
        return problem(f"The check itself failed ({type(error).__name__}).", None)
