"""Objects told by a name or an e-mail address, and their IDs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from workfront_cli.data.where import object_id
from workfront_cli.writing.targets import Lookup, Target
from workfront_core.errors import QueryError
from workfront_core.query.model_fields import by_wire_name
from workfront_core.values.ids import is_id

_CHUNK: Final = 100


@dataclass(slots=True)
class Lookups:
    """What was looked up so far.

    Attributes:
        client: the generated client that looks.
    """

    client: Any
    _found: dict[tuple[str, str, str], list[str]] = field(default_factory=dict[tuple[str, str, str], list[str]])

    def learn(self, wanted: Iterable[tuple[Target, str]]) -> None:
        """Looks up all texts that are not IDs, a hundred a call; what each of them gave is asked of ``id_of``."""
        groups: dict[tuple[str, str], dict[str, None]] = {}
        models: dict[tuple[str, str], Lookup] = {}
        for target, text in wanted:
            try:
                by = _by(target, text)
            except QueryError:  # told where the ID is asked for
                continue
            if by is not None and (by.model.obj_code, by.field or "", text) not in self._found:
                key = (by.model.obj_code, by.field or "")
                groups.setdefault(key, {})[text] = None
                models[key] = by
        for key, texts in groups.items():
            listed = list(texts)
            for start in range(0, len(listed), _CHUNK):
                self._ask(models[key], listed[start : start + _CHUNK])

    def id_of(self, target: Target, text: str) -> str:
        """Returns the ID of the object that a text tells.

        Raises:
            QueryError: none is told so, or several are.
        """
        by = _by(target, text)
        if by is None:
            return object_id(text)
        self.learn([(target, text)])
        ids = self._found[(by.model.obj_code, by.field or "", text)]
        if len(ids) == 1:
            return ids[0]
        kind = by.model.__name__
        if not ids and by.field == "emailAddr" and target.lookup is not None and target.lookup.field is None:
            return self.id_of(replace(target, lookup=Lookup(by.model, "username")), text)
        if not ids:
            raise QueryError(
                f"{target.written}: no {kind} has the {by.field} {text!r:.80}, or you may not see it.",
                hint=f"Give its ID, or look: workfront search {kind}.",
            )
        raise QueryError(
            f"{target.written}: {len(ids)} objects of {kind} have the {by.field} {text!r:.80}: {', '.join(ids[:5])}.",
            hint="Give the ID of the one you mean.",
        )

    def _ask(self, by: Lookup, texts: Sequence[str]) -> None:
        wire = by.field or ""
        member = by_wire_name(by.model)[wire]
        root: Any = getattr(by.model, "f")  # noqa: B009 - only generated models have it
        rows = self.client.by_code(by.model.obj_code).search(
            getattr(root, member.name).in_(list(texts)), fields=["ID", wire]
        )
        for text in texts:
            self._found[(by.model.obj_code, wire, text)] = []
        for row in rows:
            key = (by.model.obj_code, wire, str(getattr(row, member.name)))
            if key in self._found:
                self._found[key].append(row.id)


def _by(target: Target, text: str) -> Lookup | None:
    """Returns what an object is told by; ``None`` where the text is its ID.

    Raises:
        QueryError: an ID is called for, and this is none.
    """
    lookup = target.lookup
    if lookup is None or is_id(text) or "://" in text:
        return None
    field_name = lookup.field or ("emailAddr" if "@" in text and "emailAddr" in by_wire_name(lookup.model) else "name")
    if field_name == "ID" or field_name not in by_wire_name(lookup.model):
        raise QueryError(f"{target.written} takes an ID, not {text!r:.80}.", hint="An ID has 32 hexadecimal digits.")
    return Lookup(lookup.model, field_name)
