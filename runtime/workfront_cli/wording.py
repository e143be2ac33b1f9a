"""Errors in the words of the command line: options in place of arguments, conditions in place of methods.

The library's own texts speak to somebody who writes Python. Here is what they mean to somebody who writes a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workfront_core.errors import WorkfrontError

_REMEDIES: Final = {
    "Sign in again. API keys go into ApiKey(), not SessionId().": (
        "Sign in again: workfront login. A key is kept by workfront login --api-key, or stands in WORKFRONT_API_KEY."
    ),
    "The tenant asks for a client certificate; give it to the http_client.": (
        "The tenant asks for a client certificate, which this command has none of; a program can give one."
    ),
    "This API version has no such field; take names from X.f or the field enum.": (
        "This API version has no such field; workfront describe OBJECT lists those it has."
    ),
    "Take actions from the object's service; its methods are what the metadata lists.": (
        "workfront describe OBJECT --actions lists them."
    ),
    "Actions are sent with PUT; take named queries from the object's service.": (
        "workfront describe OBJECT --actions lists named queries."
    ),
    "Take the argument's name from the action's method on the service.": (
        "workfront describe OBJECT --actions lists arguments."
    ),
    "Take the words for options= from the page on copying.": "The page on copying lists what --option takes.",
    "Take the objCode from the services of the client.": "workfront describe lists all objects.",
    "Ask for at most 2000 rows a page and let the pager fetch the rest.": "Ask for fewer rows with --limit.",
    "Delete with force=True, which also removes what depends on it.": (
        "Delete with --force, which also removes what depends on it."
    ),
    "Take the value from the field's enum, or from the options of the custom field.": (
        "workfront describe OBJECT.FIELD lists the codes; a custom field takes one of its options."
    ),
    "Pass lists and maps as such, not as text.": "Write lists and objects as JSON: --set NAME:=[...].",
    "Take names from the object's service and from X.f: they are what the metadata lists.": (
        "workfront describe OBJECT lists what it has."
    ),
    "Use < and >, or a day: TODAY, TODAY - days(7), NOW.begin_of('day').": (
        "Use < and >, or a day: today, today - 7d, start(day)."
    ),
    "Join tests with contains() or icontains() by | or & instead.": (
        "Join tests with contains or icontains by 'or' or 'and' instead."
    ),
    "Compare with another field by its path: Task.f.a > Task.f.b.": (
        "Compare with another field by its name, without quotes: actualCompletionDate > plannedCompletionDate."
    ),
    "Join == comparisons with | instead.": "Join comparisons with 'or' instead.",
    "Compare with values there, and join with == outer(...).": "Compare with values there, and join with = outer.ID.",
    "Compare with ==, != or in_(); a related object by one of its fields.": (
        "Compare with =, != or in; a related object by one of its fields."
    ),
    "Compare one value with ==.": "Compare one value with =.",
    "Take a member of X.f, not X.f itself.": "Write a name, such as assignedTo.name.",
    "Take it from .cursor of a pager.": "Take the one that a search told at its end.",
    "Read again, or by row number: order_by=...": "Read again, or by row number: --order-by FIELD.",
    "Take .date() of it.": "Write the day without a time.",
    "Give the fields of a view to fields=, those of a grouping to report(group_by=...).": (
        "Give a view with --view @FILE, a grouping to a report with --grouping @FILE."
    ),
    "Filters are name=value, name_Mod=operator and name_Range=value; order and limits go into the call.": (
        "Filters are name=value, name_Mod=operator and name_Range=value; order and limits are --order-by and --limit."
    ),
    "What this package takes for another kind than the server does travels unchecked in extra={...}.": (
        "workfront describe OBJECT lists the types."
    ),
    "The ID of the object to change is the first argument of update().": "WHERE says which object is meant.",
    "Use https://, or allow_insecure=True on a network you trust.": (
        "Use https://; plain http goes to this machine alone."
    ),
    "The address is given twice: url= and domain= or environment=.": "The address is given twice.",
    "Make a client with allow_writes=True, or look at the request with dry_run().": (
        "Set allow_writes = true in the profile, or look at it with --dry-run."
    ),
    "Export them as a picture of the moment: search(...).export(...), or workfront export.": (
        "Export them as a picture of the moment: workfront export."
    ),
    "Has the user's access changed? If they are gone indeed, allow it: sync.allow_gone(...), or on the command line: "
    "workfront sync allow-gone.": (
        "Has the user's access changed? If they are gone indeed, allow it: workfront sync allow-gone."
    ),
    "A sync relies on that order; nothing was changed. search(...).export(...) can read by row number.": (
        "A sync relies on that order; nothing was changed."
    ),
    "Write it with typed conditions in place of raw_parameters().": "Write it as a condition, not as text mode.",
    "Event filters know ==, !=, <, <=, >, >=, contains(), not_contains(), has(), contains_only(), changed().": (
        "Event filters know =, !=, <, <=, >, >=, contains, not contains, has, and --changed."
    ),
    "Give its token, or replace_others=True to end it once the new one is there.": (
        "Give its token, or --replace to end it once the new one is there."
    ),
    "Take it from wf.events.list().": "workfront events list tells it.",
    "Make one with secrets.token_urlsafe(32), and give it to the receiver as well.": (
        "Make one by chance, of 32 letters and digits, and give it to the receiver as well."
    ),
    "Read the file with its own encoding, without errors='surrogateescape'.": (
        "Read the file in its own encoding: --encoding."
    ),
    "Leave one of them out, or take nested='struct' and names='wire'.": (
        "Leave one of them out, or take --nested struct and --names wire."
    ),
    "Read the rows inside the with block, by a loop or .to_list(); afterwards make another client.": "Try again.",
    'Give it one: name="plan.pdf".': "Give the file another name.",
    "Name the file in to=.": "Name the file: --name.",
    "Take download_url of a document.": "workfront search document --fields name,downloadURL tells addresses.",
    "Unlock it, or keep the token in a file: token_file in the profile, FileStore(path).": (
        "Unlock it, or keep the token in a file: token_file in the profile."
    ),
    "Custom fields go into custom={...}.": "A custom field is written DE:NAME.",
    " (chunk_bytes=), or send it without tunnel='GET'.": ".",
    "The time for the call is used up; with_options(total_timeout=...) allows more.": (
        "The time for the call is used up; --timeout allows more."
    ),
    "Ask for fewer fields or smaller pages (page_size=), or allow more: max_answer_bytes= of the client.": (
        "Ask for fewer fields, or for fewer rows with --limit."
    ),
    "Give it the root certificate (verify=ssl_context), or say allow_insecure=True.": (
        "Give its root certificate by SSL_CERT_FILE."
    ),
    "The address holds a user or password; credentials go into auth=.": (
        "The address holds a user or password; credentials go into a profile: workfront profiles add."
    ),
    'raw("field", "operator") sends one that is not known here.': "workfront help conditions lists them.",
    "Use it in a condition; to read or sort take a member that stands at X.f itself.": (
        "Use it in a condition; workfront describe OBJECT lists what can be read."
    ),
    "token= takes a text": "WORKFRONT_EVENT_TOKEN takes a text",
    "token= travels in a header": "WORKFRONT_EVENT_TOKEN travels in a header",
    'Give them to the call as a condition of their own, or use raw("field", "operator", "value").': (
        "Give the text mode by itself, without a condition beside it."
    ),
    "Use them in filters= of wf.events.ensure(); for what changed ask wf.journal_entry.": (
        "Use them in workfront events ensure; for what changed search journalEntry."
    ),
}
_SENTENCES: Final = tuple(_REMEDIES.items())

_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_KINDS: Final = {"list": "a list", "dict": "an object", "NoneType": "null", "int": "a number", "float": "a number"}


def _wire(path: re.Match[str]) -> str:
    return ".".join(map(_camel, path[1].split(".")))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    ends = {"id": "ID", "ids": "IDs"}
    return ends.get(first, first) + "".join(ends.get(part, part.capitalize()) for part in rest)


_OUTER: Final = re.compile(r"exists\(X, X\.f\.id == outer\(X\.f\.id\), <the test>\), X being")
_OPTIONS: Final = "fields|order_by|limit|where|timeout|page_size|workers|name|url"
_SPELLINGS: Final[tuple[_Rule, ...]] = (
    (_OUTER, "exists OBJECT (ID = outer.ID and ...), OBJECT being"),
    (re.compile(r" \(wf\.\w+\)"), ""),
    (re.compile(r"; (?:wf\.\w+\.)?metadata\(\)\.custom (?:of its service )?lists them"), ""),
    (re.compile(r"\b[A-Z]\w*\.f\.((?:\w+\.)*\w+)"), _wire),
    (re.compile(r"\bbetween\(([^()]+), ([^(),]+)\)"), r"between \1 and \2"),
    (re.compile(r"\bexists\(([A-Z]\w*)\)"), lambda found: f"exists {found[1].lower()}"),
    (re.compile(r"raw_field\('([^']*)'\)"), r"raw.\1"),
    (re.compile(r"Write custom=\{'?(.+?)'?: \.\.\.\}"), r"Write DE:\1"),
    (re.compile(r'Write (\w+)="\.\.\." or \w+=\{"id": "\.\.\."\}'), lambda found: f"Write {_camel(found[1])}=ID"),
    (re.compile(r'or \{"id": "\.\.\."\} of one'), "or its ID"),
    (re.compile(r"\bwf\.(\w+)\.search\(\.\.\., fields=\['(\w+):\*'\]\)"), r"workfront export \1 --fields '\2.*'"),
    (re.compile(r"\bnot_(exists|in|contains|null|blank)\b"), r"not \1"),
    (re.compile(r"\bis_(null|blank)\b(?:\(\))?"), r"is \1"),
    (re.compile(r"\bin_\b(?:\(\))?"), "in"),
    (re.compile(r"\.between\(\.\.\.\)"), " between"),
    (re.compile(r"(?<!\.)\b([a-z]\w*)\(\)"), r"\1"),
    (re.compile(r"^~ on "), "not on "),
    (re.compile(r" == "), " = "),
    (re.compile(r"\bafter=(?: |(?='))"), "--cursor "),
    (re.compile(rf"(?<![-\w'])({_OPTIONS})=(?=[ .,;:]|$)"), lambda found: f"--{found[1].replace('_', '-')}"),
    (re.compile(r"^([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?= takes )"), lambda found: _camel(found[1])),
    (re.compile(r"\bnot (?:int|float|str|Decimal) (?=\S)"), "not "),
    (re.compile(r"\bnot bool (True|False)\b"), lambda found: f"not {found[1].lower()}"),
    (re.compile(r"\bnot (list|dict|NoneType|int|float)(?=[.,;]|$)"), lambda found: f"not {_KINDS[found[1]]}"),
    (re.compile(r"\bTrue or False\b"), "true or false"),
)
_PYTHON: Final = re.compile(
    r"\b(?!(?:start|end|length)\()[a-z_]\w*\(|\b[A-Z]\w*\.f\b|\bwf\."
    r"|(?<![-\w.])(?<!--set )[a-z_]+=(?=[ ,;\[(]|\.?$)|\bNone\b"
)
"""What nobody can write on a line: a call, a path, an argument."""


def in_commands(text: str) -> str:
    """Returns a text of the library in the words of the command line; one that speaks of neither stays as it is."""
    for said, meant in _SENTENCES:
        text = text.replace(said, meant)
    for pattern, spelt in _SPELLINGS:
        text = pattern.sub(spelt, text)
    return text


def message_of(error: WorkfrontError) -> str:
    """Returns what was wrong, as the command line tells it."""
    return in_commands(error.message)


def hint_of(error: WorkfrontError) -> str | None:
    """Returns what to do, as the command line tells it; nothing where only Python can do it."""
    found = in_commands(error.hint) if error.hint else None
    return None if found is None or _PYTHON.search(found) else found
