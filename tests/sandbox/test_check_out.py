"""Documents that are checked out: who may go on with them, and what stays as it is until they are in again."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import FIRE, LEAK, MIA, NOAH, OVEN, Asker

AS_NOAH = {"headers": {"sessionid": "noah"}}
OWNERS = {"PROJ": OVEN, "TASK": FIRE, "OPTASK": LEAK}


@pytest.fixture(params=OWNERS)
def document(ask: Asker, request: pytest.FixtureRequest) -> str:
    ask.sandbox.accounts.issue(NOAH, "noah")
    made = {"name": "plan", "docObjCode": request.param, "objID": OWNERS[request.param]}
    handle = ask.sandbox.upload(b"first", "plan.txt")
    return str(ask("POST", "DOCU", json_body={**made, "handle": handle})["ID"])


def test_who_has_a_document_is_shown_until_it_is_in_again(ask: Asker, document: str) -> None:
    ask("PUT", "DOCU/checkOut", json_body={"documentIDs": [document]}, **AS_NOAH)
    fields = {"fields": "checkedOutByID,checkOutTimestamp"}
    row = ask("GET", f"DOCU/{document}", fields)
    assert (row["checkedOutByID"], row["checkOutTimestamp"][:16]) == (NOAH, "2027-05-12T10:00")
    assert ask.refused("PUT", "DOCU/checkOut", json_body={"documentIDs": [document]})[0] == 422
    ask("PUT", f"DOCU/{document}", json_body={"description": "edits are not barred"})
    ask("PUT", "DOCU/checkIn", json_body={"documentIDs": [document]})
    row = ask("GET", f"DOCU/{document}", fields)
    assert (row["checkedOutByID"], row["checkOutTimestamp"]) == (None, None)


def test_only_who_has_a_document_or_an_administrator_brings_it_back(ask: Asker, document: str) -> None:
    ask("PUT", "DOCU/checkOut", json_body={"documentIDs": [document]})
    assert ask.refused("PUT", "DOCU/checkIn", json_body={"documentIDs": [document]}, **AS_NOAH)[0] == 403
    ask("PUT", "DOCU/checkIn", json_body={"documentIDs": [document]})


@pytest.mark.parametrize("owner", [False, True], ids=["the document", "what it hangs on"])
def test_a_document_that_is_out_is_not_deleted(ask: Asker, document: str, owner: bool) -> None:
    row = ask("GET", f"DOCU/{document}", {"fields": "docObjCode,objID"})
    target = f"{row['docObjCode']}/{row['objID']}" if owner else f"DOCU/{document}"
    ask("PUT", "DOCU/checkOut", json_body={"documentIDs": [document]})
    status, message = ask.refused("DELETE", target, {"force": "true"})
    assert (status, "checked out by Mia Moll" in message) == (422, True)
    assert ask("GET", target)["ID"]
    ask("PUT", "DOCU/checkIn", json_body={"documentIDs": [document]})
    ask("DELETE", target, {"force": "true"})


@pytest.mark.parametrize("holder", [MIA, NOAH])
def test_a_new_version_is_for_who_has_the_document(ask: Asker, document: str, holder: str) -> None:
    session = {} if holder == MIA else AS_NOAH
    ask("PUT", "DOCU/checkOut", json_body={"documentIDs": [document]}, **session)
    version = {"documentID": document, "version": "2", "handle": ask.sandbox.upload(b"second", "plan.txt")}
    assert ask.reply("POST", "DOCV", json_body=version).status == (200 if holder == MIA else 422)


def test_versions_are_numbered_and_the_last_one_names_the_document(ask: Asker, document: str) -> None:
    fields = {"fields": "version,fileName"}
    for number, given in (("2", {}), ("3", {}), ("7", {"version": "7"}), ("8", {})):
        handle = ask.sandbox.upload(b"more", f"plan {number}.txt")
        made = ask("POST", "DOCV", fields, json_body={"documentID": document, "handle": handle, **given})
        assert (made["version"], made["fileName"]) == (number, f"plan {number}.txt")
        row = ask("GET", f"DOCU/{document}", {"fields": "name,lastVersionNum,currentVersionID"})
        shown = (row["name"], str(row["lastVersionNum"]), row["currentVersionID"])
        assert shown == (f"plan {number}.txt", number, made["ID"])


def test_a_version_without_content_is_refused(ask: Asker) -> None:
    document = ask("POST", "DOCU", json_body={"name": "plan", "docObjCode": "PROJ", "objID": OVEN})["ID"]
    status, text = ask.refused("POST", "DOCV", json_body={"documentID": document, "fileName": "plan.txt"})
    assert (status, "upload its content first" in text) == (422, True)
    assert ask("GET", "DOCV/count", {"documentID": document}) == {"count": 0}
