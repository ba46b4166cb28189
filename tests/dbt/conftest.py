"""dbt builds that tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from warehouse_build import Built, build
from warehouse_sample import Rows, sample_rows


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample, built once for all tests that only look at it."""
    return build(tmp_path_factory.mktemp("dbt"), sample_rows())


@pytest.fixture
def build_with(tmp_path: Path) -> Callable[[Rows], Built]:
    """Builds other rows."""
    return lambda rows: build(tmp_path, rows)
