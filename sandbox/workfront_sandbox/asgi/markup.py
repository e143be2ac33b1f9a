"""HTML put together from elements: whatever is no markup yet is escaped."""

from __future__ import annotations

from html import escape


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(name: str, *content: str, **attributes: str) -> Markup:
    """Returns an element. ``class_`` becomes ``class``, ``data_live`` becomes ``data-live``."""
    named = "".join(f' {key.strip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{named}>{join(*content)}</{name}>")


def join(*parts: str) -> Markup:
    """Joins parts one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts))
