"""Login, logout, who is signed in, and what the server is. docs/protocol.md 4.3."""

from __future__ import annotations

from workfront_sandbox.signin.credential import Accounts, Credential
from workfront_sandbox.tenant.tenant import Tenant
from workfront_sandbox.wire.address import OLDEST
from workfront_sandbox.wire.errors import not_logged_in
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.parameters import Parameters

LIFETIME = 28_800
"""Seconds a session cookie lives."""


def log_in(tenant: Tenant, parameters: Parameters) -> Row:
    """Begins a session; returns its data. Raises ApiError 401."""
    accounts = Accounts(tenant)
    user = accounts.log_in(parameters.first("username") or "", parameters.first("password") or "")
    return describe(tenant, user, accounts.issue(str(user["ID"])))


def log_out(tenant: Tenant, credential: Credential | None) -> Row:
    """Ends the session of a request."""
    if credential is None:
        raise not_logged_in()
    if tenant.store.get_value(f"token:{credential.value}"):
        Accounts(tenant).revoke(credential.value)
    return {"success": True}


def describe(tenant: Tenant, user: Row, token: str) -> Row:
    """Returns what a session answers about itself."""
    name = str(tenant.clock.zone.tzname(None) or "UTC")
    return {
        "userID": user["ID"],
        "sessionID": token,
        "userCompanyID": user.get("companyID"),
        "isAdmin": tenant.is_admin(user),
        "timeZone": name,
        "timeZoneName": name,
        "locale": "en_US",
        "iso3Country": "USA",
        "iso3Language": "eng",
        "customerID": tenant.customer_id,
        "tenantID": tenant.customer_id,
        "currency": _currency(),
        "versionInformation": version_information(tenant),
    }


def information(tenant: Tenant, base_url: str) -> Row:
    """Returns what ``/info`` says to everybody."""
    return {
        "sso": {"enabled": False, "authenticationType": None},
        "versions": list(_versions(tenant, base_url).values()),
    }


def version_information(tenant: Tenant) -> Row:
    """Returns which API versions are served."""
    return {
        "currentAPI": f"v{tenant.catalogue.newest_version}.0",
        "version": f"v{tenant.catalogue.newest_version}.0",
        "release": "sandbox",
        "buildNumber": "0",
        "lastUpdated": tenant.clock.wire(),
        "apiVersions": _versions(tenant, ""),
    }


def _versions(tenant: Tenant, base_url: str) -> Row:
    served = range(OLDEST, tenant.catalogue.newest_version + 1)
    return {f"v{number}.0": f"{base_url}/attask/api/v{number}.0" for number in served}


def _currency() -> Row:
    marks = {"symbol": "$", "fractionDigits": 2, "decimalSeparator": ".", "groupingSeparator": ","}
    return {"ID": "USD", **marks, "useNegativeSign": True}
