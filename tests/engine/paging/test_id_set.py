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


@given(st.lists(st.lists(IDS)), st.integers(0, 20))
def test_an_id_is_new_exactly_once(pages: list[list[str]], few: int) -> None:
    seen, known = CompactIdSet(few=few), set[str]()
    for ids in pages:
        fresh = list(seen.add_all(ids))
        assert fresh == [at for at, row_id in enumerate(ids) if row_id not in known and row_id not in ids[:at]]
        known.update(ids)


def test_bytes_that_lie_across_two_ids_are_no_id() -> None:
    seen = CompactIdSet(few=0)
    seen.add_all(["cd" * 16])
    seen._buckets = {hash(b"\xab" * 16) % (1 << 16): b"\x00" + b"\xab" * 16 + b"\x00" * 15}  # noqa: SLF001
    assert seen.add_all(["ab" * 16]) == [0]
    assert seen.add_all(["ab" * 16]) == []


def test_what_is_no_id_is_always_new() -> None:
    assert list(CompactIdSet().add_all([None, "ab" * 16, None, 7, 7])) == [0, 1, 2, 3, 4]
    assert list(CompactIdSet().add_all([None, "ab" * 16])) == [0, 1]


def test_ids_take_a_few_megabytes_however_many_they_are() -> None:
    peaks = []
    for number in (20_000, 60_000):
        tracemalloc.start()
        seen = CompactIdSet(few=20_000)
        for start in range(0, number, 2_000):
            seen.add_all([f"{number:032x}" for number in range(start, start + 2_000)])
        peaks.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
    assert max(peaks) < 7_500_000, peaks
