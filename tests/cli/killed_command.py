"""A command that is killed at one write of its job file: before it, after it, or within the line.

``python -m tests.cli.killed_command NUMBER before|after|within ARGUMENTS...``
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from workfront_cli.lazy_group import app
from workfront_cli.rows.job_file import JobFile


def main() -> None:
    """Runs the command, with the job file's writing in the hands of this test."""
    number, place = int(sys.argv[1]), sys.argv[2]
    written = 0
    whole = JobFile.append

    def append(self: JobFile, entry: Mapping[str, Any]) -> None:
        nonlocal written
        written += 1
        if written == number and place == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        if written == number and place == "within":
            line = json.dumps(entry).encode()
            with self.path.open("ab") as file:
                file.write(line[: len(line) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        whole(self, entry)
        if written == number:
            os.kill(os.getpid(), signal.SIGKILL)

    JobFile.append = append  # type: ignore[method-assign]
    app(sys.argv[3:], prog_name="workfront")


if __name__ == "__main__":
    main()
