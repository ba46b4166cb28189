"""What a relative figure refers to by a claim: "what the agency had reported", "the monitor's estimate".

Belongs here: reading the claim's words and choosing the earlier figure that they mean. Does not belong
here: references that need no claimant (`relatives`).
"""

from __future__ import annotations

from dataclasses import dataclass

from extraction.article import Article
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import Surroundings
from extraction.rows import Figure

_RELATIVE = counting_words("relative") | counting_words("toll")
_VERBS = frozenset(("VBD", "VBZ", "VBP", "VBN", "MD"))
_EMPTY = frozenset(
    (
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "own",
        "official",
        "earlier",
        "previous",
        "just",
        "it",
        "he",
    )
    + (
        "she",
        "they",
        "had",
        "has",
        "have",
        "that",
        "which",
        "what",
        "s",
        "latest",
        "first",
        "initial",
        "original",
    )
)
_LONGEST_CLAIM = 14
_LONGEST_ACRONYM = 4
NEEDED = 1.2
"""Score below which no figure is taken for the one meant."""
_CLOSE = 0.2
_NAMED, _IN_SENTENCE, _NEXT_SENTENCE, _NOT_NAMED = 4.0, 2.5, 2.0, -2.0
_SAME_VALUE, _SAME_HEAD, _SAME_MEASURE, _SAME_VERB, _SAME_NOUN = 4.0, 1.0, 2.0, 1.0, 1.0
_NEIGHBOUR = 1.0
_PER_SENTENCE = 0.03


@dataclass(slots=True)
class Claim:
    """A claim by its words: who made it (and the head of that phrase), the verb, the number's noun."""

    claimant: frozenset[str]
    head: str
    verb: str | None
    noun: str | None
    start: int
    end: int


def read_claim(article: Article, figure: Figure) -> Claim | None:
    """The claim right behind a relative figure; None where none follows."""
    sentence = article.sentences[figure.sentence]
    view = Surroundings(sentence, [])
    at = next(
        (i for i, token in enumerate(view.tokens) if token.start >= figure.end), len(view.tokens)
    )
    at += view.word(at) == "of"
    if view.word(at) in ("as", "more", "less", "higher", "lower", "larger", "bigger"):
        while view.word(at) in (
            "as",
            "many",
            "much",
            "high",
            "more",
            "less",
            "higher",
            "lower",
            "than",
            "larger",
            "bigger",
        ):
            at += 1
    if view.word(at) == "what":
        return _said(view, at + 1, None)
    noun = _relative_noun(view, at)
    if noun is None:
        return None
    named = _words(view, at, noun)
    after = noun + 1
    after += view.word(after) in ("that", "which")
    clause = _said(view, after, view.word(noun))
    if clause is not None and not named:
        return clause
    head = view.word(noun - 1).removesuffix("'s").removesuffix("’s")
    return Claim(named, head, None, view.word(noun), *_span(view, at, noun + 1))


def _relative_noun(view: Surroundings, at: int) -> int | None:
    """The position of "estimate", "total" within the few words that may name a claim."""
    for step in range(at, at + 7):
        if view.word(step) in _RELATIVE and not (
            view.word(step) == "official" and view.word(step + 1) in _RELATIVE
        ):
            return step
        if view.text(step) in (",", ".", ";", "") or view.tag(step) in _VERBS:
            return None
    return None


def _said(view: Surroundings, at: int, noun: str | None) -> Claim | None:
    """Claimant and verb of "the agency had reported"; None where no verb follows."""
    verb = at
    while verb < at + _LONGEST_CLAIM and view.tag(verb) not in _VERBS:
        if view.text(verb) in (",", ".", ";", "") or view.tag(verb) in ("IN", "CD"):
            return None
        verb += 1
    last = verb
    while view.tag(last) in _VERBS or view.tag(last) == "RB":
        last += 1
    if verb == at or verb >= at + _LONGEST_CLAIM:
        return None
    head = view.word(verb - 1).removesuffix("'s").removesuffix("’s")
    return Claim(_words(view, at, verb), head, view.word(last - 1), noun, *_span(view, at, verb))


def _words(view: Surroundings, first: int, last: int) -> frozenset[str]:
    """The telling words of a claimant, without possessive endings."""
    words = {view.word(at).removesuffix("'s").removesuffix("’s") for at in range(first, last)}
    return frozenset(word for word in words if word.isalpha() and word not in _EMPTY)


def _span(view: Surroundings, first: int, last: int) -> tuple[int, int]:
    return view.tokens[first].start, view.tokens[min(last, len(view.tokens)) - 1].end


def best_claimed(
    article: Article, figure: Figure, earlier: list[Figure], claim: Claim
) -> Figure | None:
    """The earlier figure that the claim means, or None where none fits well enough.

    Points for: the claimant's words in the figure's attribution, sentence or the sentence after; the same
    noun or measure; a value that the restated figure confirms. Nearer figures win ties.
    """
    restated = _restated(earlier, figure)
    scored = [
        (_score(article, figure, other, claim, restated), other.start, other)
        for other in earlier
        if _can_be_meant(figure, other, restated)
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] >= NEEDED else None


def _restated(earlier: list[Figure], figure: Figure) -> Figure | None:
    """The last figure before the relative one in its sentence."""
    return earlier[-1] if earlier and earlier[-1].sentence == figure.sentence else None


def _can_be_meant(figure: Figure, other: Figure, restated: Figure | None) -> bool:
    if (
        other.sentence == figure.sentence
        or other.equivalent_of is not None
        or other.factor is not None
    ):
        return False
    wanted = restated.dimension if restated is not None else "count"
    return other.dimension == wanted and other.dimension not in ("time", "length", "ratio")


def _score(
    article: Article, figure: Figure, other: Figure, claim: Claim, restated: Figure | None
) -> float:
    points = -_PER_SENTENCE * (figure.sentence - other.sentence)
    points += _claimant_points(article, other, claim)
    source = restated if restated is not None else figure
    if _close(figure, other, restated):
        points += _SAME_VALUE
    heads = {head for head in (source.counted_head, figure.counted_head) if head}
    if other.counted_head in heads:
        points += _SAME_HEAD
    measures = {measure for measure in (source.measure, figure.measure) if measure}
    if other.measure in measures:
        points += _SAME_MEASURE
    points += _NEIGHBOUR * (figure.sentence - other.sentence == 1)
    if claim.noun and _named_near(article, other, claim.noun):
        points += _SAME_NOUN
    if claim.verb and claim.verb in _sentence_words(article, other.sentence):
        points += _SAME_VERB
    return points


def _named_near(article: Article, other: Figure, noun: str) -> bool:
    """Whether the claim's noun stands in the figure's sentence or the one before: "puts the total higher"."""
    return any(
        noun in _sentence_words(article, at)
        for at in (other.sentence, other.sentence - 1)
        if at >= 0
    )


def _close(figure: Figure, other: Figure, restated: Figure | None) -> bool:
    """Whether factor times the candidate gives about the figure that is restated."""
    basis = other.value if other.value is not None else other.low
    if restated is None or basis is None or figure.factor is None:
        return False
    product = basis * figure.factor
    around = [bound for bound in (restated.value, restated.low, restated.high) if bound is not None]
    return any(abs(product - bound) <= _CLOSE * abs(bound) for bound in around)


def _claimant_points(article: Article, other: Figure, claim: Claim) -> float:
    if not claim.claimant:
        return 0.0
    names = " ".join(f"{entry.text} {entry.name or ''}" for entry in other.attribution).lower()
    named = sum(word in names for word in claim.claimant) / len(claim.claimant)
    around = (other.sentence + 1, other.sentence - 1)
    points = max(
        _NAMED * named,
        _IN_SENTENCE * _mentioned(article, other.sentence, claim),
        *(_NEXT_SENTENCE * _mentioned(article, index, claim) for index in around),
    )
    return points or _NOT_NAMED


def _mentioned(article: Article, index: int, claim: Claim) -> float:
    """How much of the claimant the sentence names: by its words, its initials, or a place of its country."""
    if not 0 <= index < len(article.sentences):
        return 0.0
    if _has_initials(article, index, claim) or _same_country(article, index, claim):
        return 1.0
    found = claim.claimant & _sentence_words(article, index)
    return len(found) / len(claim.claimant) if claim.head in found else 0.0


def _sentence_words(article: Article, index: int) -> frozenset[str]:
    """The words of a sentence; those in capitals are a dateline, which names no claimant."""
    words = (token.lower for token in article.sentences[index].tokens if not _shouted(token.text))
    return frozenset(word.removesuffix("'s").removesuffix("’s") for word in words)


def _shouted(text: str) -> bool:
    return len(text) > _LONGEST_ACRONYM and text.isupper()


def _has_initials(article: Article, index: int, claim: Claim) -> bool:
    """ "EU" for "European Union"."""
    short = [word for word in claim.claimant if 2 <= len(word) <= 4]
    if not short:
        return False
    initials = "".join(
        token.text[0] for token in article.sentences[index].tokens if token.text[0].isupper()
    ).lower()
    return any(word in initials for word in short)


def _same_country(article: Article, index: int, claim: Claim) -> bool:
    """ "Kinshasa" for "Congo's army": a capital speaks for its country."""
    own = {
        place.country
        for place in article.places
        if claim.start <= place.start < claim.end and place.country
    }
    if not own:
        return False
    sentence = article.sentences[index]
    return any(
        entry.country in own
        for entry in (*article.places, *article.actors)
        if sentence.start <= entry.start < sentence.end
    )
