"""The page of commands says what their help says, of every command and every option."""

from __future__ import annotations

import re

from tools.command_reference import PAGE, page

from tests.cli.test_common_options import COMMANDS


def test_the_page_is_the_one_that_the_help_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tools.command_reference writes it"


def test_every_command_and_every_option_is_on_it() -> None:
    everywhere, *sections = re.split(r"^##+ ", page().partition("## Everywhere")[2], flags=re.MULTILINE)
    told = {section.partition("\n")[0]: section for section in sections}
    assert set(told) >= set(COMMANDS)
    missing = [
        (path, name)
        for path, command in COMMANDS.items()
        for one in command.params
        if not getattr(one, "hidden", False)
        for name in one.opts
        if name.startswith("-") and not re.search(rf"`[^`]*{re.escape(name)}\b", everywhere + told[path])
    ]
    assert missing == []
