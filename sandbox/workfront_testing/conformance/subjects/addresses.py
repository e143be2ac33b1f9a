"""Where things stand: paths, versions, names of objects. docs/protocol.md 1, 4.3."""

from __future__ import annotations

from typing import Final

from workfront_testing.conformance.answer import as_list, as_row
from workfront_testing.conformance.check import Check, Mark, Observed
from workfront_testing.conformance.expect import ID, has, matches, one, refused, row, rows, same_count, same_data


def _lists_versions(seen: Observed) -> bool:
    found = as_list(seen.answer.row.get("versions"))
    return bool(found) and any(str(address).rstrip("/").endswith(seen.version) for address in found)


CHECKS: Final = (
    Check(
        "An object is addressed by its objCode.",
        Mark.DOC,
        "1.2",
        ("TASK/count",),
        lambda s: s.answer.count > 0,
        ("{task.ID}",),
    ),
    Check(
        "The case of an objCode does not matter.",
        Mark.CONFLICT,
        "1.2",
        ("TASK/count", "task/count", "Task/count"),
        same_count,
    ),
    Check("An object is addressed by its name.", Mark.DOC, "1.2", ("proj/count", "project/count"), same_count),
    Check("The case of a name does not matter.", Mark.CONFLICT, "1.2", ("project/count", "Project/count"), same_count),
    Check("An issue is OPTASK and issue alike.", Mark.DOC, "1.2", ("optask/count", "issue/count"), same_count),
    Check(
        "A path without a version is answered, by the newest one.",
        Mark.DOC,
        "1.2",
        ("/attask/api/task/{task.ID}?fields=name", "task/{task.ID}?fields=name"),
        same_data,
    ),
    Check("An ID has 32 lower-case hex digits.", Mark.DOC, "1.2", ("task/search?$$LIMIT=20",), rows(matches("ID", ID))),
    Check(
        "$$USER stands for the caller under id=.",
        Mark.DOC,
        "1.2",
        ("user?id=$$USER",),
        row(lambda r: r.get("objCode") == "USER" and bool(ID.fullmatch(str(r.get("ID"))))),
    ),
    Check(
        "A path segment $$USER is refused.",
        Mark.DOC,
        "1.2",
        ("user/$$USER", "user?id=$$USER"),
        lambda s: not s.answer.is_success and s.answer.status >= 400 and bool(s.answers[1].row),
    ),
    Check(
        "A path with a segment too many is refused.",
        Mark.SEEN,
        "1.2",
        ("task/{task.ID}/name/more",),
        refused("unrecognized URI format: too many parts"),
    ),
    Check("An unknown object is refused.", Mark.SEEN, "5.2", ("nosuchobject/search",), refused("nosuchobject")),
    Check("A team is TEAMOB.", Mark.DOC, "1.2", ("TEAMOB/metadata",), row(lambda r: r.get("objCode") == "TEAMOB")),
    Check("A report is PTLSEC.", Mark.DOC, "1.2", ("PTLSEC/metadata",), row(lambda r: r.get("objCode") == "PTLSEC")),
    Check("A dashboard is PTLTAB.", Mark.DOC, "1.2", ("PTLTAB/metadata",), row(lambda r: r.get("objCode") == "PTLTAB")),
    Check("A program is PRGM.", Mark.DOC, "1.2", ("PRGM/metadata",), row(lambda r: r.get("objCode") == "PRGM")),
    Check("A portfolio is PORT.", Mark.DOC, "1.2", ("PORT/metadata",), row(lambda r: r.get("objCode") == "PORT")),
    Check(
        "A custom form is a Category, CTGY.",
        Mark.DOC,
        "1.2",
        ("CTGY/metadata",),
        row(lambda r: (r.get("objCode"), r.get("name")) == ("CTGY", "Category")),
    ),
    Check(
        "A custom field is a Parameter, PARAM.",
        Mark.DOC,
        "1.2",
        ("PARAM/metadata",),
        row(lambda r: (r.get("objCode"), r.get("name")) == ("PARAM", "Parameter")),
    ),
    Check(
        "A custom status is a CustomEnum, CSTEM.",
        Mark.DOC,
        "1.2",
        ("CSTEM/metadata",),
        row(lambda r: (r.get("objCode"), r.get("name")) == ("CSTEM", "CustomEnum")),
    ),
    Check("A template task is TTSK.", Mark.DOC, "1.2", ("TTSK/metadata",), row(lambda r: r.get("objCode") == "TTSK")),
    Check(
        "A journal entry is JRNLE.", Mark.DOC, "1.2", ("JRNLE/metadata",), row(lambda r: r.get("objCode") == "JRNLE")
    ),
    Check("A work list entry is WORK.", Mark.DOC, "1.2", ("WORK/metadata",), row(lambda r: r.get("objCode") == "WORK")),
    Check("A work item is WRKITM.", Mark.DOC, "1.2", ("WRKITM/metadata",), row(lambda r: r.get("objCode") == "WRKITM")),
    Check(
        "What has 32 hex digits after an object is an ID.",
        Mark.INFERRED,
        "1.4",
        ("task/{task.ID}",),
        lambda s: one(s, "task"),
    ),
    Check(
        "Something else after an object is a named query under GET.",
        Mark.DOC,
        "1.4",
        ("task/nosuchquery",),
        refused("does not support namedQuery nosuchquery"),
    ),
    Check("GET info lists the versions.", Mark.DOC, "4.3", ("info",), _lists_versions),
    Check(
        "GET info tells of single sign-on.",
        Mark.DOC,
        "4.3",
        ("info",),
        row(lambda r: isinstance(r.get("sso"), dict) and bool(as_row(r["sso"]))),
    ),
    Check(
        "GET session tells who calls, and of what customer.",
        Mark.DOC,
        "4.3",
        ("session", "user?id=$$USER"),
        lambda s: (
            has("customerID", "locale", "timeZone")(s.answer.row)
            and s.answer.row.get("userID") == s.answers[1].row["ID"]
        ),
    ),
    Check(
        "GET session tells the currency.",
        Mark.DOC,
        "4.3",
        ("session",),
        row(lambda r: has("ID", "symbol", "fractionDigits", "decimalSeparator")(as_row(r.get("currency")))),
    ),
    Check(
        "GET session tells the versions.",
        Mark.DOC,
        "4.3",
        ("session",),
        row(lambda r: has("version", "currentAPI", "apiVersions")(as_row(r.get("versionInformation")))),
    ),
)
