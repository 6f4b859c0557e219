"""Which addresses leave the reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.tui.addresses import LONGEST_URL, safe_url

URL = "https://finance.example.com/a/202203112305.html"


class TestPolicy:
    """Which addresses are opened."""

    @pytest.mark.parametrize(
        ("given_url", "opened"),
        [
            (URL, URL),
            ("http://example.com", "http://example.com"),
            ("//finance.example.com/a/1.html", "https://finance.example.com/a/1.html"),
            ("  https://example.com/a  ", "https://example.com/a"),
            ("HTTPS://example.com/a", "https://example.com/a"),
            (
                "https://example.com/股票?q=茅台#上",
                "https://example.com/%E8%82%A1%E7%A5%A8?q=%E8%8C%85%E5%8F%B0#%E4%B8%8A",
            ),
            ("https://example.com/%E8%82%A1", "https://example.com/%E8%82%A1"),
            ("https://例子.测试/a", "https://xn--fsqu00a.xn--0zwm56d/a"),
            ("https://例子.测试:8080/a", "https://xn--fsqu00a.xn--0zwm56d:8080/a"),
            ("http://example.com:8080/x?a=1&b=2", "http://example.com:8080/x?a=1&b=2"),
            ("http://[::1]:80/x", "http://[::1]:80/x"),
        ],
    )
    def test_opened(self, given_url: str, opened: str) -> None:
        assert safe_url(given_url) == opened

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ssh://host/-oProxyCommand=x",
            "mailto:a@example.com",
            "-https://example.com",
            "--version",
            "/etc/passwd",
            "example.com/a",
            "https:///nohost",
            "https://",
            "https://user:pass@example.com/",
            "https://user@example.com/",
            "https://example.com\\@evil.example/",
            "https://example.com/\x1b]0;x\x07",
            "https://example.com/\x9b2J",
            "https://example.com/\u202emoc",
            "https://example.com/a b",
            "https://example.com/a\nb",
            "https://-oProxy.example/",
            "https://example.com:99999/",
            "https://example.com:port/",
            "https://[::1/",
            "https://exa$(id)mple.com/",
            "https://" + "a" * LONGEST_URL + ".example",
            "https://" + "é" * 70 + ".example/",
            "https://example.com/" + "茅" * (LONGEST_URL // 9),
        ],
    )
    def test_refused(self, url: str) -> None:
        assert safe_url(url) is None

    @given(st.text(max_size=60) | st.text(max_size=40).map("https://example.com/".__add__))
    def test_what_passes_is_plain(self, text: str) -> None:
        address = safe_url(text)
        if address is not None:
            assert address.isascii() and address.isprintable() and " " not in address
            assert address.startswith(("http://", "https://"))
            assert safe_url(address) == address
