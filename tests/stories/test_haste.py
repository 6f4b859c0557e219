"""The same keys lead to the same place however fast they are typed: here all at once."""

from __future__ import annotations

import pytest

from tests.stories.story import Story


def test_a_key_is_not_undone_by_the_answer_before_it(story: Story) -> None:
    """At every distance between two questions, not only where nothing can go wrong."""
    for _ in range(3):
        story.go("2 0 G", 20)
        story.go("g h j", 21)
        story.go("g h g g", 1)
        story.go("2 0 G g u g h G g s g h 3 j g h g g", 1)


def test_the_end_of_the_post_that_is_opened(story: Story) -> None:
    story.press("7 G Enter G")
    story.shows_at_end(7)
    story.press("g g h 1 2 G l G h 7 G l")
    story.shows_at_end(7)


def test_the_other_pane_is_that_of_the_selected_post(story: Story) -> None:
    if story.columns < 80:
        return  # the article cannot be seen from the list
    story.press("5 G 9 9 9 J")
    story.shows_at_end(5)


def test_reading_on_skips_no_post(story: Story) -> None:
    story.unread_again()
    story.press("Enter G Space Space")
    story.rest()
    assert story.position == (2, story.total)
    assert not {1, 2} & set(story.found("is:unread"))
    assert 3 in story.found("is:unread")


def test_what_is_unfolded_is_there_for_the_next_key(story: Story) -> None:
    story.focus("M-1 - g g / Dates Enter l j Enter", "list")
    year = story.rows[0]["published"][:4]
    of_year = [row for row in story.rows if row["published"].startswith(year)]
    story.at(1, len(of_year))
    story.press("M-1 - g g g h")


def test_what_the_tree_has_not_shown_yet_is_found(story: Story) -> None:
    symbol = story.rows[3]["tickers"][0]
    same = [row for row in story.rows if symbol in row["tickers"]]
    story.press(f"M-1 g g / {symbol} Enter Enter")
    story.terminal.wait_for(lambda: story.position is not None and story.position[1] == len(same))
    story.press("M-1 - g g g h")


def test_what_comes_of_a_dialog_acts_before_the_next_key(story: Story) -> None:
    story.go("C-p last Enter k", story.total - 1)
    story.unread_again()
    story.go("M y g u", 0, 0)
    story.go("u g h g g", 1)


def test_a_dialog_takes_the_keys_that_are_typed_with_it(story: Story) -> None:
    story.press("? G")
    story.see("takes a count")
    story.press("q 5 G ? / undo Enter")
    story.see("Undo the last")
    story.press("q ? q i q ? q")
    story.go("3 G", 3)


@pytest.mark.parametrize("keys", ["m u p", "F p", "f x Esc / 不存在的词 Enter p"])
def test_what_one_does_now_is_seen_at_once(story: Story, keys: str) -> None:
    story.unread_again()
    story.press(keys)
    story.see("paused")
    story.press("m u F p")
    story.terminal.wait_gone("paused")
    story.press("m u")
    story.see("Undo: 1 post.")
    story.press("f 储能 Enter")
    story.see("· 储能")
    story.press("F")


def test_what_is_typed_after_a_choice_is_meant_for_what_is_chosen(story: Story) -> None:
    symbol = story.rows[3]["tickers"][0]
    same = [row for row in story.rows if symbol in row["tickers"]]
    story.go(f"T {symbol} Enter 2 G", 2, len(same))
