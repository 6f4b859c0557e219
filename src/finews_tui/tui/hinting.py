"""Link hints and the outline: what stands in an article, reached by a few letters.

Letters lie over what can be opened on the screen; typing them opens it. Every other key, and
scrolling, takes them away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from finews_tui.tui.keys import token_of

if TYPE_CHECKING:
    from finews_tui.page.targets import Target
    from finews_tui.tui.outline import Section
    from finews_tui.tui.screen import ReaderScreen

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The letters of hints, those below the resting fingers first."""


def labels(count: int) -> list[str]:
    """So many labels, none the beginning of another: of one letter while these last."""
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return [first + second for first in LETTERS for second in LETTERS][:count]


class Hinting:
    """The commands that reach what stands in the article."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self._targets: dict[str, Target] = {}
        self._typed = ""

    # -- hints -------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether letters are shown, so that keys are meant for them."""
        return bool(self.screen.article.hints)

    def action_hint(self, count: int | None) -> None:
        """Put letters over everything in sight that can be opened."""
        from finews_tui.page.targets import targets

        screen = self.screen
        view = screen.article
        if view.article is None or not view.region:
            screen.say("No article is on the screen.")
            return
        found = targets(view.article, view.rows)
        if not found:
            screen.say("Nothing to open is in sight.")
            return
        self._targets = dict(zip(labels(len(found)), found, strict=False))
        self._typed = ""
        self._show()
        screen.say("Type the letters of what to open.")

    def _show(self) -> None:
        """The letters that may still be typed, each over its target."""
        hints: dict[int, list[tuple[int, str]]] = {}
        for label, target in self._targets.items():
            if label.startswith(self._typed):
                left = label[len(self._typed) :]
                # In place of a link's number; over the beginning of everything else.
                shown = f"[{left}]" if len(left) + 2 <= target.cells == len(left) + 2 else left
                hints.setdefault(target.row, []).append((target.column, shown))
        self.screen.article.show_hints(hints)

    def press(self, event: events.Key) -> bool:
        """Take a key while letters are shown; False where none are."""
        if not self.is_open:
            return False
        token = token_of(event.key, event.character) or ""
        typed = self._typed + token.lower()
        if (target := self._targets.get(typed)) is not None:
            self.close()
            self._open(target)
        elif len(token) == 1 and any(label.startswith(typed) for label in self._targets):
            self._typed = typed
            self._show()
        else:
            self.close()
        return True

    def close(self) -> None:
        """Take the letters away."""
        self._typed = ""
        self.screen.status.say("")
        self.screen.article.show_hints({})

    def _open(self, target: Target) -> None:
        screen = self.screen
        if target.is_rest:
            screen.choosing.action_find_ticker(None)
        elif target.is_fold:
            screen.article.fold()
        elif target.symbol:
            screen.finding.go_ticker(target.symbol)
        elif target.is_original:
            screen.sharing.open_url(target.url, "The original")
        else:
            screen.sharing.follow(target.url)

    # -- the outline -------------------------------------------------------------------------

    def action_outline(self, count: int | None) -> None:
        """The headings of the article; the chosen one comes to the top."""
        from finews_tui.tui.outline import Outline, sections

        screen = self.screen
        article = screen.article.article
        found = sections(article) if article is not None else []
        if not found:
            screen.say("This article has no headings.")
            return

        def chosen(section: Section | None) -> None:
            if section is not None:
                screen.focus_pane("article")
                screen.article.go_to_spot(section.spot)

        screen.open_dialog(Outline(found, screen.article.spot), chosen)
