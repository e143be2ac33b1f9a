"""Every address the sandbox answers, but for its own page at ``/``. docs/protocol.md 1, 2.

The first route that fits counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from workfront_sandbox.api import batch, content, metadata, objects, sign_in, subscriptions
from workfront_sandbox.api.request import ApiRequest, CallRequest
from workfront_sandbox.api.route import ANY, Route
from workfront_sandbox.api.subscriptions import ROOT as SUBSCRIPTIONS
from workfront_sandbox.call.call import Call
from workfront_sandbox.wire.messages import HttpResponse

CallHandler: TypeAlias = Callable[[CallRequest], Any]
"""Answers a call of the object API."""

WEB_ROUTES: Final[tuple[Route[Callable[[ApiRequest], HttpResponse]], ...]] = (
    Route("GET", "/integrations/oauth2/authorize", sign_in.authorize),
    Route("POST", "/integrations/oauth2/api/v1/token", sign_in.token),
    Route("POST", "/integrations/oauth2/api/v1/jwt/exchange", sign_in.exchange_jwt),
    Route("POST", "/ims/token/v3", sign_in.ims_token),
    Route("POST", SUBSCRIPTIONS, subscriptions.create),
    Route("GET", SUBSCRIPTIONS, subscriptions.page),
    Route("GET", f"{SUBSCRIPTIONS}/list", subscriptions.old_list),
    Route("PUT", f"{SUBSCRIPTIONS}/version", subscriptions.set_versions),
    Route("GET", f"{SUBSCRIPTIONS}/{{subscription}}", subscriptions.show),
    Route("DELETE", f"{SUBSCRIPTIONS}/{{subscription}}", subscriptions.delete),
    Route("PUT", f"{SUBSCRIPTIONS}/{{subscription}}/version", subscriptions.set_version),
    Route(ANY, "/attask/document/download", content.download),
)
"""Addresses outside of the object API; the method is that of HTTP."""

SESSION_ROUTES: Final[tuple[Route[Callable[[ApiRequest], HttpResponse]], ...]] = (
    Route(ANY, "{api}/login", sign_in.log_in),
    Route(ANY, "{api}/logout", sign_in.log_out),
    Route(ANY, "{api}/session", sign_in.describe_session),
    Route(ANY, "{api}/info", sign_in.info),
)
"""Sign-in within the object API. ``{api}`` is its root in any form: ``/attask/api/v22.0``, ``/attask/api-internal``."""

METADATA_ROUTES: Final[tuple[Route[Callable[[Call, str], Any]], ...]] = (
    Route(ANY, "{api}/metadata", metadata.index),
    Route(ANY, "{api}/{object}/metadata", metadata.describe),
)
"""What the API Explorer reads, which takes no credential."""

CALL_ROUTES: Final[tuple[Route[CallHandler], ...]] = (
    Route(ANY, "{api}/batch", batch.run_batch),
    Route(ANY, "{api}/upload", content.upload),
    Route("GET", "{api}/{object}/search", objects.search),
    Route("GET", "{api}/{object}/count", objects.count),
    Route("GET", "{api}/{object}/report", objects.report),
    Route("POST", "{api}/{object}/search", objects.search),
    Route("POST", "{api}/{object}/count", objects.count),
    Route("POST", "{api}/{object}/report", objects.report),
    Route("GET", "{api}/{object}", objects.get),
    Route("GET", "{api}/{object}/{id}", objects.get),
    Route("GET", "{api}/{object}/{verb}", objects.named_query),
    Route("GET", "{api}/{object}/{row}/copy", objects.get_to_copy),
    Route("GET", "{api}/{object}/{row}/{verb}", objects.named_query),
    Route("POST", "{api}/{object}", objects.create),
    Route("PUT", "{api}/{object}", objects.edit),
    Route("PUT", "{api}/{object}/{id}", objects.edit),
    Route("PUT", "{api}/{object}/{verb}", objects.run_action),
    Route("PUT", "{api}/{object}/{row}/{verb}", objects.run_action),
    Route("DELETE", "{api}/{object}", objects.delete),
    Route("DELETE", "{api}/{object}/{id}", objects.delete),
)
"""Calls by somebody signed in; the method is the one that counts (``method=`` replaces that of HTTP).

All but the first two may stand in a batch.
"""
