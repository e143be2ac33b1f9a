"""Names of a tenant's fields, options and forms, kept by the lock; what got a mark is told, and stops nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from keyword import iskeyword
from typing import Final

from workfront_codegen.custom_names import RESERVED, base, constant, mark, settle
from workfront_codegen.lock import NamesLock
from workfront_codegen.name_problems import NameProblems
from workfront_core.nearest import nearest, question
from workfront_schema.custom_fields import FieldOption

FIELDS: Final = "custom"
OPTIONS: Final = "options"
FORMS: Final = "forms"
_TAKEN: Final[Mapping[str, tuple[str, ...]]] = {FORMS: ("custom_form",)}
"""Names that the rendered modules use themselves: the class of all forms."""
_SHOWN: Final = 12
_LONGEST_SHOWN: Final = 60


class CustomNaming:
    """The names of what a tenant calls its own; ``chosen`` are those that people chose for fields."""

    def __init__(self, lock: NamesLock, chosen: Mapping[str, str], problems: NameProblems) -> None:
        self._lock = lock
        self._chosen = chosen
        self._problems = problems
        self._marked: dict[str, str] = {}
        self._gone: set[str] = set()
        self.wanted: frozenset[str] = frozenset()
        self._left_out: tuple[str, ...] = ()
        self._options = sorted(lock.section(OPTIONS).items())

    def fields(self, wires: Iterable[str]) -> Mapping[str, str]:
        """Returns the name of each field by its own name without ``DE:``."""
        wanted = set(wires)
        chosen = {wire: name for wire, name in self._chosen.items() if wire in wanted}
        names = self._settled(FIELDS, wanted, chosen)
        for wire, name in names.items():
            if name.endswith(f"_{mark(wire)}") and wire not in self._chosen:
                self._marked[wire] = name
        self.wanted |= wanted
        if wanted:
            self._gone |= self._lock.section(FIELDS).keys() - wanted
        return names

    def options(self, wire: str, options: Sequence[FieldOption]) -> Mapping[str, str]:
        """Returns the constant of each option by its value: made of its label, of the value where labels repeat."""
        labels = [constant(option.label) for option in options]
        own = {
            option.value: label if labels.count(label) == 1 else constant(option.value)
            for option, label in zip(options, labels, strict=True)
        }
        head = f"{wire}\n"
        locked = {key.removeprefix(head): name for key, name in self._locked_options(head)}
        given = {value: name for value, name in locked.items() if value in own}
        held = [name for value, name in locked.items() if value not in own]
        names = settle(own, given, held, make=lambda value: own[value])
        kept = set(given.values())
        constants = {value: name if name in kept else name.upper() for value, name in names.items()}
        for value, name in constants.items():
            self._lock.put(OPTIONS, f"{head}{value}", name)
        return constants

    def _locked_options(self, head: str) -> list[tuple[str, str]]:
        """Returns the locked names whose keys begin with ``head``, without a look at those of other fields."""
        behind = f"{head[:-1]}{chr(ord(head[-1]) + 1)}"
        return self._options[bisect_left(self._options, (head,)) : bisect_left(self._options, (behind,))]

    def forms(self, names: Iterable[str]) -> Mapping[str, str]:
        """Returns the module name of each form: ``Intake`` -> ``intake_form``."""
        return self._settled(FORMS, set(names), {}, _form)

    def leave_out(self, names: Iterable[str]) -> None:
        """Notes fields that get no name, since no request could carry their own."""
        self._left_out = tuple(names)

    def report(self, elsewhere: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Returns what people may want to know of the names: marks in one line, fields that are gone in another.

        Fields that another version of the package has are not gone: ``elsewhere``.
        """
        lines = [left_out_line(self._left_out)] if self._left_out else []
        if self._marked:
            shown = ", ".join(f"{_short(wire)} -> {name}" for wire, name in sorted(self._marked.items()))
            lines.append(
                f"{len(self._marked)} custom fields got a mark, since names would be alike or say nothing: {shown}; "
                'settle with [[custom]] wire = "...", name = "..." in overrides.toml'
            )
        if gone := sorted(self._gone - elsewhere):
            shown = ", ".join(map(_short, gone[:_SHOWN])) + (" ..." if len(gone) > _SHOWN else "")
            lines.append(
                f"{len(gone)} custom fields of names.lock are gone: {shown}; a renamed one keeps its Python name by "
                '[[custom]] wire = "<new name>", name = "<old Python name>"'
            )
        return tuple(lines)

    def _settled(
        self, section: str, wanted: set[str], chosen: Mapping[str, str], make: Callable[[str], str] = base
    ) -> dict[str, str]:
        locked = self._lock.section(section)
        ours = _TAKEN.get(section, ())
        given = {wire: name for wire, name in locked.items() if wire in wanted and name not in ours}
        held = [name for wire, name in locked.items() if wire not in wanted and name not in chosen.values()]
        names = settle(wanted, given, [*held, *ours], chosen, make)
        for wire, name in names.items():
            self._check(section, wire, name)
            self._lock.put(section, wire, name)
        self._problems.check("*", ((name, f"{section}.{wire}") for wire, name in names.items()))
        return names

    def _check(self, section: str, wire: str, name: str) -> None:
        if name.isidentifier() and not iskeyword(name) and not name.startswith("_") and name not in RESERVED:
            return
        if section == FIELDS:
            self._problems.unfit(wire, name)
        else:
            self._problems.unnamed("*", f"{section}.{wire}", wire)


def unused_choice(wire: str, known: Iterable[str]) -> str:
    """Returns what is said of a name that people chose for a field that is not there."""
    near = question(map(repr, nearest(wire, known)))
    return f"[[custom]] of {_short(wire)} in overrides.toml names no field of the tenant. {near}".rstrip()


def left_out_line(names: Sequence[str]) -> str:
    """Returns what is said of fields that are left out."""
    return f"{len(names)} custom fields are left out, no request can carry their names: {', '.join(map(_short, names))}"


def _short(wire: str) -> str:
    """Returns the name of a field for people; a long one cut."""
    return repr(wire if len(wire) <= _LONGEST_SHOWN else f"{wire[:_LONGEST_SHOWN]}...")


def _form(name: str) -> str:
    return base(name if name.lower().rstrip().endswith(("form", "forms")) else f"{name} form")
