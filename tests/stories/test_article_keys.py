"""What an article holds is reached by a few keys, at every size of the window."""

from __future__ import annotations

import re

from tests.stories.story import Story

LINKING = "202206142410188829"
LINKED = "202206142410488871"
"""Two posts of the sample; the first one links to the second."""


def open_linking(story: Story) -> int:
    """Open the post with links, at its last line; its row."""
    row = next(n for n, post in enumerate(story.rows, 1) if post["key"] == LINKING)
    story.go(f"{' '.join(str(row))} G", row)
    story.focus("l", "article")
    story.press("G")
    story.see("原文 ")
    return row


def hints(story: Story) -> list[str]:
    """The letters that stand for the numbers of links."""
    return re.findall(r"\[([a-z])\]", story.terminal.text)


def test_link_hints(story: Story) -> None:
    row = open_linking(story)
    title = next(post["title"] for post in story.rows if post["key"] == LINKED)
    story.press(";")
    story.terminal.wait_for(lambda: hints(story))
    story.press("Esc")
    story.terminal.wait_for(lambda: not hints(story))
    story.press("g g")
    story.shows(row)
    story.press("; a")  # the first badge
    story.terminal.wait_for(lambda: story.position is not None and story.position[1] < story.total)
    story.go("H", row)
    story.focus("M-3", "article")
    story.press("= G")
    story.see("原文 ")
    story.press(";")
    story.terminal.wait_for(lambda: hints(story))
    story.press(hints(story)[0])
    story.see(title[:6])
    story.see(f"{story.total}" if story.columns < 60 else "in the archive")
    story.press("H")
    story.at(row)


def test_related_articles_fold(story: Story) -> None:
    open_linking(story)
    story.see("相关报道 · 2 ▸")
    story.press("Enter G")
    story.terminal.wait_gone("2 ▸")
    story.see("[3]")
    story.press("- G")
    story.see("相关报道 · 2 ▸")
    story.terminal.wait_gone("[3]")
    story.press("/ 走进三线 Enter")
    story.see("走进三线")
    story.terminal.wait_gone("2 ▸")


def test_the_outline(story: Story) -> None:
    story.focus("l", "article")
    story.shows(1)
    story.press("g O")
    story.see("heading: ")
    story.see("价格战里为什么还能赚钱")
    story.press("j g z Enter")
    story.terminal.wait_gone("heading: ")
    story.see("价格战里为什么还能赚钱")
    story.press("g O Esc")
    story.terminal.wait_gone("heading: ")


def test_words_of_the_search_and_their_count(story: Story) -> None:
    story.press("S 储能 Enter")
    story.terminal.wait_for(lambda: story.position is not None and story.position[1] < story.total)
    story.press("l n")
    story.see("Match 1 of ")
    story.press("n")
    story.see("Match 2 of ")
    story.press("/ 盐湖")
    story.see("matches")
    story.press("Enter")
    story.see("Match 1 of ")
