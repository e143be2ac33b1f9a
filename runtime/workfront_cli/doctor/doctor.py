"""Every check of a setup, in the order in which causes come before effects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from workfront_cli.doctor.account_check import credential, permissions, signed_in
from workfront_cli.doctor.finding import CheckResult, Severity, problem
from workfront_cli.doctor.network_check import connection, dns, tls
from workfront_cli.doctor.service_check import address, clock, service, settings, version
from workfront_cli.doctor.setup import Diagnosis

CHECKS: Final[Mapping[str, Callable[[Diagnosis], CheckResult]]] = {
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


def examine(setup: Diagnosis) -> Iterator[tuple[str, CheckResult]]:
    """Runs every check, whatever the others found."""
    for name, check in CHECKS.items():
        yield name, _checked(check, setup)


def is_healthy(findings: Mapping[str, CheckResult]) -> bool:
    """Returns whether no check found a problem; warnings are none."""
    return all(finding.verdict is not Severity.PROBLEM for finding in findings.values())


def _checked(check: Callable[[Diagnosis], CheckResult], setup: Diagnosis) -> CheckResult:
    """Runs one check; one that fails itself becomes a problem, so that it does not hide the others."""
    try:
        return check(setup)
    except Exception as error:  # key rings and name servers raise whatever their backend does
        return problem(f"The check itself failed ({type(error).__name__}).", None)
