"""How the index page looks, and the script that keeps it up to date."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #1c2430; --soft: #5d6878; --line: #e3e7ec; --accent: #2557d6;
  --wash: #eef3ff; --code: #f0f2f6; --good: #176b3a; --good-wash: #e2f4e8; --warn: #8a5300; --warn-wash: #fdf0d9;
  --bad: #b3261e; --bad-wash: #fde8e6; --bar: #c9d7fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141a; --card: #181e27; --ink: #e7ebf1; --soft: #9aa6b6; --line: #29313d; --accent: #8fb0ff;
    --wash: #1c2740; --code: #11161d; --good: #7ddba0; --good-wash: #14301f; --warn: #f3c06b; --warn-wash: #33270f;
    --bad: #ff9d95; --bad-wash: #3a1a18; --bar: #2c4178;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif;
}
main, header > div { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
header { background: var(--card); border-bottom: 1px solid var(--line); }
header > div {
  display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding-top: 18px; padding-bottom: 18px;
}
header svg { width: 38px; height: 38px; flex: none; }
h1 { font-size: 20px; line-height: 1.2; margin: 0; letter-spacing: -.01em; }
h1 + p { margin: 2px 0 0; color: var(--soft); font-size: 14px; }
header .clock { margin-left: auto; text-align: right; font-size: 14px; color: var(--soft); }
header .clock strong {
  display: block; color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums;
}
main {
  padding-top: 22px; padding-bottom: 48px; display: grid; gap: 18px;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
}
.column { display: flex; flex-direction: column; gap: 18px; }
.column > :last-child { flex: 1; }
.wide { grid-column: 1 / -1; }
.tiles { display: grid; gap: 14px; grid-template-columns: repeat(4, minmax(0, 1fr)); margin: 0; }
.tiles > div, section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.tiles > div { padding: 14px 18px; }
.tiles dt { color: var(--soft); font-size: 13px; }
.tiles dd {
  margin: 0; font-size: 26px; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums;
  letter-spacing: -.02em;
}
section { padding: 18px 20px; }
h2 { margin: 0 0 10px; font-size: 16px; }
h3 { margin: 16px 0 6px; font-size: 13px; font-weight: 600; color: var(--soft); }
p { margin: 0 0 10px; }
p:last-child, pre:last-child, ul:last-child { margin-bottom: 0; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre, .mono { font: 13px/1.55 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { background: var(--code); border-radius: 5px; padding: 1px 5px; overflow-wrap: anywhere; }
pre {
  background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px;
  margin: 0 0 10px; overflow-x: auto;
}
pre code { background: none; padding: 0; overflow-wrap: normal; }
.faults + p code, .soft code { white-space: nowrap; }
.soft { color: var(--soft); }
.objects { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 28px; }
.objects li {
  break-inside: avoid; position: relative; display: flex; gap: 8px; padding: 4px 0;
  border-bottom: 1px solid var(--line); font-size: 14px;
}
.objects .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.objects .mono { color: var(--soft); font-size: 12px; line-height: 21px; }
.objects b { margin-left: auto; font-weight: 600; font-variant-numeric: tabular-nums; }
.objects .bar { position: absolute; left: 0; bottom: -1px; width: 100%; height: 2px; fill: var(--bar); }
.faults { list-style: none; margin: 0 0 10px; padding: 0; display: grid; gap: 6px; }
.faults li { display: flex; gap: 10px; align-items: baseline; }
.pill {
  display: inline-block; border-radius: 999px; padding: 1px 9px; font-size: 12px; font-weight: 600;
  white-space: nowrap; background: var(--code); color: var(--soft); font-variant-numeric: tabular-nums;
}
.good { background: var(--good-wash); color: var(--good); }
.warn { background: var(--warn-wash); color: var(--warn); }
.bad { background: var(--bad-wash); color: var(--bad); }
.info { background: var(--wash); color: var(--accent); }
.scroll { overflow-x: auto; margin: 0 -20px -18px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-size: 12px; font-weight: 600; color: var(--soft); }
th, td { padding: 7px 10px; border-top: 1px solid var(--line); vertical-align: baseline; }
th:first-child, td:first-child { padding-left: 20px; }
th:last-child, td:last-child { padding-right: 20px; }
td.mono { font-size: 12.5px; overflow-wrap: anywhere; width: 100%; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.time { white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; }
.empty { padding: 14px 20px 22px; color: var(--soft); margin: 0; }
@media (max-width: 860px) {
  main { grid-template-columns: minmax(0, 1fr); padding-left: 14px; padding-right: 14px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  header .clock { margin-left: 0; text-align: left; }
}
@media (max-width: 460px) { .objects { columns: 1; } td.time, th.time { display: none; } }
"""
SCRIPT: Final = """
"use strict";
async function refresh() {
  if (document.hidden || getSelection().toString()) return;
  try {
    const answer = await fetch("/", {cache: "no-store"});
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (next && next.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) part.replaceWith(next);
    }
  } catch { /* the sandbox is down; the next round may find it again */ }
}
setInterval(refresh, 2000);
"""
MARK: Final = """<svg viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="10" fill="#2557d6"/>
<path d="M8 26c4-9 8-9 12 0s8 9 12 0" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"/>
<circle cx="20" cy="12" r="3.4" fill="#ffd166"/></svg>"""
