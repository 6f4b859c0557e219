"""A listing leads from row to id and back, in a few bytes a row."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finews_tui.library import Listing


@given(st.lists(st.integers(1, 50_000), unique=True, max_size=50))
def test_back_and_forth(ids: list[int]) -> None:
    listing = Listing(ids)
    assert len(listing) == len(ids)
    assert list(listing) == ids
    assert [listing.index(post) for post in ids] == list(range(len(ids)))
    assert listing.index(50_001) is None
    assert list(listing[1:3]) == ids[1:3]


def test_a_long_one_uses_its_inverse() -> None:
    listing = Listing(range(20_000, 0, -1))
    assert listing.index(20_000) == 0
    assert listing.index(1) == 19_999
    for missing in (0, -1, 20_001, 10**12):
        assert listing.index(missing) is None
        assert missing not in listing
    assert 7 in listing
    assert listing.index(20_000, 1) is None
    assert listing.index(1, 0, 19_999) is None
    assert listing[-1] == 1


def test_it_is_compared_by_identity() -> None:
    one, other = Listing([1]), Listing([1])
    assert one != other
    assert one == one
    assert len({one, other}) == 2


def test_it_is_small() -> None:
    listing = Listing(range(100_000))
    assert sys.getsizeof(listing[:]) < 100_000 * 4 + 200


def test_a_row_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        Listing()[0]
