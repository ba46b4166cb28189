"""The extractor's version: another one wherever a row could be another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.version import RELEASE, digest_of, extractor_version


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name in ("stage.py", "vocabulary/words.tsv", "language/model/parser/model"):
        put(tmp_path, name, name)
    return tmp_path


def put(package: Path, name: str, text: str) -> None:
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        pytest.param("stage.py", True, id="code"),
        pytest.param("vocabulary/words.tsv", True, id="a word"),
        pytest.param("language/model/parser/model", True, id="weights"),
        pytest.param("vocabulary/more.tsv", True, id="another vocabulary"),
        pytest.param("language/training/config.py", False, id="how the weights were trained"),
        pytest.param("language/CARD.md", False, id="documentation"),
        pytest.param("__pycache__/stage.cpython-311.pyc", False, id="what Python keeps"),
    ],
)
def test_what_can_change_a_row_changes_the_version(package: Path, name: str, counts: bool) -> None:
    before = digest_of(package)
    put(package, name, "changed")
    assert (digest_of(package) != before) == counts


def test_a_text_that_moves_to_another_file_counts(package: Path) -> None:
    before = digest_of(package)
    (package / "stage.py").rename(package / "stages.py")
    assert digest_of(package) != before


def test_the_version_names_the_release() -> None:
    assert extractor_version().startswith(f"{RELEASE}+")
