"""Choosing by a few letters what the list shows, at every size of the window."""

from __future__ import annotations

from tests.stories.story import Story


def test_a_ticker_by_its_pinyin_code_and_name(story: Story) -> None:
    found = story.found("ticker:09741")
    assert 1 < len(found) < story.total
    for typed in ("l z k j", "9 7 4 1 . h k", "岚舟科技"):
        story.press("T")
        story.see("ticker: ")
        story.press(typed)
        story.see("09741.HK")
        story.press("Enter")
        story.terminal.wait_gone("ticker: ")
        story.terminal.wait_for(
            lambda: story.position is not None and story.position[1] == len(found)
        )
        story.press("g h g g")
        story.at(1)
    story.press("T 没有这个")
    story.see("No ticker of the archive fits.")
    story.press("Esc")
    story.terminal.wait_gone("ticker: ")


def test_a_category(story: Story) -> None:
    found = story.found("source:蓝桥数据")
    story.press("c l q s j Enter")  # at once, before the names are there
    story.terminal.wait_for(lambda: story.position is not None and story.position[1] == len(found))
    story.press("g h g g")
    story.at(1)
    story.press("c Esc")
    story.terminal.wait_gone("category: ")
    story.go("j", 2)


def test_a_date(story: Story) -> None:
    for typed, query in (
        ("6 / 1 3", "since:2022-06-13 until:2022-06-13"),
        ("2 0 2 2 - 0 5", "since:2022-05 until:2022-05"),
    ):
        found = story.found(query)
        assert 1 < len(found) < story.total
        story.press("g d")
        story.see("date: ")
        story.press(f"{typed} Enter")
        story.terminal.wait_for(
            lambda found=found: story.position is not None and story.position[1] == len(found)  # type: ignore[misc]  # mypy infers no lambda with a default
        )
        story.press("g h g g")
        story.at(1)


def test_leaving_out(story: Story) -> None:
    source = story.rows[0]["source"]
    left = story.found(f"-source:{source}")
    assert 0 < len(left) < story.total
    story.press("x")
    story.see("exclude: ")
    story.see(source)
    story.press("Enter")
    story.terminal.wait_for(lambda: story.position is not None and story.position[1] == len(left))
    story.go("H", 1)
    story.press("x Esc")
    story.terminal.wait_gone("exclude: ")
    story.at(1)
