"""What can be opened in an article is found where it stands, at every width."""

from __future__ import annotations

import pytest

from finews_tui.page import TOP, Article, layout, plain, width_of
from finews_tui.page.pointing import badge_at, is_fold_at, link_at
from finews_tui.page.targets import Target, targets
from tests.page.make import BANKS, JD, JD_US, ZONE, mentions, post, samples


def all_targets(article: Article) -> list[Target]:
    return targets(article, article.lines_from(TOP, 10_000))


@pytest.mark.parametrize("width", [12, 20, 40, 76, 120])
def test_every_link_badge_and_picture_of_the_samples(width: int) -> None:
    for sample in samples():
        article = layout(sample, width, zone=ZONE)
        article.fold(False)
        rows = article.lines_from(TOP, 10_000)
        found = all_targets(article)
        urls = [target.url for target in found if target.url]
        assert set(urls) == {*(link.url for link in article.manuscript.links), sample.url or ""} - {
            ""
        }
        symbols = [target.symbol for target in found if target.symbol]
        assert symbols == list(article.manuscript.badges[: len(symbols)])
        assert any(target.is_rest for target in found) == (
            len(symbols) < len(article.manuscript.badges)
        )
        assert sum(target.is_original for target in found) == bool(sample.url)
        for target in found:
            spot, line = rows[target.row]
            assert target.column + target.cells <= width_of(plain(line))
            if target.url:
                assert link_at(article, spot, target.column) == target.url
            elif target.symbol:
                assert badge_at(article, spot, target.column) == target.symbol
                assert badge_at(article, spot, target.column + target.cells - 1) == target.symbol


@pytest.mark.parametrize("is_folded", [True, False])
def test_the_fold_is_a_target(is_folded: bool) -> None:
    article = layout(post("正文\n\n### 相关报道\n\n[甲](http://a)"), 60, zone=ZONE)
    article.fold(is_folded)
    (target,) = [target for target in all_targets(article) if target.is_fold]
    spot, line = article.lines_from(TOP, 99)[target.row]
    assert plain(line).strip() == f"相关报道 · 1 {'▸' if is_folded else '▾'}"
    assert is_fold_at(article, spot, target.column) and is_fold_at(article, spot, 4)
    assert not is_fold_at(article, spot, 59) and not is_fold_at(article, TOP, 4)
    assert [target.url for target in all_targets(article) if target.url] == (
        [] if is_folded else ["http://a"]
    )


def test_a_badge_that_is_broken_is_one() -> None:
    sample = post(tickers=mentions(JD, JD_US), sectors=mentions(BANKS))
    article = layout(sample, 12, zone=ZONE)
    badge, rest = all_targets(article)
    assert badge.symbol == "09618.HK" and rest.is_rest
    for spot, line in article.lines_from(TOP, 10):
        if plain(line).strip() == "09618.HK]":
            assert badge_at(article, spot, 4) == "09618.HK"
            break
    else:
        raise AssertionError("no line has the second half")
