"""What a preposition makes of a date: "by November" is everything up to its end.

Belongs here: the interval that a framed date, or the two ends of a range, give to what they modify.
Does not belong here: what the date itself names.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from extraction.dates.calendar import month_span
from extraction.dates.symbols import Symbol
from extraction.rows import DateMention

_RELATIONS = frozenset(("by", "since", "until", "before", "from", "after", "about"))


def relation_of(frame: list[Symbol]) -> str:
    """The relation that the frame's preposition expresses; "at" where it is plain or missing."""
    for symbol in frame:
        if symbol.value in _RELATIONS:
            return symbol.value
    return "at"


def interval_of(
    mention: DateMention, relation: str, published: dt.date | None
) -> DateMention | None:
    """The interval that the mention gives to what it modifies, where that is not what it names.

    `from_` or `to` is None where the relation leaves the end open; such an interval is `partial`,
    since only one of its ends is known.
    """
    if relation in ("at", "about"):
        return None
    if relation in ("since", "from"):
        return _since(mention, published if relation == "since" else None)
    if relation == "after":
        return _open_end(mention, _day_beside(mention.to, 1))
    if relation == "before":
        return _open_start(mention, _day_beside(mention.from_, -1))
    return _open_start(mention, mention.to)


def _since(mention: DateMention, published: dt.date | None) -> DateMention:
    if mention.from_ is None or published is None or published.isoformat() < mention.from_:
        return replace(_open_end(mention, mention.from_), resolution=mention.resolution)
    to = published.isoformat()
    edtf = f"{mention.edtf}/{to}"
    return replace(mention, to=to, granularity="interval", edtf=edtf, interval=None)


def _open_end(mention: DateMention, first: str | None) -> DateMention:
    return _half_open(mention, first, None, f"{mention.edtf}/..")


def _open_start(mention: DateMention, last: str | None) -> DateMention:
    return _half_open(mention, None, last, f"../{mention.edtf}")


def _half_open(mention: DateMention, first: str | None, last: str | None, edtf: str) -> DateMention:
    is_plain = mention.edtf is not None and "/" not in mention.edtf
    return replace(
        mention,
        from_=first,
        to=last,
        granularity="interval",
        edtf=edtf if is_plain else None,
        resolution="partial" if mention.resolution == "resolved" else mention.resolution,
        interval=None,
    )


def _day_beside(day: str | None, step: int) -> str | None:
    if day is None:
        return None
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=step)).isoformat()
    except OverflowError:
        return None


def lend_year(first: DateMention, last: DateMention) -> None:
    """Give the year of "March 9, 2014" to the "January 23" that opens the range with it."""
    written = first.edtf or ""
    if last.anchor != "explicit" or first.anchor == "explicit" or last.from_ is None:
        return
    if first.granularity not in ("day", "month") or len(written) not in (7, 10):
        return
    edtf = last.from_[:4] + written[4:]
    end = last.to or last.from_
    if first.granularity == "day" and edtf <= end:
        first.from_ = first.to = first.edtf = edtf
        first.resolution, first.anchor = "resolved", "explicit"
    elif first.granularity == "month" and edtf <= end[:7]:
        span = month_span(int(edtf[:4]), int(edtf[5:]))
        if span:
            first.from_, first.to = span[0].isoformat(), span[1].isoformat()
            first.edtf, first.resolution, first.anchor = edtf, "resolved", "explicit"


def range_of(text: str, first: DateMention, last: DateMention) -> DateMention:
    """The whole of "from January 23 through March 9" in the article `text`, as far as known."""
    both = (first.resolution, last.resolution)
    known = both == ("resolved", "resolved") and (first.from_ or "") <= (last.to or "")
    return replace(
        first,
        text=text[first.start : last.end],
        end=last.end,
        from_=first.from_ if known else None,
        to=last.to if known else None,
        granularity="interval",
        edtf=f"{first.edtf}/{last.edtf}" if first.edtf and last.edtf else None,
        resolution="resolved" if known else "unresolved" if "unresolved" in both else "partial",
        interval=None,
    )
