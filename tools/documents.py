"""Writes the parts of the documentation that are made from the source: ``make documents``.

They stand between markers such as ``<!-- keys -->`` and ``<!-- /keys -->``; a test compares them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from finews_tui.tui.commands import markdown_table

TOP = Path(__file__).parents[1]
SOURCE = TOP / "src" / "finews_tui"
SUFFIXES = (".py", ".sql", ".tcss")


def rooms() -> list[Path]:
    """The files of the source, packages before what is in them."""
    found = (path for path in SOURCE.rglob("*") if path.suffix in SUFFIXES)
    return sorted(found, key=lambda path: (len(path.parent.parts), path.parent, path.name))


def purpose(path: Path) -> str:
    """The first sentence that a room says about itself."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        said = ast.get_docstring(ast.parse(text)) or ""
    else:
        said = re.sub(r"^(--|/\*)\s*|\s*\*/$", "", text.partition("\n")[0])
    return said.partition("\n\n")[0].replace("\n", " ")


def room_table() -> str:
    """One table a package: the room and why it exists."""
    parts: list[str] = []
    folder: Path | None = None
    for path in rooms():
        if path.parent != folder:
            folder = path.parent
            parts += [
                "",
                f"## {folder.relative_to(SOURCE.parent)}/",
                "",
                "| room | is |",
                "|---|---|",
            ]
        parts.append(f"| `{path.name}` | {purpose(path).replace('|', chr(92) + '|')} |")
    return "\n".join(parts[1:]) + "\n"


MADE: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "README.md": {"keys": markdown_table},
    "docs/map.md": {"rooms": room_table},
}
"""Which parts of which files are made, and by what."""


def renewed(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """``text`` with each part between its markers as it should be."""
    for name, make in parts.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"the markers of {name!r} are missing")
        text = f"{before}{begin}{make()}{end}{after}"
    return text


if __name__ == "__main__":
    for name, parts in MADE.items():
        path = TOP / name
        path.write_text(renewed(path.read_text(encoding="utf-8"), parts), encoding="utf-8")
