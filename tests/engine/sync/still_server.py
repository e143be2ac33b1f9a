"""A server whose rows a test sets: what a sync asks for, and the rows it gets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from tests.engine.sync.changing_server import Row
from workfront_core.models.model import WorkfrontObject
from workfront_core.operations.decoders import RawPage
from workfront_core.request.request import Request
from workfront_core.values.datetimes import format_datetime, parse_datetime

T = TypeVar("T")


class StillServer:
    """Holds rows and answers the searches of a sync; time goes on by a minute a run."""

    def __init__(self, *names: str, origin: str = "https://acme.example") -> None:
        self.origin = origin
        self.now = datetime(2026, 11, 25, 12, tzinfo=UTC)
        self.rows: dict[str, Row] = {}
        self.asked: list[Request[object]] = []
        for number, name in enumerate(names):
            self.put(f"{number:032x}", name=name, percentComplete=0.0)

    def put(self, row_id: str, **members: object) -> None:
        """Writes a row with the stamp of now."""
        stamp = {"lastUpdateDate": format_datetime(self.now), "entryDate": format_datetime(self.now)}
        self.rows[row_id] = {**self.rows.get(row_id, {"ID": row_id}), **members, **stamp}

    def server_time(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def send(self, request: Request[T], /) -> T:
        self.asked.append(request)
        params = dict(request.params)
        rows = sorted(self.rows.values(), key=lambda row: str(row["ID"]))
        if params.get("ID_Mod") == "gt":
            rows = [row for row in rows if str(row["ID"]) > params["ID"]]
        elif "ID" in params:
            wanted = {value for name, value in request.params if name == "ID"}
            rows = [row for row in rows if row["ID"] in wanted]
        for stamp in ("lastUpdateDate", "entryDate"):
            if stamp in params:
                rows = [row for row in rows if parse_datetime(str(row[stamp])) >= parse_datetime(params[stamp])]
        if request.path.endswith("/count"):
            total: T = len(rows)  # type: ignore[assignment]
            return total
        names = params["fields"].split(",")
        first = int(params.get("$$FIRST", "0"))
        page = rows[first : first + int(params["$$LIMIT"])]
        shown = page if "*" in names else [{name: row[name] for name in names if name in row} for row in page]
        result: T = RawPage(WorkfrontObject, shown, False)  # type: ignore[assignment]
        return result
