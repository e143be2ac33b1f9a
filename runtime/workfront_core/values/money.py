"""Amounts with their currency.

A project without a currency of its own (``currency`` null) is in its customer's default currency, which one further
call tells: ``CUST/currentCustomer`` (docs/protocol.md 16).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from workfront_core.errors.kinds import ProtocolError, QueryError
from workfront_core.request.flow import Sends, SendsAsync
from workfront_core.request.request import Request

_CODE: Final = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency, ISO 4217: ``Money(Decimal("12.50"), "EUR")``.

    Raises:
        QueryError: the amount is a float or not finite, the currency is no code of three letters.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():  # pyright: ignore[reportUnnecessaryIsInstance]
            raise QueryError(f"An amount is a finite Decimal, not {self.amount!r:.80}.", hint='Write Decimal("12.50").')
        if not _CODE.fullmatch(self.currency):
            raise QueryError(f"{self.currency!r:.80} is no currency code.", hint="Write EUR, USD, ...")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + other.amount, self._shared(other))

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - other.amount, self._shared(other))

    def _shared(self, other: Money) -> str:
        if self.currency != other.currency:
            raise QueryError(f"{self.currency} and {other.currency} do not add up.", hint="Convert one of them first.")
        return self.currency


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
    if not isinstance(currency, str) or not _CODE.fullmatch(currency):
        raise ProtocolError(f"The server told no currency of the customer; it answered {data!r:.200}.")
    return currency


def _is_row(rows: Sequence[object]) -> bool:
    return len(rows) == 1 and isinstance(rows[0], Mapping)
