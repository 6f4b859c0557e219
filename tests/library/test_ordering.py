"""Hits of runs that overlap in time come in the order of lists, and no run before its turn."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from finews_tui.library.ordering import in_order
from finews_tui.library.postings import UNDATED
from finews_tui.library.runs import Stretch, Titles

_EPOCHS = st.one_of(st.integers(0, 9), st.integers(0, 1_000), st.just(UNDATED))


def _key_of(post: int) -> str:
    return f"{post * 7_919 % 1_000:03}"


def _run(posts: list[tuple[int, int]]) -> Titles:
    """Return a run of posts, each an epoch and an id."""
    ordered = sorted(posts, key=lambda post: (post[0], _key_of(post[1])), reverse=True)
    return Titles([(post, None if epoch == UNDATED else epoch, "", "") for epoch, post in ordered])


@given(
    st.lists(st.lists(_EPOCHS, min_size=1, max_size=12), max_size=6),
    st.lists(_EPOCHS, max_size=30),
    st.integers(0, 1 << 30),
)
def test_all_hits_in_order(epochs: list[list[int]], later: list[int], seed: int) -> None:
    chance = random.Random(seed)
    ids = iter(chance.sample(range(1, 1_000), 200))
    runs = [_run([(epoch, next(ids)) for epoch in some]) for some in epochs]
    others = sorted(((epoch, next(ids)) for epoch in later), reverse=True)
    others.sort(key=lambda post: (post[0], _key_of(post[1])), reverse=True)
    stretches = [_run(others[start : start + 4]) for start in range(0, len(others), 4)]
    hits = {post for run in (*runs, *stretches) for post in run.posts if chance.random() < 0.7}

    def look(run: Stretch) -> Iterator[Sequence[int]]:
        places = [place for place, post in enumerate(run.posts) if post in hits]
        while places:
            count = chance.randint(0, 3)
            yield places[:count]
            places = places[count:]

    found = [
        run.posts[place]
        for run, places in in_order(runs, iter(stretches), look, _key_of)
        for place in places
    ]
    moments = {
        post: (epoch, _key_of(post))
        for run in (*runs, *stretches)
        for post, epoch in zip(run.posts, run.epochs, strict=True)
    }
    assert found == sorted(hits, key=moments.__getitem__, reverse=True)


def test_an_older_run_is_not_looked_at_before_its_turn() -> None:
    runs = [_run([(epoch * 10 + i, epoch * 10 + i + 1) for i in range(5)]) for epoch in range(9)]
    looked: list[int] = []

    def look(run: Stretch) -> Iterator[Sequence[int]]:
        looked.append(run.newest)
        yield range(5)

    pieces = in_order(runs, iter(()), look, _key_of)
    assert list(next(pieces)[1]) == [0, 1, 2, 3, 4]
    assert looked == [84]
    assert list(next(pieces)[0].posts) == [75, 74, 73, 72, 71]
    assert looked == [84, 74]
