"""Batches: which issues were changed, and which were entered, since the last time this ran.

    export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=...
    python examples/poll_changes.py            # again and again, from cron

The moment is the server's from before the search, less some minutes for changes that show late, so rows may come twice:
take them by ID. Rows that are gone are not among them; a sync finds those too (examples/keep_tables.py).
"""

from datetime import datetime, timedelta
from pathlib import Path

from workfront_client.v22 import Issue, Workfront

state = Path("issues.since")

with Workfront.from_env() as wf:
    now = wf.server_time()
    since = datetime.fromisoformat(state.read_text()) if state.exists() else now - timedelta(days=1)
    fields = [Issue.f.name, Issue.f.entry_date, Issue.f.last_update_date]
    for issue in wf.issue.search(Issue.f.last_update_date >= since, fields=fields):
        is_new = issue.entry_date is not None and issue.entry_date >= since
        print("new" if is_new else "changed", issue.id, issue.name)
    state.write_text((now - timedelta(minutes=10)).isoformat())
