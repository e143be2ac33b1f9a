"""Members of a JSON list, read one at a time: the same values, and the same refusals, as reading it whole."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workfront_cli.rows.json_list import NoList, list_members
from workfront_cli.rows.source import Source
from workfront_core import QueryError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
LAYOUTS = st.sampled_from([{}, {"indent": 1}, {"indent": "\t"}, {"ensure_ascii": False}, {"separators": (",", ":")}])


@given(st.lists(VALUES, max_size=6), LAYOUTS, st.sampled_from([1, 2, 3, 7, 1 << 16]))
def test_any_list_is_read_as_it_is_written(rows: list[object], layout: dict[str, str], part: int) -> None:
    text = json.dumps(rows, **layout)  # type: ignore[arg-type]
    assert list(list_members(io.StringIO(f" \n{text}\n "), part)) == rows
    for cut in range(1, len(text), max(1, len(text) // 20)):
        with pytest.raises(ValueError):
            list(list_members(io.StringIO(text[:cut]), part))


@pytest.mark.parametrize(
    "text",
    ["[1 2]", "[1,]", "[,1]", "[1],", "[1]]", "[1}", "[1;2]", "[tru]", "[1e]", "[--1]", '["a]', "[\ufeff1]", "[{]",
     "[1,,2]", "[", "[" * 200_000, "[" + "9" * 10_000 + "]"],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_what_is_no_list_of_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as raised:
        list(list_members(io.StringIO(text)))
    assert not isinstance(raised.value, NoList)


@pytest.mark.parametrize("text", ["", " ", "{}", '"[1]"', "5", "null", '{"data": [1]}'])
def test_what_is_no_list_is_told_so(text: str) -> None:
    with pytest.raises(NoList):
        list(list_members(io.StringIO(text)))


@pytest.mark.parametrize("name", ["rows.json", "rows.jsonl", "rows.csv"])
@pytest.mark.parametrize("filler", ["x", " "])
def test_one_row_has_a_bound_in_every_kind_of_text(
    name: str, filler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workfront_cli.rows.source.MOST", 200_000)
    monkeypatch.setattr("workfront_cli.rows.json_list.MOST", 200_000)
    file = tmp_path / name
    long = filler * 300_000
    file.write_text(
        {"rows.json": f'[{{}},{{"a": "{long}"}}]', "rows.jsonl": f'{{}}\n{{"a": "{long}"}}\n'}.get(name, f"a\n{long}\n")
    )
    with pytest.raises(QueryError, match=r"(row|line) [23] is longer than 200,000 letters"):
        list(Source(file).rows())
