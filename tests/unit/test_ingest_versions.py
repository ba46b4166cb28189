"""Identity of documents and versions, duplicates and near-duplicates."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extraction.rows import version_id_of
from orchestration.ingest import LandedVersion, RawArticle, to_versions
from orchestration.ingest.identity import document_id_of
from orchestration.ingest.similarity import signature_of
from orchestration.tables import DOCUMENT_VERSIONS

WORDS = [f"word{number}" for number in range(300)]
LONG = " ".join(WORDS)
NEARLY = " ".join([*WORDS[:150], "changed", *WORDS[151:]])

ARTICLE = RawArticle(
    source_path="a.txt",
    source_record=None,
    source_format="txt",
    file_hash="0" * 64,
    canonical_url=None,
    title="Title",
    publisher="Wire",
    published_date=dt.date(2024, 5, 2),
    published_source="sidecar",
    language="en",
    text="Two buses left.\r\n",
)


def rows(*articles: RawArticle, landed: tuple[LandedVersion, ...] = ()) -> list[dict[str, Any]]:
    table, problems = to_versions(articles, landed)
    assert problems == []
    return table.to_pylist()


def landed(row: dict[str, Any]) -> LandedVersion:
    keys = ("document_id", "version_id", "source_path", "text_signature")
    return LandedVersion(**{key: row[key] for key in keys})


def test_a_version_is_its_clean_text() -> None:
    (row,) = rows(ARTICLE)
    assert row["clean_text"] == "Two buses left."
    assert row["version_id"] == version_id_of("Two buses left.")
    assert row["char_count"] == len("Two buses left.")


def test_the_table_has_the_landing_columns_that_the_loader_does_not_fill() -> None:
    table, _ = to_versions([ARTICLE])
    loader = {"run_id", "loaded_at", "flags"}
    expected = [c.name for c in DOCUMENT_VERSIONS.columns if c.name not in loader]
    assert table.column_names == expected
    assert to_versions([])[0].schema == table.schema


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param({}, {"text": "New text."}, True, id="a new text is the same document"),
        pytest.param({}, {"source_path": "b.txt"}, False, id="another file is another document"),
        pytest.param(
            {"canonical_url": "https://w.example/1"},
            {"canonical_url": "https://w.example/1", "source_path": "b.txt"},
            True,
            id="one address is one document, in whatever file",
        ),
        pytest.param(
            {"record_key": "1"}, {"record_key": "2"}, False, id="two records are two documents"
        ),
        pytest.param(
            {"record_key": "7", "source_record": 1},
            {"record_key": "7", "source_record": 9},
            True,
            id="a record with an id may move inside its file",
        ),
    ],
)
def test_documents(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    first, second = (document_id_of(replace(ARTICLE, **change)) for change in (one, other))
    assert (first == second) is same


def test_the_second_file_with_one_text_names_the_first() -> None:
    table, problems = to_versions([ARTICLE, replace(ARTICLE, source_path="b.txt")])
    assert table["source_path"].to_pylist() == ["a.txt"]
    assert [(p.rule, p.source_path, p.observed) for p in problems] == [
        ("same_text", "b.txt", "a.txt")
    ]


def test_a_text_that_has_landed_from_another_file_is_not_read_again() -> None:
    before = landed(rows(ARTICLE)[0])
    table, problems = to_versions([replace(ARTICLE, source_path="b.txt")], [before])
    assert table.num_rows == 0
    assert [(p.rule, p.observed) for p in problems] == [("same_text_landed", "a.txt")]


def test_the_same_document_with_the_same_text_is_passed_on() -> None:
    """Its description may have a new date."""
    before = landed(rows(ARTICLE)[0])
    (row,) = rows(replace(ARTICLE, published_date=dt.date(2024, 5, 3)), landed=(before,))
    assert row["published_date"] == dt.date(2024, 5, 3)


def test_a_document_that_returns_to_an_older_text_is_passed_on() -> None:
    before = [landed(row) for row in rows(ARTICLE, replace(ARTICLE, text="Three buses left."))]
    assert len(rows(ARTICLE, landed=tuple(before))) == 1


def test_a_nearly_equal_text_is_linked_to_the_earlier_one() -> None:
    first, second = rows(
        replace(ARTICLE, text=LONG), replace(ARTICLE, text=NEARLY, source_path="b.txt")
    )
    assert first["near_duplicate_of"] is None
    assert second["near_duplicate_of"] == first["version_id"]
    assert second["near_duplicate_share"] == pytest.approx(0.967, abs=0.06)


def test_landed_versions_are_compared_too() -> None:
    before = landed(rows(replace(ARTICLE, text=LONG))[0])
    (row,) = rows(replace(ARTICLE, text=NEARLY, source_path="b.txt"), landed=(before,))
    assert row["near_duplicate_of"] == before.version_id


def test_an_update_of_a_document_is_not_its_own_duplicate() -> None:
    _, second = rows(replace(ARTICLE, text=LONG), replace(ARTICLE, text=NEARLY))
    assert second["near_duplicate_of"] is None


def test_different_texts_are_not_linked() -> None:
    half = " ".join([*WORDS[:150], *(f"other{number}" for number in range(150))])
    _, second = rows(replace(ARTICLE, text=LONG), replace(ARTICLE, text=half, source_path="b.txt"))
    assert second["near_duplicate_of"] is None


def test_signatures_are_equal_under_every_hash_seed() -> None:
    program = (
        "from orchestration.ingest.similarity import signature_of;"
        f"print(signature_of({LONG!r}), end='')"
    )
    root = Path(__file__).parents[2]
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {signature_of(LONG)}
