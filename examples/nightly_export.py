"""Every night: tables that follow the server, and a Parquet file of each for whoever reads files.

pip install 'workfront-client[sync]'
export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=...
python examples/nightly_export.py --folder export        # from cron, as often as you like
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

from workfront_client.v22 import Hour, Project, Task, User, Workfront
from workfront_core.sync import DuckDB, Sync, Table

TABLES: list[Table[Any]] = [
    Table(Task, look=[Task.f.percent_complete]),
    Table(Project),
    Table(Hour),
    Table(User),
]
"""What is kept. ``look`` names fields that the service computes without saying that the row changed."""

SWEEP_EVERY = timedelta(days=1)
"""How often deletions are looked for, which the service tells nobody of."""


def main() -> None:
    """Brings the tables up to date, then writes the files anew."""
    parser = argparse.ArgumentParser(description="Keeps tables of Workfront, and a Parquet file of each.")
    parser.add_argument("--folder", type=Path, default=Path("export"))
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with Workfront.from_env() as wf, DuckDB(str(folder / "workfront.duckdb")) as target:
        sync = Sync(wf, target, TABLES)
        for done in sync.run().tables.values():
            print(f"{done.table}: {done.added} new, {done.changed} changed")
        if is_due(wf, sync):
            sync.sweep()
            print("swept: what is gone on the server is marked as gone")
        for name in target.connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall():
            write(target, name[0], folder)


def is_due(wf: Workfront, sync: Sync) -> bool:
    """Returns whether a table was not swept for a day, by the server's clock."""
    now = wf.server_time()
    return any(state.swept_at is None or now - state.swept_at > SWEEP_EVERY for state in sync.status().values())


def write(target: DuckDB, table: str, folder: Path) -> None:
    """Writes the rows that are still there into a file of their own; the old file stays until the new one is whole."""
    if not table.startswith("wf_"):
        return
    file = folder / f"{table}.parquet"
    part = file.with_suffix(".part")
    query = f'SELECT * EXCLUDE (_wf_gone_at) FROM "{table}" WHERE _wf_gone_at IS NULL'  # noqa: S608 - our own name
    rows = target.connection.execute(f"COPY ({query}) TO '{part}' (FORMAT parquet)").fetchone()
    part.replace(file)
    print(f"{file}: {rows[0] if rows else 0} rows")


if __name__ == "__main__":
    main()
