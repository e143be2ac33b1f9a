"""What a sandbox is made with, looked at before anything is opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from workfront_sandbox.tenant.clock import Clock
from workfront_sandbox.tenant.limits import Limits
from workfront_sandbox.wire.faults import Faults

_SWITCHES: Final = ("rights", "locks")
_MADE: Final[Mapping[str, type[object]]] = {"clock": Clock, "limits": Limits, "faults": Faults}


def check_options(**options: object) -> None:
    """Raises ValueError for an option of a sandbox that has a value of another kind."""
    _check_strict(options["strict"])
    for name in _SWITCHES:
        if not isinstance(options[name], bool):
            raise ValueError(f"{name}={options[name]!r:.80} is neither True nor False")
    for name, kind in _MADE.items():
        if options[name] is not None and not isinstance(options[name], kind):
            raise ValueError(f"{name}={options[name]!r:.80} is not made by {kind.__name__}(...)")
    unstable = options["unstable"]
    if unstable is not None and type(unstable) is not int:
        raise ValueError(f"unstable={unstable!r:.80} is not a whole number")
    if not callable(options["send"]):
        raise ValueError(f"send={options['send']!r:.80} cannot be called: it takes address, headers and body")
    _check_place("db", options["db"])
    if options["schema"] is not None:
        _check_place("schema", options["schema"])


def _check_strict(strict: object) -> None:
    if not (isinstance(strict, bool) or strict == "values"):
        raise ValueError(f'strict={strict!r:.80} is not known: use True, False or "values"')


def _check_place(name: str, place: object) -> None:
    if not isinstance(place, str | Path) or not str(place).strip():
        raise ValueError(f"{name}={place!r:.80} does not name a place")
