"""The sequences that we write ourselves: OSC 52 to copy, OSC 8 for links."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.tui.sequences import LARGEST_COPY, can_copy, osc8, osc52, wrapped_copy

URL = "https://finance.example.com/a/202203112305.html"


class TestClipboard:
    """OSC 52."""

    def test_plain(self) -> None:
        assert osc52("茅台", {"TERM": "xterm"}) == "\x1b]52;c;6IyF5Y+w\x07"

    def test_tmux_gets_it_twice(self) -> None:
        plain = osc52("a", {})
        wrapped = "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
        assert osc52("a", {"TMUX": "/tmp/tmux-0/default,1,0"}) == plain + wrapped

    def test_screen_gets_it_in_pieces(self) -> None:
        text = "x" * 3_000
        sequence = osc52(text, {"STY": "1.pts", "TERM": "screen"})
        pieces = sequence.split("\x1b\\")[:-1]
        assert all(piece.startswith("\x1bP") and len(piece) < 768 for piece in pieces)
        assert "".join(piece.removeprefix("\x1bP") for piece in pieces) == osc52(text, {})

    def test_who_is_known_by_term_alone_gets_a_plain_one_too(self) -> None:
        plain = osc52("a", {"TERM": "xterm"})
        beyond_tmux = osc52("a", {"TERM": "tmux-256color"})
        assert beyond_tmux == osc52("a", {"TMUX": "x"}) and beyond_tmux.startswith(plain)
        assert osc52("a", {"TERM": "screen-256color"}) == plain + f"\x1bP{plain}\x1b\\"

    def test_too_long_is_not_sent(self) -> None:
        longest = LARGEST_COPY // 4 * 3
        assert osc52("x" * longest, {})
        assert osc52("x" * (longest + 3), {}) == ""

    def test_a_lone_surrogate_does_not_break_it(self) -> None:
        assert osc52("a\ud800b", {})

    @given(st.text(max_size=200))
    def test_the_text_cannot_leave_its_sequence(self, text: str) -> None:
        sequence = osc52(text, {})
        body = sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")
        assert base64.b64decode(body) == text.encode("utf-8", "replace")
        assert (body.isascii() and body.isprintable()) or body == ""

    @pytest.mark.parametrize(("term", "can"), [("xterm", True), ("linux", False), ("", False)])
    def test_where_it_makes_sense(self, term: str, can: bool) -> None:
        assert can_copy("x", {"TERM": term}) == can

    def test_what_textual_writes_is_wrapped(self) -> None:
        tmux = {"TMUX": "x", "TERM": "tmux-256color"}
        assert wrapped_copy(osc52("茅台", {}), tmux) == osc52("茅台", tmux)
        assert wrapped_copy(osc52("茅台", {}), {"TERM": "xterm"}) == osc52("茅台", {})
        assert wrapped_copy(osc52("茅台", {}), {"TERM": "linux"}) == ""
        assert wrapped_copy("\x1b[2J", tmux) == "\x1b[2J"
        assert wrapped_copy("\x1b]52;c;%%%\x07", tmux) == "\x1b]52;c;%%%\x07"


class TestHyperlink:
    """OSC 8."""

    def test_a_link(self) -> None:
        assert osc8(URL, "original") == f"\x1b]8;;{URL}\x1b\\original\x1b]8;;\x1b\\"

    def test_a_refused_address_is_just_text(self) -> None:
        assert osc8("file:///etc/passwd", "text") == "text"
