"""The two sides, with and without asyncio: each refuses the statements of the other, and says what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from workfront_core.errors.kinds import NotSupported, QueryError

__all__ = ["AsyncRows", "AsyncWithBlock", "PendingBlock", "Rows", "WithBlock"]


class WithBlock:
    """What opens with ``with``."""

    if not TYPE_CHECKING:  # to a checker these do not exist

        def __aenter__(self) -> NoReturn:
            name = type(self).__name__
            raise NotSupported(f"{name} is synchronous.", hint=f"Write with, without async; or take Async{name}.")

        def __aexit__(self, *raised: object) -> NoReturn:
            self.__aenter__()


class AsyncWithBlock:
    """What opens with ``async with``."""

    if not TYPE_CHECKING:

        def __enter__(self) -> NoReturn:
            name = type(self).__name__
            raise NotSupported(
                f"{name} is asynchronous.", hint=f"Write async with; or take {name.removeprefix('Async')}."
            )

        def __exit__(self, *raised: object) -> NoReturn:
            self.__enter__()


class Rows:
    """What ``for`` goes through."""

    if not TYPE_CHECKING:

        def __aiter__(self) -> NoReturn:
            raise NotSupported("This search is of a synchronous client.", hint="Write for, without async.")

        def __await__(self) -> NoReturn:
            raise NotSupported("This search is of a synchronous client.", hint="Write it without await: .to_list().")


class AsyncRows:
    """What ``async for`` goes through."""

    if not TYPE_CHECKING:

        def __iter__(self) -> NoReturn:
            raise NotSupported(
                "This search is of an asynchronous client.", hint="Write async for, or await .to_list()."
            )

        def __anext__(self) -> NoReturn:
            raise NotSupported("A search is not an iterator.", hint="Write await .first(), or async for.")

        def __await__(self) -> NoReturn:
            raise NotSupported(
                "A search is not awaited: it is read row by row.", hint="Write async for, or await .to_list()."
            )


class PendingBlock:
    """What is of use inside its ``with`` block alone: what the block gives is asked of in vain before it."""

    _gives: type
    """What the block gives."""
    _written: str
    """How the block is opened."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or name not in {*dir(self._gives), *self._gives.__annotations__}:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            raise QueryError(f"The block did not begin, so there is no {name} yet.", hint=f"Write {self._written}.")
