"""Relative figures: "half of what the ministry said", "a third of the 150", "two-thirds of the
sites".

Belongs here: which earlier or neighbouring figure a fraction, multiple or percentage refers to,
and the value that follows. Does not belong here: how the words of the claim are read (`claims`).
"""

from __future__ import annotations

import re

from extraction.article import Article
from extraction.links.candidates import best_claimed
from extraction.links.claims import read_claim
from extraction.links.derive import derive
from extraction.numbers.harm_words import cues
from extraction.rows import Figure

RELATIVE = frozenset(("fraction_of", "multiple_of"))
_DIRECT = re.compile(
    r"\s*(?:of|as (?:many|much|high|large|big|long|far|fast) as)?\s*"
    r"(?:(?:the|those|some|its|their|his|her|these|about|around|roughly|nearly|almost|more than"
    r"|over|an estimated|estimated|all|[\w’']+[’']s)\s+)*",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\s*of\s+(?:them|these|those|whom|which|this number|that number)\b", re.IGNORECASE
)
_THAT = re.compile(
    r"\s*(?:of\s+)?(?:that|this)(?:\s+(?:number|figure|amount|sum|total|level|size|many|much))?"
    r"\s*(?:[.,;)—–]|$)",
    re.IGNORECASE,
)
"""Behind a factor: the number just said. "half that.", "twice that sum"."""
_OF_SUM = re.compile(
    r"\s*of\s+(?:that|this|the|its)\s+(?:\w+\s+)?"
    r"(?:sum|amount|total|money|figure|aid|funding|budget|loan)\b",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"\s*of\s+(?:the|those)\s+(\w+)\b(?!\s+\w+s\b)")
_DEFINITE = re.compile(r"\s*(?:of\s+)?(?:the|those|these|its|their|his|her)\s", re.IGNORECASE)
_LOOK_BACK = 40
"""Earlier figures among which a reference is looked for."""


def link_relatives(article: Article) -> None:
    """Set `reference`, `factor` and, where it follows, the value of each relative figure."""
    for position, figure in enumerate(article.figures):
        if figure.comparator in RELATIVE and figure.factor is not None and figure.reference is None:
            _link(article, figure, position)
        elif figure.unit == "percent" and figure.reference is None:
            _link_percentage(article, figure, position)


def _link(article: Article, figure: Figure, position: int) -> None:
    earlier = _earlier(article, position)
    target = (
        _direct(article, figure, position)
        or _of_them(article, figure, earlier)
        or _that(article, figure, earlier)
        or _same_fate(article, figure, earlier)
        or _same_things(article, figure, earlier)
    )
    if target is None:
        claim = read_claim(article, figure)
        target = best_claimed(article, figure, earlier, claim) if claim is not None else None
        derive(article, figure, target, _apposed(article, figure, earlier))
    else:
        derive(article, figure, target, None)


def _link_percentage(article: Article, figure: Figure, position: int) -> None:
    """ "8% of that sum": a reference and a factor; the percentage stays a percentage."""
    behind = article.text[figure.end : figure.end + 60]
    target = None
    if _OF_SUM.match(behind):
        sums = [
            other
            for other in _earlier(article, position)
            if other.dimension == "currency"
            and not other.equivalent_of
            and other.comparator not in RELATIVE
        ]
        target = sums[-1] if sums else None
    else:
        target = None
        if re.match(r"\s*of\b", behind):
            earlier = _earlier(article, position)
            target = _direct(article, figure, position) or _same_things(article, figure, earlier)
    if target is not None and figure.value is not None and target.unit != "percent":
        figure.reference, figure.factor = target.row_id, figure.value / 100


def _earlier(article: Article, position: int) -> list[Figure]:
    """The figures before this one that can be referred to, nearest last."""
    return article.figures[max(0, position - _LOOK_BACK) : position]


def _direct(article: Article, figure: Figure, position: int) -> Figure | None:
    """The figure right behind: half of the 150, twice the 40 seen last year."""
    if position + 1 >= len(article.figures):
        return None
    other = article.figures[position + 1]
    gap = article.text[figure.end : other.start]
    if (
        other.sentence != figure.sentence
        or len(gap) > 60
        or (not gap.strip() and figure.comparator != "multiple_of")
        or _DIRECT.fullmatch(gap) is None
    ):
        return None
    compound = "-" in other.text or article.text[other.end : other.end + 1] == "-"
    return None if compound else other


def _of_them(article: Article, figure: Figure, earlier: list[Figure]) -> Figure | None:
    """The count just reported: 412 were hurt, a quarter of them children."""
    if _OF_THEM.match(article.text[figure.end : figure.end + 30]) is None:
        return None
    near = [
        other
        for other in earlier
        if other.unit == "count"
        and other.comparator not in RELATIVE
        and figure.sentence - other.sentence <= 1
    ]
    with_noun = [other for other in near if other.counted or other.measure]
    fitting = with_noun or near
    return fitting[-1] if fitting else None


def _that(article: Article, figure: Figure, earlier: list[Figure]) -> Figure | None:
    """The number said last: half that, twice that sum."""
    behind = article.text[figure.end : figure.end + 30]
    if _THAT.match(behind) is None:
        return None
    money = any(word in behind for word in ("sum", "amount"))
    fitting = [
        other
        for other in earlier
        if other.dimension == "currency" or (not money and other.unit in ("count", "percent"))
        if other.value is not None and other.equivalent_of is None
    ]
    return fitting[-1] if fitting else None


def _same_things(article: Article, figure: Figure, earlier: list[Figure]) -> Figure | None:
    """The last count of the same things: 12 missiles … half of the missiles."""
    head = figure.counted_head
    if not head or _DEFINITE.match(article.text[figure.end : figure.end + 20]) is None:
        return None
    counts = (other for other in reversed(earlier) if other.unit == "count" and other.counted_head)
    for other in counts:
        if other.comparator not in RELATIVE and _names_same(figure, other, head):
            return other
    return None


def _same_fate(article: Article, figure: Figure, earlier: list[Figure]) -> Figure | None:
    """The last count of those who met one fate: 500 were wounded … a fifth of the wounded."""
    found = _OF_THE.match(article.text[figure.end : figure.end + 30])
    cue = cues().get(found[1].lower()) if found is not None else None
    if cue is None:
        return None
    same = [other for other in earlier if other.measure == cue.measure and other.unit == "count"]
    whole = [other for other in same if other.comparator not in RELATIVE]
    return whole[-1] if whole else None


def _names_same(figure: Figure, other: Figure, head: str) -> bool:
    """Whether the heads agree and no other adjective sets them apart: sites and websites."""
    theirs = other.counted_head or ""
    if not (theirs == head or (len(head) > 3 and theirs.endswith(head))):
        return False
    own_words = set((figure.counted or "").lower().split()[:-1])
    return own_words <= set((other.counted or "").lower().split())


def _apposed(article: Article, figure: Figure, earlier: list[Figure]) -> Figure | None:
    """The figure that the relative one comments on: 2.6 million — twice what …"""
    if not earlier or earlier[-1].sentence != figure.sentence:
        return None
    gap = article.text[earlier[-1].end : figure.start]
    return earlier[-1] if re.search(r"[,—–(-]", gap) and ";" not in gap else None
