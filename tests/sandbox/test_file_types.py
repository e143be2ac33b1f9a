"""What the name of a file tells of a document, and what asks for a proof of one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.asking import OVEN, Asker, bakery
from tests.sandbox.test_actions import upload

FIELDS = ("ext", "fileType", "documentTypeLabel", "isProofable")
TYPES = [
    ("menu", ("", "unk", "Undefined File Type", False)),
    ("menu.jpg", ("jpg", None, "JPEG Image", None)),
    ("menu.of.JPEG", ("JPEG", None, "JPEG Image", None)),
    ("menu.pdf", ("pdf", None, None, None)),
]


def made(ask: Asker, name: str, **values: Any) -> dict[str, Any]:
    """A new document, with the version it has."""
    new = {"name": name, "handle": upload(ask, b"bread")["handle"], "docObjCode": "PROJ", "objID": OVEN, **values}
    fields = ",".join(f"currentVersion:{field}" for field in FIELDS)
    row: dict[str, Any] = ask("POST", "DOCU", {"fields": f"currentVersionID,{fields}"}, json_body=new)
    return row


@pytest.mark.parametrize(("name", "told"), TYPES)
def test_a_document_is_of_the_type_that_its_name_ends_in(ask: Asker, name: str, told: tuple[Any, ...]) -> None:
    document = made(ask, name)
    assert tuple(document["currentVersion"][field] for field in FIELDS) == told
    version = {"documentID": document["ID"], "handle": upload(ask, b"more")["handle"], "fileName": "later"}
    later = ask("POST", "DOCV", {"fields": ",".join(FIELDS)}, json_body=version)
    assert tuple(later[field] for field in FIELDS) == TYPES[0][1]


ASKING = [{"createProof": True}, {"createProof": "true"}, {"advancedProofingOptions": '{"stages": []}'}]


@pytest.mark.parametrize("asked", ASKING)
def test_what_asks_for_a_proof_is_refused_and_reads_null(ask: Asker, asked: dict[str, Any]) -> None:
    (name,) = asked
    document = made(ask, "menu.jpg")["ID"]
    new = {"name": "x", "handle": upload(ask, b"x")["handle"], "docObjCode": "PROJ", "objID": OVEN, **asked}
    for method, path, body in (("PUT", f"DOCU/{document}", asked), ("POST", "DOCU", new)):
        told = f"Field {name} (Document): not computed by this sandbox"
        assert ask.refused(method, path, json_body=body) == (422, told)
    silent = bakery(effects="ignore")
    known = made(silent, "menu.jpg", **asked)["ID"]
    assert silent("PUT", f"DOCU/{known}", {"fields": name}, json_body=asked)[name] is None


@pytest.mark.parametrize("asked", [{"createProof": False}, {"advancedProofingOptions": None}])
def test_to_ask_for_no_proof_is_no_request(ask: Asker, asked: dict[str, Any]) -> None:
    document = made(ask, "menu.jpg", **asked)["ID"]
    (name,) = asked
    assert ask("PUT", f"DOCU/{document}", {"fields": name}, json_body=asked)[name] is None
