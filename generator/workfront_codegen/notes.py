"""Facts as sentences of docstrings."""

from __future__ import annotations

from collections.abc import Iterable

from workfront_schema.facts import ActionFact, CreateFact
from workfront_schema.snapshot import Operation


def summary(operation: Operation, facts: Iterable[ActionFact]) -> str:
    """Returns what an operation does: what is known of it, else its label; empty where that only repeats the name."""
    texts = [fact.text.removesuffix(".") for fact in facts if fact.text]
    label = "" if operation.label == operation.name else operation.label
    return ". ".join(texts) or label


def action_notes(facts: Iterable[ActionFact]) -> tuple[str, ...]:
    """Returns what an action needs, which options it knows, and who says so."""
    found: list[str] = []
    for fact in facts:
        found += [f"Needs on the wire: {', '.join(fact.needs)}."] if fact.needs else []
        found += [f"Options: {fact.options}."] if fact.options else []
        found += [f"Source: {fact.source}{_seen(fact)}."] if fact.text or fact.needs or fact.options else []
    return tuple(found)


def create_notes(fact: CreateFact | None) -> tuple[str, ...]:
    """Returns what a create needs; nothing where nothing is known."""
    if fact is None:
        return ()
    fixed = [f"Fixed once created: {', '.join(fact.fixed)}."] if fact.fixed else []
    text = [fact.text] if fact.text else []
    return (f"Needs on the wire: {', '.join(fact.needs)}.", *fixed, *text, f"Source: {fact.source}.")


def _seen(fact: ActionFact) -> str:
    return ", seen at work" if fact.certainty == "seen" else ""
