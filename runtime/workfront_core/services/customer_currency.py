"""The customer's default currency: ``CUST/currentCustomer`` (docs/protocol.md 16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from workfront_core.errors.kinds import ProtocolError
from workfront_core.request.request import Request
from workfront_core.values.money import CURRENCY_CODE


def customer_currency() -> Request[str]:
    """Returns the code of the customer's default currency."""
    return Request("GET", "CUST/currentCustomer", _currency, (("fields", "currency"),), reads=True)


def _currency(data: object, /, *, strict: bool = False) -> str:  # noqa: ARG001
    """Returns the ``currency`` of the customer's row, which comes alone or in a list of one."""
    rows: Sequence[object] = cast("list[object]", data) if isinstance(data, list) else [data]
    currency = cast("Mapping[str, object]", rows[0]).get("currency") if _is_row(rows) else None
    if not isinstance(currency, str) or not CURRENCY_CODE.fullmatch(currency):
        raise ProtocolError(f"The server did not say which currency the customer has; it answered {data!r:.200}.")
    return currency


def _is_row(rows: Sequence[object]) -> bool:
    return len(rows) == 1 and isinstance(rows[0], Mapping)
