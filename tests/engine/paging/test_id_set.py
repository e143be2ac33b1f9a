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


@given(st.lists(st.lists(IDS)))
def test_an_id_is_new_exactly_once(pages: list[list[str]]) -> None:
    seen, known = CompactIdSet(), set[str]()
    for ids in pages:
        fresh = seen.add_all(ids)
        assert fresh == [at for at, row_id in enumerate(ids) if row_id not in known and row_id not in ids[:at]]
        known.update(ids)


def test_bytes_that_lie_across_two_ids_are_no_id() -> None:
    seen = CompactIdSet()
    seen._buckets = {hash(b"\xab" * 16) % (1 << 16): b"\x00" + b"\xab" * 16 + b"\x00" * 15}  # noqa: SLF001
    assert seen.add_all(["ab" * 16]) == [0]
    assert seen.add_all(["ab" * 16]) == []


def test_what_is_no_id_is_always_new() -> None:
    assert CompactIdSet().add_all([None, "ab" * 16, None, 7, 7]) == [0, 1, 2, 3, 4]


def test_a_hundred_thousand_ids_take_a_few_megabytes() -> None:
    tracemalloc.start()
    seen = CompactIdSet()
    for start in range(0, 100_000, 2_000):
        seen.add_all([f"{number:032x}" for number in range(start, start + 2_000)])
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 12_000_000
