"""Plain text: the whole file is the article.

Belongs here: what a .txt file must not be. Does not belong here: its description (`sidecar.py`).
"""

from __future__ import annotations

import json

from orchestration.ingest.contents import decode
from orchestration.ingest.formats.drafts import Draft
from orchestration.ingest.metadata import Metadata
from orchestration.ingest.problem import IngestError


def read_plain(content: bytes) -> list[Draft]:
    """The one article of a text file.

    Raises IngestError: what `decode` raises, json_in_text.
    """
    text = decode(content)
    if text.lstrip()[:1] in ("{", "[") and _is_json(text.strip()):
        raise IngestError("json_in_text", evidence=text[:200])
    return [Draft(text, Metadata())]


def _is_json(text: str) -> bool:
    """Whether the text, or its first line, is a JSON object or list."""
    for candidate in (text, text.split("\n", 1)[0]):
        try:
            return isinstance(json.loads(candidate), dict | list)
        except (ValueError, RecursionError):
            continue
    return False
