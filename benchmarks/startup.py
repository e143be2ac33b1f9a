"""Import, first row, all models: time and memory of each in a fresh interpreter."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peer_packages import need

ROW = {"ID": "4c78821c0000d6fa8d5e52f07a1d54d0", "name": "Site", "status": "CUR", "percentComplete": 12.5}
_MEASURE = """
import json, resource, sys, time
sys.path.insert(0, {folder!r})
{before}
kilobytes = lambda: int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
m0, t0 = kilobytes(), time.perf_counter()
{code}
t1, m1 = time.perf_counter(), kilobytes()
print(json.dumps([t1 - t0, (m1 - m0) / 1024]))
"""
_BARE = "import httpx, pydantic"
_ALL_EAGER = """
import pydantic, {module} as m
for model in list(vars(m).values()):
    if isinstance(model, type) and issubclass(model, pydantic.BaseModel) and model.__module__ == m.__name__:
        model.model_validate({{}})
"""
_ALL_STRUCTS = """
import msgspec_models as m
for model in list(vars(m).values()):
    if isinstance(model, type) and issubclass(model, msgspec.Struct) and model is not msgspec.Struct:
        msgspec.convert({}, model)
"""
_ALL_OURS = """
import workfront_client.v22 as c
for name in c.OBJECTS.values():
    getattr(c, name).from_wire({"ID": "1"})
"""
_CASES = {
    "import": {
        "httpx + pydantic": ("", _BARE),
        "workfront_client.v22": ("", "import httpx, pydantic, workfront_client.v22"),
        "workfront_client.v22, with its client": ("", "from workfront_client.v22 import Workfront"),
        "eager pydantic models": ("", "import httpx, pydantic, eager_models"),
        "datamodel-code-generator": ("", "import httpx, pydantic, oracle_models"),
        "msgspec": ("", "import httpx, msgspec_models"),
        "python-workfront": ("", "import workfront, workfront.versions.unsupported"),
    },
    "first PROJ row": {
        "workfront_client.v22": (
            "import httpx, pydantic, workfront_client.v22 as c",
            f"row = c.Project.from_wire({ROW!r}); assert row.name",
        ),
        "eager pydantic models": (_BARE, f"import eager_models as m; row = m.Project.model_validate({ROW!r})"),
        "datamodel-code-generator": (_BARE, f"import oracle_models as m; row = m.Project.model_validate({ROW!r})"),
        "msgspec": ("import msgspec", f"import msgspec_models as m; row = msgspec.convert({ROW!r}, m.Project)"),
    },
    "all models used": {
        "workfront_client.v22": (
            "import pydantic",
            _ALL_OURS,
        ),
        "eager pydantic models": ("import pydantic", _ALL_EAGER.format(module="eager_models")),
        "datamodel-code-generator": ("import pydantic", _ALL_EAGER.format(module="oracle_models")),
        "msgspec": (
            "import msgspec",
            _ALL_STRUCTS,
        ),
    },
}


@dataclass(frozen=True, slots=True)
class Startup:
    """One figure: median seconds and median growth of resident memory in MB."""

    what: str
    who: str
    seconds: float
    megabytes: float


def measure(folder: Path, rounds: int = 5) -> list[Startup]:
    """Every case in ``rounds`` fresh interpreters, after one that fills the bytecode caches."""
    need("workfront")
    return [
        _median(what, who, before, code, folder, rounds)
        for what, cases in _CASES.items()
        for who, (before, code) in cases.items()
    ]


def _median(what: str, who: str, before: str, code: str, folder: Path, rounds: int) -> Startup:
    script = _MEASURE.format(folder=str(folder), before=before, code=code)
    runs = [_run(script, folder) for _ in range(rounds + 1)][1:]
    return Startup(what, who, statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs))


def _run(script: str, folder: Path) -> tuple[float, float]:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes
