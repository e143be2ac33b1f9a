"""A built site on loopback, and a page of its own that opens all others in a narrow window and says how they fit."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.waiting import PATIENCE

_PROBE = """<!doctype html><meta charset="utf-8"><body>
<iframe id="window" style="border:0;height:844px"></iframe><pre id="said"></pre>
<script>
const pages = PAGES, width = WIDTH, found = [], frame = document.getElementById("window");
const said = document.getElementById("said");
frame.style.width = width + "px";
function next() {
  const page = pages.shift();
  if (page === undefined) return void (said.textContent = "found " + JSON.stringify(found) + " end");
  frame.onload = () => {
    const root = frame.contentDocument.documentElement;
    if (root.scrollWidth > width) found.push(page + " is " + root.scrollWidth + " wide");
    if (!frame.contentDocument.querySelector("article h1")) found.push(page + " has no heading");
    next();
  };
  frame.src = page;
}
next();
</script>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def serving(site: Path) -> Generator[str]:
    """The address of a built site, until the block ends."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the server of the site did not end"


def probe(pages: Sequence[str], width: int) -> str:
    """Markup of a page that opens pages of the site in a window of this many pixels, and lists those that are wider."""
    return _PROBE.replace("PAGES", json.dumps(list(pages))).replace("WIDTH", str(width))
