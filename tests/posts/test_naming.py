"""Which article a file is by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.posts import key_of
from finews_tui.posts.naming import stem_of

CODE = "202205312398034850"


@pytest.mark.parametrize("name", ["2022-05-31-{}.md", "2022-05-31-NW{}.md", "-{}.md", "{}.html"])
def test_the_code_of_upstream_is_the_key(name: str) -> None:
    assert key_of(Path("/archive/_posts", name.format(CODE))) == CODE


@pytest.mark.parametrize(
    "stem",
    [
        "2021-12-01-init",
        f"x{CODE}",
        f"1{CODE}",
        f"x-XNW{CODE}",
        f"xNW{CODE}",
        CODE[:-1],
        f"{CODE}x",
    ],
)
def test_any_other_name_is_itself_the_key(stem: str) -> None:
    assert key_of(Path(f"/archive/_posts/{stem}.md")) == stem


def test_digits_of_other_scripts_are_no_code() -> None:
    assert key_of(Path(f"-{'٣' * 18}.md")) == f"-{'٣' * 18}"


@given(st.text(st.sampled_from("ab.-/ 新"), max_size=9))
def test_the_stem_is_that_of_a_path(tail: str) -> None:
    path = Path(f"/archive/{tail}x")
    assert stem_of(str(path)) == path.stem
