"""Another language pipeline can take the bundled one's place, and rows say so by their version."""

from __future__ import annotations

from pathlib import Path

import pytest

import extraction
from extraction.language.pipeline import MODEL
from orchestration.settings import Settings
from orchestration.wiring import extractor_of

SENTENCE = "The army shelled two villages on Friday, officials said."


def test_without_the_setting_the_bundled_pipeline_reads() -> None:
    assert extractor_of(Settings()) == (extraction.extract, extraction.extractor_version())


def test_another_pipeline_reads_and_is_part_of_the_version() -> None:
    extractor, version = extractor_of(Settings(language_pipeline=str(MODEL)))
    assert version.startswith(f"{extraction.extractor_version()}+en_")
    assert extractor(SENTENCE, None).to_rows() == extraction.extract(SENTENCE).to_rows()


def test_a_pipeline_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none-here"):
        extractor_of(Settings(language_pipeline=str(tmp_path / "none-here")))
