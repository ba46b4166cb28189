"""The claim that a relative figure refers to: "what the agency had reported", "the monitor's
estimate".

Belongs here: reading claimant, verb and noun of such a claim. Does not belong here: which figure
is meant (`candidates`), references that need no claimant (`relatives`).
"""

from __future__ import annotations

from dataclasses import dataclass

from extraction.article import Article
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import Surroundings
from extraction.rows import Figure

_RELATIVE = counting_words("relative") | counting_words("toll")
_EMPTY = counting_words("empty")
_COMPARING, _CLAIMING = counting_words("comparing"), counting_words("claiming")
_REMAINDERS = frozenset(("rest", "remainder", "balance"))
"""What is left of a number is none that was reported."""
_VERBS = frozenset(("VBD", "VBZ", "VBP", "VBN", "MD"))
_ENDS = frozenset((",", ".", ";", ""))
_LONGEST_CLAIM, _LONGEST_NAME = 14, 7


@dataclass(slots=True)
class Claim:
    """A claim by its words: the claimant's in order, the verb, the number's noun, and its span."""

    claimant: tuple[str, ...]
    verb: str | None
    noun: str | None
    start: int
    end: int

    @property
    def head(self) -> str:
        """The last word of the claimant; "" where none is named."""
        return self.claimant[-1] if self.claimant else ""


def read_claim(article: Article, figure: Figure) -> Claim | None:
    """The claim right behind a relative figure; None where none follows."""
    view = Surroundings(article.sentences[figure.sentence], [])
    at = sum(1 for token in view.tokens if token.start < figure.end)
    at += view.word(at) == "of"
    compared = view.word(at) in _COMPARING
    while view.word(at) in _COMPARING:
        at += 1
    if view.word(at) == "what":
        return _said(view, at + 1, None)
    if compared and view.word(at - 1) in ("as", "than"):
        clause = _said(view, at, None)
        if clause is not None and clause.verb in _CLAIMING:
            return clause
    noun = _relative_noun(view, at)
    if noun is None or view.word(noun) in _REMAINDERS:
        return None
    named = _words(view, at, noun)
    after = noun + 1
    after += view.word(after) in ("that", "which")
    clause = _said(view, after, view.word(noun))
    if clause is not None and not named:
        return clause
    return Claim(named, None, view.word(noun), *_span(view, at, noun + 1))


def _relative_noun(view: Surroundings, at: int) -> int | None:
    """The position of "estimate", "total" within the few words that may name a claim."""
    for step in range(at, at + _LONGEST_NAME):
        if view.word(step) in _RELATIVE and view.word(step + 1) not in _RELATIVE:
            return step
        if view.text(step) in _ENDS or view.tag(step) in _VERBS:
            return None
    return None


def _said(view: Surroundings, at: int, noun: str | None) -> Claim | None:
    """Claimant and verb of "the agency had reported"; None where no verb follows."""
    verb = at
    while verb < at + _LONGEST_CLAIM and view.tag(verb) not in _VERBS:
        if view.text(verb) in _ENDS or view.tag(verb) in ("IN", "CD"):
            return None
        verb += 1
    last = verb
    while view.tag(last) in _VERBS or view.tag(last) == "RB":
        last += 1
    if verb == at or verb >= at + _LONGEST_CLAIM:
        return None
    return Claim(_words(view, at, verb), view.word(last - 1), noun, *_span(view, at, verb))


def _words(view: Surroundings, first: int, last: int) -> tuple[str, ...]:
    """The telling words of a claimant, without possessive endings."""
    words = [without_possessive(view.word(at)) for at in range(first, last)]
    return tuple(word for word in words if word.isalpha() and word not in _EMPTY)


def without_possessive(word: str) -> str:
    """ "agency's" without its ending."""
    return word.removesuffix("'s").removesuffix("’s")


def _span(view: Surroundings, first: int, last: int) -> tuple[int, int]:
    return view.tokens[first].start, view.tokens[min(last, len(view.tokens)) - 1].end
