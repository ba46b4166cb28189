"""What a quantity counts: the noun phrase, its head, the denominator.

Belongs here: which noun phrase of the sentence belongs to which quantity. Does not belong here: how a
noun phrase is read (`noun_phrase`), what a percentage or sum is about (`concept`), rates (`per`).
"""

from __future__ import annotations

from extraction.article import Article
from extraction.language.lemmas import lemma_of
from extraction.numbers.concept import find_concept
from extraction.numbers.ledger_words import words_with
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import (
    Phrase,
    counting_words,
    is_model_plural,
    is_plural,
    phrase_at,
    phrase_before,
)
from extraction.numbers.parallels import is_parallel
from extraction.numbers.per import find_per
from extraction.numbers.surroundings import QUOTES, Surroundings
from extraction.sentences import Sentence

_PARTITIVE, _PRONOUNS = counting_words("partitive"), counting_words("pronoun")
_PLURAL_PRONOUNS = frozenset(("them", "these", "those", "us", "you", "whom", "which"))
_INCREMENT, _TAIL = counting_words("increment"), counting_words("tail")
_COUNTING, _CHANGE = counting_words("counting"), counting_words("change")
_APPROX, _CONTRAST = counting_words("approx"), counting_words("contrast")
_RELATIVE = counting_words("relative")
_COUNT_NAMES_REACH = 24
"""Tokens between "the number of soldiers" and its number."""
_DURATIONS = words_with("duration")
_STATES = counting_words("state")
_NO_NOUNS = frozenset(("strong", "odd", "plus", "fold", "year", "to"))
_LONGEST_WHOLE = 4
_NAMING = frozenset(("NN", "NNS", "JJ"))
_ENDS = frozenset((".", ",", ";", ""))
_LIST_LINKS = frozenset((",", "and", "or", "to", "&"))
_DUALS = ("kind", "sort", "type")


def find_counted(article: Article, sentence: Sentence, quantities: list[Quantity]) -> None:
    """Set `counted`, `counted_head`, `per` and `concept` of the quantities of `sentence`.

    `quantities` are in text order. A quantity in a unit counts nothing by itself; its `concept` tells
    what it is about. Null where the text names nothing: "killed 12 and wounded 30".
    """
    del article
    if not quantities:
        return
    view = Surroundings(
        sentence, [numeral for quantity in quantities for numeral in quantity.numerals]
    )
    for quantity in reversed(quantities):
        _set(view, quantity, _counted(view, quantity, quantities))
    for position, quantity in enumerate(quantities):
        if quantity.counted is None and quantity.unit == "count":
            _set(view, quantity, _elsewhere(view, quantity, quantities, position))
    for position, quantity in enumerate(quantities):
        if quantity.counted is None:
            find_concept(view, quantity, quantities[position - 1] if position else None)
        find_per(view, quantity, quantities)


def _set(view: Surroundings, quantity: Quantity, phrase: Phrase | None) -> None:
    if phrase is None:
        return
    quantity.counted = (phrase.first, phrase.last)
    quantity.counted_head = head_lemma(view, phrase.head)


def head_lemma(view: Surroundings, head: int) -> str:
    """The singular of a head noun; a name keeps its capital: "Cambodian"."""
    if is_model_plural(view, head):
        first = head - 1
        while view.glued(first):
            first -= 1
        return "".join(view.text(at) for at in range(first, head))
    word = view.word(head)
    lemma = lemma_of(word, "NNS" if is_plural(view, head) else "NN")
    named = view.capital(head) and view.tag(head) in ("NNP", "NNPS") and not view.opens(head)
    return lemma[:1].upper() + lemma[1:] if named else lemma


def _counted(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> Phrase | None:
    """The phrase right behind the quantity."""
    share = quantity.unit == "percent" and view.word(quantity.last) == "of"
    if quantity.unit != "count" and not share:
        return _substance(view, quantity)
    at = quantity.last
    if view.joined(at):
        noun = view.tag(at + 1) not in ("CD", ".") and view.word(at + 1) not in _NO_NOUNS
        return Phrase(at + 1, at + 2, at + 1) if noun else None
    at = _skip_tail(view, at)
    if view.word(at) == "of" or _is_part(quantity):
        return _partitive(view, at, quantity, share)
    while view.word(at) in _INCREMENT and view.tag(at + 1) not in (".", "IN"):
        at += 1
    phrase = phrase_at(view, at, singular=quantity.value == 1)
    if phrase is not None and _plausible(view, phrase, quantity):
        return phrase
    return _shared(view, quantity, quantities) if phrase is None else None


def _is_part(quantity: Quantity) -> bool:
    return quantity.comparator in ("fraction_of", "multiple_of")


def _substance(view: Surroundings, quantity: Quantity) -> Phrase | None:
    """The stuff behind "of": 21 tonnes of medicine; sums and times count nothing."""
    if (
        quantity.dimension in ("currency", "time", "ratio", "length")
        or view.word(quantity.last) != "of"
    ):
        return None
    return _partitive(view, quantity.last, quantity, False)


def _skip_tail(view: Surroundings, at: int) -> int:
    """Past closing quotes and "or so", "or more"."""
    while view.text(at) in QUOTES:
        at += 1
    if view.word(at) == "or" and view.word(at + 1) in (*_TAIL, "more", "fewer", "less"):
        at += 2
    elif view.word(at) in ("odd", "plus"):
        at += 1
    return at


def _partitive(view: Surroundings, at: int, quantity: Quantity, share: bool) -> Phrase | None:
    """The phrase of "200 of the villagers", "half the missiles"."""
    at += view.word(at) == "of"
    while view.word(at) in _PARTITIVE or view.text(at) in QUOTES:
        if view.word(at) in _PRONOUNS and view.tag(at + 1) in (
            ".",
            "VBD",
            "VBZ",
            "RB",
            "IN",
            "CC",
            "MD",
        ):
            return None
        at += 1
    if view.word(at) in _PRONOUNS:
        return _apposed(view, at + 1) if view.word(at) in _PLURAL_PRONOUNS else None
    at = _past_number(view, at)
    phrase = phrase_at(view, at, nominal=view.tag(at - 1) in ("DT", "PRP$"))
    if phrase is None or _names_number(view, phrase):
        return None
    if share and not is_plural(view, phrase.head):
        return None
    return phrase


def _names_number(view: Surroundings, phrase: Phrase) -> bool:
    """Whether the phrase names another number: the police count, the organizers' estimate."""
    if view.word(phrase.head) in _RELATIVE or view.word(phrase.head) in _DUALS:
        return True
    after = phrase.last + (view.text(phrase.last) in QUOTES)
    return any(view.word(at) in _RELATIVE for at in (after, after + 1)) and view.tag(after) in _NAMING


def _past_number(view: Surroundings, at: int) -> int:
    """Behind the whole's own number: of the 14 hostages, of the city's 50 districts."""
    for step in range(at, at + _LONGEST_WHOLE):
        numeral = view.owner.get(step)
        if numeral is not None:
            return at if view.joined(numeral.last) else numeral.last
        if view.tag(step) not in ("JJ", "VBN", "POS", "NN", "NNP"):
            break
    return at


def _apposed(view: Surroundings, at: int) -> Phrase | None:
    """The noun behind "of them": nearly a quarter of them children."""
    phrase = phrase_at(view, at)
    return (
        phrase
        if phrase is not None and phrase.first == phrase.head and is_plural(view, phrase.head)
        else None
    )


def _plausible(view: Surroundings, phrase: Phrase, quantity: Quantity) -> bool:
    """Whether more than one of the head can be counted: a plural, or a noun that is no bare name.

    "17 injured" says what befell them, not who they are.
    """
    if phrase.head == phrase.first and view.word(phrase.head) in _STATES:
        return False
    if view.word(phrase.head) in _DURATIONS and not is_plural(view, phrase.head):
        return False
    if is_plural(view, phrase.head) or quantity.value == 1:
        return view.tag(phrase.head) != "NNP" or is_plural(view, phrase.head)
    if view.word(phrase.head).endswith("ing"):
        return False  # a verb: "around 73 raising the prospect"
    return view.tag(phrase.head) == "NN" and view.tag(phrase.first) != "NNP"


def _shared(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> Phrase | None:
    """The noun that a list shares: two, four and seven buildings."""
    at = quantity.last
    while view.word(at) in _LIST_LINKS or view.word(at) in _APPROX:
        at += 1
    for other in quantities:
        if _is_part(other) or other is quantity or other.unit != "count":
            continue
        if view.word(other.last) == "of" and view.word(other.last + 1) in _PRONOUNS:
            continue  # "13, five of them children"
        if other.first <= at < other.last:
            if other.counted is not None and other.counted[0] >= other.last:
                between = range(quantity.last, other.first)
                if any(view.word(step) in _LIST_LINKS for step in between):
                    return Phrase(*other.counted, other.counted[1] - 1)
    return None


def _elsewhere(
    view: Surroundings, quantity: Quantity, quantities: list[Quantity], position: int
) -> Phrase | None:
    """A phrase named before: "the number of troops … half", "14 missiles, not 12", "arrivals rose to 9"."""
    if _is_pronominal(view, quantity.last):
        return None
    return (
        _contrasted(view, quantity, quantities[:position])
        or _of_whole(view, quantities[:position])
        or _counting_name(view, quantity)
        or _subject(view, quantity)
    )


def _is_pronominal(view: Surroundings, at: int) -> bool:
    return view.word(at) == "of" and view.word(at + 1) in _PRONOUNS and view.word(at + 1) != "what"


def _contrasted(view: Surroundings, quantity: Quantity, earlier: list[Quantity]) -> Phrase | None:
    """The noun of the quantity that this one replaces, continues or stands beside."""
    if not earlier or earlier[-1].counted is None or earlier[-1].unit != "count":
        return None
    before = max(earlier[-1].last, earlier[-1].counted[1])
    gap = [w for w in view.words(before, quantity.first) if w not in _APPROX or w in _CONTRAST]
    if (
        _replaces(gap)
        or _is_rival(view, quantity, gap)
        or is_parallel(view, quantity, gap)
        or (gap == [] and view.word(quantity.first - 1) == "to" and earlier[-1].counted_head == "vote")
    ):
        return Phrase(*earlier[-1].counted, earlier[-1].counted[1] - 1)
    return None


def _replaces(gap: list[str]) -> bool:
    """14 missiles, not 12; 23 people from 17; 39 cases this year compared with six."""
    if "compared" in gap[-3:]:
        return True
    return len(gap) <= 4 and (
        any(word in _CONTRAST for word in gap[:3]) or gap[-2:] == ["instead", "of"]
    )


def _is_rival(view: Surroundings, quantity: Quantity, gap: list[str]) -> bool:
    """112 seats, its rival 88."""
    verbless = gap[:1] == [","] and len(gap) <= 4 and not any(word in (":", ";") for word in gap)
    nominal = view.tag(quantity.first - 1) in ("NN", "NNP", "NNS", "JJ")
    return verbless and nominal and view.text(quantity.last) in _ENDS


def _of_whole(view: Surroundings, earlier: list[Quantity]) -> Phrase | None:
    """The noun of the whole that opens the clause: of the 52 passengers, 31 …"""
    if not earlier or earlier[-1].counted is None or earlier[-1].unit != "count":
        return None
    at = earlier[-1].first - 1
    at -= view.word(at) in _PARTITIVE
    if view.word(at) != "of" or view.tag(at - 1) in ("CD", "NN", "NNS", "NNP"):
        return None
    return Phrase(*earlier[-1].counted, earlier[-1].counted[1] - 1)


def _counting_name(view: Surroundings, quantity: Quantity) -> Phrase | None:
    """The noun of "the number of …" earlier in the clause."""
    stop = max(0, quantity.first - _COUNT_NAMES_REACH)
    for at in range(quantity.first - 2, stop - 1, -1):
        if view.text(at) in (";", "—", "–") or view.text(at) in QUOTES:
            return None
        if view.word(at) in _COUNTING and view.word(at + 1) == "of":
            phrase = phrase_at(view, _past_partitive(view, at + 2))
            if phrase is None or not is_plural(view, phrase.head) or phrase.last > quantity.first:
                return None
            return phrase
    return None


def _past_partitive(view: Surroundings, at: int) -> int:
    while view.word(at) in _PARTITIVE:
        at += 1
    return at


def _subject(view: Surroundings, quantity: Quantity) -> Phrase | None:
    """The plural subject of "rose to", "totalled": arrivals, deaths."""
    at = quantity.first - 1
    while at > 0 and (view.word(at) in _APPROX or view.tag(at) in ("RB", "TO")):
        at -= 1
    verb = at
    while at > 0 and (
        view.word(at) in _CHANGE or view.tag(at) in ("MD", "VBP", "VBZ", "VBD", "VBN", "RB")
    ):
        at -= 1
    if at == verb or view.word(verb) not in _CHANGE:
        return None
    phrase = phrase_before(view, at + 1)
    if phrase is None or not is_plural(view, phrase.head):
        return None
    return phrase
