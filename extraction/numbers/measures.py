"""What a count measures: killed, wounded, detained, missing, displaced, troops.

Belongs here: which word of the sentence says what happened to those counted. Does not belong here: the
words (`measure_words.tsv`), whether the number is a stock or a flow (`quantity_kinds`).
"""

from __future__ import annotations

from extraction.article import Article
from extraction.numbers.harm_words import cues
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.parallels import is_parallel
from extraction.numbers.quantity_kinds import set_kind
from extraction.numbers.surroundings import QUOTES, Surroundings
from extraction.sentences import Sentence

_APPROX, _INCREMENT = counting_words("approx"), counting_words("increment")
_TOLL, _CONTRAST = counting_words("toll"), counting_words("contrast")
_AUXILIARIES = counting_words("auxiliary")
_PRONOUNS = counting_words("pronoun")
_OF_THE = frozenset(("of", "the", "its", "their", "these", "those", "some", "about"))
_ASIDES = frozenset(("including", "among", "mostly", "most", "many", "all", "some", "mainly", "both", "aged"))
_LONGEST_ASIDE = 14
_BREAKS = frozenset((";", "—", "–", ":"))
_SUBJECT_REACH, _TOLL_REACH = 9, 26
_FLIGHT = (
    ("from", "their", "homes"),
    ("to", "flee"),
    ("from", "their", "home"),
    ("to", "evacuate"),
)


def find_measures(article: Article, sentence: Sentence, quantities: list[Quantity]) -> None:
    """Set `measure` and `quantity_kind` of the quantities of `sentence`, in text order.

    A number without a word of its own takes the measure of the one that it breaks down, continues or
    replaces: "17 people, including two children". Null where nothing tells.
    """
    del article
    if not quantities:
        return
    view = Surroundings(
        sentence, [numeral for quantity in quantities for numeral in quantity.numerals]
    )
    for position, quantity in enumerate(quantities):
        earlier = quantities[position - 1] if position else None
        if quantity.unit == "count" and not _is_whole(view, quantity, earlier):
            quantity.measure = _own(view, quantity, quantities) or _inherited(
                view, quantity, earlier
            )
    for quantity, later in zip(quantities, quantities[1:], strict=False):
        if (
            quantity.measure
            and later.measure in (None, "troops")
            and _is_referent(view, quantity, later)
        ):
            later.measure = quantity.measure
    for position, quantity in enumerate(quantities):
        earlier = quantities[position - 1] if position else None
        if quantity.unit != "count" or not _is_whole(view, quantity, earlier):
            set_kind(view, quantity, earlier)


def _is_whole(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> bool:
    """Whether an earlier number takes its part of this one: one of the 14 crew."""
    if earlier is None or earlier.comparator in ("fraction_of", "multiple_of"):
        return False
    gap = [view.word(at) for at in range(earlier.last, quantity.first)]
    return gap[:1] == ["of"] and len(gap) <= 3 and all(word in _OF_THE for word in gap)


def phrase_end(view: Surroundings, quantity: Quantity) -> int:
    """The position behind the quantity, its noun phrase, and "of them"."""
    counted = quantity.counted
    end = counted[1] if counted is not None and counted[0] >= quantity.last else quantity.last
    while view.text(end) in QUOTES and view.text(end):
        end += 1
    if view.word(end) == "of" and view.word(end + 1) in _PRONOUNS:
        end += 2
    if view.word(end) in _INCREMENT or view.word(end) == "others":
        end += 1
    return end


def _own(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> str | None:
    """The measure that words beside the quantity give it."""
    end = phrase_end(view, quantity)
    return (
        _behind(view, end)
        or _fled(view, end)
        or _as_subject(view, end, quantities)
        or _as_object(view, quantity)
        or _modifier(view, quantity)
        or _toll(view, quantity, quantities)
        or _head(view, quantity)
    )


def _behind(view: Surroundings, end: int) -> str | None:
    """ "12 dead", "17 people killed", unless the word is a verb with an object of its own."""
    cue = cues().get(view.word(end))
    if cue is None or "post" not in cue.roles:
        return None
    if "object" in cue.roles and view.tag(end + 1) in (
        "DT",
        "CD",
        "PRP",
        "PRP$",
        "NN",
        "NNS",
        "NNP",
        "JJ",
    ):
        return None
    return cue.measure


def _fled(view: Surroundings, end: int) -> str | None:
    """ "drove 300,000 from their homes", "forced thousands to flee"."""
    return "displaced" if any(view.spells(end, words) for words in _FLIGHT) else None


def _as_subject(view: Surroundings, end: int, quantities: list[Quantity]) -> str | None:
    """ "412 people had been injured", "27 were still missing", "No soldiers were among the dead"."""
    auxiliary = False
    end = _past_aside(view, end)
    for at in range(end, end + _SUBJECT_REACH):
        word = view.word(at)
        cue = cues().get(word)
        if cue is not None and "subject" in cue.roles and (auxiliary or "object" not in cue.roles):
            return cue.measure
        if cue is not None and "state" in cue.roles and auxiliary:
            return cue.measure
        if word == "among" and auxiliary and view.word(at + 1) == "the":
            among = cues().get(view.word(at + 2))
            return among.measure if among is not None and "among" in among.roles else None
        if word in _AUXILIARIES:
            auxiliary = True
        elif word in ("and", "or") and not auxiliary and _names_more(view, at + 1):
            continue
        elif view.text(at) in (",", ";", "—", "–", ".", "(", "") or _other_subject(
            view, at, quantities
        ):
            return None
        elif view.tag(at) in ("VBD", "VBZ", "VBP", "CC", "WDT", "VB") or (
            auxiliary and view.tag(at) == "VBN"
        ):
            return None
    return None


def _past_aside(view: Surroundings, at: int) -> int:
    """Behind ", including three children," or a bracket; `at` itself where there is none."""
    closer = {",": ",", "(": ")", "—": "—", "–": "–"}.get(view.text(at))
    if closer is None or (closer == "," and view.word(at + 1) not in _ASIDES):
        return at
    for step in range(at + 1, at + _LONGEST_ASIDE):
        if view.text(step) == closer:
            return step + 1
    return at


def _names_more(view: Surroundings, at: int) -> bool:
    """Whether "and" is followed by one more thing counted or named: two soldiers and a civilian."""
    return view.tag(at) in ("DT", "CD", "NNS", "NN") or view.word(at) in ("a", "an", "one")


def _other_subject(view: Surroundings, at: int, quantities: list[Quantity]) -> bool:
    """Whether another number begins here that is not joined by "and": then the verb is that one's."""
    return any(q.first == at for q in quantities) and view.word(at - 1) not in ("and", "or")


def _as_object(view: Surroundings, quantity: Quantity) -> str | None:
    """ "killing at least 12", "the deaths of 12 people"."""
    at = quantity.first - 1
    while (
        at >= 0
        and (view.word(at) in _APPROX or view.tag(at) in ("DT", "RB"))
        and view.word(at) != "of"
    ):
        at -= 1
    if view.word(at) == "of":
        cue = cues().get(view.word(at - 1))
        return cue.measure if cue is not None and "toll" in cue.roles else None
    cue = cues().get(view.word(at))
    if (
        cue is not None
        and "object" in cue.roles
        and view.word(at - 1) not in _AUXILIARIES - {"have", "has", "had"}
    ):
        return cue.measure
    return None


def _modifier(view: Surroundings, quantity: Quantity) -> str | None:
    """ "18 wounded soldiers"."""
    if quantity.counted is None or quantity.counted[0] < quantity.last:
        return None
    for at in range(quantity.counted[0], quantity.counted[1] - 1):
        cue = cues().get(view.word(at))
        if cue is not None and "modifier" in cue.roles:
            return cue.measure
    return None


def _head(view: Surroundings, quantity: Quantity) -> str | None:
    """ "40 fatalities", "11,000 troops"."""
    if quantity.counted is None:
        return None
    cue = cues().get(view.word(quantity.counted[1] - 1))
    if cue is None or "noun" not in cue.roles:
        return None
    return cue.measure


def _toll(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> str | None:
    """The total named before its verb: "the death toll", "the number of people killed", "wounded"."""
    if quantity.counted is not None and quantity.counted[0] >= quantity.last:
        return None
    for at in range(quantity.first - 1, max(-1, quantity.first - 1 - _TOLL_REACH), -1):
        word = view.word(at)
        if word in _TOLL:
            quantity.flags.add("total")
            named = cues().get(view.word(at - 1))
            return named.measure if named is not None else "killed"
        cue = cues().get(word)
        if cue is not None and cue.roles & {"toll", "post"} and _names_total(view, at):
            quantity.flags.add("total")
            return cue.measure
        if view.text(at) in _BREAKS:
            return None
    return None


def _names_total(view: Surroundings, at: int) -> bool:
    """Whether "number of", "count of" or the like leads to the word, or the word is a plural subject."""
    for step in range(at - 1, max(-1, at - 7), -1):
        if view.word(step) == "of" and view.word(step - 1) in (
            "number",
            "numbers",
            "count",
            "tally",
            "total",
        ):
            return True
        if view.tag(step) in ("VBD", "VBZ", "MD") or view.text(step) in (",", ";"):
            return False
    return view.tag(at) == "NNS" and view.tag(at + 1) in ("VBD", "VBZ", "VBP", "MD", "RB", "TO")


def _inherited(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> str | None:
    """The measure of the quantity that this one breaks down, continues or replaces."""
    if earlier is None or earlier.measure is None:
        return None
    end = phrase_end(view, earlier)
    gap = [view.word(at) for at in range(end, quantity.first)]
    has_own_noun = quantity.counted is not None and quantity.counted[0] >= quantity.last
    told_how = not has_own_noun and gap[-1:] in ([","], ["and"], ["("]) and view.tag(quantity.last) == "RB"
    if "including" in gap or "among" in gap or _of_them(view, quantity) or told_how:
        return earlier.measure
    words = [word for word in gap if word not in _APPROX or word in _CONTRAST]
    if not has_own_noun and (is_parallel(view, quantity, words) or "compared" in words[-3:]):
        return earlier.measure
    if earlier.measure == "troops":
        return None
    if words and all(word in ("and", ",", "or") for word in words) and len(words) <= 2:
        return earlier.measure if _lists(view, quantity, earlier) else None
    if not has_own_noun and words and (words[-1] in _CONTRAST or "from" in words[-3:]):
        return earlier.measure
    if (
        quantity.comparator in ("fraction_of", "multiple_of")
        and words[-1:]
        and words[-1] in (",", "—", "–", "-")
    ):
        return earlier.measure
    return None


def _of_them(view: Surroundings, quantity: Quantity) -> bool:
    return view.word(quantity.last) == "of" and view.word(quantity.last + 1) in _PRONOUNS


def _lists(view: Surroundings, quantity: Quantity, earlier: Quantity) -> bool:
    """Whether both are objects of one verb: "killed five soldiers and two civilians"."""
    return (
        _as_object(view, earlier) is not None
        or _behind(view, phrase_end(view, quantity)) is not None
    )


def _is_referent(view: Surroundings, quantity: Quantity, later: Quantity) -> bool:
    """Whether `later` is what a share is taken of: half of the 150."""
    if quantity.comparator not in ("fraction_of", "multiple_of"):
        return False
    gap = [view.word(at) for at in range(quantity.last, later.first)]
    return bool(gap) and all(word in ("of", "the", "those", "some", "these") for word in gap)
