"""One reader for each size of the window, shared by the stories."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from finews_tui.settings import sample_archive
from tests.stories.story import Row, Story, rows_of
from tools.person import reader

SIZES = [(160, 50), (100, 30), (80, 24), (40, 20)]


@pytest.fixture(scope="session")
def sample_rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The sample archive, as the command line lists it."""
    return rows_of(tmp_path_factory.mktemp("oracle"))


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def running(
    request: pytest.FixtureRequest,
    sample_rows: list[Row],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Story]:
    """A reader on the sample archive, indexed and at rest."""
    columns, lines = request.param
    home = tmp_path_factory.mktemp("home")
    with reader(home, str(sample_archive()), columns=columns, rows=lines) as terminal:
        story = Story(terminal, sample_rows, columns, lines, home)
        story.at(1)
        yield story


@pytest.fixture
def story(running: Story) -> Story:
    """The reader at its beginning: the whole archive, the first row of the list."""
    running.beginning()
    return running
