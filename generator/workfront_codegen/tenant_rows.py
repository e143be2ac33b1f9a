"""A tenant's own rows about its custom fields, asked of a host: parameters and forms, page by page, all or none.

A user may be refused either of them; then they say nothing, and the fields are typed by what metadata tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from workfront_codegen.host import refusal
from workfront_core.client._async.client import AsyncClient
from workfront_core.errors import (
    AuthenticationError,
    Gone,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    WorkfrontError,
)
from workfront_schema.custom_catalogue import from_metadata
from workfront_schema.custom_fields import CustomCatalogue
from workfront_schema.parameters import (
    FORM_FIELDS,
    FORM_PARTS,
    OPTION_FIELDS,
    PARAMETER_FIELDS,
    with_forms,
    with_parameters,
)
from workfront_schema.snapshot import ObjectType

Rows: TypeAlias = list[dict[str, Any]]

READ: Final = "read"
REFUSED: Final = "refused"
_REFUSALS: Final = (PermissionDenied, AuthenticationError, NotFound, Gone, InvalidRequest)


@dataclass(frozen=True, slots=True)
class TenantRows:
    """Parameters and forms as they came; ``parts`` says of each whether it was read or refused."""

    parameters: Rows = field(default_factory=list[dict[str, Any]])
    forms: Rows = field(default_factory=list[dict[str, Any]])
    parts: Mapping[str, str] = field(default_factory=dict[str, str])

    def catalogue(self, objects: Sequence[ObjectType], *, describe: bool) -> CustomCatalogue:
        """Returns the custom fields and forms that metadata and these rows tell of together."""
        told = with_parameters(from_metadata(objects), self.parameters, describe=describe)
        if self.parts.get("param") != READ:
            return told
        return with_forms(told, self.forms, self.parameters, describe=describe)


async def tenant_rows(client: AsyncClient, objects: Iterable[ObjectType], where: str, *, describe: bool) -> TenantRows:
    """Returns what the tenant's rows say, as far as this user may read them.

    Args:
        client: asks.
        objects: the object types of the version, which say what may be asked of PARAM and CTGY.
        where: the host, for messages.
        describe: whether to ask for descriptions.

    Raises:
        CodegenError: a page could not be read, or one behind the first was refused; a refusal from the start is none.
    """
    known = {item.obj_code: item for item in objects}
    wanted = [name for name in PARAMETER_FIELDS if describe or name != "description"]
    parameters = await _rows(client, known.get("PARAM"), wanted, "parameterOptions", OPTION_FIELDS, where)
    forms = [name for name in FORM_FIELDS if describe or name != "description"]
    categories = await _rows(client, known.get("CTGY"), forms, "categoryParameters", FORM_PARTS, where)
    parts = {"param": _word(parameters), "ctgy": _word(categories)}
    return TenantRows(parameters or [], categories or [], parts)


async def _rows(
    client: AsyncClient, kind: ObjectType | None, names: Iterable[str], below: str, parts: Iterable[str], where: str
) -> Rows | None:
    """Returns all rows of an object type with what this version knows of these fields; None where they are refused."""
    if kind is None:
        return None
    members = kind.member_names
    fields = [name for name in names if name in members or name == "ID"]
    fields += [f"{below}:{name}" for name in parts] if below in members else []
    rows: Rows = []
    try:
        async for row in client.untyped(kind.obj_code).search(fields=fields):
            rows.append(row.to_wire())
    except WorkfrontError as error:
        if isinstance(error, _REFUSALS) and not rows:
            return None
        raise refusal(error, f"{kind.obj_code} rows from {where}") from error
    return rows


def _word(rows: Rows | None) -> str:
    return REFUSED if rows is None else READ
