"""Which IDs came before: in a set while they are few, then in little memory, about 25 bytes each.

A set asks for a page in one step, and takes some 100 bytes an ID (150 as texts).
"""

from __future__ import annotations

from binascii import unhexlify
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from typing import Final, cast

_WIDTH: Final = 16
_BUCKETS: Final = 1 << 16
_FEW: Final = 1 << 17
"""IDs that are kept as a set; with more of them they move into buckets."""


class CompactIdSet:
    """A set of IDs that grows only. An ID is kept as 16 bytes; where there are many, in a bucket of some.

    Args:
        few: how many are not yet many.
    """

    __slots__ = ("_buckets", "_few", "_most")

    def __init__(self, *, few: int = _FEW) -> None:
        self._most = few
        self._few: set[bytes] | None = set()
        self._buckets: dict[int, bytes] = {}

    def add_all(self, row_ids: Sequence[object]) -> Sequence[int]:
        """Adds the IDs of a page and returns the places of those that were new.

        A row without an ID cannot be told from others and always is.
        """
        keys = _keys(row_ids)
        if self._few is None or not self._adds_new(self._few, keys):
            return [at for at, key in enumerate(keys) if key is None or self._adds(key)]
        if len(self._few) > self._most:
            self._use_buckets(self._few)
        return range(len(keys))

    def _adds_new(self, few: set[bytes], keys: Sequence[bytes | None]) -> bool:
        """Returns whether all keys are new, each but once, and then adds them."""
        page = set(keys)
        if len(page) < len(keys) or not few.isdisjoint(page):
            return False
        page.discard(None)
        few |= cast("set[bytes]", page)
        return True

    def _use_buckets(self, few: set[bytes]) -> None:
        self._few = None
        for key in few:
            self._adds(key)

    def _adds(self, key: bytes) -> bool:
        """Returns whether a key is new, and then adds it."""
        if self._few is not None:
            before = len(self._few)
            self._few.add(key)
            return len(self._few) > before
        number = hash(key) % _BUCKETS
        bucket = self._buckets.get(number, b"")
        if key in bucket and _holds(bucket, key):
            return False
        self._buckets[number] = bucket + key
        return True


def _keys(row_ids: Sequence[object]) -> Sequence[bytes | None]:
    """Returns what is kept of each ID; of a page of 32 hexadecimal digits each, as Workfront's are, in one step."""
    texts = [row_id for row_id in row_ids if isinstance(row_id, str)]
    if len(texts) == len(row_ids) and all(len(text) == 2 * _WIDTH for text in texts):
        with suppress(ValueError):
            digits = unhexlify("".join(texts))
            return [digits[at : at + _WIDTH] for at in range(0, len(digits), _WIDTH)]
    return [_sixteen_bytes(row_id) if isinstance(row_id, str) else None for row_id in row_ids]


def _sixteen_bytes(row_id: str) -> bytes:
    """Returns what 32 hexadecimal digits say, the form of Workfront's IDs; of other texts a hash of that size."""
    if len(row_id) == 2 * _WIDTH:
        try:
            return unhexlify(row_id)
        except ValueError:
            pass
    return blake2b(row_id.encode(), digest_size=_WIDTH).digest()


def _holds(bucket: bytes, key: bytes) -> bool:
    at = bucket.find(key)
    while at % _WIDTH:
        if at < 0:
            return False
        at = bucket.find(key, at + 1)
    return at >= 0
