"""A small client of a language server over its standard input and output: opens one file, asks for completions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_COMMAND = (Path(sys.executable).parent / "basedpyright-langserver", "--stdio")
_SOURCES = ("runtime", "generated")


class LanguageServer:
    """basedpyright at work on one file, ``user.py``, of a project of its own that finds this package.

    Args:
        folder: the project; the file need not exist.
        process: the server, just started.
        verbose: whether ``log`` is to hold what it reads.
    """

    def __init__(self, folder: Path, process: subprocess.Popen[bytes], *, verbose: bool) -> None:
        self.log: list[str] = []
        self._process = process
        analysis = {"logLevel": "Trace" if verbose else "Error"}
        self._settings = {"basedpyright": {"analysis": analysis}, "python": {"pythonPath": sys.executable}}
        self._uri = (folder / "user.py").as_uri()
        self._version = 0
        self._calls = 0
        folders = [{"uri": folder.as_uri(), "name": folder.name}]
        self._call("initialize", {"processId": None, "workspaceFolders": folders, "capabilities": _CAPABILITIES})
        self._send({"method": "initialized", "params": {}})

    def show(self, text: str) -> None:
        """Makes this the content of the file, as an editor does with every key."""
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        if self._version == 1:
            document |= {"languageId": "python", "text": text}
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        else:
            changes = [{"text": text}]
            params = {"textDocument": document, "contentChanges": changes}
            self._send({"method": "textDocument/didChange", "params": params})

    def complete(self, text: str) -> set[str]:
        """Shows the text and returns what the server offers at its end."""
        self.show(text)
        lines = text.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        found = self._call("textDocument/completion", {"textDocument": {"uri": self._uri}, "position": position})
        return {item["label"] for item in found["items"]} if found else set()

    def processor_seconds(self) -> float:
        """Returns what the server has used of the processor, which other work on the machine changes least (Linux)."""
        return sum(_processor_seconds(process) for process in _family(self._process.pid))

    def _call(self, method: str, params: dict[str, object]) -> Any:
        self._calls += 1
        self._send({"id": self._calls, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" in message:
                self._answer(message)
            elif message.get("id") == self._calls:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def _answer(self, message: dict[str, Any]) -> None:
        """Answers a question of the server, which waits for its settings, and keeps what it logs."""
        if message["method"] == "window/logMessage":
            self.log.append(message["params"]["message"])
        elif "id" in message:
            items = message.get("params", {}).get("items", [])
            result = [self._settings.get(item["section"], {}) for item in items]
            self._send({"id": message["id"], "result": result or None})

    def _send(self, message: dict[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise RuntimeError("The language server ended.")
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


def _family(process: int) -> list[int]:
    """Returns a process and all that it has started: the server's script starts node."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    children = {int(child) for thread in threads for child in thread.read_text().split()}
    return [process, *(one for child in children for one in _family(child))]


def _processor_seconds(process: int) -> float:
    """Returns user and system time of a process, which stand behind its name (proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


_CAPABILITIES: dict[str, object] = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {"completion": {"completionItem": {"snippetSupport": False}}},
}
"""As Visual Studio Code says: whether a member is deprecated has to come with the list, so its type is worked out."""


@contextmanager
def language_server(*, verbose: bool = False, more: Sequence[Path] = ()) -> Generator[LanguageServer]:
    """Starts a server that has read nothing yet, on a project in a folder of its own; ends it at the end.

    Args:
        verbose: whether its ``log`` is to hold what it reads.
        more: further folders in which it finds packages.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [*(str(ROOT / source) for source in _SOURCES), *map(str, more)]
        settings = {"extraPaths": paths, "pythonVersion": "3.11"}
        (folder / "pyrightconfig.json").write_text(json.dumps(settings))
        with subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder) as process:
            try:
                yield LanguageServer(folder, process, verbose=verbose)
            finally:
                process.communicate()  # closes its input, at whose end it ends
