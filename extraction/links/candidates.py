"""Which earlier figure a claim means: "half of what the ministry said".

Belongs here: weighing the figures before a relative one against the claim's words. Does not
belong here: reading the claim (`claims`).
"""

from __future__ import annotations

from extraction.article import Article
from extraction.links.claims import Claim, without_possessive
from extraction.rows import Figure

NEEDED = 1.2
"""Score below which no figure is taken for the one meant."""
_OF_COUNTRY = 3.5
_NAMED, _IN_SENTENCE, _NEXT_SENTENCE, _NOT_NAMED = 4.0, 2.5, 2.0, -2.0
_SAME_VALUE, _SAME_HEAD, _SAME_MEASURE, _SAME_VERB, _SAME_NOUN = 4.0, 1.0, 2.0, 1.0, 1.0
_NEIGHBOUR, _SUPERSEDED, _PER_SENTENCE = 1.0, -1.5, -0.03
_CLOSE = 0.2
"""How far factor times candidate may be from the figure that the relative one restates."""
_FROM_REACH = 8
_LONGEST_ACRONYM = 4
_COUNTABLE = ("count", "currency")


def best_claimed(
    article: Article, figure: Figure, earlier: list[Figure], claim: Claim
) -> Figure | None:
    """The earlier figure that the claim means, or None where none fits well enough.

    Points for: the claimant's words in the figure's attribution, sentence or a sentence beside it;
    the same noun or measure; a value that the restated figure confirms. Nearer figures win ties.
    """
    restated = earlier[-1] if earlier and earlier[-1].sentence == figure.sentence else None
    scored = [
        (_score(article, figure, other, claim, restated), other.start, other)
        for other in earlier
        if other is not restated and _can_be_meant(other, restated)
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= NEEDED else None


def _can_be_meant(other: Figure, restated: Figure | None) -> bool:
    if other.equivalent_of is not None or (other.factor is not None and not other.derived):
        return False
    wanted = (restated.dimension,) if restated is not None else _COUNTABLE
    return other.dimension in wanted and other.dimension in _COUNTABLE


def _score(
    article: Article, figure: Figure, other: Figure, claim: Claim, restated: Figure | None
) -> float:
    points = _PER_SENTENCE * (figure.sentence - other.sentence)
    points += _claimant_points(article, figure, other, claim)
    if article.text[max(0, other.start - _FROM_REACH) : other.start].rstrip().endswith(" from"):
        points += _SUPERSEDED
    points += _SAME_VALUE * _close(figure, other, restated)
    points += _meaning_points(figure, other, restated)
    points += _NEIGHBOUR * (figure.sentence - other.sentence == 1)
    if claim.noun and _named_near(article, other, claim.noun):
        points += _SAME_NOUN
    if claim.verb and claim.verb in _sentence_words(article, other.sentence):
        points += _SAME_VERB
    return points


def _meaning_points(figure: Figure, other: Figure, restated: Figure | None) -> float:
    """Points for the same noun and the same measure."""
    sources = [source for source in (restated, figure) if source is not None]
    same_head = other.counted_head and other.counted_head in {s.counted_head for s in sources}
    same_measure = other.measure and other.measure in {s.measure for s in sources}
    return _SAME_HEAD * bool(same_head) + _SAME_MEASURE * bool(same_measure)


def _named_near(article: Article, other: Figure, noun: str) -> bool:
    """Whether the claim's noun is in the figure's sentence or the one before it."""
    near = (other.sentence, other.sentence - 1)
    return any(noun in _sentence_words(article, at) for at in near if at >= 0)


def _close(figure: Figure, other: Figure, restated: Figure | None) -> bool:
    """Whether factor times the candidate gives about the figure that is restated."""
    basis = other.value if other.value is not None else other.low
    if restated is None or basis is None or figure.factor is None:
        return False
    product = basis * figure.factor
    around = [bound for bound in (restated.value, restated.low, restated.high) if bound is not None]
    return any(abs(product - bound) <= _CLOSE * abs(bound) for bound in around)


def _claimant_points(article: Article, figure: Figure, other: Figure, claim: Claim) -> float:
    if not claim.claimant:
        return 0.0
    names = " ".join(f"{entry.text} {entry.name or ''}" for entry in other.attribution).lower()
    named = sum(word in names for word in claim.claimant) / len(claim.claimant)
    if other.sentence == figure.sentence:  # the claim itself is no mention of the claimant
        here = _sentence_words(article, other.sentence, other.start)
        points = max(_NAMED * named, _IN_SENTENCE * _share(claim, here))
    else:
        beside = max(_mentioned(article, other.sentence + step, claim) for step in (-1, 1))
        inside = _mentioned(article, other.sentence, claim)
        ally = _OF_COUNTRY * _speaks_for_country(article, other, claim)
        points = max(_NAMED * named, ally, _IN_SENTENCE * inside, _NEXT_SENTENCE * beside)
    return points or _NOT_NAMED


def _mentioned(article: Article, index: int, claim: Claim) -> float:
    """How much of the claimant a sentence names: its words, initials, or a place of its country."""
    if not 0 <= index < len(article.sentences):
        return 0.0
    if _has_initials(article, index, claim) or _same_country(article, index, claim):
        return 1.0
    return _share(claim, _sentence_words(article, index))


def _share(claim: Claim, words: frozenset[str]) -> float:
    found = [word for word in claim.claimant if word in words]
    return len(found) / len(claim.claimant) if claim.head in found else 0.0


def _sentence_words(article: Article, index: int, end: int | None = None) -> frozenset[str]:
    """The words of a sentence; those in capitals are a dateline, which names no claimant."""
    return frozenset(
        without_possessive(token.lower)
        for token in article.sentences[index].tokens
        if not (len(token.text) > _LONGEST_ACRONYM and token.text.isupper())
        if end is None or token.end <= end
    )


def _has_initials(article: Article, index: int, claim: Claim) -> bool:
    """ "EU" for "European Union"."""
    short = [word for word in claim.claimant if 2 <= len(word) <= _LONGEST_ACRONYM]
    if not short:
        return False
    capitals = [
        token.text[0] for token in article.sentences[index].tokens if token.text[0].isupper()
    ]
    return any(word in "".join(capitals).lower() for word in short)


def _same_country(article: Article, index: int, claim: Claim) -> bool:
    """ "Kinshasa" for "Congo's army": a capital speaks for its country."""
    sentence = article.sentences[index]
    return _in_country(article, sentence.start, sentence.end, claim)


def _speaks_for_country(article: Article, other: Figure, claim: Claim) -> bool:
    """Whether a claimant of the figure is of the country that the claim's place stands for."""
    return any(_in_country(article, entry.start, entry.end, claim) for entry in other.attribution)


def _in_country(article: Article, start: int, end: int, claim: Claim) -> bool:
    own = {place.country for place in article.places if claim.start <= place.start < claim.end}
    own.discard(None)
    if not own:
        return False
    places = (place.country for place in article.places if start <= place.start < end)
    actors = (actor.country for actor in article.actors if start <= actor.start < end)
    return any(country in own for country in (*places, *actors))
