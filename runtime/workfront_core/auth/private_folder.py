"""Folders that only their owner can look into, and where the platform wants a program's own ones."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

_NAME: Final = "workfront"


def make_private_folder(path: Path) -> None:
    """Makes a folder, and each one above it that is missing, with mode 0700 whatever the umask.

    Raises:
        OSError: it cannot be made.
    """
    for folder in reversed([path, *path.parents]):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)


def home_expanded(path: Path) -> Path:
    """Returns a path with the home folder in place of a ``~`` at its start, where there is one."""
    try:
        return path.expanduser()
    except RuntimeError:  # nobody's home is known
        return path


def platform_folder(kind: Literal["user_config_path", "user_data_path"]) -> Path:
    """Returns the platform's folder for settings or for data (package ``platformdirs``), else ``~/.workfront``."""
    try:
        import platformdirs
    except ImportError:
        return Path.home() / f".{_NAME}"
    found: Path = getattr(platformdirs, kind)(_NAME, appauthor=False)
    return found


def token_folder() -> Path:
    """Returns the folder where tokens, and the locks of key rings, are kept."""
    return platform_folder("user_data_path") / "tokens"
