"""Uses python-workfront as its pages show, and runs its generator; prints what came of it as JSON."""

import json
import sys
import types
from importlib import import_module
from pathlib import Path
from typing import Any

Session: Any = import_module("workfront").Session
generate: Any = import_module("workfront.generate")


def main(url: str, key: str, name: str, password: str, project: str, folder: str) -> None:
    """Signs in, works with an issue, and generates the classes of the newest version."""
    address = "{protocol}://" + url.partition("//")[2] + "/attask/api/{api_version}"
    session = Session("any", protocol="http", url_template=address)
    session.login(name, password)
    issue = session.api.Issue(session, name="Leak", project_id=project)
    issue.save()
    issue.mark_done(status="CLS")
    issue.load("previous_status")
    found = {"previous": issue.previous_status, "reply": issue.add_comment("Done").add_comment("Thanks").id}
    found["loaded"] = [one.id for one in session.load(session.api.Project, [project])]
    session.logout()
    found["session"] = session.session_id
    with_key = Session("any", protocol="http", url_template=address, api_key=key)
    generate.TARGET_ROOT = folder
    generate.script_setup = lambda _: (types.SimpleNamespace(cache=None), with_key)
    generate.main()
    found["classes"] = sum(file.read_text("utf-8").count("\nclass ") for file in Path(folder).glob("*.py"))
    found["types"] = len(with_key.get("/metadata")["objects"])
    print(json.dumps(found))


if __name__ == "__main__":
    words = sys.argv[1:]
    del sys.argv[1:]
    main(*words)
