"""What may come next in a list of fields, and in what gives one a value. Nothing is imported for it."""

from __future__ import annotations

from workfront_cli.custom_names import begins, custom_names, custom_word, profile_said

TYPE_CHECKING = False  # the one of typing takes longer to import than all of this
if TYPE_CHECKING:
    from workfront_cli.names_file import Named


def own_fields(names: Named, code: str, words: list[str]) -> list[str]:
    """Returns the custom fields of an object as a line has them: of the package, or those kept here."""
    of_package = getattr(names, "custom", None)
    found: list[str] = of_package(code) if of_package else custom_names(profile_said(words), code)
    return [custom_word(name) for name in found]


def fields_of(names: Named, code: str, begun: str, own: list[str]) -> list[str]:
    """Returns the ways to go on with a list of fields: ``name,assignedTo.na`` with ``name,assignedTo.name``."""
    before, comma, last = begun.rpartition(",")
    return [f"{before}{comma}{path}" for path in [*names.paths(code, last), *_begun(own, last)]]


def assignments_of(names: Named, code: str, begun: str, own: list[str]) -> list[str]:
    """Returns the ways to go on with ``NAME=VALUE``: fields, and behind the sign the codes of one."""
    field, sign, _ = begun.partition("=")
    if sign:
        return [f"{field}={one}" for one in names.codes(code, field)]
    return [f"{path}=" for path in [*names.paths(code, begun), *_begun(own, begun)]]


def _begun(own: list[str], begun: str) -> list[str]:
    """Returns the custom fields that begin so, once ``DE:`` is begun: a list of hundreds helps nobody."""
    return [name for name in own if begun and begins(name, begun)]
