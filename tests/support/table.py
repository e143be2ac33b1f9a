"""A table that answers searches as the API does: filters on the ID, order, pages. And one that misbehaves as told."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from workfront_core.errors import InvalidRequest
from workfront_core.request.request import Request

Row = dict[str, Any]
Fault = Literal["refuses", "ignores", "answers nothing", "unsorted"]


@dataclass
class Table:
    """Rows by ID, and what was asked for.

    Attributes:
        rows: what there is now.
        fault: how the filter on the ID fails; ``unsorted`` gives rows in no order of IDs.
        between: called with the number of the request, from 0 on, before it is answered.
        shuffled: whether rows that the sort keys leave equal come in another order each time.
        ignores_others: whether it counts all rows where those beside some are to be counted.
        cap: rows it gives at once, however many are asked for.
    """

    rows: dict[str, Row]
    fault: Fault | None = None
    between: Callable[[int], None] | None = None
    shuffled: bool = False
    cap: int | None = None
    ignores_others: bool = False
    asked: list[Mapping[str, str]] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def send(self, request: Request[Any], /) -> Any:
        """The client's part: answers at once."""
        params = params_of(request.params)
        if self.between is not None:
            self.between(len(self.asked))
        self.asked.append(params)
        if request.path.endswith("/count"):
            return request.parse({"count": self.count(params)})
        return request.parse(self.page(params))

    def count(self, params: Mapping[str, str]) -> int:
        """How many rows the conditions leave."""
        return len(self._selected(params))

    def page(self, params: Mapping[str, str]) -> object:
        """The ``data`` of an answer."""
        first, limit = int(params["$$FIRST"]), int(params["$$LIMIT"])
        rows = self._ordered(self._selected(params), params)[first : first + min(limit, self.cap or limit)]
        return {row["ID"]: row for row in rows} if params.get("map") else rows

    @property
    def pages(self) -> list[str]:
        """Each call in short: ``3+2`` is two rows from the third on, ``>07:2`` two after ID 07, ``>07+1:2`` without the
        first of them, ``<07:2`` the last two of them backwards, ``<:2`` of all rows, ``count`` is none, ``others`` the
        count of those beside some.
        """
        return [self._short(params) for params in self.asked]

    def _short(self, params: Mapping[str, str]) -> str:
        if "$$LIMIT" not in params:
            return "count" if self._left_out(params) is None else "others"
        after, first = self._after(params), params["$$FIRST"]
        if params.get("ID_Sort") == "desc":
            return f"<{'' if after is None else after}:{params['$$LIMIT']}"
        start = f"{first}+" if after is None else f">{after}:" if first == "0" else f">{after}+{first}:"
        return start + params["$$LIMIT"]

    def _selected(self, params: Mapping[str, str]) -> list[Row]:
        left_out = self._left_out(params)
        if left_out is not None and not self.ignores_others:
            rows = self._selected({key: value for key, value in params.items() if value != "notin"})
            return [row for row in rows if row["ID"] not in left_out]
        after = self._after(params)
        if after is not None and self.fault == "refuses":
            raise InvalidRequest("APIModel V22_0 does not support this filter", status=422)
        if after is not None and self.fault == "answers nothing":
            return []
        if after is None or self.fault == "ignores":
            return [dict(row) for row in self.rows.values()]
        return [dict(row) for row in self.rows.values() if row["ID"] > after]

    def _left_out(self, params: Mapping[str, str]) -> list[str] | None:
        tests = [key for key, value in params.items() if key.endswith("ID_Mod") and value == "notin"]
        return params[tests[-1].removesuffix("_Mod")].split(",") if tests else None

    def _after(self, params: Mapping[str, str]) -> str | None:
        tests = [key for key, value in params.items() if key.endswith("ID_Mod") and value == "gt"]
        return params[tests[-1].removesuffix("_Mod")] if tests else None

    def _ordered(self, rows: list[Row], params: Mapping[str, str]) -> list[Row]:
        if self.shuffled or self.fault == "unsorted":
            self.chance.shuffle(rows)
        keys = [key.removesuffix("_Sort") for key in params if key.endswith("_Sort")]
        for key in reversed(keys):
            name = key.rsplit("_", 1)[0]
            if not (self.fault == "unsorted" and name == "ID"):
                rows.sort(key=lambda row: row[name], reverse=params[f"{key}_Sort"] == "desc")
        return rows


class AsyncTable(Table):
    """The same for the async client; keeps how many requests were open at once."""

    open = 0
    most_open = 0

    async def send(self, request: Request[Any], /) -> Any:
        self.open += 1
        self.most_open = max(self.open, self.most_open)
        try:
            answer = super().send(request)  # as it is when the request arrives
            await asyncio.sleep(0)
        finally:
            self.open -= 1
        return answer


def params_of(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The parameters of a call by name; several values of one with commas."""
    names = dict(pairs)
    return {name: ",".join(value for key, value in pairs if key == name) for name in names}


def numbered(size: int) -> dict[str, Row]:
    """Rows with the IDs 00, 01, 02 ..."""
    return table_of(f"{number:02}" for number in range(size))


def table_of(ids: Iterable[str]) -> dict[str, Row]:
    """Rows with these IDs, names that sort the other way, and a status many share."""
    return {row_id: {"ID": row_id, "name": row_id[::-1], "status": "NEW"} for row_id in ids}


def threads() -> set[str]:
    """Threads of the pager that are running; those that close connections are none of its own."""
    return {thread.name for thread in threading.enumerate() if thread.name == "workfront-prefetch"}
