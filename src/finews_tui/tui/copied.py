"""What was copied last, over the panes: where it was sent, and the text itself."""

from __future__ import annotations

from collections.abc import Sequence

from finews_tui.page.line import Line
from finews_tui.page.wrap import wrap_text
from finews_tui.tui.bindings import Keymap
from finews_tui.tui.clipboard import Sent
from finews_tui.tui.sheet import Pages


class Copied(Pages):
    """The text that was copied last, to be read and selected."""

    def __init__(self, sent: Sent, keymap: Keymap) -> None:
        super().__init__("Copied", keymap)
        self._sent = sent

    def lines(self, width: int) -> Sequence[Line]:
        """Where it was sent, and the text."""
        sent = self._sent
        told = (f"Sent to {sent.where}." if sent.places else "", *sent.problems)
        lines: list[Line] = []
        for sentence in filter(None, told):
            lines += wrap_text(sentence, width, "dim")
        lines.append(())
        for line in sent.text.splitlines():
            lines += wrap_text(line, width, "text") or [()]
        return lines
