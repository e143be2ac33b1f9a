"""All that generated code imports. ``ENGINE_INTERFACE`` numbers this folder."""

from __future__ import annotations

from typing import Final

__all__ = ["ENGINE_INTERFACE", "require_engine"]

ENGINE_INTERFACE: Final = 2
"""What this engine offers to generated code. It goes up when generated code of an earlier number can no longer run."""


def require_engine(interface: int, package: str) -> None:
    """Checks that the generated ``package``, made for the engine's interface of that number, can run on this engine.

    Raises:
        ImportError: It cannot. The message says which of the two to renew, and how.
    """
    if interface == ENGINE_INTERFACE:
        return
    if interface > ENGINE_INTERFACE:
        remedy = "upgrade workfront-client to the release the package was generated with, or a later one"
    else:
        remedy = f"regenerate {package} with the installed release: workfront-codegen generate"
    raise ImportError(
        f"{package} was generated for engine interface {interface}, "
        f"the installed workfront_core has {ENGINE_INTERFACE}: {remedy}",
        name=package,
    )
