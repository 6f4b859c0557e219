"""The rules of the house that no tool checks by itself: layers, doors, sizes, documents."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from finews_tui.cli.arguments import parse
from finews_tui.cli.subcommands import SUBCOMMANDS
from tools.documents import MADE, SOURCE, TOP, renewed, rooms

LONGEST_ROOM = 300
PYTHON_ROOMS = [path for path in rooms() if path.suffix == ".py"]
DOORS = {
    "textual": ("tui/",),
    "sqlite3": ("library/",),
    "numpy": ("library/packing.py", "library/segments.py"),
    "html2text": ("posts/markdown.py",),
    "frontmatter": ("posts/frontmatter.py",),
    "yaml": ("posts/frontmatter.py",),
    "selectolax": ("posts/",),
    "unicode_segmentation_rs": ("page/breaks.py", "page/cells.py"),
    "markdown_it": ("posts/jekyll.py",),
    "platformdirs": ("paths.py",),
    "opencc": ("library/hant.py",),
    "argparse": ("cli/arguments.py",),
}
"""Each dependency and the rooms that may import it."""


PARSING = {
    *("yaml", "frontmatter", "selectolax", "html2text", "markdown_it", "html", "tomllib"),
    *("finews_tui.posts.parsing", "finews_tui.posts.model", "finews_tui.page.wrap"),
}
"""What reads and lays out posts: no list of headlines needs it."""
INDEXING = {
    *("numpy", "multiprocessing", "concurrent.futures", "subprocess", "importlib.resources"),
    *("finews_tui.library.indexer", "finews_tui.library.files"),
}
"""What makes an index."""
HEAVY = {"argparse", "_hashlib", "zoneinfo", "sysconfig", "calendar", "locale"}
"""Modules of the standard library that a search and a start do without, for some milliseconds."""
SPARED = {
    *("typing", "dataclasses", "inspect", "threading", "struct", "select", "fcntl"),
    *("rich", "unicode_segmentation_rs"),
}
"""What a search for ordinary words does without: half of the time that it would take else."""
RARE = {
    *("finews_tui.library.sweeps", "finews_tui.library.past", "finews_tui.library.facets"),
    *("finews_tui.library.unread", "finews_tui.library.counts", "finews_tui.library.news"),
    *("finews_tui.library.mentioned", "finews_tui.library.steps", "finews_tui.library.salvage"),
    *("finews_tui.cli.bar", "finews_tui.options"),
}
"""What a search needs nothing of."""
LATER = {
    *("finews_tui.page.article", "finews_tui.tui.dialogs", "finews_tui.tui.palette"),
    *("finews_tui.tui.picker", "finews_tui.tui.offers", "finews_tui.tui.outline"),
    *("finews_tui.tui.help", "finews_tui.tui.details", "finews_tui.tui.link_card"),
}
"""What is not on the first screen."""


def name_of(path: Path) -> str:
    """``library/query.py`` for the room at ``path``."""
    return path.relative_to(SOURCE).as_posix()


def loaded_by(code: str) -> set[str]:
    """The modules that are loaded after ``code`` in an interpreter of its own."""
    code += "\nimport sys\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.splitlines()[-1].split())


def test_the_import_contracts_hold() -> None:
    contracts = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert contracts.returncode == 0, contracts.stdout


@pytest.mark.parametrize(
    ("module", "foreign"),
    [
        ("finews_tui.settings", {"textual", "rich", "sqlite3", "selectolax", "html2text"}),
        ("finews_tui.errors", {"textual", "rich", "sqlite3", "selectolax", "html2text"}),
        (
            "finews_tui.posts.parsing",
            {"textual", "rich", "sqlite3", "html2text", "finews_tui.page"},
        ),
        ("finews_tui.library", {"textual", "rich", "html2text", "numpy", "finews_tui.page"}),
        ("finews_tui.page", {"textual", "sqlite3", "html2text", "finews_tui.library"}),
        ("finews_tui.cli", {"textual", "rich", "sqlite3", "selectolax", "argparse"}),
        ("finews_tui.frames", {"typing", "re", "contextlib", "collections", "pathlib", "enum"}),
        ("finews_tui.cli", {"typing", "re", "contextlib", "collections", "pathlib", "enum"}),
        ("finews_tui.tui.app", (PARSING - {"html", "tomllib"}) | LATER | {"numpy"}),
        ("finews_tui.tui.commands", {"textual", "rich", "sqlite3"}),
        ("finews_tui.tui.bindings", {"textual", "rich", "sqlite3"}),
        ("finews_tui.tui.terminal", {"textual", "rich", "sqlite3"}),
    ],
)
def test_a_headless_room_loads_nothing_of_others(module: str, foreign: set[str]) -> None:
    assert not foreign & loaded_by(f"import {module}")


@pytest.mark.parametrize(
    ("words", "foreign"),
    [
        (["--version"], {"textual", "rich", "sqlite3", "selectolax", "html2text", "markdown_it"}),
        (["search", "--help"], {"textual", "rich", "sqlite3", "selectolax", "html2text"}),
        (
            ["search", "新", "--limit", "100", "--no-update"],
            {"textual", "html2text", "markdown_it", "asyncio", "numpy", *HEAVY, *SPARED, *RARE},
        ),
        (["show", "2021-12-01-nothing"], {"textual", "asyncio"}),
        (["doctor"], {"textual", "html2text", "asyncio"}),
    ],
)
def test_a_command_line_loads_only_what_it_needs(
    words: list[str], foreign: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path))
    if words[0] == "search":  # with an index that is up to date, as it nearly always is
        loaded_by("from finews_tui.cli import main\nmain(['index'])")
    assert not foreign & loaded_by(f"from finews_tui.cli import main\nmain({words!r})")


@pytest.mark.parametrize("path", PYTHON_ROOMS, ids=name_of)
def test_a_dependency_has_one_door(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    for module in imported & set(DOORS):
        assert name_of(path).startswith(DOORS[module]), f"{module} has other doors"


@pytest.mark.parametrize("path", PYTHON_ROOMS, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    if not name_of(path).startswith("cli/"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Name) and node.id == "print"), node.lineno


@pytest.mark.parametrize("path", rooms(), ids=name_of)
def test_no_room_is_too_large(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_ROOM


@pytest.mark.parametrize("path", PYTHON_ROOMS, ids=name_of)
def test_a_room_says_in_its_first_line_why_it_exists(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert said.partition("\n")[0].endswith((".", ":"))
    assert not set(path.stem.split("_")) & {"utils", "helpers", "manager", "misc", "common"}


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_from_the_source_is_up_to_date(name: str) -> None:
    text = (TOP / name).read_text(encoding="utf-8")
    assert renewed(text, MADE[name]) == text, "make documents"


def test_missing_markers_are_told() -> None:
    with pytest.raises(ValueError, match="markers of 'keys'"):
        renewed("no marker", MADE["README.md"])


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_is_in_the_readme(name: str) -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^finews-tui {name}\b", readme, re.MULTILINE)


def test_every_command_line_of_the_documents_can_be_parsed() -> None:
    import shlex

    text = (TOP / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^finews-tui\b([^#|\n]*)", text, re.MULTILINE)
    assert len(lines) > 10
    for line in lines:
        parse(shlex.split(line))
    for name, subcommand in SUBCOMMANDS.items():
        for example, _ in subcommand.examples:
            parse([name, *shlex.split(example)])


def test_the_config_of_the_readme_is_a_config(tmp_path: Path) -> None:
    from finews_tui.paths import Paths
    from finews_tui.settings import load_settings
    from finews_tui.tui.bindings import keymap_of
    from finews_tui.typography import Typography

    text = (TOP / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    config_file = Paths.find(environ).config_file
    config_file.parent.mkdir()
    config_file.write_text(example, encoding="utf-8")
    settings = load_settings(environ)
    assert set(tomllib.loads(example)) == {
        "archives", "opener", "opener_in_terminal", "mouse", "theme", "market_colours", "live",
        "ambiguous_width", "article", "keys",
    }  # fmt: skip
    assert settings.article == Typography(), "the example shows the defaults"
    assert set(tomllib.loads(example)["article"]) == dict(Typography().settings()).keys()
    assert not keymap_of(settings).conflicts


def test_every_target_of_the_makefile_is_explained() -> None:
    text = (TOP / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert {"run", "test", "check", "format", "lint", "types", "contracts"} <= set(phony.split())
    for target in phony.split():
        assert re.search(rf"^{target}:", text, re.MULTILINE), target
