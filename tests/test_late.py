"""Names that are loaded late are the names that were always there."""

from __future__ import annotations

import importlib

import pytest

from tests.test_architecture import loaded_by


@pytest.mark.parametrize("package", ["finews_tui.posts"])
def test_every_name_that_a_package_offers_can_be_had(package: str) -> None:
    module = importlib.import_module(package)
    for name in module.__all__:
        assert getattr(module, name) is getattr(module, name)
        assert name in vars(module), "it is kept once it was asked for"


def test_a_name_that_no_room_has_is_told_as_python_tells_it() -> None:
    with pytest.raises(ImportError, match="cannot import name"):
        exec("from finews_tui.posts import nothing")


def test_only_the_room_of_a_name_is_loaded() -> None:
    loaded = loaded_by("from finews_tui.posts import clean_text")
    assert "finews_tui.posts.clean" in loaded
    assert not {"finews_tui.posts.parsing", "finews_tui.posts.model", "yaml"} & loaded
