"""A first program: reads, filters, counts, reports, runs an action, a named query, and writes.

    export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=... WORKFRONT_PROJECT_ID=...
    python examples/quickstart.py

It writes: point it at a sandbox, not at production.
"""

import os

from workfront_client import TODAY, ApiKey, FieldNotLoaded
from workfront_client.v22 import Hour, Project, ProjectField, ProjectStatus, Task, Workfront


def main(url: str, api_key: str, project_id: str) -> None:
    with Workfront(url, auth=ApiKey(api_key)) as wf:
        project = wf.project.get(project_id, fields=[ProjectField.NAME, Project.f.owner.name, "DE:Market"])
        owner = project.owner.name if project.owner else "nobody"
        print(f"project    {project.name}, owned by {owner}, market {project['DE:Market']}")

        late = wf.task.search(
            Task.f.percent_complete < 100,
            Task.f.planned_completion_date < TODAY,
            fields=[Task.f.name, Task.f.assigned_to.title],
            order_by=[Task.f.planned_completion_date.asc()],
            limit=3,
        ).to_list()
        for task in late:
            title = task.assigned_to.title if task.assigned_to else "unassigned"
            print(f"late task  {task.name} ({title})")
        try:
            print(project.status)
        except FieldNotLoaded as error:
            print(f"not asked  {error}")

        print(f"current    {wf.project.count(Project.f.status == ProjectStatus.CURRENT)} projects")
        hours = wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours], rollup=True)
        print(f"hours      {hours.rollup} in {len(hours)} projects")

        new = wf.project.create(name="New Project", status=ProjectStatus.PLANNING)
        wf.project.update(new.id, name="New name")
        wf.project.calculate_timeline(new.id)
        for task in late:
            wf.task.move(task.id, project_id=new.id)
        moved = wf.task.count(Task.f.project_id == new.id)
        print(f"written    {wf.project.get(new.id).name}, {moved} tasks moved there")
        print(f"my work    {len(wf.work.my_work())} items")


if __name__ == "__main__":
    main(os.environ["WORKFRONT_URL"], os.environ["WORKFRONT_API_KEY"], os.environ["WORKFRONT_PROJECT_ID"])
