"""Rules on cleaned articles: a text that can be read, and honest facts about it.

Belongs here: length, characters, language, boilerplate, provenance of the date, near-duplicates.
Does not belong here: whether a file could be read at all (that is the file gate's).
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pyarrow.compute as pc

from expectations.codes import closed_list, words_of
from expectations.rule import Mask, code_list, rule
from expectations.table import Table

_SOURCE = ("source_path", "source_record")
_SHORT = 200
_WORDS_NEEDED = 40
_FUNCTION_SHARE = 0.12
"""English prose has 25 to 45 of 100 words on the list; German, French or Spanish prose under 6."""
_BOILERPLATE_SHARE = 0.3
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]+")


@rule(
    "block",
    why="Spans are checked against the length; a wrong one hides a text that was cut.",
    next_step="Count code points of the clean text; nothing of the batch was loaded.",
    example="the number of bytes",
    observed=(*_SOURCE, "char_count"),
)
def char_count_is_length(table: Table) -> Mask:
    """`char_count` is the number of code points of the clean text."""
    length = pc.utf8_length(table.strings("clean_text")).fill_null(0)
    return np.asarray(length.to_numpy(zero_copy_only=False) == table.integers("char_count"))


@rule(
    "quarantine",
    why="Control characters and halves of surrogate pairs come from a wrong decoding.",
    next_step="Save the file as UTF-8 and drop it into the folder again.",
    example="a text with a NUL",
    observed=_SOURCE,
)
def text_is_clean(table: Table) -> Mask:
    """The clean text has no control characters and no lone surrogates."""
    return np.array([not _CONTROL.search(t or "") for t in table.texts("clean_text")], np.bool_)


@rule(
    "quarantine",
    why="The extractor reads English; of another language it would make wrong rows, not none.",
    next_step="Translate the article, or leave it out.",
    example="a German article",
    observed=(*_SOURCE, "language"),
)
def reads_as_english(table: Table) -> Mask:
    """A text of 40 words or more has the function words of English."""
    return np.array([_is_english(text or "") for text in table.texts("clean_text")], np.bool_)


def _is_english(text: str) -> bool:
    words = _WORD.findall(text[:20_000])
    if len(words) < _WORDS_NEEDED:
        return True
    known = words_of("function_word")
    return sum(word.lower() in known for word in words) >= _FUNCTION_SHARE * len(words)


@rule(
    "warning",
    why="So short a text is a teaser or a caption as a rule.",
    next_step="Look whether the rest of the article is missing.",
    example="a headline alone",
    observed=(*_SOURCE, "char_count"),
)
def text_long_enough(table: Table) -> Mask:
    """The clean text has 200 characters or more."""
    return table.integers("char_count") >= _SHORT


@rule(
    "warning",
    why="Menus and subscription notices hold numbers that nobody reported.",
    next_step="Look at the clean text; improve the cleaning of this publisher's pages.",
    example="a text whose lines mostly ask to subscribe",
    observed=_SOURCE,
)
def little_boilerplate(table: Table) -> Mask:
    """Less than a third of the characters stand in lines of page furniture."""
    return np.array([_is_article(text or "") for text in table.texts("clean_text")], np.bool_)


def _is_article(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    furniture = sum(len(line) for line in lines if _furniture().search(line))
    return furniture <= _BOILERPLATE_SHARE * sum(map(len, lines))


@cache
def _furniture() -> re.Pattern[str]:
    phrases = sorted(words_of("boilerplate"))
    return re.compile("|".join(map(re.escape, phrases)), re.IGNORECASE)


@rule(
    "quarantine",
    why="Relative dates are resolved against the publication date: its source must be known.",
    next_step="Name the source of the date, or leave the date out.",
    example="a date with the source `file time`",
    observed=(*_SOURCE, "published_date", "published_source"),
)
def published_date_has_source(table: Table) -> Mask:
    """A publication date comes from a sidecar, the page or the record."""
    known = table.is_in("published_source", closed_list("date_source"))
    return ~table.filled("published_date") | known


@rule(
    "quarantine",
    why="A near-duplicate is marked so that one dispatch printed twice is not two reports.",
    next_step="Mark both the version and the share, or neither.",
    example="a share of 1.4",
    observed=(*_SOURCE, "near_duplicate_of", "near_duplicate_share"),
)
def near_duplicate_is_whole(table: Table) -> Mask:
    """A near-duplicate names another version and a share from 0 to 1; both or neither."""
    share, linked = table.numbers("near_duplicate_share"), table.filled("near_duplicate_of")
    itself = pc.equal(table.strings("near_duplicate_of"), table.strings("version_id"))
    itself = np.asarray(itself.fill_null(False).to_numpy(zero_copy_only=False))
    return np.asarray(
        (linked == ~np.isnan(share)) & ~itself & ~((share < 0) | (share > 1)), dtype=np.bool_
    )


RULES = (
    char_count_is_length,
    text_is_clean,
    reads_as_english,
    text_long_enough,
    little_boilerplate,
    published_date_has_source,
    near_duplicate_is_whole,
    code_list("source_format", closed_list("source_format"), example="pdf"),
)
