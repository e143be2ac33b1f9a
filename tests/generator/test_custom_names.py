"""Names of custom fields: the tenant's own words, one each, and never the name of another field."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from keyword import iskeyword
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.big_tenant import HOSTILE
from workfront_codegen.custom_names import base, constant, file_name, mark, pascal, settle
from workfront_codegen.custom_naming import CustomNaming
from workfront_codegen.generate import generate
from workfront_codegen.lock import NamesLock
from workfront_codegen.name_problems import NameProblems
from workfront_schema import store
from workfront_schema.custom_fields import CustomCatalogue, CustomField, FieldKind, FieldOption
from workfront_schema.snapshot import Field, ObjectType, Snapshot

TEXTS = st.sets(st.text(max_size=12), max_size=30)
NAMED = [
    ("Go-live  Date", "go_live_date"), ("planHours", "plan_hours"), ("isSOAPEnabled", "is_soap_enabled"),
    ("URLs", "urls"), ("% done", "percent_done"), ("# of seats", "number_of_seats"), ("Cost (€)", "cost_euro"),
    ("Cost ($)", "cost_dollar"), ("R&D", "r_and_d"), ("C++", "c_plus_plus"), ("2024 Budget", "field_2024_budget"),
    ("class", "class_"), ("None", "none"), ("self", "self_"), ("__init__", "init"), ("ID", "id"), ("地域", "地域"),
    ("Регион", "регион"), ("Regiоn", "regiоn_5d8d"), ("Região", "região"), ("Regiao", "regiao"), ("क्षेत्र", "क्षेत्र"),
    ("ภูมิภาค", "ภูมิภาค"), ("🚀", "rocket"), ("🚀 Launch", "launch"), ("???", "field_a03b"), ("a\u200db", "ab"),
    ("ＦＵＬＬ\u3000ｗｉｄｅ", "full_wide"), ("ﬁnal", "final"), ('x"""; import os', "x_import_os"),
    ("{{ 7*7 }}", "field_7_7"), ("../../etc/passwd", "etc_passwd"), ("line\nbreak\r\n", "line_break"),
    ("Q1/Q2 'plan'", "q1_q2_plan"), ("İstanbul", "istanbul"), ("Straße", "straße"), ("STRASSE", "strasse"),
    ("\udc80bad", "bad"), ("x²", "x2"), ("DE:Region", "de_region"), ("get", "get"), ("_", "field_d2e2"),
    ("model_dump_it", "field_model_dump_it"), ("copy", "copy_"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_name_is_made_of_the_field_s_own_words(text: str, name: str) -> None:
    assert settle([text], {}) == {text: name}


TOGETHER = {
    "Region": "region_d3a0", "region": "region_c697", "Go-live date": "go_live_date_3073",
    "Go live date": "go_live_date_e7d4", "GoLiveDate": "go_live_date_f5c2", "Cost ($)": "cost_dollar",
    "Cost (€)": "cost_euro", "R&D": "r_and_d", "C++": "c_plus_plus", "% done": "percent_done",
    "# of seats": "number_of_seats", "2024 Budget": "field_2024_budget", "class": "class_0889", "None": "none",
    "__class__": "class_849a", "__init__": "init", "self": "self_", "status": "status", "ID": "id", "地域": "地域",
    "予算": "予算", "Регион": "регион", "Бюджет": "бюджет", "Regi\u043en": "regi\u043en_5d8d", "Região": "região",
    "Regiao": "regiao", "المنطقة": "المنطقة", "אזור": "אזור", "지역": "지역", "क्षेत्र": "क्षेत्र", "ภูมิภาค": "ภูมิภาค",
    "Περιοχή": "περιοχή", "🚀": "rocket", "🚀 Launch": "launch", "???": "field_a03b", "a\u200db": "ab",
    "ＦＵＬＬ\u3000ｗｉｄｔｈ": "full_width", "ﬁnal": "final", 'x"""; import os': "x_import_os",
    "{{ 7*7 }}": "field_7_7", "../../etc/passwd": "etc_passwd", "line\nbreak\r\n": "line_break",
    "  two  blanks ": "two_blanks", "Q1/Q2 'plan'": "q1_q2_plan", "İstanbul": "istanbul", "Straße": "straße",
    "STRASSE": "strasse",
    "How many people will attend the launch event in the first week after go-live, roughly?":
        "how_many_people_will_attend_the_launch_event_in_the_first_a10e",
    "\udc80bad": "bad", "print": "print", "e\u0301tat": "état_82b3", "\u00e9tat": "état_4cd4", "x²": "x2",
    "DE:Region": "de_region", "get": "get", "_": "field_d2e2", "URLs": "urls", "isSOAPEnabled": "is_soap_enabled",
}  # fmt: skip
"""Fields of one tenant, given all at once, and what each is called: those that come out alike all have their mark."""


@pytest.mark.parametrize("order", [sorted, lambda texts: sorted(texts, reverse=True)], ids=["forth", "back"])
def test_the_fields_of_a_tenant_are_named_all_at_once(order: Callable[[Iterable[str]], list[str]]) -> None:
    assert settle(order(TOGETHER), {}) == TOGETHER


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "lpt9"])
def test_no_module_is_called_like_a_device_of_windows(name: str) -> None:
    assert file_name(f"{name}x") == f"{name}x"
    assert file_name(name).startswith("x")
    assert file_name(name).isascii()


def test_a_long_name_is_cut_at_a_word_and_marked() -> None:
    text = "How many people will attend the launch event in the first week after go-live, roughly?"
    assert base(text) == "how_many_people_will_attend_the_launch_event_in_the_first_a10e"


def test_names_that_would_be_alike_all_get_a_mark_whatever_their_order() -> None:
    texts = ["Region", "region", "Other"]
    found = settle(texts, {})
    assert found == {"Region": "region_d3a0", "region": "region_c697", "Other": "other"}
    assert settle(reversed(texts), {}) == found
    assert {settle([text], {})[text] for text in ("class", "__class__")} == {"class_"}
    assert settle(["class", "__class__"], {}) == {"class": "class_0889", "__class__": "class_849a"}


def test_a_newcomer_never_takes_a_name_that_was_given() -> None:
    assert settle(["Region", "region"], {"Region": "region"}) == {"Region": "region", "region": "region_c697"}
    assert settle(["region"], {}, held=["region"]) == {"region": "region_c697"}


def test_a_name_that_people_chose_goes_before_all_others() -> None:
    found = settle(["Area", "Region"], {"Region": "region"}, chosen={"Area": "region"})
    assert found == {"Area": "region", "Region": "region_d3a0"}


@settings(deadline=None, max_examples=200)
@given(TEXTS, st.data())
def test_any_texts_get_one_name_each_that_python_keeps_apart(texts: set[str], data: st.DataObject) -> None:
    names = settle(texts, {})
    assert names.keys() == texts
    assert len({unicodedata.normalize("NFKC", name) for name in names.values()}) == len(texts)
    assert all(name.isidentifier() and not iskeyword(name) and name[0] != "_" for name in names.values())
    assert len({file_name(name) for name in names.values()}) == len(texts)
    assert len({pascal(name) for name in names.values()}) == len(texts)
    assert all(pascal(name).isidentifier() and constant(text).isidentifier() for text, name in names.items())
    first = set(data.draw(st.lists(st.sampled_from(sorted(texts)), unique=True))) if texts else set()
    before = settle(first, {})
    after = settle(texts, before)
    assert {text: after[text] for text in first} == before
    assert len(set(after.values())) == len(texts)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=12), TEXTS)
def test_a_name_without_a_mark_stands_for_one_text_alone(text: str, others: set[str]) -> None:
    """Where the lock is lost a name is gone rather than another field's: of those that share one none keeps it."""
    rivals = {other for other in others | {text.upper(), text.lower(), f" {text}"} if base(other) == base(text)}
    names = settle(rivals | {text}, {})
    assert len(rivals | {text}) == 1 or base(text) not in names.values()


def test_hostile_names_are_names() -> None:
    names = settle(HOSTILE, {})
    assert len(set(names.values())) == len(set(HOSTILE))
    assert all(name.isidentifier() and not name.startswith("_") for name in names.values())
    assert mark("Region") == "d3a0"


@pytest.mark.parametrize(
    ("label", "name"),
    [("Yes, now", "YES_NOW"), ("2024", "VALUE_2024"), ("class", "CLASS"), ("はい", "はい"), ("mro", "MRO")],
)
def test_an_option_is_a_constant_in_the_tenant_s_letters(label: str, name: str) -> None:
    assert constant(label) == name


def test_options_of_one_field_are_looked_up_without_those_of_all_others() -> None:
    """A lock of thousands of options was copied once for each value."""

    class Counting(NamesLock):
        asked = 0

        def section(self, name: str) -> Mapping[str, str]:
            self.asked += name == "options"
            return super().section(name)

    lock = Counting({"options": {"Region\nN": "NORTHERN", "Regio\nN": "OTHER", "Region2\nN": "ANOTHER"}})
    naming = CustomNaming(lock, {}, NameProblems())
    for wire in ("Region", *map(str, range(20))):
        naming.options(wire, (FieldOption("N", "North"), FieldOption("S", "South")))
    assert lock.asked == 1
    assert lock.section("options")["Region\nN"] == "NORTHERN"
    assert lock.section("options")["7\nN"] == "NORTH"


def test_no_form_is_called_like_the_class_of_all_forms_even_where_a_lock_says_so() -> None:
    naming = CustomNaming(NamesLock({"forms": {"CustomForm": "custom_form"}}), {}, NameProblems())
    assert naming.forms(["CustomForm", "Intake"]) == {
        "CustomForm": f"custom_form_{mark('CustomForm')}",
        "Intake": "intake_form",
    }


def test_a_field_that_another_version_has_is_not_gone(tmp_path: Path) -> None:
    schema = tmp_path / "schema"

    def run(*names: tuple[str, ...]) -> tuple[str, ...]:
        project = ObjectType("PROJ", "Project", "Project", fields=(Field("ID", "ID", "string"),))
        for number, own in enumerate(names, 22):
            fields = tuple(CustomField(name, FieldKind.TEXT, name, ("PROJ",)) for name in own)
            store.save_snapshot(Snapshot(f"v{number}.0", (project,), custom=CustomCatalogue(fields)), schema)
        return generate(schema, (), "acme", tmp_path, check=False).unknown

    assert run(("Area", "Note"), ("Note", "Region")) == run(("Area", "Note"), ("Note", "Region")) == ()
    (gone,) = run(("Note",), ("Note", "Region"))
    assert "'Area'" in gone
    assert "Region" not in gone
    (schema / "names.lock").unlink()
    assert "names.lock is not there" in run(("Note",), ("Note", "Region"))[0]
