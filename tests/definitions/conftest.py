"""The definitions with a prepared manifest, once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from orchestration import project
from orchestration.build import definitions_of
from orchestration.home import Home
from orchestration.settings import Settings
from orchestration.wiring import Wiring


@pytest.fixture(scope="session")
def wiring(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    root = tmp_path_factory.mktemp("definitions")
    (root / "raw").mkdir()
    settings = Settings(home=root / "home", raw=root / "raw", time_zone="Europe/Kyiv")
    return Wiring(settings, Home.at(settings.home), project.prepare(settings))


@pytest.fixture(scope="session")
def definitions(wiring: Wiring) -> dg.Definitions:
    return definitions_of(wiring)


@pytest.fixture
def raw(wiring: Wiring) -> Path:
    """The raw folder, empty before and after."""
    for path in wiring.settings.raw.iterdir():
        path.unlink()
    return wiring.settings.raw
