"""Notes: what people wrote to each other about projects, tasks and issues, and the answers."""

from __future__ import annotations

from random import Random
from typing import Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.schema.overrides import ROW_KEYS
from workfront_sandbox.wire.json_value import Row

_SAYINGS: Final = (
    ("Can we have this by Thursday?", "Thursday morning works."),
    ("The second version is much better.", "Glad to hear it. Third is on its way."),
    ("Who signs this off?", "I do. Send it over."),
    ("I moved the date by two days, the printer asked for it.", "Fine with me."),
    ("Missing the texts in Danish.", "They come with the next delivery."),
    ("Figures are in the folder.", "Thank you!"),
)


def add_notes(draft: Draft) -> None:
    """Adds a thread on every project, on every eighth begun task and on every third issue."""
    begun = [row for row in draft.of("TASK") if row.get("actualStartDate") and row.get("assignedToID")]
    for code, rows in (("PROJ", draft.of("PROJ")), ("TASK", begun[::8]), ("OPTASK", draft.of("OPTASK")[::3])):
        for number, row in enumerate(rows):
            _add_thread(draft, code, row, draft.chance("note", code, number))


def _add_thread(draft: Draft, code: str, row: Row, chance: Random) -> None:
    says, answers = chance.choice(_SAYINGS)
    asker, answerer = row["enteredByID"], row.get("assignedToID") or draft.me
    age = chance.randint(1, 9)
    first = _add_note(draft, code, row, asker, says, draft.at(draft.today - age, 9.5))
    first |= {"threadID": first["ID"], "isReply": False, "numReplies": 0, "hasReplies": False, "indent": 0}
    if chance.random() < 0.7:
        reply = _add_note(draft, code, row, answerer, answers, draft.at(draft.today - age, 14.25))
        reply |= {"threadID": first["ID"], "parentNoteID": first["ID"], "isReply": True, "numReplies": 0,
                  "hasReplies": False, "indent": 1}  # fmt: skip
        first |= {"numReplies": 1, "hasReplies": True}
    row |= {"hasNotes": True, "lastNoteID": draft.of("NOTE")[-1]["ID"]}


def _add_note(draft: Draft, code: str, row: Row, author: str, text: str, at: str) -> Row:
    project_id = row["ID"] if code == "PROJ" else row["projectID"]
    return draft.add("NOTE", noteText=text, ownerID=author, noteObjCode=code, objID=row["ID"], isPrivate=False,
                     isMessage=False, isDeleted=False, topNoteObjCode="PROJ", topObjID=project_id, entryDate=at,
                     threadDate=at, projectID=project_id, customerID=draft.customer_id,
                     **({} if code == "PROJ" else {ROW_KEYS[code]: row["ID"]}))  # fmt: skip
