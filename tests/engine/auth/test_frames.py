"""Credentials and addresses that are refused: neither the error nor a frame of ours shows what was typed."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from pydantic import SecretStr

import workfront_core
from tests.engine.profiles.test_frames import SECRET, shown
from workfront_client.v22 import AsyncWorkfront, Workfront
from workfront_core import ApiKey, Pkce, Profile, Token
from workfront_core.auth.pkce import authorize_url, read_redirect
from workfront_core.errors import WorkfrontError

OPEN = {"client_id", "username", "org_id"}
"""What representations show."""
HOST = "acme.my.workfront.com"
CREDENTIALS: dict[str, dict[str, Any]] = {
    "ApiKey": {"key": "k"},
    "SessionId": {"session_id": "s"},
    "ImsToken": {"token": "t", "org_id": None},
    "CookieSession": {"cookies": {"attask": "c"}, "xsrf_token": "x"},
    "Login": {"username": "ana", "password": "p", "subdomain": None},
    "AuthorizationCode": {"client_id": "i", "client_secret": "s", "code": "c", "redirect_uri": "https://a.example/"},
    "Pkce": {"client_id": "i", "code": "c", "verifier": "v", "redirect_uri": "https://a.example/"},
    "JwtFlow": {"client_id": "i", "client_secret": "s", "issuer": "1", "user_id": "u", "private_key": "p"},
    "Token": {"access": "a", "refresh": "r"},
    "ImsServer": {"client_id": "i", "client_secret": "s", "org_id": None, "url": "https://ims.example/token"},
}
TYPED: dict[str, Callable[[str], Any]] = {
    "with a line break": lambda secret: secret + "\n",
    "with a blank": lambda secret: f"a {secret}",
    "hidden, with a line break": lambda secret: SecretStr(secret + "\n"),
    "beyond Latin": lambda secret: f"{secret}\u4e2d",
    "half of a character": lambda secret: f"{secret}\ud800",
    "as bytes": lambda secret: secret.encode(),
    "in a list": lambda secret: [secret],
    "in a map": lambda secret: {"attask": [secret]},
    "in a map with a line break": lambda secret: {"attask": secret + "\n"},
    "in a map under another name": lambda secret: {"a b": secret},
    "as an address": lambda secret: f"https://u:{secret}@{HOST}",
}
ADDRESSES = {
    "a query": f"https://{HOST}/?apiKey={SECRET}",
    "a fragment": f"https://{HOST}/#{SECRET}",
    "a path": f"https://{HOST}/{SECRET}",
    "a password": f"https://ana:{SECRET}@{HOST}",
    "a user": f"https://{SECRET}@{HOST}",
    "no scheme": f"{HOST}/?apiKey={SECRET}",
    "no encryption": f"http://{HOST}/?apiKey={SECRET}",
    "another scheme": f"ftp://{HOST}/?apiKey={SECRET}",
    "a wrong port": f"https://{HOST}:99999/?apiKey={SECRET}",
    "no host": f"https:///?apiKey={SECRET}",
    "brackets": f"https://[{SECRET}",
    "a blank": f"https://{HOST} {SECRET}",
    "a line break": f"https://{HOST}/\n{SECRET}",
    "what looks like an encoded host": f"https://xn--{SECRET}",
    "the key alone": SECRET + "!",
}
DOORS: dict[str, Callable[[str], object]] = {
    "url": lambda text: Workfront(text, auth=ApiKey("k")),
    "url, async": lambda text: AsyncWorkfront(text, auth=ApiKey("k")),
    "domain": lambda text: Workfront(domain=text, auth=ApiKey("k")),
    "domain, async": lambda text: AsyncWorkfront(domain=text, auth=ApiKey("k")),
    "url and domain": lambda text: Workfront(text, domain=text, auth=ApiKey("k")),
    "the environment": lambda text: from_environment("WORKFRONT_URL", text),
    "the environment's domain": lambda text: from_environment("WORKFRONT_DOMAIN", text),
    "a profile's domain": lambda text: Profile(domain=text, api_key=SecretStr("k")).address,
}


REDIRECTS: dict[str, Callable[[str], object]] = {
    "another state": lambda code: read_redirect(f"https://a.example/?code={code}&state=other", state="s"),
    "no state": lambda code: read_redirect(f"https://a.example/?code={code}", state="s"),
    "half of a character as state": lambda code: read_redirect(f"/?code={code}&state=s", state="\ud800"),
    "a refusal": lambda code: read_redirect(f"/?code={code}&state=s&error=access_denied", state="s"),
    "no URL": lambda code: read_redirect(f"https://[{code}?code={code}&state=s", state="s"),
    "bytes": lambda code: read_redirect(cast("str", code.encode()), state="s"),
    "a verifier as text": lambda verifier: authorize_url(
        f"https://{HOST}", "i", "https://a.example/", state="s", verifier=cast("SecretStr", verifier)
    ),
    "a token as text": lambda token: Pkce(**CREDENTIALS["Pkce"], token=cast("Token", token)),
}


def from_environment(name: str, text: str) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKFRONT_API_KEY", "k")
        patch.setenv(name, text)
        return Workfront.from_env()


def mistakes() -> Iterator[tuple[str, str, str]]:
    for name, right in CREDENTIALS.items():
        yield from ((name, argument, typed) for argument in right for typed in TYPED)


@pytest.mark.parametrize("name", CREDENTIALS)
def test_the_table_has_every_argument_of_a_credential(name: str) -> None:
    taken = inspect.signature(getattr(workfront_core, name)).parameters.keys()
    beside = {"clock", "header", "store", "scopes", "client_auth", "expires_at", "lifetime"} | (
        {"token"} if name != "ImsToken" else set()
    )
    assert taken - beside == CREDENTIALS[name].keys()


@pytest.mark.parametrize(("name", "argument", "typed"), list(mistakes()))
def test_a_credential_that_is_refused_shows_nowhere(name: str, argument: str, typed: str) -> None:
    given = {**CREDENTIALS[name], argument: TYPED[typed](SECRET)}
    made, refused = outcome(lambda: getattr(workfront_core, name)(**given))
    assert refused or argument in OPEN or SECRET not in repr(made)
    assert SECRET not in refused


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_that_is_refused_shows_no_more_than_its_host(door: str, address: str) -> None:
    made, refused = outcome(lambda: DOORS[door](address))
    assert refused, f"{made!r} was made of it"
    assert SECRET not in refused


@pytest.mark.parametrize("door", REDIRECTS.values(), ids=REDIRECTS)
def test_what_a_browser_brings_back_shows_nowhere_where_it_is_refused(door: Callable[[str], object]) -> None:
    made, refused = outcome(lambda: door(SECRET))
    assert refused, f"{made!r} was made of it"
    assert SECRET not in refused


def outcome(make: Callable[[], object]) -> tuple[object, str]:
    """What was made, or what the error shows."""
    try:
        return make(), ""
    except WorkfrontError as error:
        return None, shown(error)
