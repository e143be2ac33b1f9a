"""Documents with their versions, and what is in them."""

from __future__ import annotations

from typing import Final

from workfront_sandbox.demo.draft import Draft
from workfront_sandbox.wire.json_value import Row
from workfront_sandbox.writing.document import download_url

_FILES: Final = (
    ("Brief.txt", "What we want\n\nSee the form of the project for market and channels.\n"),
    ("Budget.csv", "item,amount\nmedia,48000\nphotos,12500\ntranslation,3900\n"),
    ("Shot list.txt", "1 Dawn at the lake\n2 Rain on the tent\n3 Tea on the stove\n"),
)


def add_documents(draft: Draft) -> None:
    """Adds some documents a project: in its folder, the first with two versions."""
    for number, project in enumerate(draft.of("PROJ")):
        chance = draft.chance("document", number)
        folder = draft.add("DOCFDR", name="Working papers", projectID=project["ID"], enteredByID=project["ownerID"],
                           entryDate=project["entryDate"], customerID=draft.customer_id)  # fmt: skip
        count = chance.randint(1, len(_FILES))
        for name, text in _FILES[:count]:
            _add_document(draft, project, folder, name, f"{project['name']}\n\n{text}")
        project["hasDocuments"] = True


def _add_document(draft: Draft, project: Row, folder: Row, name: str, text: str) -> None:
    document = draft.add("DOCU", name=name, projectID=project["ID"], docObjCode="PROJ", objID=project["ID"],
                         ownerID=project["ownerID"], description=f"{name.partition('.')[0]} of {project['name']}",
                         folderIDs=[folder["ID"]], topDocObjCode="PROJ", topObjID=project["ID"], isPrivate=False,
                         isPublic=False, hasNotes=False, referenceNumber=800_000 + len(draft.of("DOCU")),
                         lastModDate=project["lastUpdateDate"], lastUpdateDate=project["lastUpdateDate"],
                         lastUpdatedByID=project["ownerID"], customerID=draft.customer_id)  # fmt: skip
    document["downloadURL"] = download_url(document["ID"])
    versions = 2 if name == _FILES[0][0] else 1
    if versions == 2:
        _add_version(draft, document, 1, text[:60])
    version = _add_version(draft, document, versions, text)
    document |= {"currentVersionID": version["ID"], "handle": version["handle"], "lastVersionNum": version["version"]}


def _add_version(draft: Draft, document: Row, number: int, text: str) -> Row:
    content, name = text.encode(), str(document["name"])
    handle = draft.id_of("upload", len(draft.content))
    draft.content[handle] = (name, content)
    return draft.add("DOCV", documentID=document["ID"], version=str(number), fileName=name, handle=handle,
                     ext=name.rpartition(".")[2], docSize=len(content), enteredByID=document["ownerID"],
                     entryDate=document["lastModDate"], isProofable=False, customerID=draft.customer_id)  # fmt: skip
