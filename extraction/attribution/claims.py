"""Which claim covers a stretch of text: the question that events and figures ask of attribution.

Belongs here: looking up attributions by position. Does not belong here: finding them.
"""

from __future__ import annotations

from bisect import bisect_right

from extraction.article import Article
from extraction.rows import Attribution, Claimant

_REACH = 80
"""Attributions looked at before a mention: contents are local, articles are not."""

_GRANTED = frozenset(("who", "why", "when", "where", "how", "what", "which"))
"""What opens a question about a circumstance of something that did happen."""


def covering(article: Article, start: int, end: int) -> list[Attribution]:
    """Claims whose content covers `start:end`, the innermost first; wishes and attitudes are none.

    An attribution's own cue is not covered by it, though direct speech may stand on both sides.
    """
    last = bisect_right(article.attributions, start, key=_content_start)
    found = [
        attribution
        for attribution in article.attributions[max(0, last - _REACH) : last]
        if attribution.is_claim and _covers(attribution, start, end)
    ]
    return sorted(found, key=lambda a: (_length_at(a, start), -a.cue.start))


def attribution_at(article: Article, start: int, end: int) -> Attribution | None:
    """The innermost claim whose content covers `start:end`; None where the article itself speaks.

    Its `stance` and `certainty` are what the source does with the content.
    """
    found = covering(article, start, end)
    return found[0] if found else None


def is_unknown(article: Article, start: int, end: int) -> bool:
    """Whether somebody says of what stands at `start:end` that he does not know it.

    "Did not say whether", "had no confirmation that"; not "did not say why", which takes it for
    granted.
    """
    last = bisect_right(article.attributions, start, key=_content_start)
    return any(
        attribution.stance == "does_not_know"
        and _covers(attribution, start, end)
        and attribution.content.text.split(" ", 1)[0].lower() not in _GRANTED
        for attribution in article.attributions[max(0, last - _REACH) : last]
    )


def claimants_at(article: Article, start: int, end: int) -> list[Claimant]:
    """Who says what stands at `start:end`, originator first; empty = the article itself.

    A claim inside another claim is conveyed by the outer one's source: "Reuters reported that the
    minister said …" gives the minister, then Reuters.
    """
    chain: list[Claimant] = []
    for attribution in covering(article, start, end):
        chain = _joined(chain, attribution.chain)
    return chain


def _joined(inner: list[Claimant], outer: list[Claimant]) -> list[Claimant]:
    """The inner chain, then the outer one; where they share a claimant, what stands before it there
    stands before it here as well."""
    is_known = [any(_is_same(claimant, other) for other in inner) for claimant in outer]
    first = is_known.index(True) if any(is_known) else 0
    new = [(at, c) for at, c in enumerate(outer) if not is_known[at]]
    before = [c for at, c in new if at < first]
    return before + inner + [c for at, c in new if at >= first]


def _is_same(one: Claimant, other: Claimant) -> bool:
    """The same words, or the same name; "leader A. B." and "A. B." overlap."""
    overlap = one.start < other.end and other.start < one.end
    return overlap or _identity(one) == _identity(other)


def _identity(claimant: Claimant) -> str:
    return (claimant.name or claimant.text).casefold()


def _content_start(attribution: Attribution) -> int:
    return attribution.content.start


def _covers(attribution: Attribution, start: int, end: int) -> bool:
    if attribution.cue.start < end and start < attribution.cue.end:
        return False
    return any(part.start <= start and end <= part.end for part in attribution.parts)


def _length_at(attribution: Attribution, start: int) -> int:
    return next((p.end - p.start for p in attribution.parts if p.start <= start < p.end), 1 << 30)
