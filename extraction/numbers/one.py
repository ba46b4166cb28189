"""The word "one", and the few other number words that mostly count nothing.

Belongs here: when "one" is a pronoun or part of an idiom, "half" a part of a period, "no" no
number. Does not belong here: fixed phrases (`ledger_phrases.tsv`).
"""

from __future__ import annotations

from extraction.numbers.harm_words import is_harm_word
from extraction.numbers.ledger_words import ByLength, Phrase, Verdict, phrases, words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.noun_phrase import counting_words, is_plural, phrase_at
from extraction.numbers.surroundings import Surroundings
from extraction.numbers.unit_words import is_unit_word

_PRONOMINAL = words_with("pronominal")
_DURATIONS = words_with("duration")
_PARTITIVE, _PRONOUNS = counting_words("partitive"), counting_words("pronoun")
_PERIOD_CUES = frozenset(("latter", "former", "opening", "this", "next", "last", "each"))
"""Before a "half" of a year or match; an ordinal is another."""
_LIMITS = frozenset(("only", "just", "least", "than", "exactly", "about", "but"))
"""Before a "one" that is counted, even where nothing follows: only one remained."""
_LINKS = frozenset(("or", "of", "to", "in", "out", "and"))
_HARM_REACH = 3


def fixed_phrase(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """The verdict of the longest listed phrase that covers the numeral, else None."""
    best: Phrase | None = None
    for position, lengths in phrases().get(view.word(numeral.first), ()):
        phrase = _phrase_from(view, numeral.first - position, numeral.last, lengths)
        if phrase is not None and (best is None or len(phrase.words) > len(best.words)):
            best = phrase
    return best.verdict if best else None


def _phrase_from(view: Surroundings, start: int, behind: int, lengths: ByLength) -> Phrase | None:
    """The longest phrase that begins at `start` and reaches `behind`, unless it is not meant."""
    for length, group in lengths:
        end = start + length
        if end < behind:
            return None
        for phrase in group.get(view.words(start, end), ()):
            if view.word(start - 1) in phrase.unless_after:
                return None
            if not phrase.capital or any(view.capital(at) for at in range(start, end)):
                return phrase
    return None


def one(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """`idiom` or `pronoun` for a "one" that counts nothing, else None."""
    if view.word(numeral.first) != "one" or numeral.last != numeral.first + 1:
        return None
    after = numeral.last
    if view.word(after) == "of":
        return _one_of(view, numeral)
    if _beside_harm(view, numeral):
        return None
    before = view.word(numeral.first - 1)
    unit = view.word(after).isalpha() and view.tag(after) != "IN" and is_unit_word(view.word(after))
    if view.joined(after) or unit or view.word(after) in ("per", "%"):
        return None
    phrase = phrase_at(view, after, singular=True)
    if phrase is not None and view.word(after) not in ("last", "next", "this"):
        return None
    if view.word(after) in ("or", "and", "to", "-", "–", "in", "out") and _numeral_near(
        view, after
    ):
        return None
    if before in _LIMITS and view.word(numeral.first - 2) != "the":
        return None
    ordinal = view.owner.get(numeral.first - 1)
    if before in _PRONOMINAL or ordinal is not None or view.tag(numeral.first - 1).startswith("JJ"):
        return "pronoun", "stands for a noun"
    return _alone(view, numeral)


def _one_of(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """ "one of the best": an idiom, unless a number tells of how many."""
    at = numeral.last + 1
    end = at + 6
    while at < end and (
        view.word(at) in _PARTITIVE or view.tag(at) in ("JJ", "POS", "NNP", "PRP$")
    ):
        at += 1
    whole = view.owner.get(at)
    if whole is not None and whole.form in ("digits", "words"):
        return None
    if view.word(numeral.last + 1) in _PRONOUNS and view.text(numeral.first - 1) in (
        ",",
        "—",
        "–",
        "(",
        "and",
    ):
        return None
    return "idiom", "one of a group, not a count"


def _beside_harm(view: Surroundings, numeral: Numeral) -> bool:
    """A casualty word right before or soon after: killing one, one dead, one was wounded."""
    before = (numeral.first - 1, numeral.first - 2)
    after = range(numeral.last, numeral.last + _HARM_REACH)
    return any(is_harm_word(view.word(at)) for at in (*before, *after))


def _numeral_near(view: Surroundings, at: int) -> bool:
    return any(step in view.owner for step in range(at, at + 4))


def _alone(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A "one" with nothing after it that it could count."""
    tag = view.tag(numeral.last)
    if tag in ("MD", "VBZ", "VBD", "WDT", "WP", "IN", "TO", ".", "RB", "DT", "PRP", "CC", "WRB"):
        others = sum(
            1 for other in view.owner.values() if other is not numeral and other.form != "ordinal"
        )
        if (
            tag in ("IN", ".", "CC")
            and others
            and view.word(numeral.first - 1) in (",", "and", ":", "but")
        ):
            return None
        return "pronoun", "stands for a noun or a person"
    return None


def the_two(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """ "between the two", "the three of them": those named before, not a count of something."""
    if numeral.form != "words" or view.word(numeral.first - 1) != "the":
        return None
    if numeral.value not in (2.0, 3.0) or view.joined(numeral.last):
        return None
    after = view.tag(numeral.last)
    if view.word(numeral.last) == "of" and view.word(numeral.last + 1) in _PRONOUNS:
        return "pronoun", "stands for those named before"
    if (
        after in ("VBD", "VBZ", "VBP", "MD", ".", "IN", "CC")
        and view.word(numeral.last) not in _LINKS
    ):
        return "pronoun", "stands for those named before"
    return None


def none_of_it(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """ "none of this", "none more so": nothing is counted."""
    if view.word(numeral.first) != "none":
        return None
    after = view.word(numeral.last)
    vague = after == "of" and view.word(numeral.last + 1) in ("this", "that", "it", "which")
    if vague or view.tag(numeral.last) in ("RBR", "JJR"):
        return "idiom", "denies, counts nothing"
    return None


def part_of_period(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """ "the first half", "the second half of 2023": a period, not a share."""
    if view.word(numeral.first) != "half" or numeral.last != numeral.first + 1:
        return None
    if view.word(numeral.first - 1) not in _PERIOD_CUES:
        other = view.owner.get(numeral.first - 1)
        if other is None or other.form != "ordinal":
            return None
    if view.word(numeral.last) == "of":
        return "date", "half of a period"
    return "idiom", "a period of a match or a year"


def no(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """ "no evidence", "no doubt": an idiom, unless things that can be counted follow."""
    if view.word(numeral.first) != "no" or numeral.last != numeral.first + 1:
        return None
    phrase = phrase_at(view, numeral.last, singular=True)
    if phrase is None or view.joined(numeral.last):
        return "idiom", "denies, counts nothing"
    if is_plural(view, phrase.head) or is_harm_word(view.word(phrase.head)):
        return None
    return "idiom", "denies something that is not counted"
