"""The currency of each project.

A project without a currency of its own (``currency`` null) is in its customer's default currency, which one further
call tells: ``CUST/currentCustomer`` (docs/protocol.md 16).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from workfront_core.errors.kinds import ProtocolError
from workfront_core.request.flow import Sends, SendsAsync
from workfront_core.request.request import Request
from workfront_core.values.money import CURRENCY_CODE


def customer_currency() -> Request[str]:
    """The code of the customer's default currency."""
    return Request("GET", "CUST/currentCustomer", _currency, (("fields", "currency"),), reads=True)


class Currencies:
    """Knows the currency of each project; asks for the customer's default once, when it is first needed."""

    def __init__(self, client: Sends, /) -> None:
        self._client = client
        self._default: str | None = None

    def default(self) -> str:
        """The code of the customer's default currency."""
        if self._default is None:
            self._default = self._client.send(customer_currency())
        return self._default

    def resolve(self, currency: str | None, /) -> str:
        """A project's ``currency``, or the customer's default where it is null."""
        return currency or self.default()


class AsyncCurrencies:
    """Knows the currency of each project; asks for the customer's default once, when it is first needed."""

    def __init__(self, client: SendsAsync, /) -> None:
        self._client = client
        self._default: str | None = None

    async def default(self) -> str:
        """The code of the customer's default currency."""
        if self._default is None:
            self._default = await self._client.send(customer_currency())
        return self._default

    async def resolve(self, currency: str | None, /) -> str:
        """A project's ``currency``, or the customer's default where it is null."""
        return currency or await self.default()


def _currency(data: object, /, *, strict: bool = False) -> str:
    """``currency`` out of the customer's row, which comes alone or in a list of one."""
    rows: Sequence[object] = cast("list[object]", data) if isinstance(data, list) else [data]
    currency = cast("Mapping[str, object]", rows[0]).get("currency") if _is_row(rows) else None
    if not isinstance(currency, str) or not CURRENCY_CODE.fullmatch(currency):
        raise ProtocolError(f"The server told no currency of the customer; it answered {data!r:.200}.")
    return currency


def _is_row(rows: Sequence[object]) -> bool:
    return len(rows) == 1 and isinstance(rows[0], Mapping)
