"""What may be shown of a request: the engine and the sandbox, which know nothing of each other, show the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workfront_core.errors import redaction as engine
from workfront_sandbox.wire import redaction as sandbox

SECRET = "hunter2-0123456789"
NAMES = [
    "apiKey", "api_key", "API-KEY", "password", "newPassword", "passwordConfirm", "resetPasswordToken", "passphrase",
    "sessionID", "jsessionid", "access_token", "refresh_token", "jwt_token", "authToken", "xsrfToken", "client_secret",
    "privateKey", "private_key", "credential", "Authorization", "authorisation", "Set-Cookie", "wf-auth", "assertion",
    "signature", "SAMLRequest", "code_verifier", "authCode",
]  # fmt: skip
HARMLESS = ["name", "code", "status", "ID", "projectID", "keyword", "description"]
names = st.sampled_from([*NAMES, *HARMLESS]) | st.text(max_size=8)
texts = st.sampled_from([SECRET, f"https://ana:{SECRET}@a.example/x?y=1", f"https://a.example/?apiKey={SECRET}&b=2"])
texts |= st.sampled_from([f'{{"password": "{SECRET}"}}', f'[{{"token": "{SECRET}', '{"a":  [1]}', "[1, NaN]"])
texts |= st.text(max_size=12) | st.text(max_size=9).map(lambda text: "{" + text)
documents: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


def test_the_names_of_secrets_are_the_same() -> None:
    assert engine.NAMES_OF_SECRETS == sandbox.NAMES_OF_SECRETS
    assert (engine.MASK, engine.API_PATH) == (sandbox.MASK, sandbox.API_PATH)


@given(documents)
def test_documents_are_shown_alike(document: Any) -> None:
    assert engine.redact_json(document) == sandbox.redact_json(document)


@given(names | st.just("uri"), texts | st.text(), st.booleans())
def test_parameters_are_shown_alike(name: str, value: str, signs_in: bool) -> None:
    shown = engine.redact_parameter(name, value, signs_in=signs_in)
    assert shown == sandbox.redact_parameter(name, value, signs_in=signs_in)


@given(texts | st.text())
def test_paths_and_addresses_are_shown_alike(text: str) -> None:
    assert engine.redact_path(text) == sandbox.redact_path(text)
    assert engine.redact_address(text) == sandbox.redact_address(text)


@pytest.mark.parametrize("name", NAMES)
def test_a_secret_shows_in_no_place_it_may_travel_in(name: str) -> None:
    for room in (engine, sandbox):
        places = [
            room.redact_parameter(name, SECRET),
            room.redact_parameter("updates", f'{{"{name}": "{SECRET}"}}'),
            room.redact_parameter("uri", f"/USER?{name}={SECRET}&method=post"),
            room.redact_parameter("url", f"https://a.example/hook?{name}={SECRET}"),
            room.redact_path(f"/attask/api/v22.0/USER;{name}={SECRET}?{name}={SECRET}"),
            str(room.redact_json({"a": [{name: {"b": SECRET}}, f"https://a.example/?{name}={SECRET}"]})),
            str(room.redact_json({"url": f"https://ana:{SECRET}@a.example/hook"})),
            str(room.redact_json({"updates": f'[{{"{name}": "{SECRET}"}}]'})),
            str(room.redact_json([f'{{"updates": "{{\\"{name}\\": \\"{SECRET}\\"}}"}}'])),
            str(room.redact_json({"note": f'{{"{name}": "{SECRET}'})),
            str(room.redact_json({"uri": f"/USER?{name}={SECRET}"})),
        ]
        assert [place for place in places if SECRET in place] == []


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_no_secret_is_shown(name: str) -> None:
    for room in (engine, sandbox):
        assert room.redact_json({name: "https://a.example/x?y=1#z"}) == {name: "https://a.example/x?y=1#z"}
        assert room.redact_parameter(name, "New kitchen") == "New kitchen"
        for text in ('{"a":  [1]}', "[Draft] of the password page", "{a} tokens", "[1,2"):
            assert room.redact_json({name: text, "uri": "/TASK?name=a%20b"}) == {name: text, "uri": "/TASK?name=a%20b"}
            assert room.redact_parameter(name, text) == text
