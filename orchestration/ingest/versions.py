"""From raw articles to document versions, the first rows of the warehouse.

Belongs here: cleaning, naming, and finding texts that are already there. Does not belong here:
reading files, and deciding what is extracted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from extraction.rows import version_id_of
from orchestration.ingest.clean import clean
from orchestration.ingest.identity import document_id_of
from orchestration.ingest.problem import FileProblem, IngestError
from orchestration.ingest.similarity import SimilarityIndex, signature_of
from orchestration.ingest.source import RawArticle
from orchestration.tables import DOCUMENT_VERSIONS

DEFAULT_THRESHOLD = 0.8
_FILLED_BY_LOADER = ("run_id", "loaded_at", "flags")
VERSION_SCHEMA = pa.schema(
    [field for field in DOCUMENT_VERSIONS.arrow_schema if field.name not in _FILLED_BY_LOADER]
)


@dataclass(frozen=True, slots=True)
class LandedVersion:
    """A version that the warehouse already holds: the columns of landing.document_versions needed
    here."""

    document_id: str
    version_id: str
    source_path: str
    text_signature: str


def to_versions(
    raw: Sequence[RawArticle],
    landed: Iterable[LandedVersion] = (),
    near_duplicate_threshold: float = DEFAULT_THRESHOLD,
) -> tuple[pa.Table, list[FileProblem]]:
    """One row per article with a text of its own, in the order given, and the duplicates as
    problems.

    The table has the columns of landing.document_versions except run_id, loaded_at and flags.
    `landed`, in the order of loading, is what the warehouse holds: an article whose text is there
    under another document is a problem (same_text_landed); one that is there as the same document
    is passed on, for its publication date may be new. Two articles of `raw` with one text: the
    second is a problem (same_text). Each version is linked to the nearest earlier one of another
    document.
    """
    index = SimilarityIndex(near_duplicate_threshold)
    holders: dict[str, tuple[str, str]] = {}
    for version in landed:
        holders.setdefault(version.version_id, (version.document_id, version.source_path))
        index.add(version.version_id, version.document_id, version.text_signature)
    here: set[str] = set()
    rows: list[dict[str, Any]] = []
    problems: list[FileProblem] = []
    for article in raw:
        row = _row(article)
        version_id, document_id = row["version_id"], row["document_id"]
        holder = holders.setdefault(version_id, (document_id, _named(article)))
        if version_id in here or holder[0] != document_id:
            rule = "same_text" if version_id in here else "same_text_landed"
            problems.append(_duplicate(rule, article, holder[1]))
            continue
        here.add(version_id)
        nearest = index.nearest(document_id, row["text_signature"])
        row["near_duplicate_of"], row["near_duplicate_share"] = nearest or (None, None)
        index.add(version_id, document_id, row["text_signature"])
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=VERSION_SCHEMA), problems


def _row(article: RawArticle) -> dict[str, Any]:
    text = clean(article.text)
    return {
        "document_id": document_id_of(article),
        "version_id": version_id_of(text),
        "source_path": article.source_path,
        "source_record": article.source_record,
        "source_format": article.source_format,
        "file_hash": article.file_hash,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "publisher": article.publisher,
        "published_date": article.published_date,
        "published_source": article.published_source,
        "language": article.language,
        "clean_text": text,
        "char_count": len(text),
        "text_signature": signature_of(text),
    }


def _named(article: RawArticle) -> str:
    if article.source_record is None:
        return article.source_path
    return f"{article.source_path}, record {article.source_record}"


def _duplicate(rule: str, article: RawArticle, other: str) -> FileProblem:
    error = IngestError(rule, other=other, observed=other, evidence=article.text[:200])
    return error.about(article.source_path, article.file_hash, article.source_record)
