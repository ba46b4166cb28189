"""What a file says about its article: title, publisher, date, address, language.

Belongs here: the accepted keys, and what counts as a date, an address, a title. Does not belong
here: where in a page or record they stand. No address is ever opened.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from extraction.vocabulary import load_table
from orchestration.ingest.clean import clean
from orchestration.printable import printable

_MAX_CHARS = 500
_DAY = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}(?::?\d{2}){0,2}(?:[.,]\d+)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
NO_DATE = "none given"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was stated, each None where it was not; `published` as written."""

    title: str | None = None
    publisher: str | None = None
    published: object = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This, with the gaps filled from `other`."""
        mine, theirs = self, other
        return Metadata(
            title=mine.title or theirs.title,
            publisher=mine.publisher or theirs.publisher,
            published=theirs.published if mine.published is None else mine.published,
            url=mine.url or theirs.url,
            language=mine.language or theirs.language,
        )


def metadata_of(record: Mapping[str, Any]) -> Metadata:
    """The metadata of a JSON object, under any of the accepted keys."""
    return Metadata(
        title=one_line(value_of(record, "title")),
        publisher=one_line(value_of(record, "publisher")),
        published=value_of(record, "published"),
        url=canonical_url(value_of(record, "url")),
        language=one_line(value_of(record, "language")),
    )


def value_of(record: Mapping[str, Any], field: str) -> Any:
    """The value of `field` under the first accepted key that is filled; None where there is
    none."""
    folded = {str(key).lower(): value for key, value in record.items()}
    for key in keys_of(field):
        value = folded.get(key)
        if value not in (None, "", [], {}):
            return value
    return None


@cache
def keys_of(field: str) -> tuple[str, ...]:
    """The keys under which `field` is accepted, best first."""
    table = load_table("fields", ("field", "key"), "orchestration.ingest")
    return tuple(row["key"] for row in table if row["field"] == field)


def one_line(value: object) -> str | None:
    """A short text on one line; the `name` of an object; None for anything else."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if not isinstance(value, str):
        return None
    return " ".join(clean(value[: 4 * _MAX_CHARS]).split())[:_MAX_CHARS] or None


def publication_date(value: object, origin: str) -> tuple[dt.date | None, str]:
    """The day of an ISO 8601 date or time, as its own clock had it, and where it comes from.

    `origin` is sidecar, html or json. Anything but a complete ISO date gives no date, and the
    reason in place of the origin: nothing is guessed from other ways of writing a date.
    """
    if value is None:
        return None, NO_DATE
    written = str(value).strip() if isinstance(value, str | int | float) else type(value).__name__
    match = _DAY.fullmatch(written[:40])
    if match is None:
        return None, f"{origin} gives no ISO date: {printable(written)[:40]}"
    try:
        return dt.date.fromisoformat(match[1]), origin
    except ValueError:
        return None, f"{origin} gives a day that does not exist: {match[1]}"


def canonical_url(value: object) -> str | None:
    """An absolute http(s) address of one article, without fragment and credentials; else None.

    A site's front page is nobody's own address: pages that declare it would all become one
    document.
    """
    if not isinstance(value, str) or len(value) > 2000 or any(c.isspace() for c in value.strip()):
        return None
    try:
        parts = urlsplit(value.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or printable(value) != value:
        return None
    if parts.path in ("", "/") and not parts.query:
        return None
    where = f"[{host}]" if ":" in host else host
    if port not in (None, 80 if parts.scheme == "http" else 443):
        where += f":{port}"
    return urlunsplit((parts.scheme, where, parts.path, parts.query, ""))
