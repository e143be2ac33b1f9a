"""Tables of your own that follow the server exactly: what changed, what is gone, and a question in SQL.

export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=...
python examples/keep_tables.py             # again and again, from cron
"""

from datetime import timedelta

from workfront_client.v22 import Project, Task, Workfront
from workfront_core.sync import DuckDB, Sync, Table

with Workfront.from_env() as wf, DuckDB("workfront.duckdb") as target:
    sync = Sync(wf, target, [Table(Task, look=[Task.f.percent_complete]), Table(Project)])
    for done in sync.run().tables.values():
        print(done.table, done.added, "new,", done.changed, "changed")
    swept = [state.swept_at for state in sync.status().values()]
    if any(at is None or wf.server_time() - at > timedelta(days=1) for at in swept):
        sync.sweep()
    open_tasks = """SELECT p.name, count(*) FROM wf_task t JOIN wf_project p ON t.projectID = p.ID
        WHERE t.percentComplete < 100 AND t._wf_gone_at IS NULL GROUP BY ALL ORDER BY 2 DESC LIMIT 5"""
    for name, number in target.connection.execute(open_tasks).fetchall():
        print(f"{number:4} open in {name}")
