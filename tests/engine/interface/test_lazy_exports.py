"""Packages whose names are imported when they are first used, and the engine's own light front door."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from types import ModuleType

import pytest

from tests.support.waiting import PATIENCE
from workfront_core.interface import ENGINE_INTERFACE, require_engine
from workfront_core.lazy_exports import lazy_exports


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A package that offers Book and Author, each from a module that counts how often it runs."""
    package = tmp_path / "shelf"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").write_text(
        "from workfront_core.lazy_exports import lazy_exports\n"
        "loaded = []\n"
        "__getattr__, __dir__ = lazy_exports(__name__, {'Book': 'models.book', 'Author': 'models.author'})\n"
    )
    for name in ("book", "author"):
        source = f"import shelf, time\nshelf.loaded.append({name!r})\ntime.sleep(0.02)\nclass {name.title()}: pass\n"
        (package / "models" / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    module = __import__("shelf")
    yield module
    for name in [name for name in sys.modules if name.partition(".")[0] == "shelf"]:
        del sys.modules[name]


def test_a_name_is_imported_on_first_use_and_kept(shelf: ModuleType) -> None:
    assert shelf.loaded == []
    book = shelf.Book
    assert shelf.loaded == ["book"]
    assert vars(shelf)["Book"] is book is shelf.Book


def test_dir_lists_what_is_offered_and_imports_nothing(shelf: ModuleType) -> None:
    assert {"Author", "Book", "loaded"} <= set(dir(shelf))
    assert shelf.loaded == []


@pytest.mark.usefixtures("shelf")
def test_from_import_works() -> None:
    from shelf import Author  # type: ignore[import-not-found]

    assert Author.__name__ == "Author"


def test_a_misspelt_name_gets_a_suggestion(shelf: ModuleType) -> None:
    with pytest.raises(AttributeError, match=r"module 'shelf' has no attribute 'Bok'\. Did you mean Book\?") as caught:
        _ = shelf.Bok
    assert caught.value.name == "Bok"
    with pytest.raises(ImportError, match=r"cannot import name 'Bok' from 'shelf'\. Did you mean Book\?"):
        from shelf import Bok  # noqa: F401 # pyright: ignore[reportMissingImports, reportUnusedImport]


def test_a_name_like_no_other_gets_none(shelf: ModuleType) -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'zzz'$"):
        _ = shelf.zzz
    assert not hasattr(shelf, "__wrapped__")


def test_many_threads_get_one_object(shelf: ModuleType) -> None:
    start = Barrier(16)

    def ask(_: int) -> object:
        start.wait(PATIENCE)
        return shelf.Book

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(ask, range(16)))) == 1
    assert shelf.loaded == ["book"]


def test_the_functions_can_be_used_on_any_imported_package() -> None:
    load, names = lazy_exports("collections", {"abstract": "abc"})
    assert "abstract" in names()
    with pytest.raises(AttributeError, match="abstract"):
        load("abstrakt")


@pytest.mark.parametrize(
    ("interface", "remedy"),
    [(ENGINE_INTERFACE - 1, "regenerate acme_workfront"), (ENGINE_INTERFACE + 1, "upgrade workfront-client")],
)
def test_a_package_made_for_another_engine_says_what_to_renew(interface: int, remedy: str) -> None:
    with pytest.raises(ImportError, match=remedy) as caught:
        require_engine(interface, "acme_workfront")
    assert "acme_workfront" in str(caught.value)
    assert str(interface) in str(caught.value)


def test_a_package_made_for_this_engine_loads() -> None:
    require_engine(ENGINE_INTERFACE, "acme_workfront")


def test_importing_the_engine_imports_neither_pydantic_nor_httpx() -> None:
    code = (
        "import sys; before = set(sys.modules); import workfront_core, workfront_core.lazy_exports; "
        "import workfront_core.interface.reserved_members; "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "workfront_core" in found
    assert not {"pydantic", "pydantic_core", "httpx"} & set(found)
