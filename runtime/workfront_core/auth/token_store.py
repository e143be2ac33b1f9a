"""Where tokens are kept between runs: the system's key ring, or a file only its owner can read."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol, cast

from pydantic import SecretStr

from workfront_core.auth.tokens import Token
from workfront_core.errors.kinds import QueryError

SERVICE: Final = "workfront-client"


class TokenStore(Protocol):
    """Keeps one token."""

    def load(self) -> Token | None:
        """The token kept, ``None`` where there is none or it cannot be read."""
        ...

    def save(self, token: Token) -> None:
        """Keeps a token in place of the one before."""
        ...

    def delete(self) -> None:
        """Keeps none any more."""
        ...


class FileStore:
    """A file with mode 0600, written whole or not at all.

    Args:
        path: the file; its folder is made with mode 0700 where it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Token | None:
        try:
            self._check_private()
            return _token_of(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise QueryError(f"The stored token cannot be read: {error}.") from None

    def save(self, token: Token) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".token-")  # mkstemp files have mode 0600
        except OSError as error:
            raise QueryError(f"The token cannot be stored: {error}.") from None
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(_text_of(token))
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def delete(self) -> None:
        self.path.unlink(missing_ok=True)

    def _check_private(self) -> None:
        if sys.platform != "win32" and self.path.stat().st_mode & 0o077:
            raise QueryError(
                f"Others may read the stored token in {self.path}.", hint=f"chmod 600 {self.path}, then sign in again."
            )

    def __repr__(self) -> str:
        return f"FileStore({str(self.path)!r})"


class KeyringStore:
    """The system's key ring (package ``keyring``).

    Args:
        name: tells tokens apart: a profile's name.
    """

    def __init__(self, name: str) -> None:
        import keyring

        self._keyring: Any = keyring
        self.name = name

    def load(self) -> Token | None:
        text = self._keyring.get_password(SERVICE, self.name)
        return _token_of(text) if text else None

    def save(self, token: Token) -> None:
        self._keyring.set_password(SERVICE, self.name, _text_of(token))

    def delete(self) -> None:
        if self._keyring.get_password(SERVICE, self.name):
            self._keyring.delete_password(SERVICE, self.name)

    def __repr__(self) -> str:
        return f"KeyringStore({self.name!r})"


def default_store(name: str, folder: Path) -> TokenStore:
    """The key ring where one works here, else a file ``name.json`` in ``folder``."""
    with suppress(ImportError):
        import keyring
        from keyring.backends import fail

        if not isinstance(keyring.get_keyring(), fail.Keyring):
            return KeyringStore(name)
    return FileStore(folder / f"{name}.json")


def _text_of(token: Token) -> str:
    members = {
        "access": token.access.get_secret_value(),
        "refresh": token.refresh.get_secret_value() if token.refresh else None,
        "expires_at": token.expires_at,
        "lifetime": token.lifetime,
    }
    return json.dumps(members)


def _token_of(text: str) -> Token | None:
    """A token out of its stored form, ``None`` where it is damaged: signing in again mends it."""
    try:
        members = cast("dict[str, Any]", json.loads(text))
        refresh, expires_at, lifetime = (members.get(name) for name in ("refresh", "expires_at", "lifetime"))
        return Token(SecretStr(members["access"]), SecretStr(refresh) if refresh else None, expires_at, lifetime)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
