"""What must be so of a wheel before it is given to anybody."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 3_600_000
"""The size a wheel may have. Grows only where somebody decides that it may."""

_FOREIGN: Final = re.compile(
    r"(^|/)(tests?|benchmarks|examples|docs|\.git|__pycache__)/|\.(pyc|db|duckdb|parquet|xlsx|png)$"
)
_PACKAGES: Final = (
    "workfront_cli", "workfront_client", "workfront_codegen", "workfront_core", "workfront_sandbox", "workfront_schema",
    "workfront_testing",
)  # fmt: skip
_ALWAYS: Final = ("License-Expression", "Requires-Python", "Summary", "Description-Content-Type")


def wheel_problems(wheel: Path, version: str) -> Iterator[str]:
    """Yields what is wrong with a wheel that should have that version."""
    if wheel.stat().st_size > MOST_BYTES:
        yield f"the wheel has {wheel.stat().st_size:,} bytes, more than {MOST_BYTES:,}"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next((name for name in names if name.endswith(".dist-info/METADATA")), None)
        if about is None:
            yield "the wheel has no metadata"
            return
        metadata = Parser().parsestr(archive.read(about).decode())
    yield from _metadata_problems(metadata, version)
    yield from _content_problems(names)


def _metadata_problems(metadata: Message, version: str) -> Iterator[str]:
    if metadata["Name"] != "workfront-client" or metadata["Version"] != version:
        yield f"the wheel calls itself {metadata['Name']} {metadata['Version']}, not workfront-client {version}"
    yield from (f"the wheel's metadata lacks {name}" for name in _ALWAYS if not metadata[name])
    core = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    names = sorted(re.split(r"[<>=!~ \[;]", line)[0] for line in core)
    if names != ["httpcore", "httpx", "pydantic"]:
        yield f"without extras the wheel demands {', '.join(names)}"


def _content_problems(names: list[str]) -> Iterator[str]:
    yield from (f"{name} does not belong into the wheel" for name in names if _FOREIGN.search(name))
    yield from (f"the wheel lacks {name}/py.typed" for name in _PACKAGES if f"{name}/py.typed" not in names)
    if not any("/licenses/LICENSE" in name for name in names):
        yield "the wheel lacks the text of its licence"
    if not any("/sboms/" in name for name in names):
        yield "the wheel lacks its bill of materials"
