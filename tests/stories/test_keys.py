"""Every key does what the help says, at every size of the window."""

from __future__ import annotations

from tests.stories.story import Story
from tools.display import Display, line_of


def test_moving_in_the_list(story: Story) -> None:
    total = story.total
    story.go("j", 2)
    story.go("Down", 3)
    story.go("k", 2)
    story.go("Up", 1)
    story.go("k", 1)
    story.go("5 j", 6)
    story.go("2 k", 4)
    story.go("1 2 G", 12)
    story.go("3 g g", 3)
    story.go("G", total)
    story.go("j", total)
    story.go("g g", 1)
    story.go("End", total)
    story.go("Home", 1)
    story.go("9 9 9 j", total)
    story.go("9 9 9 k", 1)


def test_paging_in_the_list(story: Story) -> None:
    story.rest("C-f")
    assert story.position is not None
    page = story.position[0] - 1
    assert 2 <= page <= story.lines
    for keys in ("C-b", "PageUp", "b"):
        story.go("g g", 1)
        story.go("C-f", 1 + page)
        story.go(keys, 1)
    story.go("PageDown", 1 + page)
    story.go("g g", 1)
    story.press("C-d")
    story.terminal.wait_for(
        lambda: story.position is not None and 1 < story.position[0] <= 1 + page
    )
    story.go("C-u", 1)


def test_from_pane_to_pane(story: Story) -> None:
    story.focus("Tab", "article")
    story.focus("Tab", "tree")
    story.focus("Tab", "list")
    story.focus("S-Tab", "tree")
    story.focus("S-Tab", "article")
    story.focus("M-1", "tree")
    story.focus("M-3", "article")
    story.focus("M-2", "list")
    story.focus("3 Tab", "article")
    story.focus("1 Tab", "tree")
    story.focus("C-w l", "list")
    story.focus("C-w l", "article")
    story.focus("C-w h", "list")
    story.focus("C-w w", "article")
    story.focus("h", "list")
    story.focus("Left", "tree")
    story.focus("M-2", "list")
    story.focus("Right", "article")
    story.focus("h", "list")
    story.focus("l", "article")


def test_opening_marks_as_read(story: Story) -> None:
    row = story.rows[6]
    story.unread_again()
    story.go("7 G", 7)
    story.focus("Enter", "article")
    story.shows(7)
    story.see(row["tickers"][0])
    story.terminal.wait_for(lambda: 7 not in story.found("is:unread"))
    story.focus("h", "list")
    story.go("g u", 1, story.total - 1)


def test_reading_on(story: Story) -> None:
    story.unread_again()
    story.focus("Space", "article")
    story.shows(1)
    for _ in range(40):
        if story.position != (1, story.total):
            break
        story.rest("Space")
    story.at(2)
    story.shows(2)
    assert story.pane == "article"
    story.terminal.wait_for(lambda: not {1, 2} & set(story.found("is:unread")))


def test_the_other_pane(story: Story) -> None:
    story.go("2 0 G", 20)
    story.focus("M-3", "article")
    story.shows(20)
    story.go("J", 21)
    story.shows(21)
    story.go("2 J", 23)
    story.go("2 K", 21)
    story.shows(21)
    if story.columns < 80:
        return  # the article cannot be seen from the list

    def beside_the_tree() -> list[str]:
        # The tree's counts follow the marks a little later.
        return [line.rpartition("│")[2] for line in story.terminal.lines[:-1]]

    story.rest()
    before = beside_the_tree()
    story.focus("M-2", "list")
    story.press("3 J")
    story.focus("M-3", "article")
    story.terminal.wait_for(lambda: beside_the_tree() != before)
    assert story.position == (21, story.total)
    story.focus("M-2", "list")
    story.press("3 K")
    story.focus("M-3", "article")
    story.terminal.wait_for(lambda: beside_the_tree() == before)


def test_from_unread_to_unread(story: Story) -> None:
    story.unread_again()
    story.press("2 m")
    story.terminal.wait_for(lambda: 2 not in story.found("is:unread"))
    story.go(">", 3)
    story.go("] u", 4)
    story.go("<", 3)
    story.press("[ u")
    story.see("unread")
    story.go("2 ] u", 5)


def test_days_stars_and_tickers(story: Story) -> None:
    days = [row["published"][:10] for row in story.rows]
    second = next(n for n, day in enumerate(days, 1) if day != days[0])
    story.go("] d", second)
    story.press("[ d")
    story.terminal.wait_for(lambda: story.position is not None and story.position[0] < second)
    story.go("9 G", 9)
    story.press("s")
    story.see("★")
    story.go("4 G", 4)
    story.go("] s", 9)
    story.go("G", story.total)
    story.go("[ s", 9)
    story.go("g s", 1, 1)
    story.press("s")
    story.terminal.wait_for(lambda: not story.found("is:starred"))
    story.go("g h", 9)
    story.go("4 G", 4)
    symbol = story.rows[3]["tickers"][0]
    same = [n for n, row in enumerate(story.rows, 1) if symbol in row["tickers"]]
    place = same.index(4)
    story.go("] t", same[place + 1])
    story.go("[ t", 4)
    story.go("t", place + 1, len(same))
    story.go("H", 4)
    story.go("L", place + 1, len(same))
    story.go("C-o", 4)


def test_searching_in_the_list(story: Story) -> None:
    word = "储能"
    found = [n for n, row in enumerate(story.rows, 1) if word in row["title"]]
    assert len(found) >= 3
    story.press(f"/ {word}")
    story.at(found[0])
    story.press("Enter")
    story.go("n", found[1])
    story.go("n", found[2])
    story.go("N", found[1])
    story.go("2 N", found[2])
    story.go("g g", 1)
    story.press("/ 不存在的词 Enter")
    story.see("No title")
    story.at(1)
    story.go("G", story.total)
    story.press(f"/ {word}")
    story.at(found[0])
    story.press("Esc")
    story.at(story.total)


def test_searching_in_the_article(story: Story) -> None:
    story.focus("Enter", "article")
    story.shows(1)
    story.press("/ 文章来源 Enter")
    story.see("（文章来源：")
    story.press("g g n")
    story.see("（文章来源：")
    story.press("/ 不存在的词 Enter")
    story.see("不存在")


def test_filtering(story: Story) -> None:
    found = story.found("储能")
    assert 1 < len(found) < story.total
    story.press("f 储能")
    story.at(1, len(found))
    story.press("Enter")
    story.see("· 储能")
    story.go("j", 2, len(found))
    story.press("F")
    story.terminal.wait_for(lambda: story.position is not None and story.position[1] == story.total)
    story.go("g g", 1)
    story.press("f 储能")
    story.at(1, len(found))
    story.press("Esc")
    story.at(1)
    story.press("f is:readd")
    story.terminal.wait_for(lambda: "filter: is:readd" in story.terminal.text)
    if story.columns > 60:
        story.see("unread, read or starred")
    story.press("C-u")
    story.press("is:s Tab")
    story.see("is:starred")
    story.at(0, 0)
    story.press("Esc")
    story.at(1)


def test_typed_ahead_keys_arrive_in_order(story: Story) -> None:
    found = [n for n, row in enumerate(story.rows, 1) if "储能" in row["title"]]
    story.go("/ 储能 Enter n j", found[1] + 1)
    story.go("? / undo Enter q g g C-p last Enter", story.total)
    story.press(": first Enter")
    story.at(1)


def test_going_to_categories(story: Story) -> None:
    newest = story.rows[0]["published"][:10]
    today = [row for row in story.rows if row["published"][:10] == newest]
    story.unread_again()
    story.go("g t", 1, len(today))
    story.go("g u", 1)
    story.go("g s", 0, 0)
    story.press("g h")
    story.at(1)


def test_marks_stars_and_undoing(story: Story) -> None:
    total = story.total
    story.unread_again()
    story.press("m")
    story.go("g u", 1, total - 1)
    story.go("u g u", 1)
    story.go("C-r g u", 1, total - 1)
    story.go("u g h g g", 1)
    story.press("3 m")
    story.go("g u", 1, total - 3)
    story.go("u g h g g", 1)
    story.press("2 s")
    story.go("g s", 1, 2)
    story.go("u g s", 0, 0)
    story.go("g h g g", 1)
    story.press("M")
    story.see(f"all {total}")
    story.press("n g u")
    story.at(1)
    story.press("M")
    story.see(f"all {total}")
    story.press("y")
    story.see(f"{total} posts read")
    story.go("g u", 0, 0)
    story.go("u g u", 1)
    story.press("g h")


def test_opening_and_copying(story: Story) -> None:
    row = story.rows[3]
    story.go("4 G", 4)
    for keys, text in (
        ("y y", row["url"]),
        ("y t", row["title"]),
        ("y m", f"[{row['title']}]({row['url']})"),
        ("y c", " ".join(row["tickers"])),
        ("y p", row["path"]),
    ):
        story.press(keys)
        story.terminal.wait_for(lambda text=text: story.copied() == text)  # type: ignore[misc]  # mypy infers no lambda with a default
        story.see("Sent to your")
    story.press("o")
    story.see("The original")
    story.terminal.wait_for(lambda: story.copied() == row["url"])
    link = f";{row['url']}\x1b\\".encode()
    story.terminal.wait_for(lambda: link in story.terminal.written)
    story.press("q")
    story.terminal.wait_gone("The original")
    story.press("9 9 o")
    story.see("no link 99")


def test_help_for_here(story: Story) -> None:
    for keys in ("?", "F1"):
        story.press(keys)
        story.see("Help · article list")
        story.press("/ undone")
        story.see("Redo what was")
        story.press("Enter q")
        story.terminal.wait_gone("Help ·")
    story.at(1)
    story.focus("M-1", "tree")
    story.press("?")
    story.see("Help · category tree")
    story.press("Esc")
    story.focus("M-2", "list")


def test_details(story: Story) -> None:
    story.go("4 G", 4)
    story.press("i")
    story.see(story.rows[3]["key"])
    story.press("/ code Enter G")
    story.see(".md")
    story.press("q")
    story.terminal.wait_gone(story.rows[3]["key"])


def test_palette_and_command_line(story: Story) -> None:
    story.press("C-p")
    story.see("half a page down")
    story.press("last Enter")
    story.at(story.total)
    story.press("C-p")
    story.see("half a page down")
    story.press("Esc")
    story.terminal.wait_gone("half a page down")
    story.press(": 5 Enter")
    story.at(5)
    story.press(": fir Tab Enter")
    story.at(1)
    story.press(": sell Enter")
    story.see("no command “sell”")
    story.press(": C-u Esc")
    story.go("j", 2)


def test_zoom(story: Story) -> None:
    story.press("z")
    story.terminal.wait_for(lambda: not any("│" in line for line in story.terminal.lines))
    story.terminal.wait_for(lambda: story.pane == "list")
    story.go("j", 2)
    story.press("z")
    story.focus("M-2", "list")


def test_zen(story: Story) -> None:
    story.focus("l", "article")
    story.press("z")
    story.see("leaves it")
    story.press("Esc")
    story.terminal.wait_gone("leaves it")
    story.shows(1)
    for part in ("━━", "? help", f"1/{story.total}", "│"):
        story.terminal.wait_gone(part)
    story.press("J")
    story.shows(2)
    story.press("5")
    story.see(" 5 ")
    story.press("Esc q")
    story.terminal.wait_for(lambda: story.pane == "article")
    story.at(2)


def test_the_tree(story: Story) -> None:
    sources = {row["source"] for row in story.rows if row["source"]}
    story.focus("M-1", "tree")
    story.press("- g g")
    for name in ("All", "Unread", "Today", "Starred", "Sources", "Tickers", "Sectors", "Dates"):
        story.see(name)
    story.see("▸ Sources")
    story.press("=")
    story.see("▾ Sources")
    story.press("-")
    story.press("g g")
    story.press("/ Starred Enter")
    story.focus("Enter", "list")
    story.at(0, 0)
    story.press("g h")
    story.at(1)
    story.focus("M-1", "tree")
    story.press("g g / Sources Enter l j Enter")
    story.terminal.wait_for(lambda: story.position not in (None, (0, 0), (1, story.total)))
    story.terminal.wait_for(lambda: story.pane == "list")
    assert story.position is not None and story.position[1] < story.total
    assert any(name in story.terminal.text for name in sources)
    story.press("g h")


def test_prefixes_are_explained(story: Story) -> None:
    story.press("g")
    story.see("whole archive" if story.columns > 70 else "first")
    story.press("Esc")
    story.terminal.wait_gone("first  t")
    story.press("]")
    story.see("next unread")
    story.press("x")
    story.see("]x does nothing here")
    story.press("5")
    story.see("5 ")
    story.go("j", 6)


def test_keys_of_a_chinese_input_method(story: Story) -> None:
    story.unread_again()
    story.press("？")
    story.see("Help ·")
    story.press("q")
    story.terminal.wait_gone("Help ·")
    story.press("：")
    story.press("3 Enter")
    story.at(3)
    story.go("５ ｊ", 8)
    story.go("＜", max(n for n in story.found("is:unread") if n < 8))
    story.press("／ 储能")
    story.see("/储能")
    story.press("Esc")


def test_the_terminals_cursor_stands_in_the_prompt(story: Story) -> None:
    story.press("f 储能")
    story.see("filter: 储能")
    prompt = next(n for n, text in enumerate(story.terminal.lines) if "filter: 储能" in text)
    story.terminal.wait_for(lambda: story.terminal.cursor == (len("filter: ") + 4, prompt))
    story.press("Esc")


def test_redraw_rescan_and_cancel(story: Story) -> None:
    story.rest()
    before = len(story.terminal.written)

    def is_all_painted() -> bool:
        """Whether a blank screen would show the same by now: nothing else may rely on."""
        blank = Display(story.columns, story.lines)
        blank.show(bytes(story.terminal.written[before:]))
        lines = [line_of(blank.screen, y) for y in range(story.lines)]
        return lines == story.terminal.lines

    story.press("C-l")
    story.terminal.wait_for(is_all_painted)
    story.press("r")
    story.see("Nothing new")
    story.press("C-c")
    story.see("C-c again")
    story.go("j", 2)


def test_resizing_keeps_the_place(story: Story) -> None:
    story.go("2 0 G", 20)
    title = story.rows[19]["title"][:6]
    for columns, lines in ((60, 16), (130, 40), (90, 20), (42, 18)):
        story.terminal.resize(columns, lines)
        story.at(20)
        story.see(title)
    story.terminal.resize(story.columns, story.lines)
    story.at(20)
    story.see(title)


def test_a_lone_escape_and_one_in_haste(story: Story) -> None:
    story.press("f 储能")
    story.see("filter: 储能")
    story.press("Escape")
    story.terminal.wait_gone("filter:")
    story.at(1)
    story.press("f 储能 Escape j")
    story.at(2)
    assert "filter:" not in story.terminal.text
    story.press("5 g")
    story.see(" 5g ")
    story.press("Escape")
    story.terminal.wait_gone(" 5g ")


def test_it_rests_when_nothing_is_pressed(story: Story) -> None:
    story.terminal.settle(1.0)  # fails where it never is silent for so long
