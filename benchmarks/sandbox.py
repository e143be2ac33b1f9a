"""A sandbox to measure: how soon it answers with the demo tenant, and one with 100,000 tasks and a page of them."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workfront_sandbox import Sandbox

TASKS = 100_000
PAGE = {
    "percentComplete": "50",
    "percentComplete_Mod": "lt",
    "name": "site",
    "name_Mod": "cicontains",
    "plannedCompletionDate_1_Sort": "desc",
    "ID_2_Sort": "asc",
    "fields": "name,status,percentComplete,plannedCompletionDate,project:name",
    "$$LIMIT": "100",
}


def start_seconds(rounds: int = 3) -> float:
    """Median time from ``workfront sandbox --seed demo`` to its first answer."""
    _started()
    return statistics.median(_started() for _ in range(rounds))


def installed() -> dict[str, str]:
    """Returns an environment in which modules are compiled once, as those of an installed package are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "compiled-for-benchmarks"), **kept}


def _started() -> float:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "workfront_cli", "sandbox", "--seed", "demo", "--port", str(port)]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=installed()) as process:
        while not _answers(port):
            time.sleep(0.005)
        seconds = time.perf_counter() - begin
        process.terminate()
    return seconds


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/attask/api/v22.0/project/count?apiKey=x")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def crowded() -> Sandbox:
    sandbox = Sandbox()
    projects = sandbox.insert("PROJ", ({"name": f"Project {number}"} for number in range(100)))
    sandbox.insert("TASK", (_task(number, projects) for number in range(TASKS)))
    return sandbox


def _task(number: int, projects: list[str]) -> dict[str, object]:
    return {
        "name": f"{('Prepare', 'Draw', 'Build', 'Check')[number % 4]} {('site', 'brief')[number % 2]} {number}",
        "status": ("NEW", "INP", "CPL")[number % 3],
        "percentComplete": float(number % 101),
        "projectID": projects[number % len(projects)],
        "plannedCompletionDate": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}T17:00:00:000+0000",
    }
