"""The day on which an article speaks: its publication date, else the date of its dateline.

Belongs here: choosing the anchor of relative dates. Does not belong here: reading dates.
"""

from __future__ import annotations

import datetime as dt
import re

from extraction.article import Article
from extraction.dates.grammar import Match
from extraction.dates.named import Context, Parts, Words
from extraction.dates.readings import READINGS

_HEAD_LENGTH = 400
"""Characters from the start of the text in which a dateline is looked for."""
_PLACE_BEFORE = re.compile(r"(?:^|\n)[^\n]{0,20}[A-Z]{2}[^\n]{0,60}$")
_RULE_AFTER = re.compile(r",?\s*(?:\([^()\n]{1,40}\)\s*)*(?:--|[—–-]|$|\n)")


def anchor_of(article: Article, matches: list[Match]) -> tuple[dt.date | None, str | None]:
    """The anchor and its name (`published`, `dateline`, None), from the dates of the text's head.

    A dateline up to three days before the publication date is the day of writing and wins over it.
    """
    written = next((d for d in (_dateline(article, match) for match in matches) if d), None)
    if article.published is None:
        return (written, "dateline") if written else (None, None)
    if written and dt.timedelta(0) < article.published - written <= dt.timedelta(days=3):
        return written, "dateline"
    return article.published, "published"


def _dateline(article: Article, match: Match) -> dt.date | None:
    if match.kind not in ("day", "iso") or match.frame or match.core[0].start > _HEAD_LENGTH:
        return None
    start, end = match.core[0].start, match.core[-1].end
    line_start = article.text.rfind("\n", 0, start) + 1
    alone = not article.text[line_start:start].strip(" ,(")
    before = article.text[max(0, start - 90) : start]
    if not (alone or _PLACE_BEFORE.search(before)) or not _RULE_AFTER.match(article.text, end):
        return None
    if alone and article.text[end : end + 1] not in ("", "\n", "\r"):
        return None
    parts: Parts = {}
    for symbol in match.core:
        parts.setdefault(symbol.kind, symbol.value)
    context = Context(article.published, "published", None, False, _no_tense)
    named = READINGS[match.kind](Words(parts, match.core, context))
    return named.first if named else None


def _no_tense() -> bool | None:
    return None
