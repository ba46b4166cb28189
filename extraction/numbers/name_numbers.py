"""Numbers inside names: "BBC One", "the Seven Network", "Windows 11", "phase three".

Belongs here: names told by their capitals, and spelled numbers behind the noun of a series. Does
not belong here: names that must be known (`ledger_phrases.tsv`).
"""

from __future__ import annotations

from extraction.numbers.ledger_words import Verdict, words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.noun_phrase import counts_plural
from extraction.numbers.surroundings import Surroundings

_LABELS, _LABEL_NOUNS = words_with("label"), words_with("label_noun")

_APART = frozenset((",", "-", "–", "/"))
"""Behind a number that is an age, a range or a score, not part of a name."""


def product(view: Surroundings, numeral: Numeral, at: int) -> Verdict | None:
    """A name right before a bare number that counts nothing: iPhone 14 Pro, Windows 11."""
    name, number = view.text(at), view.text(numeral.first)
    if name.islower() or not name.isalpha() or view.glued(numeral.first) or "," in number:
        return None
    mixed = not view.capital(at)
    if mixed and view.tag(numeral.last) in ("VBZ", "VBD"):
        return "identifier", f"part of the name “{name} {number}”"
    if not (mixed or _is_name(view, at)) or counts_plural(view, numeral.last):
        return None
    if view.text(numeral.last) in _APART and "." not in number:
        return None
    if view.tag(numeral.last) in ("NN", "JJ") and not mixed:
        return None
    if view.word(at - 1) == "in" and not mixed:
        return None  # a place and its count: "and in Poland 2"
    if at > 0 and not name.isupper() and _verb_before(view, at):
        return None
    return "identifier", f"part of the name “{name} {number}”"


def _is_name(view: Surroundings, at: int) -> bool:
    """A capitalised word inside the sentence that is a name, or stands right after one."""
    if not view.capital(at) or view.opens(at):
        return False
    return view.tag(at) in ("NNP", "NNPS") or (view.tag(at - 1) == "NNP" and not view.opens(at - 1))


def _verb_before(view: Surroundings, at: int) -> bool:
    """Whether the name before the number is the object of "gave": gave Kyiv 30; beat Chelsea 3."""
    return view.tag(at - 1) in ("VBD", "VB", "VBZ", "VBP", "VBG", "VBN")


def spelled_name(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A spelled number inside a name: the Seven Network, Channel Nine."""
    first, last = numeral.first, numeral.last
    if last - first > 1 or not view.capital(first) or view.opens(first) or _title_case(view):
        return None
    neighbours = (view.capital(first - 1) and first > 0 and view.text(first - 1).isalpha()) or (
        view.capital(last) and view.text(last).isalpha()
    )
    of_name = view.word(first - 1) == "of" and view.capital(first - 2)
    return ("name", "part of a name") if neighbours or of_name else None


def spelled_label(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A spelled number behind the noun of a series: day two of the trial, phase three."""
    word = view.word(numeral.first - 1)
    if (word not in _LABELS and word not in _LABEL_NOUNS) or word.endswith("s"):
        return None
    after = view.text(numeral.last)
    if after not in (".", ",", ")", ";", ":", "") and view.tag(numeral.last) not in (
        "IN",
        "CC",
        "VBD",
        "VBZ",
    ):
        return None
    if word == "top":
        return "ordinal", "a rank"
    return "identifier", f"the number of one “{word}”"


def _title_case(view: Surroundings) -> bool:
    """Whether most longer words are capitalised, as in a headline: capitals then say nothing."""
    longer = [
        token.text for token in view.tokens if len(token.text) > 3 and token.text[0].isalpha()
    ]
    return sum(word[0].isupper() for word in longer) * 3 > len(longer) * 2
