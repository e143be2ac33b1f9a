"""What the wheel holds of the schema in another form than the checkout: called by hatchling while it builds.

Needs nothing but Python and hatchling, because a build from source has nothing else.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any, cast

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_INSIDE = "workfront_schema/data"


class WheelData(BuildHookInterface[Any]):
    """Puts each snapshot into the wheel as one file, and its evidence without blanks.

    What an older version has like the newest stands there by the name of that, and by what differs.

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
        versions: list[str] = tomllib.loads((schema / "package.toml").read_text("utf-8"))["versions"]
        for name in versions:
            newest = versions[-1] if name != versions[-1] else None
            texts = {
                f"{name}.jsonl": packed(schema / name, newest),
                f"evidence/{name}.json": packed_evidence(schema / "evidence" / f"{name}.json", newest),
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


def packed(snapshot: Path, newest: str | None = None) -> str:
    """Returns the files of a snapshot's folder, a line each: ``{"ack.json": {...}}``.

    Where the newest version has the same, it is ``{"ack.json": "v22.0"}``; where it has nearly the same, what differs
    stands beside that.
    """
    beside = {file.name: json.loads(file.read_bytes()) for file in _files(snapshot.with_name(newest))} if newest else {}
    lines = (
        {file.name: told_by(json.loads(file.read_bytes()), beside, file.name, newest)} for file in _files(snapshot)
    )
    return "".join(f"{compact(line)}\n" for line in lines)


def _files(snapshot: Path) -> list[Path]:
    return sorted(snapshot.glob("*.json"))


def packed_evidence(file: Path, newest: str | None = None) -> str:
    """Returns the evidence for a version; what that for the newest has as well stands there as in a snapshot."""
    document = json.loads(file.read_bytes())
    beside: dict[str, Any] = json.loads(file.with_name(f"{newest}.json").read_bytes())["objects"] if newest else {}
    objects = {code: told_by(held, beside, code, newest) for code, held in document["objects"].items()}
    return compact(document | {"objects": objects})


def told_by(held: Any, beside: dict[str, Any], name: str, newest: str | None) -> Any:
    """Returns a document by what the newest version has under its name; itself where that is nothing, or no shorter.

    The index of a snapshot is read by itself, and stands there as it is.
    """
    if newest is None or name not in beside:
        return held
    if held == beside[name]:
        return newest
    if name.startswith("_") or "null" in compact(held):
        return held
    return {"like": newest, "changes": _differing(held, beside[name])}


def _differing(held: dict[str, Any], newest: dict[str, Any]) -> dict[str, Any]:
    """Returns what makes one document of another, as a JSON merge patch (RFC 7396)."""
    changes: dict[str, Any] = dict.fromkeys(sorted(newest.keys() - held.keys()))
    for name, value in held.items():
        other = newest.get(name)
        if isinstance(value, dict) and isinstance(other, dict):
            differing = _differing(cast("dict[str, Any]", value), cast("dict[str, Any]", other))
            changes |= {name: differing} if value != other else {}
        elif value != other:
            changes[name] = value
    return changes


def compact(document: object) -> str:
    """Returns JSON without blanks, keys sorted."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
