"""The pictures of the README: drawn cell by cell, the same for the same screen, and there."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pyte

from tools.documents import TOP
from tools.pictures import FOLDER, SHOTS
from tools.svg import HEIGHT, PADDING, WIDTH, svg_of

SVG = "{http://www.w3.org/2000/svg}"


def drawn(text: str, columns: int = 12, rows: int = 2) -> ElementTree.Element:
    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(text)
    picture = svg_of(screen, foreground="#dadada", background="#121212", title="<&>")
    return ElementTree.fromstring(picture)


def texts(root: ElementTree.Element) -> list[tuple[str, float, str]]:
    """Each text with its place and colour."""
    return [
        (element.text or "", float(element.get("x", "")), element.get("fill", ""))
        for element in root.iter(f"{SVG}text")
    ]


def test_every_character_stands_in_its_cell() -> None:
    root = drawn("ab 甲乙\x1b[38;5;217mc\x1b[m “")
    assert texts(root) == [
        ("ab", 0, "#dadada"),
        ("甲乙", 3 * WIDTH + 0.5, "#dadada"),
        ("c", 7 * WIDTH, "#ffafaf"),
        ("“", 9 * WIDTH, "#dadada"),
    ]
    assert root.get("width") == str(12 * WIDTH + 2 * PADDING)
    assert root.get("height") == str(2 * HEIGHT + 2 * PADDING)


def test_nothing_on_the_screen_is_mark_up() -> None:
    root = drawn("<b>&amp;", columns=20)
    assert [text for text, _, _ in texts(root)] == ["<b>&amp;"]
    assert root.findtext(f"{SVG}title") == "<&>"


def test_grounds_lines_and_attributes() -> None:
    root = drawn("\x1b[48;5;236m  \x1b[m──\x1b[1mx\x1b[m\x1b[4my\x1b[m\x1b[7mz")
    boxes = {(box.get("x"), box.get("width"), box.get("fill")) for box in root.iter(f"{SVG}rect")}
    assert ("0", str(2 * WIDTH), "#303030") in boxes
    assert (str(2 * WIDTH), str(2 * WIDTH), "#dadada") in boxes
    assert (str(5 * WIDTH), str(WIDTH), "#dadada") in boxes, "underlined"
    assert (str(6 * WIDTH), str(WIDTH), "#dadada") in boxes, "reversed"
    assert [colour for text, _, colour in texts(root) if text == "z"] == ["#121212"]
    assert [element.get("class") for element in root.iter(f"{SVG}text")] == ["b", None, None]


def test_the_readme_shows_what_is_taken() -> None:
    shown = re.findall(
        r"!\[(.+)\]\(docs/pictures/(.+)\.svg\)", (TOP / "README.md").read_text("utf-8")
    )
    assert shown == [(shot.title, shot.name) for shot in SHOTS]
    assert {path.stem for path in FOLDER.glob("*.svg")} == {shot.name for shot in SHOTS}
    for shot in SHOTS:
        root = ElementTree.parse(FOLDER / f"{shot.name}.svg").getroot()
        assert root.findtext(f"{SVG}title") == shot.title
        assert root.get("width") == str(shot.columns * WIDTH + 2 * PADDING)
