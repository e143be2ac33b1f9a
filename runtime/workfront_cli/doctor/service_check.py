"""Checks of what answers: settings, address, the API itself, its clock, its version."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Final

from workfront_cli.connection.connection import environment_name
from workfront_cli.doctor.finding import CheckResult, ok, problem, skipped, warning
from workfront_cli.doctor.greeting import ServiceInfo
from workfront_cli.doctor.setup import Diagnosis
from workfront_cli.wording import hint_of, message_of
from workfront_core.client.passed_over import passed_over
from workfront_core.errors import WorkfrontError
from workfront_core.profiles.settings import config_file
from workfront_core.request.address import host_of
from workfront_core.request.api_version import DEFAULT, ApiVersion, Support

_SKEW: Final = 30.0
_GREAT_SKEW: Final = 180.0
_NO_ANSWER: Final = "The service gave no answer."


def settings(setup: Diagnosis) -> CheckResult:
    """Returns whether profile and variables can be read."""
    profile = setup.profile
    if isinstance(profile, WorkfrontError):
        return problem(message_of(profile), hint_of(profile))
    file = config_file()
    source = str(file) if file.exists() else f"variables only; there is no {file}"
    found = dict(passed_over(os.environ))
    if found:
        return warning(f"{', '.join(found)} set nothing here.", " ".join(dict.fromkeys(found.values())))
    return ok(f"profile {profile.name} ({source})")


def address(setup: Diagnosis) -> CheckResult:
    """Returns whether the address is one."""
    root = setup.root
    if isinstance(root, WorkfrontError):
        return problem(message_of(root), hint_of(root))
    environment = environment_name(root.host)
    if environment == "unknown":
        return warning(f"{root} is not one of Workfront's usual hosts.", "Look at the address your browser shows.")
    return ok(f"{root} ({environment})")


def service(setup: Diagnosis) -> CheckResult:
    """Returns whether it is the API that answers."""
    greeting = setup.greeting
    if isinstance(setup.root, WorkfrontError):
        return skipped("There is no usable address.")
    if isinstance(greeting, WorkfrontError):
        return problem(message_of(greeting), hint_of(greeting))
    return _who_answers(greeting)


def clock(setup: Diagnosis) -> CheckResult:
    """Returns whether the clock here is right, by the ``Date`` of the service."""
    greeting = setup.greeting
    if isinstance(greeting, WorkfrontError):
        return skipped(_NO_ANSWER)
    if greeting.skew is None:
        return skipped("The service does not say what time it is.")
    skew = greeting.skew
    seen = f"This machine is {abs(skew):.0f} seconds {'behind' if skew > 0 else 'ahead of'} the service"
    if abs(skew) <= _SKEW:
        return ok("The clock agrees with the service's to within half a minute")
    remedy = "Set the clock: signed keys hold three minutes only, and certificates are judged by it."
    return (problem if abs(skew) > _GREAT_SKEW else warning)(f"{seen}.", remedy)


def version(setup: Diagnosis) -> CheckResult:
    """Returns whether the API version is served, and for how long."""
    wanted = setup.version
    if isinstance(wanted, WorkfrontError):
        return problem(message_of(wanted), hint_of(wanted))
    support = wanted.support(datetime.fromtimestamp(setup.clock(), UTC).date())
    if not _is_served(setup, wanted):
        return problem(f"The service does not serve {wanted}.", f"Take a version it serves, such as {_served(setup)}.")
    return _supported(wanted, support, known=_is_known(setup))


def _who_answers(greeting: ServiceInfo) -> CheckResult:
    if 300 <= greeting.status < 400:
        host = host_of(greeting.location)
        return problem(
            f"The service redirects elsewhere{'' if host == '...' else f', to {host:.120}'}.",
            "Take the address of your own Workfront; in Adobe's unified shell it ends in workfront.adobe.com.",
        )
    if not greeting.speaks_json:
        return problem(
            f"Something other than the API answers (status {greeting.status}).",
            "Does a proxy, a sign-in page or a page about maintenance stand in between?",
        )
    if greeting.status >= 500 or greeting.status == 429:
        return warning(f"The service is in trouble: {greeting.status} {greeting.message}", "Try again later.")
    return ok("The API answers")


def _is_served(setup: Diagnosis, wanted: ApiVersion) -> bool:
    """Returns whether the version is served: unless the service denies it, and even then if a user could be read."""
    greeting = setup.greeting
    if isinstance(greeting, WorkfrontError):
        return True
    denied = greeting.status in (404, 410) or (greeting.versions and str(wanted) not in greeting.versions)
    return not denied or not isinstance(setup.account, WorkfrontError)


def _is_known(setup: Diagnosis) -> bool:
    return not isinstance(setup.greeting, WorkfrontError)


def _served(setup: Diagnosis) -> str:
    greeting = setup.greeting
    listed = () if isinstance(greeting, WorkfrontError) else sorted(greeting.versions, key=_number)
    return ", ".join(listed) or DEFAULT


def _number(version: str) -> tuple[int, int]:
    found = ApiVersion.parse(version)
    return found.major, found.minor


def _supported(wanted: ApiVersion, support: Support, *, known: bool) -> CheckResult:
    seen = f"{wanted}, {support}" + ("" if known else "; whether the service has it is not known")
    if support.is_over:
        return warning(seen, f"Move to {DEFAULT}; a version answers for about a year after its support ended.")
    if support.ends_soon:
        return warning(seen, f"Plan the move to {DEFAULT}.")
    return ok(seen)
