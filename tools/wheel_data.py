"""What the wheel holds of the schema in another form than the checkout: called by hatchling while it builds.

Needs nothing but Python and hatchling, because a build from source has nothing else.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_INSIDE = "workfront_schema/data"


class WheelData(BuildHookInterface[Any]):
    """Puts each snapshot into the wheel as one file, and its evidence without blanks.

    `tools.release` names a bill of materials in ``WORKFRONT_SBOM``, which goes into the wheel too (PEP 770).
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Writes the files beside the wheel that is being built, and names them to hatchling."""
        if version == "editable":
            return
        if bill := os.environ.get("WORKFRONT_SBOM"):
            build_data["sbom_files"].append(bill)
        schema, folder = Path(self.root, "schema"), Path(self.directory, ".wheel-data")
        (folder / "evidence").mkdir(parents=True, exist_ok=True)
        for name in tomllib.loads((schema / "package.toml").read_text("utf-8"))["versions"]:
            evidence = f"evidence/{name}.json"
            texts = {
                f"{name}.jsonl": packed(schema / name),
                evidence: compact(json.loads((schema / evidence).read_bytes())),
            }
            for file, text in texts.items():
                (folder / file).write_text(text, encoding="utf-8", newline="\n")
                build_data["force_include"][str(folder / file)] = f"{_INSIDE}/{file}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Removes the files that were written for the wheel."""
        folder = Path(self.directory, ".wheel-data")
        for file in (*folder.rglob("*.json"), *folder.rglob("*.jsonl")):
            file.unlink()
        for empty in (folder / "evidence", folder):
            if empty.is_dir():
                empty.rmdir()


def packed(snapshot: Path) -> str:
    """Returns the files of a snapshot's folder, a line each: ``{"ack.json": {...}}``."""
    files = sorted(snapshot.glob("*.json"))
    return "".join(f"{compact({file.name: json.loads(file.read_bytes())})}\n" for file in files)


def compact(document: object) -> str:
    """Returns JSON without blanks, keys sorted."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
