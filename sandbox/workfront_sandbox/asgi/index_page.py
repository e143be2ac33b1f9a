"""The page at ``/``: what the sandbox holds, what it was asked, how to connect. Nothing on it comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from secrets import token_urlsafe
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from workfront_sandbox.asgi.index_style import MARK, SCRIPT, STYLE
from workfront_sandbox.asgi.markup import Markup, element, join
from workfront_sandbox.server import Sandbox
from workfront_sandbox.wire.exchange import Exchange
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.wire.redaction import redact_parameter, redact_path

_SHOWN: Final = 25
_LONGEST: Final = 300
_VERSION: Final = "v22.0"


def index_route(sandbox: Sandbox) -> Route:
    """Returns the route of the page. Looking at it leaves no trace in the sandbox's log."""

    def index(request: Request) -> HTMLResponse:
        nonce = token_urlsafe(16)
        page = render(sandbox, f"{request.url.scheme}://{request.url.netloc}", nonce)
        return HTMLResponse(page, headers=_headers(nonce))

    return Route("/", index, methods=["GET"])


def render(sandbox: Sandbox, address: str, nonce: str = "") -> str:
    """Returns the whole page. ``address`` is where clients reach the sandbox; ``nonce`` allows the page style and
    script.
    """
    customers = sandbox.rows("CUST")
    tenant = str(customers[0].get("name") or "Sandbox") if customers else "Sandbox"
    head = join(
        element("title", f"{tenant}: Workfront sandbox"),
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("style", Markup(STYLE), nonce=nonce),
    )
    left = element("div", _connect(sandbox, address), _faults(sandbox), class_="column")
    body = join(
        _header(sandbox, tenant),
        element("main", _tiles(sandbox), left, _objects(sandbox), _log(sandbox)),
        element("script", Markup(SCRIPT), nonce=nonce),
    )
    return "<!doctype html>" + element("html", element("head", head), element("body", body), lang="en")


def _headers(nonce: str) -> dict[str, str]:
    policy = f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'"
    return {
        "content-security-policy": f"{policy}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }


def _header(sandbox: Sandbox, tenant: str) -> Markup:
    now = sandbox.clock.now()
    mode = "strict sign-in" if sandbox.tenant.strict else "any credential signs in"
    clock = element("div", element("strong", f"{now:%a %d %b %Y, %H:%M}"), f"sandbox time, {now:%Z}", class_="clock",
                    id="clock", data_live="")  # fmt: skip
    title = element("div", element("h1", "Workfront sandbox"), element("p", f"{tenant}, {mode}"))
    return element("header", element("div", Markup(MARK), title, clock))


def _tiles(sandbox: Sandbox) -> Markup:
    log = list(sandbox.log)
    failed = sum(exchange.response.status >= 400 for exchange in log)
    counts = {
        "Objects": sum(count for _, _, count in _counts(sandbox)),
        f"Requests, last {len(log):,}" if sandbox.log.forgotten else "Requests": len(log),
        "Refused or failed": failed,
        "Events waiting": len(sandbox.deliveries.waiting),
    }
    tiles = [element("div", element("dt", name), element("dd", f"{count:,}")) for name, count in counts.items()]
    return element("dl", *tiles, class_="tiles wide", id="tiles", data_live="")


def _connect(sandbox: Sandbox, address: str) -> Markup:
    key = "..." if sandbox.tenant.strict else "sandbox"
    python = (
        f"from workfront_client import ApiKey\nfrom workfront_client.v22 import Task, Workfront\n\n"
        f'url = "{address}"\nwith Workfront(url, auth=ApiKey("{key}")) as wf:\n'
        f"    for task in wf.task.search(Task.f.percent_complete < 100):\n        print(task.name)"
    )
    curl = f"curl -H 'apiKey: {key}' \\\n  '{address}/attask/api/{_VERSION}/task/search'"
    return element(
        "section",
        element("h2", "Connect"),
        _credentials(sandbox),
        element("h3", "Python"),
        element("pre", element("code", python)),
        element("h3", "curl"),
        element("pre", element("code", curl)),
        element("p", "OAuth2 begins at ", element("code", f"{address}/integrations/oauth2/authorize"), class_="soft"),
    )


def _credentials(sandbox: Sandbox) -> Markup:
    if sandbox.tenant.strict:
        return element("p", "Sign in with an API key, a session or a token that this sandbox issued.")
    found = [row for row in sandbox.rows("USER") if row["ID"] == sandbox.tenant.me]
    me: Row = found[0] if found else {}
    name, login = str(me.get("name") or "the calling user"), str(me.get("username") or "")
    return element("p", "Any API key, session or bearer token that is not empty is ", element("strong", name), ". ",
                   "To log in by name: ", element("code", login), ", with any password.")  # fmt: skip


def _objects(sandbox: Sandbox) -> Markup:
    counts = _counts(sandbox)
    most = max((count for *_, count in counts), default=1)
    items = [_object(sandbox, name, code, count, most) for name, code, count in counts]
    return element("section", element("h2", "Objects"), element("ul", *items, class_="objects"), id="objects",
                   data_live="")  # fmt: skip


def _object(sandbox: Sandbox, name: str, code: str, count: int, most: int) -> Markup:
    """Returns the line of an object type; where any credential will do, its name links to its rows if it can be
    searched.
    """
    target = f"/attask/api/{_VERSION}/{quote(code)}/search?sessionID=browser"
    searched = "search" in sandbox.tenant.catalogue.newest.objects[code].source.verbs
    shown = element("a", name, href=target) if searched and not sandbox.tenant.strict else name
    bar = Markup(f'<svg class="bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">'
                 f'<rect width="{_length(count, most):.1f}" height="2"/></svg>')  # fmt: skip
    return element(
        "li",
        element("span", shown, class_="name"),
        element("span", code, class_="mono"),
        element("b", f"{count:,}"),
        bar,
    )


def _length(count: int, most: int) -> float:
    """Returns the length of a bar in percent: about as long as the number has digits, so that a count of one still
    shows.
    """
    return 100 * count.bit_length() / most.bit_length()


def _counts(sandbox: Sandbox) -> list[tuple[str, str, int]]:
    """Returns name, objCode and number of rows of each type that has rows, most first."""
    known, store = sandbox.tenant.catalogue.newest.objects, sandbox.tenant.store
    found = [(known[code].name, code, store.count(code)) for code in store.codes if code in known and store.count(code)]
    return sorted(found, key=lambda item: (-item[2], item[0]))


def _faults(sandbox: Sandbox) -> Markup:
    on = [element("li", element("span", name, class_="pill warn"), text) for name, text in _faults_on(sandbox)]
    listed = element("ul", *on, class_="faults") if on else element("p", "None is on; every call is answered at once.")
    hint = element("p", "One request can ask for a fault itself: ", element("code", "x-sandbox-fault: 429"), " or ",
                   element("code", "x-sandbox-latency: 800"), class_="soft")  # fmt: skip
    return element("section", element("h2", "Faults"), listed, hint, id="faults", data_live="")


def _faults_on(sandbox: Sandbox) -> Iterator[tuple[str, str]]:
    faults = sandbox.faults
    if faults.latency:
        yield "latency", f"{faults.latency * 1000:,.0f} ms on every request"
    for kind, rate in faults.rates.items():
        yield kind, f"{rate:.1%} of requests, drawn with seed {faults.seed}"
    planned = faults.planned
    for fault in dict.fromkeys(planned):
        where = f"whose path contains {fault[1]}" if fault[1] else "whatever they are"
        yield fault[0], f"planned for the next {planned.count(fault)} requests {where}"


def _log(sandbox: Sandbox) -> Markup:
    recent = list(sandbox.log)[-_SHOWN:][::-1]
    title = element("h2", "Recent requests")
    shown = (
        _table(recent) if recent else element("p", "Nothing yet. Requests appear here as they come.", class_="empty")
    )
    return element("section", title, element("div", shown, class_="scroll"), class_="wide", id="log", data_live="")


def _table(recent: Sequence[Exchange]) -> Markup:
    head = element("tr", element("th", "Time", class_="time"), element("th", "Method"), element("th", "Path"),
                   element("th", "Status"), element("th", "ms", class_="number"))  # fmt: skip
    rows = [_row(exchange) for exchange in recent]
    return element("table", element("thead", head), element("tbody", *rows))


def _row(exchange: Exchange) -> Markup:
    request, status = exchange.request, exchange.response.status
    milliseconds = (exchange.seconds + exchange.response.delay) * 1000
    return element(
        "tr",
        element("td", f"{exchange.at:%H:%M:%S}", class_="time"),
        element("td", element("span", request.method[:12], class_="pill" if request.method == "GET" else "pill info")),
        element("td", _target(request.path, request.query), class_="mono"),
        element("td", element("span", str(status), class_=f"pill {_tone(status)}")),
        element("td", f"{milliseconds:,.1f}", class_="number"),
    )


def _tone(status: int) -> str:
    return "good" if status < 300 else "info" if status < 400 else "warn" if status < 500 else "bad"


def _target(path: str, query: str) -> str:
    """Returns path and parameters, readable, without credentials, cut where they are long."""
    signs_in = not path.startswith("/attask/")
    pairs = [(name, redact_parameter(name, value, signs_in=signs_in)) for name, value in parse_qsl(query, True)]
    text = redact_path(unquote(path)) + (
        "?" + unquote(urlencode(pairs, safe="*:,$/")).replace("+", " ") if pairs else ""
    )
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
