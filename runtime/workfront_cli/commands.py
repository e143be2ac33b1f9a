"""Every command of the line: where it stands, and what it says of itself. Nothing of it is imported before it runs."""

from __future__ import annotations

from typing import Final, NamedTuple


class Entry(NamedTuple):
    """One command.

    Attributes:
        module: inside of this package; its ``command`` is run.
        summary: one sentence, as the command itself says it.
        section: of the help.
    """

    module: str
    summary: str
    section: str


READING: Final = "Reading"
WRITING: Final = "Writing"
EVENTS: Final = "Events"
ACCOUNT: Final = "Account"
LOCAL: Final = "On this machine"

COMMANDS: Final = {
    "get": Entry("data.get", "Shows objects by their IDs.", READING),
    "search": Entry("data.search", "Finds the objects for which a condition holds.", READING),
    "count": Entry("data.count", "Counts the objects for which a condition holds.", READING),
    "report": Entry("data.report", "Groups objects and aggregates their fields.", READING),
    "query": Entry("data.query", "Runs a named query of an object.", READING),
    "describe": Entry("data.describe", "Tells objects, fields, actions and codes; needs no sign-in.", READING),
    "open": Entry("data.open", "Opens an object in the browser, by its ID or its name.", READING),
    "download": Entry("documents.download", "Writes the files of documents into a folder.", READING),
    "export": Entry("data.export", "Writes objects into a file: Parquet, CSV, JSON lines or Excel.", READING),
    "sync": Entry("sync.command", "Keeps tables in a DuckDB file that follow the service.", READING),
    "create": Entry("rows.create", "Creates an object, or one for each row of a file.", WRITING),
    "update": Entry(
        "rows.update",
        "Gives objects new values: those for which a condition holds, or one for each row of a file.",
        WRITING,
    ),
    "delete": Entry(
        "rows.delete", "Deletes objects: those for which a condition holds, or one for each row of a file.", WRITING
    ),
    "copy": Entry("writing.copying", "Copies an object and shows the ID of the copy.", WRITING),
    "share": Entry("writing.share", "Shares objects with a user, team, group, role or company.", WRITING),
    "unshare": Entry("writing.unshare", "Takes a share with a user, team, group, role or company back.", WRITING),
    "action": Entry(
        "writing.action",
        "Runs an action on an object, or on each for which a condition holds; without NAME lists them.",
        WRITING,
    ),
    "reassign": Entry(
        "writing.reassign",
        "Gives the work of one user to another: tasks, issues, projects, reports, approvals of documents.",
        WRITING,
    ),
    "upload": Entry(
        "documents.upload", "Sends files, as documents of an object or as a new version of a document.", WRITING
    ),
    "events": Entry("events.command", "Manages event subscriptions and receives their events.", EVENTS),
    "login": Entry("account.login", "Signs in with a browser and keeps the token.", ACCOUNT),
    "logout": Entry("account.logout", "Removes the stored token and ends its session.", ACCOUNT),
    "whoami": Entry(
        "account.whoami", "Says who is signed in, where, and how long the API version is supported.", ACCOUNT
    ),
    "profiles": Entry(
        "profiles.command",
        "Lists the profiles of the settings file; add, remove, default and test change and try them.",
        ACCOUNT,
    ),
    "doctor": Entry(
        "doctor.command",
        "Checks a setup from the settings to the permissions and says what to do; exit code 1 if there is a problem.",
        ACCOUNT,
    ),
    "conform": Entry(
        "conform.command",
        "Checks which facts of docs/protocol.md hold on a server; exit code 1 if one does not.",
        ACCOUNT,
    ),
    "sandbox": Entry("sandbox.command", "Serves a Workfront of one's own to build against, until Ctrl-C.", LOCAL),
    "mcp": Entry(
        "assistants.command",
        "Serves tools for assistants by the Model Context Protocol; it only reads, unless told.",
        LOCAL,
    ),
    "completion": Entry(
        "completion",
        "Prints the script that lets a shell complete commands, objects, fields, codes, profiles.",
        LOCAL,
    ),
    "help": Entry("help_topics", "Explains conditions, formats, safety, resuming, variables, exit codes.", LOCAL),
}
"""In the order of the help."""
