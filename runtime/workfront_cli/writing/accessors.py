"""With whom something is shared: ``user:ana@acme.com``, ``team:Design``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workfront_cli.data.session import model_of
from workfront_cli.writing.lookups import Lookups
from workfront_cli.writing.targets import Lookup, Target
from workfront_core.errors import QueryError
from workfront_core.nearest import did_you_mean
from workfront_core.operations.access_rules import AccessorKind, CoreAction

if TYPE_CHECKING:
    from workfront_core.request.api_version import ApiVersion

_KINDS: Final = {kind.name.lower(): kind for kind in AccessorKind}
_LEVELS: Final = {"view": CoreAction.VIEW, "contribute": CoreAction.LIMITED_EDIT, "manage": CoreAction.EDIT}


def level_of(word: str) -> CoreAction:
    """Returns the core action of people's word for it, or of its own."""
    return _LEVELS.get(word.lower()) or CoreAction(word.upper())


def accessor(text: str, version: ApiVersion, lookups: Lookups) -> tuple[AccessorKind, str]:
    """Returns what something is shared with: its kind and its ID.

    Args:
        text: kind and ID, name or e-mail address with a colon between.
        version: of the API.
        lookups: looks up what is not an ID.

    Raises:
        QueryError: it is written otherwise, or there is no such object, or several.
    """
    word, colon, name = text.partition(":")
    kind = _KINDS.get(word.strip().lower())
    if not colon or kind is None or not name.strip():
        hint = did_you_mean(word, _KINDS) if colon else ""
        raise QueryError(
            f"--with {text!r:.80} does not say with whom.",
            hint=f"{hint}{hint and ' '}Write one of {', '.join(f'{one}:NAME' for one in _KINDS)}.",
        )
    target = Target(f"--with {word}", "", None, Lookup(model_of(kind.value, version)))
    return kind, lookups.id_of(target, name.strip())
