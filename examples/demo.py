"""The whole way once: snapshot -> API Explorer documents -> served -> fetched -> generated -> compared -> used."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from responder import PROJECT_ID, responder

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
VERSION = "v22.0"


class _Documents(SimpleHTTPRequestHandler):
    """Serves ``v22.0/proj.json`` at the address a Workfront host has it: ``/attask/api/v22.0/proj/metadata``."""

    def translate_path(self, path: str) -> str:
        parts = path.split("?")[0].strip("/").split("/")[2:]
        name = parts[-2] if len(parts) > 2 else "metadata"
        return str(Path(self.directory) / parts[0] / f"{name.lower()}.json")

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _served(folder: Path) -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Documents, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _run(*command: object, **environment: str) -> None:
    print(f"  $ {' '.join(str(part).removeprefix(f'{BIN}/') for part in command)}", flush=True)
    subprocess.run([str(part) for part in command], check=True, env={**os.environ, **environment}, cwd=ROOT)


def _same(made: Path, kept: Path) -> int:
    """How many files ``made`` and ``kept`` have in common, byte for byte. Raises SystemExit on the first difference."""
    names = {path.relative_to(root) for root in (made, kept) for path in root.rglob("*.py")}
    for name in sorted(names):
        if (
            not (made / name).is_file()
            or not (kept / name).is_file()
            or not filecmp.cmp(made / name, kept / name, shallow=False)
        ):
            raise SystemExit(f"{name} differs between {made} and {kept}")
    return len(names)


def main() -> None:
    started = time.perf_counter()
    codegen = BIN / "workfront-codegen"
    with tempfile.TemporaryDirectory(prefix="workfront-demo-") as name:
        scratch = Path(name)
        print(f"1. Export the {VERSION} snapshot as API Explorer documents")
        _run(codegen, "export", "--format", "explorer", "--api-version", VERSION, "--out", scratch / "documents")
        with _served(scratch / "documents") as url:
            print("2. Fetch them again over HTTP")
            _run(codegen, "fetch", "--url", url, "--api-version", VERSION, "--out", scratch / "schema")
        print("3. Generate a client from what was fetched")
        _run(
            codegen,
            "generate",
            "--api-version",
            VERSION,
            "--schema",
            scratch / "schema",
            "--out",
            scratch / "generated",
        )
        made = scratch / "generated/workfront_client/v22"
        count = _same(made, ROOT / "generated/workfront_client/v22")
        print(f"   {count} files, byte-identical to generated/")
    print("4. What the snapshot holds")
    _run(codegen, "stats", "--api-version", VERSION)
    print("5. Type-check the example and run it against a loopback responder")
    _run(BIN / "mypy", "--strict", "examples/quickstart.py")
    with responder() as url:
        key = "demo-key"
        _run(
            sys.executable,
            "examples/quickstart.py",
            WORKFRONT_URL=url,
            WORKFRONT_API_KEY=key,
            WORKFRONT_PROJECT_ID=PROJECT_ID,
        )
    print(f"Done in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
