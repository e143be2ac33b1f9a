"""API keys in the key ring, or in a file that only its owner can read."""

from __future__ import annotations

import sys

import click
from pydantic import SecretStr

from workfront_cli.guarded import may_ask
from workfront_core.auth.static import is_header_value
from workfront_core.auth.token_store import FileStore, KeyringStore, TokenStore
from workfront_core.auth.tokens import Token
from workfront_core.errors import QueryError
from workfront_core.profiles.profile import Profile


def place_of(store: TokenStore) -> str:
    """Returns where a store keeps what it is given, as a message says it."""
    if isinstance(store, FileStore):
        return f"the file {store.path}"
    return "the key ring" if isinstance(store, KeyringStore) else repr(store)


def asked_key(*, from_stdin: bool) -> SecretStr:
    """Returns a key, typed unseen at a terminal, or the first line of the standard input.

    Raises:
        QueryError: there is no terminal, or what is given is no key.
    """
    if from_stdin:
        text = sys.stdin.readline().strip()
    elif may_ask():
        text = str(click.prompt("API key", hide_input=True, err=True)).strip()
    else:
        raise QueryError("Nobody can be asked for the key.", hint="Add --key-stdin and send it there.")
    if not text or not is_header_value(text):
        raise QueryError("That cannot be an API key: it is empty, or has letters that a header does not carry.")
    return SecretStr(text)


def keep_key(profile: Profile, key: SecretStr) -> str:
    """Keeps a key for a profile and says where.

    Raises:
        QueryError: the place refuses it.
    """
    store = profile.store()
    store.save(Token(key))
    return place_of(store)
