"""What a page or a log may show of a request: everything but its secrets.

The engine has the same rules in a module of its own, since the two know nothing of each other; a test holds them equal.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, cast
from urllib.parse import parse_qsl

MASK: Final = "***"
API_PATH: Final = "/attask/"
NAMES_OF_SECRETS: Final = (
    r"pass(word|wd|phrase|code)|api_?-?key|private_?-?key|session|token|jwt|secret|credential|authori[sz]ation"
    r"|cookie|wf-auth|assertion|signature|saml|verifier|auth_?code"
)
_SECRET_NAME: Final = re.compile(NAMES_OF_SECRETS, re.IGNORECASE)
_TORN: Final = re.compile(rf"(?:{NAMES_OF_SECRETS})\w*\W{{0,3}}[:=]", re.IGNORECASE)
"""Such a name and what stands for it, in a text that is not the JSON it begins as."""
_IN_PATH: Final = re.compile(r";[^/?#]*")


def is_secret(name: str) -> bool:
    """Returns whether a parameter, header or member of this name carries a credential."""
    return _SECRET_NAME.search(name) is not None


def redact_json(value: Any) -> Any:
    """Returns a JSON value with every secret member replaced by ``***``."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: _redact_member(name, member) for name, member in members.items()}
    if isinstance(value, list):
        return [redact_json(member) for member in cast("list[object]", value)]
    return _redact_within(value) if isinstance(value, str) else value


def redact_parameter(name: str, value: str, *, signs_in: bool = False) -> str:
    """Returns a value as it may be shown; JSON in it, and the calls of a batch, without their secrets. ``code`` is one
    where somebody signs in, and a field like any other elsewhere.
    """
    if is_secret(name) or (signs_in and name == "code"):
        return MASK
    if name == "uri":
        return redact_address(value)
    return _redact_within(value)


def redact_path(path: str) -> str:
    """Returns a path or an address without what may hold a credential: user, query, fragment, ``;jsessionid=``."""
    bare = _IN_PATH.sub("", path.partition("?")[0].partition("#")[0])
    scheme, mark, rest = bare.partition("://")
    if not mark:
        return bare
    host, slash, below = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{below}"


def redact_address(uri: str) -> str:
    """Returns an address, of the web or of a call of a batch, without what in its path and parameters is secret."""
    path, mark, query = uri.partition("#")[0].partition("?")
    signs_in = "://" in path and API_PATH not in path
    pairs = parse_qsl(query, keep_blank_values=True)
    return (
        redact_path(path)
        + mark
        + "&".join(f"{name}={redact_parameter(name, value, signs_in=signs_in)}" for name, value in pairs)
    )


def _redact_member(name: str, member: Any) -> Any:
    if is_secret(name):
        return MASK
    if name == "uri" and isinstance(member, str):
        shown = redact_address(member)
        return shown if shown.count(MASK) > member.count(MASK) else member
    return redact_json(member)


def _redact_within(text: str) -> str:
    """Returns a text itself; of one that is JSON or an address with secrets, what may be shown of it."""
    if not text.startswith(("{", "[")):
        return _redact_link(text)
    try:
        held = json.loads(text)
        shown = redact_json(held)
    except (ValueError, RecursionError):
        return MASK if _TORN.search(text) else text
    return text if shown == held else json.dumps(shown)


def _redact_link(text: str) -> str:
    """Returns a text itself; of an address with a user or with secret parameters, what may be shown of it."""
    if not text.startswith(("https://", "http://")):
        return text
    bare, _, query = text.partition("#")[0].partition("?")
    has_user = "@" in bare.partition("://")[2].partition("/")[0]
    return redact_address(text) if has_user or any(is_secret(name) for name, _ in parse_qsl(query)) else text
