"""``workfront``, also as ``python -m workfront_cli``."""

from __future__ import annotations

import os
import sys

_COMPLETE = "_WORKFRONT_COMPLETE"
"""The variable by which a shell asks what it may offer."""


def main() -> None:
    """Runs the command line, or says what is missing for it."""
    _open_closed_streams()
    if _COMPLETE in os.environ:
        from workfront_cli.quick_completion import answer

        if answer(os.environ[_COMPLETE]):
            return
    try:
        if os.environ.get(_COMPLETE, "").startswith("powershell"):
            from importlib import import_module

            import_module("workfront_cli.completion")  # teaches click this shell
        from workfront_cli.guarded import speak_utf8
        from workfront_cli.lazy_group import app

        speak_utf8()
        app(prog_name="workfront")
    except KeyboardInterrupt:
        sys.exit(130)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("workfront"):
            raise
        sys.exit(f"error: the command line needs {error.name}; install it with: pip install 'workfront-client[cli]'")


def _open_closed_streams() -> None:
    """Gives a process whose streams were closed by its caller ones that hold nothing and keep nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


if __name__ == "__main__":
    main()
