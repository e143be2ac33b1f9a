"""A row as the server sends it, and what was logged."""

from __future__ import annotations

from typing import Any

ROW: dict[str, Any] = {
    "ID": "4c78821c0000d6fa8d5e52f07a1d54d0",
    "name": "Write it",
    "objCode": "TASK",
    "percentComplete": 40,
    "plannedCompletionDate": "2017-03-24T17:00:00:000+0400",
    "dueDate": "2017-03-25",
    "status": "INP:A",
    "priority": 3,
    "actualCost": "12.50",
    "parent": None,
    "assignedTo": {"ID": "5d80", "name": "Ada", "objCode": "USER"},
    "children": [{"ID": "1", "objCode": "TASK"}, {"ID": "2", "parent": {"ID": "4c78"}}],
    "parameterValues": {"DE:Region": "EMEA", "DE:Tags": ["a", "b"]},
    "DE:Region": "EMEA",
}
