"""The journal: from what to what the status of each issue went, when, and by whom.

    export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=...
    python examples/read_journal.py

Only fields that your administrator lets Workfront record have entries (Setup, Interface, Update Feeds).
"""

from datetime import timedelta

from workfront_client.v22 import Issue, Workfront

with Workfront.from_env() as wf:
    since = wf.server_time() - timedelta(days=7)
    print("recorded:", ", ".join(sorted(wf.journal_entry.recorded(Issue))) or "nothing yet")
    for change in wf.journal_entry.changes(Issue.f.status, since=since):
        print(f"{change.at:%Y-%m-%d %H:%M} {change.object_id}: {change.old} -> {change.new}, by {change.by}")
