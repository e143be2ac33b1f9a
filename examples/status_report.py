"""The state of the projects as a chart: how many of each portfolio are planned, current, complete; how many are late.

pip install workfront-client matplotlib
export WORKFRONT_URL=https://acme.my.workfront.com WORKFRONT_API_KEY=...
python examples/status_report.py --output status.png
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
from matplotlib import pyplot as plt

from workfront_client import TODAY
from workfront_client.v22 import Project, ProjectStatus, Workfront

NO_PORTFOLIO = "(none)"


def main() -> None:
    """Asks for the numbers, prints them, and draws them."""
    parser = argparse.ArgumentParser(description="Draws the projects of each portfolio by status.")
    parser.add_argument("--output", type=Path, default=Path("status.png"))
    output: Path = parser.parse_args().output
    with Workfront.from_env() as wf:
        counts = by_portfolio(wf)
        late = wf.project.count(Project.f.status == ProjectStatus.CURRENT, Project.f.planned_completion_date < TODAY)
    for portfolio, statuses in counts.items():
        print(f"{portfolio}: " + ", ".join(f"{number} {status}" for status, number in statuses.most_common()))
    draw(counts, late, output)
    print(f"{output}: {sum(one.total() for one in counts.values())} projects, {late} late")


def by_portfolio(wf: Workfront) -> dict[str, Counter[str]]:
    """Returns how many projects of each portfolio have each status. The server counts; no project is read."""
    counts: dict[str, Counter[str]] = {}
    for row in wf.project.report(group_by=[Project.f.portfolio.name, Project.f.status]).rows():
        portfolio, status = row.key(Project.f.portfolio.name) or NO_PORTFOLIO, row.key(Project.f.status)
        counts.setdefault(portfolio, Counter())[label(status)] += int(row.number("dcount", Project.f.id) or 0)
    return dict(sorted(counts.items()))


def label(status: str) -> str:
    """Returns a status as people read it; one of your own, which the class does not know, as its code."""
    code, _, approval = status.partition(":")
    known = code in [one.value for one in ProjectStatus]
    name = ProjectStatus(code).name.replace("_", " ").lower() if known else code
    return f"{name}, waits for approval" if approval else name


def draw(counts: dict[str, Counter[str]], late: int, output: Path) -> None:
    """Writes the picture: a bar for each portfolio, a part of it for each status."""
    figure, axes = plt.subplots(figsize=(9, 2 + 0.5 * len(counts)), layout="constrained")
    left = [0] * len(counts)
    for status in sorted({status for statuses in counts.values() for status in statuses}):
        numbers = [statuses[status] for statuses in counts.values()]
        axes.barh(list(counts), numbers, left=left, label=status)
        left = [start + number for start, number in zip(left, numbers, strict=True)]
    axes.set_xlabel("projects")
    axes.set_title(f"Projects by portfolio and status; {late} of the current ones are late")
    figure.legend(loc="outside lower center", ncols=4, frameon=False)
    figure.savefig(output, dpi=120)
    plt.close(figure)


if __name__ == "__main__":
    main()
