"""The commands that choose from many: a category, a ticker, a day, what to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from finews_tui.library import Facet, FacetKind, Filter, Headline, Library, Not, Query
from finews_tui.tui.history import Asked
from finews_tui.tui.initials import initials

if TYPE_CHECKING:
    from finews_tui.tui.offers import Offer, Offers
    from finews_tui.tui.screen import ReaderScreen

CATEGORIES: tuple[tuple[FacetKind, str], ...] = (
    ("views", "view"),
    ("sources", "source"),
    ("sectors", "sector"),
    ("categories", "category"),
    ("months", "month"),
    ("years", "year"),
)
"""What ``c`` goes to, with what a row says of it."""
DATES: tuple[tuple[FacetKind, str], ...] = (("days", ""), ("months", "month"), ("years", "year"))
_SPAN = re.compile(r"\d{1,5}[dw]|today")
_PARTING = re.compile(r"[/.年月]")


class Choosing:
    """The dialogs in which one finds what the list shall show."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def action_go_category(self, count: int | None) -> None:
        """A view, a source, a sector, a category, a month."""
        from finews_tui.tui.offers import Offers

        self._choose(Offers("category: ", "No category fits."), CATEGORIES)

    def action_find_ticker(self, count: int | None) -> None:
        """A ticker; those of the current post come first."""
        from finews_tui.tui.offers import Offers

        dialog = Offers("ticker: ", "No ticker of the archive fits.")
        self._choose(dialog, (("tickers", ""), ("sectors", "sector")), self._own_first)

    def action_go_date(self, count: int | None) -> None:
        """A day, a month, a year."""
        from finews_tui.tui.offers import Offers

        dialog = Offers("date: ", "No post is of that date.", reads=_span, spelled=_date)
        self._choose(dialog, DATES)

    def action_exclude(self, count: int | None) -> None:
        """Leave the source, a ticker or a category of the current post out of the list."""
        from finews_tui.tui.offers import Offers

        row = self.screen.headlines.current
        if row is None:
            self.screen.say("There is no post here.")
            return
        dialog = Offers("exclude: ", "Nothing of this post fits.")
        dialog.offer(_excluded(row))
        self.screen.open_dialog(dialog, self._exclude)

    def _choose(
        self,
        dialog: Offers,
        kinds: Sequence[tuple[FacetKind, str]],
        arrange: Callable[[list[Offer]], list[Offer]] = lambda offers: offers,
    ) -> None:
        self.screen.open_dialog(dialog, self._chosen)
        self.screen.start(self._offer(dialog, kinds, arrange), "offers")

    async def _offer(
        self,
        dialog: Offers,
        kinds: Sequence[tuple[FacetKind, str]],
        arrange: Callable[[list[Offer]], list[Offer]],
    ) -> None:
        from finews_tui.tui.offers import Offer

        offers: list[Offer] = []
        for kind, note in kinds:
            facets: list[Facet] = await self.screen.librarian.ask(Library.facets, kind)
            offers += [
                Offer(facet.label, facet.query, note or facet.group, facet.total)
                for facet in facets
            ]
        dialog.offer(arrange(without_pinyin(offers)))

    def _own_first(self, offers: list[Offer]) -> list[Offer]:
        """The tickers of the current post before the others, in its order."""
        queries = [str(Query.of("ticker", symbol)) for symbol in self.screen.reading.symbols]
        place = {query: number for number, query in enumerate(queries)}
        return sorted(offers, key=lambda offer: place.get(offer.query, len(place)))

    def _chosen(self, offer: Offer | None) -> None:
        if offer is not None:
            self.screen.finding.go(Query.parse(offer.query), key=self.screen.place.key)

    def _exclude(self, offer: Offer | None) -> None:
        if offer is None:
            return
        asked = self.screen.asked
        self.screen.leave()
        self.screen.finding.ask(Asked(asked.base, asked.filter & Query.parse(offer.query)))


def without_pinyin(offers: Sequence[Offer]) -> list[Offer]:
    """``offers`` but for categories that are the pinyin of a source beside them.

    Upstream names a category after each source; its Chinese name is there already.
    """
    sources = [initials(offer.label) for offer in offers if offer.note == "source"]

    def is_pinyin(name: str) -> bool:
        return name.isascii() and any(
            len(name) >= 2 * len(letters) and _has_in_order(name.lower(), letters)
            for letters in sources
        )

    return [o for o in offers if o.note != "category" or not is_pinyin(o.label)]


def _has_in_order(name: str, letters: Sequence[str]) -> bool:
    """Whether ``name`` begins with the first of ``letters`` and has the others in their order."""
    at = -1
    for several in letters:
        places = [place for letter in several if (place := name.find(letter, at + 1)) >= 0]
        if not places or (at < 0 and min(places) > 0):
            return False
        at = min(places)
    return bool(letters)


def _excluded(row: Headline) -> list[Offer]:
    """What can be left out of the list on which ``row`` stands."""
    from finews_tui.tui.offers import Offer

    named = [("source", row.source or "", row.source or "")]
    named += [
        ("ticker", badge.symbol, f"{badge.name or ''} {badge.symbol}".strip())
        for badge in (*row.tickers, *row.sectors)
    ]
    named += [("cat", name, name) for name in row.categories]
    note = {"cat": "category"}
    return [
        Offer(label, str(Query((Not(Filter(field, value)),))), note.get(field, field))
        for field, value, label in named
        if value
    ]


def _date(typed: str) -> str:
    """``6/14`` and ``2022年5月31日`` as days are named here: ``06-14``, ``2022-05-31``."""
    parts = _PARTING.sub("-", typed.rstrip("年月日")).split("-")
    return "-".join([part.zfill(2) for part in parts[:-1]] + parts[-1:])


def _span(typed: str) -> list[Offer]:
    """What the language of queries makes of it: ``3d``, ``2w`` and ``today`` are no names."""
    from finews_tui.tui.offers import Offer

    if _SPAN.fullmatch(typed) is None:
        return []
    return [Offer(typed, str(Query.of("since", typed)), "since then")]
