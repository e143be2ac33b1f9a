"""Uses every method of workfrontapi-plus that sends something; prints what came of each as JSON."""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

Api: Any = import_module("workfrontapi_plus.api").Api


def main(url: str, key: str, name: str, password: str) -> None:
    """Makes a project with tasks, reads and changes them in every way, and takes all away."""
    Api.CORE_URL = url + "/attask/api/v{version}"
    api = Api("any", "any", "21.0", api_key=key)
    project = api.post("PROJ", {"name": "P"}, ["status"])["ID"]
    below = {"projectID": project}
    made = api.bulk_create("TASK", [{"name": f"t{at}", **below} for at in range(5)], ["name"])
    ids = [row["ID"] for row in made]
    found = {
        "get": api.get("PROJ", project, ["name"])["name"],
        "list": len(api.get_list("TASK", ids, ["name"])),
        "count": api.count("TASK", {**below}),
        "put": api.put("PROJ", project, {"name": "Q"}, ["name"])["name"],
        "bulk": [row["name"] for row in api.bulk("TASK", [{"ID": one, "name": "z"} for one in ids], ["name"])],
        "search": len(api.search("TASK", {**below}, ["name"])),
        "all": len(api.search("TASK", {}, ["name"], get_all=True)),
        "report": api.report("TASK", {**below}, "ID", "count", "status"),
        "total": api.report("TASK", {**below}, "ID", "count", "status", True),
        "action": api.action("TASK", "move", {**below}, obj_id=ids[0]),
    }
    with Path(__file__).open("rb") as file:
        found["document"] = api.make_document(file, "PROJ", project)
    found["bulk_delete"] = api.bulk_delete("TASK", ids)
    found["delete"] = api.delete("PROJ", project)
    found["login"] = bool(api.login(name, password)["sessionID"])
    found["logout"] = api.logout()
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
