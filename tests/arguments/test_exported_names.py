"""Every function and class that the packages export refuses what its annotations do not allow, and says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from pydantic import SecretStr

import workfront_core
import workfront_core.auth
from tests.arguments.call import problems
from tests.arguments.surface import call_of, exported
from tests.arguments.world import USER, World
from workfront_client.v22 import Hour, Task, TaskStatus
from workfront_core import AccessorKind, CoreAction, RichText, Token, outer

MADE_BY_CALLS = frozenset(
    {
        "AsyncClient", "AsyncPager", "AttemptInfo", "BulkProgress", "BulkResult", "CallInfo", "Cursor",
        "CustomForm", "Explanation", "FilterCondition", "Linked", "Order", "Pager", "Profile", "RawResponse",
        "Redirect", "RenewableAuth", "Request", "RowResult", "SyncClient", "WorkfrontObject",
    }
)  # fmt: skip
"""Classes whose instances programs are given, or derive from; only others are made with arguments of a program."""
LATER = {"all_of": frozenset({"conditions"}), "any_of": frozenset({"conditions"})}
"""Arguments whose object is looked at when they are searched by."""
APPLICATION = {"client_id": "app", "client_secret": "s3cr3t", "token": Token(SecretStr("t"))}
KEY = RSAKey.generate_key(2048).as_pem(private=True).decode()
RIGHT: dict[str, Mapping[str, Any]] = {
    "AccessGrant": {"accessor_id": USER, "accessor_kind": AccessorKind.USER, "core_action": CoreAction.VIEW},
    "ApiKey": {"key": "k"},
    "AuthorizationCode": APPLICATION,
    "CookieSession": {"cookies": {"attask": "x"}},
    "FileStore": {"path": Path("token.json")},
    "ImsServer": {"client_id": "app", "client_secret": "s3cr3t"},
    "ImsToken": {"token": "t"},
    "JwtFlow": {
        **APPLICATION,
        "issuer": "i",
        "user_id": USER,
        "private_key": KEY,
    },
    "KeyringStore": {"name": "default"},
    "Login": {"username": "ann", "password": "s3cr3t"},
    "Money": {"amount": Decimal("1.5"), "currency": "EUR"},
    "Pkce": APPLICATION,
    "RichText": {"content": RichText.from_text("x").to_wire()},
    "RowInput": {"values": {"name": "x"}},
    "SessionId": {"session_id": "s"},
    "Token": {"access": SecretStr("t")},
    "any_of": {"conditions": Task.f.name == "x"},
    "authorize_url": {
        "origin": "https://acme.my.workfront.com",
        "client_id": "app",
        "redirect_uri": "https://a.example",
        "state": "s",
    },
    "base_status": {"status": "INP:A", "kind": TaskStatus},
    "custom": {"name": "Region"},
    "default_store": {"name": "default", "folder": Path()},
    "exists": {"model": Hour, "join": Hour.f.task_id == outer(Task.f.id)},
    "from_minutes": {"minutes": 60, "unit": "H"},
    "is_elapsed": {"unit": "H"},
    "is_pending": {"status": "INP"},
    "not_exists": {"model": Hour, "join": Hour.f.task_id == outer(Task.f.id)},
    "outer": {"path": Task.f.id},
    "parse": {"text": "name = 'x'", "model": Task},
    "pending": {"status": "INP"},
    "raw": {"field": "name"},
    "raw_custom": {"values": {"Region": "x"}},
    "raw_field": {"name": "name"},
    "read_redirect": {"url": "/?code=c&state=s", "state": "s"},
    "refresh_token": {"refresh": "r"},
    "text_mode": {"text": "status=CUR"},
    "to_minutes": {"duration": 2, "unit": "H"},
    "to_timedelta": {"minutes": 5},
    "to_whole_minutes": {"span": timedelta(minutes=5)},
    "work_hours": {"minutes": 60},
    "work_minutes": {"hours": 2},
    **{name: {"amount": 2} for name in ("days", "hours", "months", "quarters", "weeks", "years")},
}


@pytest.mark.parametrize("package", [workfront_core, workfront_core.auth])
def test_functions_and_classes(package: Any, small_tenant: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKFRONT_URL", "https://acme.my.workfront.com")
    right = {
        **RIGHT,
        "AsyncCurrencies": {"client": small_tenant.aio},
        "Currencies": {"client": small_tenant.wf},
        "request_of": {"method": small_tenant.wf.task.get, "args": USER},
    }
    calls = (
        call_of(name, found, right.get(name, {}), takes_anything=LATER.get(name, frozenset()))
        for name, found in exported(package)
        if name not in MADE_BY_CALLS
    )
    assert problems(calls, small_tenant) == []
