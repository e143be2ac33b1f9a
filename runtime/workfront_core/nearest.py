"""Names that exist, for one that does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def nearest(wrong: str, known: Iterable[str], *, likeness: float = 0.6) -> list[str]:
    """Returns up to three known names that look like a wrong one, whatever their case; the likeliest first.

    ``likeness`` is how much of both must be the same, from 0 to 1.
    """
    from difflib import get_close_matches  # only an error needs it

    by_lower = {name.lower(): name for name in known}
    return [by_lower[match] for match in get_close_matches(wrong.lower(), by_lower, cutoff=likeness)]


def did_you_mean(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """Returns "Did you mean X or Y?" with the nearest known names, or ``otherwise`` where none is near."""
    return question(nearest(wrong, known)) or otherwise


def question(names: Iterable[str]) -> str:
    """Returns "Did you mean X or Y?", empty for no names."""
    listed = " or ".join(names)
    return f"Did you mean {listed}?" if listed else ""


def did_you_mean_here_or(wrong: str, here: Collection[str], others: Collection[str], package: str) -> str:
    """Returns "Did you mean X or Y?"; where X is likelier of ``package``, with the line that imports it from there."""
    near = nearest(wrong, [*here, *others])
    if near and near[0] not in here:
        return f"Did you mean {near[0]}? Write: from {package} import {near[0]}"
    return question(name for name in near if name in here)
