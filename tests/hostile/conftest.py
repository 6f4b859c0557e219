"""The hostile archive, planted and indexed once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile.attacks import ATTACKS, plant
from tests.stories.story import command


@dataclass(frozen=True)
class Planted:
    """An archive with every attack in every field, and the folders of somebody who reads it."""

    home: Path
    root: Path
    names: dict[str, str]
    """The keys of the posts, and the first words of their titles."""

    @property
    def total(self) -> int:
        """Posts of the archive; those of strange file names have plain titles."""
        return len(self.names) + len(ATTACKS)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The archive, with its index."""
    home = tmp_path_factory.mktemp("hostile")
    root = home / "news"
    names = plant(root)
    command(home, "index", "-a", str(root))
    return Planted(home, root, names)
