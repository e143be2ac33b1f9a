"""The whole way once: a sandbox serves its metadata; it is fetched, generated, compared, and the client used on it."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workfront_sandbox import Sandbox
from workfront_sandbox.demo import seed
from workfront_testing.live_server import listening

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
VERSION = "v22.0"
KEY = "demo-key-of-the-sandbox"


def _run(*command: object, **environment: str) -> None:
    print(f"  $ {' '.join(str(part).removeprefix(f'{BIN}/') for part in command)}", flush=True)
    subprocess.run([str(part) for part in command], check=True, env={**os.environ, **environment}, cwd=ROOT)


def _same(made: Path, kept: Path) -> int:
    """How many files both have in common, byte for byte. Raises SystemExit on the first difference."""
    names = sorted({path.relative_to(root) for root in (made, kept) for path in root.rglob("*.py")})
    _, differing, missing = filecmp.cmpfiles(made, kept, [str(name) for name in names], shallow=False)
    if differing or missing:
        raise SystemExit(f"{(differing + missing)[0]} differs between {made} and {kept}")
    return len(names)


def _generate(url: str, scratch: Path) -> None:
    codegen = BIN / "workfront-codegen"
    schema, out = scratch / "schema", scratch / "generated"
    _run(codegen, "fetch", "--url", url, "--api-version", VERSION, "--reconstructed", "--out", schema)
    _run(codegen, "generate", "--api-version", VERSION, "--schema", schema, "--out", out)
    count = _same(out / "workfront_client/v22", ROOT / "generated/workfront_client/v22")
    print(f"  {count} files, byte-identical to generated/")


def main() -> None:
    started = time.perf_counter()
    print("1. A sandbox with the demo tenant")
    sandbox = Sandbox()
    print(f"  {seed(sandbox):,} rows")
    with listening(sandbox) as url, tempfile.TemporaryDirectory(prefix="workfront-demo-") as scratch:
        print(f"  at {url}")
        print("2. Its metadata, fetched and generated")
        _generate(url, Path(scratch))
        print("3. What the snapshot holds")
        _run(BIN / "workfront-codegen", "stats", "--api-version", VERSION)
        print("4. The examples, type-checked and run")
        _run(BIN / "mypy", "--strict", "examples/quickstart.py", "examples/tour.py")
        project = next(row["ID"] for row in sandbox.rows("PROJ") if row["status"] == "CUR")
        signed_in = {"WORKFRONT_URL": url, "WORKFRONT_API_KEY": KEY}
        _run(sys.executable, "examples/quickstart.py", **signed_in, WORKFRONT_PROJECT_ID=project)
        _run(sys.executable, "examples/tour.py", **signed_in)
    print(f"Done in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
