"""Keys of rows in brackets: wire names, of members that have no Python name."""

from __future__ import annotations

from pydantic import BaseModel

from workfront_core.errors.kinds import QueryError
from workfront_core.nearest import did_you_mean


def refuse_path(key: object) -> None:
    """Raises a QueryError where a path stands for the name of a field: rows go by names."""
    if hasattr(type(key), "__workfront_name__"):
        raise QueryError(f"A row is asked for names, not for the path {key}.", hint=f"Write {str(key)!r} in row.")


def refuse_attribute(row: BaseModel, name: str) -> None:
    """Refuses to set what is no member of a row.

    Raises:
        QueryError: its class has other members, and none of this name.
    """
    owner = type(row)
    fields = owner.__pydantic_fields__
    if not fields or name in fields or name.startswith("_") or hasattr(owner, name) or name in (row.model_extra or ()):
        return
    otherwise = f"Write row[{name!r}] = ... for a field that this package lacks."
    raise QueryError(f"{owner.__name__} has no member {name}.", hint=did_you_mean(name, fields, otherwise))


def refuse_key(owner: type[BaseModel], key: object) -> None:
    """Refuses what cannot be set by ``row[key]``.

    Raises:
        QueryError: it is not a text, a Python name of a member, or the objCode.
    """
    if not isinstance(key, str) or not key:
        raise QueryError(f"A row takes texts in brackets, not {key!r:.80}.", hint='Write row["DE:Region"] = "North".')
    if key in owner.__pydantic_fields__:
        raise QueryError(f"{owner.__name__}[{key!r}]: brackets take wire names.", hint=f"Write row.{key} = ...")
    if key == "objCode":
        raise QueryError("The objCode says what kind of object a row is; it cannot be set.")
