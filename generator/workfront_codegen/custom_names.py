"""Python names of custom fields, which people name at will: in their own letters, and never the end of a run.

A name is ``de_`` and the field's own words. Letters of any script stay, since Python takes them (PEP 3131); signs such
as currencies are spelt out. Fields that would share a name all get a mark made of their wire name, so that no name
changes its meaning with the order of the fields.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import sha256
from typing import Final

from workfront_codegen.lock import NamesLock
from workfront_codegen.names import MemberName

_SECTION: Final = "custom"
_PREFIX: Final = "de_"
_LONGEST: Final = 60
_SPELT_OUT: Final = frozenset("%&+#@<>=±°№")
_DROPPED: Final = frozenset({"Cf", "Co", "Cs", "Cn"})
"""Characters nobody sees: formatting, private, half, unassigned."""


def custom_names(wires: Iterable[str], lock: NamesLock) -> Mapping[str, MemberName]:
    """Returns the name of each custom field by its wire name without ``DE:``; new ones are added to the lock."""
    given = {wire: lock.known(_SECTION, wire) for wire in sorted(set(wires))}
    derived = {wire: _derived(wire) for wire, name in given.items() if name is None}
    times = Counter(map(_folded, (*derived.values(), *filter(None, given.values()))))
    names = {
        wire: lock.name(_SECTION, wire, partial(_alone_or_marked, derived.get(wire, ""), wire, times)) for wire in given
    }
    return {wire: MemberName(name) for wire, name in names.items()}


def _alone_or_marked(name: str, wire: str, times: Mapping[str, int]) -> str:
    return name if times[_folded(name)] == 1 else _marked(name, wire)


def _derived(wire: str) -> str:
    """Derives a name: ``Go-live Date`` -> ``de_go_live_date``, ``Cost (€)`` -> ``de_cost_euro``, ``地域`` ->
    ``de_地域``.
    """
    spelt = unicodedata.normalize("NFKC", "".join(map(_spelt, unicodedata.normalize("NFC", wire))))
    words = "".join(map(_parted, " " + spelt, spelt)).replace("_", " ").split()
    name = unicodedata.normalize("NFKC", _PREFIX + "_".join(words).lower())
    if not words or not name.isidentifier():
        return _marked(f"{_PREFIX}field", wire)
    return name if len(name) <= _LONGEST else _marked(name[:_LONGEST].rstrip("_"), wire)


def _spelt(char: str) -> str:
    """Spells a sign by its name; what nobody sees is left out."""
    category = unicodedata.category(char)
    if category == "Sc" or char in _SPELT_OUT:
        return f" {unicodedata.name(char).lower().removesuffix(' sign').replace('-', ' ')} "
    return "" if category in _DROPPED else char


def _parted(before: str, char: str) -> str:
    """Returns a character of a name; blanks where words part: between cases, and for what no identifier may hold."""
    if not f"a{char}".isidentifier():
        return " "
    return f" {char}" if before.islower() and char.isupper() else char


def _folded(name: str) -> str:
    """Returns what two names may not share: constants are written in capitals, and Python takes like letters for the
    same.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name.upper()).casefold())


def _marked(name: str, wire: str) -> str:
    return f"{name}_{sha256(wire.encode()).hexdigest()[:4]}"
