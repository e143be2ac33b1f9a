"""What becomes of calls whose effect the sandbox does not compute: refused, warned of, or let pass.

A call that changes nothing and answers nothing must not look like one that did its work. The list of what is computed
is docs/sandbox-coverage.md.
"""

from __future__ import annotations

import warnings
from typing import Final, Literal, TypeAlias, get_args

from workfront_sandbox.wire.errors import not_computed

Effects: TypeAlias = Literal["refuse", "warn", "ignore"]
"""A 422 that says so; a Python warning, and an empty answer; an empty answer without a word."""

EFFECTS: Final[tuple[str, ...]] = get_args(Effects)


class NotComputedWarning(UserWarning):
    """A call was answered without any effect."""


def check_effects(word: str) -> None:
    """Raises ValueError for a word that is none of `Effects`."""
    if word not in EFFECTS:
        raise ValueError(f"effects={word!r} is not known: use one of {', '.join(EFFECTS)}")


def without_effect(effects: Effects, what: str) -> None:
    """Says that nothing is computed for ``what``, in the way ``effects`` asks for. Raises ApiError."""
    if effects == "refuse":
        raise not_computed(what)
    if effects == "warn":
        warnings.warn(f"{what}: not computed by this sandbox; answered without effect", NotComputedWarning, 2)
