"""Where tokens are kept between runs: the system's key ring, or a file only its owner can read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, FiniteFloat, SecretStr, ValidationError

from workfront_core.arguments import checked_text, described, path_text
from workfront_core.auth.private_file import check_private, open_ordinary
from workfront_core.auth.private_folder import home_expanded, make_private_folder, token_folder
from workfront_core.auth.static import is_header_value
from workfront_core.auth.store_lock import FileLock, StoreLock
from workfront_core.auth.tokens import Token
from workfront_core.base_class import BaseClass
from workfront_core.errors.kinds import QueryError
from workfront_core.request.part_file import part_file, sweep

T = TypeVar("T")

SERVICE: Final = "workfront-client"
_LARGEST: Final = 1 << 20
_PART: Final = ".token-"
_ABANDONED: Final = 3600.0
"""Seconds after which a half-written file belongs to a program that died."""


class TokenStore(Protocol):
    """Keeps one token.

    A store that several programs share may have a method ``lock()`` that returns a ``StoreLock``; a renewal then holds
    it, so that the programs do not use the same refresh token twice.
    """

    def load(self) -> Token | None:
        """Returns the token kept, ``None`` where there is none or it is damaged: signing in again mends that."""
        ...

    def save(self, token: Token) -> None:
        """Keeps a token in place of the one before."""
        ...

    def delete(self) -> None:
        """Keeps none any more."""
        ...


class FileStore(BaseClass):
    """A file with mode 0600, written whole or not at all. Programs may share it: renewals lock ``PATH.lock``.

    Args:
        path: the file, ``~`` for the home folder; folders that are missing are made with mode 0700. A link stays one:
            the file it leads to is written.

    Raises:
        QueryError: the path is none.

    Examples:
        >>> from tempfile import TemporaryDirectory
        >>> from workfront_client import FileStore
        >>> with TemporaryDirectory() as folder:
        ...     print(FileStore(f"{folder}/token.json").load())
        None
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path: Path = _checked_file(path)

    def load(self) -> Token | None:
        """Returns the token in the file.

        Raises:
            QueryError: others may read the file, or it cannot be read.
        """
        try:
            with open_ordinary(self.path) as file:
                check_private(file, self.path, "the stored token")
                return _token_of(file.read(_LARGEST))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise QueryError(f"The stored token cannot be read: {error}.") from None

    def save(self, token: Token) -> None:
        """Writes the file anew.

        Raises:
            QueryError: it cannot be written; the one before stays.
        """
        try:
            place = self._place()
            folder = place.parent
            make_private_folder(folder)
            sweep(folder, prefix=_PART, older_than=_ABANDONED)
            with part_file(folder, prefix=_PART, private=True) as part:
                part.file.write(_text_of(token))
                part.replace(place)
        except OSError as error:
            raise QueryError(f"The token cannot be stored: {error}.") from None

    def delete(self) -> None:
        """Removes the file.

        Raises:
            QueryError: it cannot be removed.
        """
        try:
            self._place().unlink(missing_ok=True)
        except OSError as error:
            raise QueryError(f"The stored token cannot be removed: {error}.") from None

    def lock(self) -> StoreLock:
        """Returns the lock of all programs that keep their token in this file."""
        place = self._place()
        return FileLock(place.with_name(f"{place.name}.lock"))

    def _place(self) -> Path:
        """Returns where the file is: programs that reach one file by several paths share it, and its lock."""
        return Path(os.path.realpath(self.path)) if self.path.is_symlink() else self.path

    def __repr__(self) -> str:
        return f"FileStore({str(self.path)!r})"


class KeyringStore(BaseClass):
    """The system's key ring (package ``keyring``). Renewals lock a file in the platform's folder for data.

    Args:
        name: tells tokens apart: a profile's name.

    Raises:
        QueryError: the package is not installed.

    Examples:
        >>> from workfront_client import KeyringStore
        >>> store = KeyringStore("https://acme.my.workfront.com client-id")
    """

    def __init__(self, name: str) -> None:
        self.name: str = checked_text(name, "The name of a stored token")
        try:
            import keyring
        except ImportError:
            raise QueryError(
                "The key ring needs the package keyring.", hint="pip install 'workfront-client[keyring]'"
            ) from None
        self._keyring: Any = keyring

    def load(self) -> Token | None:
        """Returns the token in the key ring.

        Raises:
            QueryError: the key ring cannot be read: it is locked, or nobody answers.
        """
        text: str | None = _asked(lambda: self._keyring.get_password(SERVICE, self.name), "read")
        return _token_of(text.encode("utf-8", "replace")) if text else None

    def save(self, token: Token) -> None:
        """Keeps the token in the key ring.

        Raises:
            QueryError: the key ring refuses it.
        """
        text = _text_of(token).decode("ascii")
        _asked(lambda: self._keyring.set_password(SERVICE, self.name, text), "written to")

    def delete(self) -> None:
        """Removes the token from the key ring.

        Raises:
            QueryError: the key ring refuses.
        """
        if _asked(lambda: self._keyring.get_password(SERVICE, self.name), "read"):
            _asked(lambda: self._keyring.delete_password(SERVICE, self.name), "written to")

    def lock(self) -> StoreLock:
        """Returns the lock of all programs of this user that keep their token under this name."""
        return FileLock(token_folder() / f"keyring-{sha256(self.name.encode()).hexdigest()[:16]}.lock")

    def __repr__(self) -> str:
        return f"KeyringStore({self.name!r})"


def default_store(name: str, folder: str | os.PathLike[str]) -> TokenStore:
    """Returns the key ring where one works here, else a file ``name.json`` in ``folder``."""
    checked_text(name, "The name of a stored token")
    if not isinstance(folder, str | os.PathLike):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise QueryError(f"A folder is needed, not {described(folder)}.", hint='Write Path("tokens").')
    with suppress(ImportError):
        import keyring
        from keyring.backends import fail

        if not isinstance(keyring.get_keyring(), fail.Keyring):
            return KeyringStore(name)
    return FileStore(Path(folder) / f"{name}.json")


def _checked_file(path: object) -> Path:
    """Returns the path of a file; what is relative stays in the folder of today, wherever the program goes.

    Raises:
        QueryError: it is none.
    """
    text = path_text(path)
    if text is None or not Path(text).name:
        raise QueryError(f"A store is kept in a file, not in {described(path)}.", hint="Write FileStore(Path(...)).")
    return home_expanded(Path(text)).absolute()


def _asked(question: Callable[[], T], done: str) -> T:
    """Returns what the key ring answers; its backends raise errors of their own."""
    try:
        return question()
    except Exception as error:
        raise QueryError(
            f"The key ring cannot be {done}: {type(error).__name__}: {error}.",
            hint="Unlock it, or keep the token in a file: token_file in the profile, FileStore(path).",
        ) from None


def _carried(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not is_header_value(secret.get_secret_value()):
        raise ValueError("no header can carry it")
    return secret


class _StoredToken(BaseModel):
    """The stored form."""

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, hide_input_in_errors=True)

    access: Annotated[SecretStr, AfterValidator(_carried)]
    refresh: Annotated[SecretStr, AfterValidator(_carried)] | None = None
    expires_at: FiniteFloat | None = None
    lifetime: FiniteFloat | None = None


def _text_of(token: Token) -> bytes:
    members = {
        "access": token.access.get_secret_value(),
        "refresh": token.refresh.get_secret_value() if token.refresh else None,
        "expires_at": token.expires_at,
        "lifetime": token.lifetime,
    }
    return json.dumps(members).encode("ascii")


def _token_of(text: bytes) -> Token | None:
    """Returns a token out of its stored form, ``None`` where it is damaged: signing in again mends it."""
    try:
        found = _StoredToken.model_validate_json(text)
    except ValidationError:
        return None
    if not (found.access or found.refresh):
        return None
    return Token(found.access, found.refresh or None, found.expires_at, found.lifetime)
