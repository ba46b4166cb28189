"""The suite `articles`: what must hold for every cleaned article before it is extracted."""

from __future__ import annotations

from expectations.rule import Rule
from expectations.rules import articles, identity

_REQUIRED = (
    *("document_id", "version_id", "source_path", "source_format", "file_hash"),
    *("published_source", "clean_text", "char_count"),
)
_OTHER = (
    *("source_record", "canonical_url", "title", "publisher", "published_date", "language"),
    *("near_duplicate_of", "near_duplicate_share"),
)

RULES: tuple[Rule, ...] = (
    identity.columns_present((*_REQUIRED, *_OTHER)),
    identity.required_filled(_REQUIRED),
    identity.version_is_content_hash,
    identity.version_unique,
    *articles.RULES,
)
