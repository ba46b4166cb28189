"""Which document an article is.

Belongs here: the id that stays when the text changes. Does not belong here: the id of the text
(`extraction.rows.version_id_of`).
"""

from __future__ import annotations

import hashlib

from orchestration.ingest.source import RawArticle


def document_id_of(article: RawArticle) -> str:
    """16 hex digits of SHA-256: of the article's own address, else of file and record.

    A record is named by its own id where it has one, else by its position.
    """
    if article.canonical_url is not None:
        identity = f"url|{article.canonical_url}"
    else:
        identity = f"file|{article.source_path}|{article.record_key or ''}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
