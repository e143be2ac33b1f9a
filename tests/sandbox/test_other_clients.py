"""What other clients of the API do: names they use, cookies they send, batches they put together."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.sandbox.asking import LIV, MIA, NOAH, Asker, bakery
from workfront_sandbox import Sandbox
from workfront_sandbox.signin.credential import xsrf_token
from workfront_sandbox.wire.errors import ApiError


def test_a_batch_holds_whatever_is_answered_elsewhere(ask: Asker) -> None:
    addresses = ["/metadata", "TASK/metadata", "session", "info", "PROJ/count", "TASK/nothing/at/all"]
    answers = ask("GET", "batch", "&".join(f"uri={quote(one)}" for one in addresses))
    alone = [ask("GET", one.strip("/")) for one in addresses[:-1]]
    assert [answer["data"] for answer in answers[:-1]] == alone
    assert "error" in answers[-1]


@pytest.mark.parametrize("address", ["batch", "upload", "login", "logout"])
def test_a_batch_holds_no_batch_no_upload_and_no_sign_in(ask: Asker, address: str) -> None:
    (answer,) = ask("GET", "batch", {"uri": address})
    assert answer["error"]["message"] == "A batch cannot hold this request"


TOKEN = xsrf_token("noah")


@pytest.mark.parametrize(("strict", "token"), [(False, "any"), (False, TOKEN), (True, TOKEN)])
def test_a_cookie_with_its_token_is_the_user_of_the_cookie(strict: bool, token: str) -> None:
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(NOAH, "noah")
    browser = {"sessionid": "", "cookie": "attask=noah", "x-xsrf-token": token}
    assert ask("GET", "USER", {"id": "$$USER"}, headers=browser)["ID"] == NOAH
    made = ask("POST", "PROJ", {"fields": "enteredByID"}, json_body={"name": "Van"}, headers=browser)
    assert made["enteredByID"] == NOAH


@pytest.mark.parametrize(
    ("strict", "cookie", "token"),
    [
        (True, "attask=noah", "any"),
        (True, "attask=noah", xsrf_token("mia")),
        (True, f"attask=noah; XSRF-TOKEN={TOKEN}", "any"),
        (True, "attask=noah; XSRF-TOKEN=any", "any"),
        (True, f"attask=noah; XSRF-TOKEN={TOKEN}", TOKEN[:-1]),
        (False, f"attask=noah; XSRF-TOKEN={TOKEN}", "any"),
    ],
)
def test_a_browser_that_does_not_show_the_token_of_its_session_reads_and_writes_nothing(
    strict: bool, cookie: str, token: str
) -> None:
    ask = bakery(strict=strict)
    ask.sandbox.accounts.issue(NOAH, "noah")
    browser = {"sessionid": "", "cookie": cookie, "x-xsrf-token": token}
    assert ask("GET", "USER", {"id": "$$USER"}, headers=browser)["ID"] == NOAH
    before = ask.sandbox.rows("PROJ")
    assert ask.refused("POST", "PROJ", json_body={"name": "Van"}, headers=browser) == (
        401,
        "You are not currently logged in.",
    )
    assert ask.sandbox.rows("PROJ") == before


def test_a_token_without_its_cookie_opens_nothing_that_is_strict() -> None:
    ask = bakery(strict=True)
    assert ask.refused("GET", "PROJ/search", headers={"sessionid": "", "x-xsrf-token": "any"})[0] == 401


@pytest.mark.parametrize(
    ("verb", "path"), [("POST", "USER"), ("DELETE", f"USER/{NOAH}"), ("GET", f"USER/{NOAH}"), ("GET", "USER/search"),
                       ("GET", "USER/count"), ("GET", "USER/report")]
)  # fmt: skip
def test_an_action_sent_by_another_verb_than_put_is_refused_and_nothing_is_done(
    ask: Asker, verb: str, path: str
) -> None:
    before = ask.sandbox.rows("USER")
    status, message = ask.refused(verb, path, {"action": "getApiKey"})
    assert (status, "action=getApiKey runs by PUT" in message) == (422, True)
    assert ask.sandbox.rows("USER") == before


def test_a_field_that_is_called_action_is_written_and_found_by_json(ask: Asker) -> None:
    made = ask("POST", "ACSREQ", {"fields": "action"}, json_body={"action": "VIEW"})
    assert made["action"] == "VIEW"
    assert [row["ID"] for row in ask("GET", "ACSREQ/search", {"filters": '{"action": "VIEW"}'})] == [made["ID"]]
    assert ask.refused("POST", "ACSREQ", form={"action": "VIEW"})[0] == 422


@pytest.mark.parametrize("word", ["report", "REPORT", "PTLSEC", "portalSection"])
def test_reports_go_by_several_names(ask: Asker, word: str) -> None:
    assert ask("GET", f"{word}/metadata")["objCode"] == "PTLSEC"
    assert ask("GET", f"{word}/search") == []


def test_a_seed_gives_passwords_and_no_row_shows_them() -> None:
    seed = {"me": MIA, "USER": [{"ID": MIA, "username": "mia@bakery.test", "password": "rye"}]}
    ask = Asker(Sandbox(seed, strict=True))
    login = {"username": "mia@bakery.test", "password": "rye"}
    session = ask("POST", "login", form=login)["sessionID"]
    assert ask.refused("POST", "login", form={**login, "password": "wheat"})[0] == 401
    assert all("password" not in row for row in ask.sandbox.rows("USER"))
    headers = {"sessionid": session}
    ask("PUT", f"USER/{MIA}", json_body={"password": "oats"}, headers=headers)
    assert ask.refused("POST", "login", form=login)[0] == 401
    assert ask("POST", "login", form={**login, "password": "oats"})["userID"] == MIA
    assert all("password" not in row for row in ask.sandbox.rows("USER"))
    assert "oats" not in json.dumps(ask("GET", "USER/search", {"fields": "*"}, headers=headers))


def test_a_user_made_over_the_api_signs_in_with_the_password_given(ask: Asker) -> None:
    names = {"firstName": "Ida", "lastName": "Ide", "emailAddr": "ida@bakery.test", "password": "spelt"}
    made = ask("POST", "USER", json_body=names)
    assert made["ID"] not in {MIA, NOAH, LIV}
    login = {"username": "ida@bakery.test", "password": "spelt"}
    assert ask("POST", "login", form=login)["userID"] == made["ID"]
    assert ask.refused("POST", "login", form={**login, "password": "x"})[0] == 401


def test_a_password_is_its_users_whoever_has_the_name() -> None:
    old, new = {"username": "mia@bakery.test", "password": "rye"}, {"username": "moll@bakery.test", "password": "rye"}
    ask = Asker(Sandbox({"me": MIA, "USER": [{"ID": MIA, **old}]}, strict=True))
    headers = {"sessionid": ask("POST", "login", form=old)["sessionID"]}
    ask("PUT", f"USER/{MIA}", json_body={"username": new["username"]}, headers=headers)
    ask.sandbox.insert("USER", [{"ID": NOAH, "username": old["username"]}])
    assert ask("POST", "login", form=new)["userID"] == MIA
    assert ask.refused("POST", "login", form=old)[0] == 401
    taken = {"firstName": "M", "lastName": "M", "emailAddr": "m@bakery.test", **new, "password": "oats"}
    ask.reply("POST", "USER", json_body=taken, headers=headers)
    assert ask("POST", "login", form=new)["userID"] == MIA
    with pytest.raises(ApiError, match="exists already"):
        ask.sandbox.insert("USER", [{"ID": MIA, **old, "password": "spelt"}])
    assert ask("POST", "login", form=new)["userID"] == MIA
    with pytest.raises(ValueError, match="no user signs in as 'nobody'"):
        ask.sandbox.accounts.set_password("nobody", "rye")


NAMES = ["漢字.pdf", "Łódź plan.pdf", "“final”.docx", "ok \U0001f600.png", "Größe 1.txt", "a'b (c) %41.txt"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "form", ['filename="{name}"', "filename*=UTF-8''{quoted}", "filename=\"x\"; filename*=utf-8''{quoted}"]
)
def test_file_names_of_any_script_are_kept(ask: Asker, name: str, form: str) -> None:
    shown = form.format(name=name, quoted=quote(name, safe=""))
    head = f'--b\r\nContent-Disposition: form-data; name="uploadedFile"; {shown}\r\n\r\n'
    body = head.encode() + b"abc\r\n--b--\r\n"
    handle = ask("POST", "upload", body=body, headers={"content-type": "multipart/form-data; boundary=b"})["handle"]
    fields = {"fields": "currentVersion:fileName,downloadURL"}
    made = ask("POST", "DOCU", fields, json_body={"name": name, "handle": handle})
    assert made["currentVersion"]["fileName"] == name
    path, _, query = made["downloadURL"].partition("?")
    answer = ask.reply("GET", path, query)
    assert (answer.status, answer.body) == (200, b"abc")
    disposition = answer.headers["content-disposition"]
    assert disposition.isascii()
    assert f"UTF-8''{quote(name, safe='')}" in disposition or f'filename="{name}"' in disposition


def test_a_user_keeps_the_password_under_another_name_and_signs_in_by_an_address_alone() -> None:
    seed = {"me": MIA, "USER": [{"ID": MIA, "emailAddr": "mia@bakery.test", "password": "rye"}]}
    ask = Asker(Sandbox(seed, strict=True))
    login = {"username": "mia@bakery.test", "password": "rye"}
    assert ask("POST", "login", form=login)["userID"] == MIA
    headers = {"sessionid": ask("POST", "login", form=login)["sessionID"]}
    ask("PUT", f"USER/{MIA}", json_body={"password": "oats"}, headers=headers)
    assert ask.refused("POST", "login", form=login)[0] == 401
    ask("PUT", f"USER/{MIA}", json_body={"username": "mia"}, headers=headers)
    assert ask("POST", "login", form={"username": "mia", "password": "oats"})["userID"] == MIA
