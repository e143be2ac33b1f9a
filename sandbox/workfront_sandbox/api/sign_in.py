"""The addresses of sign-in: OAuth2, JWT exchange, sessions. docs/protocol.md 4."""

from __future__ import annotations

from dataclasses import replace

from workfront_sandbox.api.request import ApiRequest
from workfront_sandbox.signin import session
from workfront_sandbox.signin.credential import xsrf_token
from workfront_sandbox.signin.oauth import TokenService
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.messages import HttpResponse, json_response


def authorize(request: ApiRequest) -> HttpResponse:
    """Sends the browser back with a code. Raises ApiError 400."""
    return HttpResponse(302, b"", {"location": TokenService(request.tenant).authorize(request.parameters)})


def token(request: ApiRequest) -> HttpResponse:
    """Returns tokens for a code or a refresh token. Raises TokenError."""
    return json_response(TokenService(request.tenant).token(request.parameters, request.http.headers))


def exchange_jwt(request: ApiRequest) -> HttpResponse:
    """Returns a session for a JSON web token. Raises TokenError."""
    return json_response(TokenService(request.tenant).exchange_jwt(request.parameters))


def ims_token(request: ApiRequest) -> HttpResponse:
    """Returns a bearer token for a technical account. Raises TokenError."""
    return json_response(TokenService(request.tenant).ims_token(request.parameters))


def log_in(request: ApiRequest) -> HttpResponse:
    """Begins a session. Raises ApiError 401."""
    return _with_cookie(session.log_in(request.tenant, request.parameters))


def log_out(request: ApiRequest) -> HttpResponse:
    """Ends the session of the request. Raises ApiError 401."""
    return json_response({"data": session.log_out(request.tenant, request.credential)})


def describe_session(request: ApiRequest) -> HttpResponse:
    """Returns who is signed in. Raises ApiError 401."""
    user, credential = request.user(writes=False), request.credential
    return _with_cookie(session.describe(request.tenant, user, credential.value if credential else ""))


def info(request: ApiRequest) -> HttpResponse:
    """Returns which API versions are served."""
    return json_response({"data": session.information(request.tenant, request.http.base_url)})


def _with_cookie(data: Row) -> HttpResponse:
    token = xsrf_token(str(data["sessionID"]))
    cookies = (f"attask={data['sessionID']}; Max-Age={session.LIFETIME}", f"XSRF-TOKEN={token}")
    return replace(json_response({"data": data}), cookies=cookies)
