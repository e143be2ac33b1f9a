"""The currency of each project.

A project without a currency of its own (``currency`` null) is in its customer's default currency, which one further
call tells: ``CUST/currentCustomer`` (docs/protocol.md 16).
"""

from __future__ import annotations

from workfront_core.arguments import checked_sender, checked_text
from workfront_core.request._async.flow import AsyncSends
from workfront_core.services.customer_currency import customer_currency


class AsyncCurrencies:
    """Knows the currency of each project; asks for the customer's default once, when it is first needed.

    Raises:
        QueryError: it is no client.

    Examples:
        >>> import asyncio
        >>> from workfront_client import AsyncCurrencies
        >>> from workfront_client.v22 import AsyncWorkfront
        >>> from workfront_testing import in_process
        >>> async def main() -> None:
        ...     with in_process() as kit:
        ...         async with kit.client(AsyncWorkfront) as wf:
        ...             currencies = AsyncCurrencies(wf)
        ...             print(await currencies.resolve("EUR"), await currencies.resolve(None))
        >>> asyncio.run(main())
        EUR USD
    """

    def __init__(self, client: AsyncSends, /) -> None:
        checked_sender(client)
        self._client = client
        self._default: str | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._client!r})"

    async def default(self) -> str:
        """Returns the code of the customer's default currency.

        Raises:
            ProtocolError: the server does not say which currency it is.
        """
        if self._default is None:
            self._default = await self._client.send(customer_currency())
        return self._default

    async def resolve(self, currency: str | None, /) -> str:
        """Returns a project's ``currency``, or the customer's default where it is null.

        Raises:
            ProtocolError: the default is needed, and the server does not say which currency it is.
        """
        return checked_text(currency or "", "resolve()") or await self.default()
