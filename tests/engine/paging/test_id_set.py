"""IDs that came before: told from all others, whatever they look like."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from workfront_core.paging.id_set import CompactIdSet

IDS = st.one_of(
    st.text(),
    st.text("0123456789abcdef", min_size=32, max_size=32),
    st.text("0123456789abcdefg", min_size=32, max_size=32),
    st.integers(0, 40).map(lambda number: f"{number:032x}"),
)


@given(st.lists(IDS))
def test_an_id_is_new_exactly_once(ids: list[str]) -> None:
    seen, known = CompactIdSet(), set[str]()
    for row_id in ids:
        assert seen.add(row_id) == (row_id not in known)
        known.add(row_id)


def test_bytes_that_lie_across_two_ids_are_no_id() -> None:
    seen = CompactIdSet()
    seen._buckets = {hash("ab" * 16) % (1 << 16): b"\x00" + b"\xab" * 16 + b"\x00" * 15}  # noqa: SLF001
    assert seen.add("ab" * 16)
    assert not seen.add("ab" * 16)


def test_what_is_no_id_is_always_new() -> None:
    seen = CompactIdSet()
    assert seen.add(None)
    assert seen.add(None)


def test_a_hundred_thousand_ids_take_a_few_megabytes() -> None:
    tracemalloc.start()
    seen = CompactIdSet()
    for number in range(100_000):
        seen.add(f"{number:032x}")
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 12_000_000
