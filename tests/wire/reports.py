"""Reports, and reads too long for a URL."""

from __future__ import annotations

from typing import Final

from tests.wire.case import PERSON, Answer, Case, Covered
from workfront_client.v22 import Hour, Task
from workfront_core.operations import operation
from workfront_core.query.aggregates import Function

MANY: Final = [f"7c{number:030x}" for number in range(400)]
"""More IDs than a URL carries."""


def aggregated(restates: str, says: str, function: Function, value: float) -> Case:
    """One aggregate of hours by type of hour."""
    return Case(
        restates, says,
        lambda wf: wf.send(
            operation.report(Hour, group_by=[Hour.f.hour_type.name], aggregates={function: [Hour.f.hours]})
        ),
        f"GET HOUR/report?hourType:name_1_GroupBy=true&hours_AggFunc={function}",
        answer=Answer({"Diving": {f"{function}_hours": value}}),
        reads=lambda report: report["Diving"].value(function, Hour.f.hours), gives=value,
        differs="Groupings are always numbered, which the server takes for one as well.",
    )  # fmt: skip


CASES: Final = [
    Case(
        "report-03", "groups with a total over all of them",
        lambda wf: wf.hour.report(group_by=[Hour.f.project.name], sum=[Hour.f.hours], rollup=True),
        "GET HOUR/report?project:name_1_GroupBy=true&hours_AggFunc=sum&$$ROLLUP=true",
        answer=Answer({
            "New quay": {"sum_hours": 12.5}, "Slipway": {"sum_hours": 2.5},
            "$$ROLLUP": {"sum_hours": 15.0},
        }),
        reads=lambda report: (
            {group.key: group.aggregates["sum_hours"] for group in report},
            report.value("sum", Hour.f.hours),
        ),
        gives=({"New quay": 12.5, "Slipway": 2.5}, 15.0),
    ),
    Case(
        "report-05", "only some of the rows",
        lambda wf: wf.hour.report(Hour.f.owner_id == PERSON, group_by=[Hour.f.task.name], sum=[Hour.f.hours]),
        f"GET HOUR/report?ownerID={PERSON}&task:name_1_GroupBy=true&hours_AggFunc=sum",
        answer=Answer({"Dredge": {"sum_hours": 6.5}, "Pile": {"sum_hours": 1.0}}),
        reads=lambda report: list(report.leaves()),
        gives=[(("Dredge",), {"sum_hours": 6.5}), (("Pile",), {"sum_hours": 1.0})],
    ),
    aggregated("report-06", "the greatest", "max", 7.5),
    aggregated("report-07", "the smallest", "min", 0.25),
    aggregated("report-09", "how many", "count", 3),
    aggregated("report-10", "the sum with equal values once", "dsum", 8.25),
    Case(
        "tunnel-03", "a report too long for a URL is a form that says it is a read",
        lambda wf: wf.task.report(Task.f.id.in_(MANY), group_by=[Task.f.priority]),
        "POST TASK/report",
        form="&".join([*(f"ID={row_id}" for row_id in MANY), "priority_1_GroupBy=true", "method=GET"]),
        bytes_sent="&priority_1_GroupBy=true&method=GET",
        answer=Answer({"2": {"dcount_ID": 4, "priority": 2}}),
        reads=lambda report: report["2"].aggregates, gives={"dcount_ID": 4, "priority": 2},
        differs="Only a read that does not fit a URL goes this way.",
    ),
    Case(
        "tunnel-09", "a search too long for a URL likewise",
        lambda wf: wf.task.search(Task.f.id.in_(MANY), page_size=400),
        "POST TASK/search",
        form="&".join([*(f"ID={row_id}" for row_id in MANY), "ID_Sort=asc", "$$FIRST=0", "$$LIMIT=400", "method=GET"]),
        answer=Answer([{"ID": MANY[0]}]), reads=lambda rows: [row.id for row in rows], gives=[MANY[0]],
        differs="Repeated values mean a list without saying so.",
    ),
]  # fmt: skip

TABLE: Final[list[Covered]] = []
