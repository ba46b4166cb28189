"""Numbers that name one thing: "F-16", "Resolution 1701", "iPhone 14", "10 Downing Street".

Belongs here: numbers glued to letters or behind the noun of a series. Does not belong here: fixed
phrases (`ledger_phrases.tsv`), names (`name_numbers`), codes (`codes`), degrees on a scale.
"""

from __future__ import annotations

from extraction.numbers.ledger_words import Verdict, words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.name_numbers import product, spelled_label, spelled_name
from extraction.numbers.noun_phrase import counts_plural
from extraction.numbers.surroundings import DASHES, Surroundings
from extraction.numbers.unit_words import is_unit_word

_LABELS, _LABEL_NOUNS = words_with("label"), words_with("label_noun")
_SERIES, _SCALES = words_with("series"), words_with("scale")
_CURRENCY, _SERIAL = words_with("currency"), words_with("serial")
_MONEY, _STREETS = words_with("money_suffix"), words_with("street")
_WEEKDAYS, _MONTHS = words_with("weekday"), words_with("month")
_COUNTING_PREFIXES = frozenset(
    ("sub", "non", "minus", "over", "under", "plus", "some", "the", "all", "multi")
)
_LONGEST_SERIES = 3
"""Capitals before a point in a model's name: ID.4."""
_ABBREVIATIONS = frozenset(("no", "nos", "art", "fig", "vol", "sec", "op", "apt", "nr", "pp", "ch"))
"""Labels that may end in a full stop."""
_APOSTROPHES = frozenset("'’")
_SPELLED_FORMS = frozenset(("words", "zero"))


def label(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """`identifier` or `name` for a number that tells one thing from another, else None."""
    if numeral.form in _SPELLED_FORMS:
        return spelled_name(view, numeral) or spelled_label(view, numeral)
    if numeral.form != "digits":
        return None
    return (
        _glued_before(view, numeral)
        or _glued_after(view, numeral)
        or _hyphen_before(view, numeral)
        or _address(view, numeral)
        or _labelled(view, numeral)
    )


def _glued_before(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """Letters right before the digits: MH370, G7, CO2."""
    first = numeral.first
    if view.text(first - 1) == "." and view.glued(first) and view.glued(first - 1):
        prefix = view.text(first - 2)
        if prefix.isupper() and len(prefix) <= _LONGEST_SERIES:
            return "identifier", f"part of “{prefix}.{view.text(first)}”"
    if not view.glued(first) or not view.text(first - 1).isalpha():
        return _sign_before(view, numeral)
    prefix = view.text(first - 1)
    labelled = view.word(first - 2) in _LABELS or view.joined(first - 2)
    if labelled or (prefix.isupper() and len(prefix) > 1 and prefix.lower() not in _CURRENCY):
        return "identifier", f"part of “{prefix}{view.text(first)}”"
    if prefix.lower() in _CURRENCY or (prefix.islower() and len(prefix) > 3):
        return None
    return "identifier", f"part of “{prefix}{view.text(first)}”"


def _sign_before(view: Surroundings, numeral: Numeral) -> Verdict | None:
    if view.text(numeral.first - 1) == "#" and view.glued(numeral.first):
        return "identifier", "a number sign before it"
    return None


def _glued_after(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """Letters right after the digits that are no unit: 5G, 747s, 9M."""
    last = numeral.last
    if (
        view.joined(last)
        and view.text(last + 1).isupper()
        and not is_unit_word(view.text(last + 1))
    ):
        return "identifier", f"part of “{view.text(numeral.first)}-{view.text(last + 1)}”"
    if not view.glued(last) or not view.text(last)[:1].isalpha():
        return None
    suffix = view.text(last)
    if suffix.lower() in _SERIAL and suffix.isupper() and view.text(last - 1).isdecimal():
        return "identifier", f"names a kind: “{view.text(numeral.first)}{suffix}”"
    if suffix == "s" and numeral.value is not None and numeral.value % 10:
        return "identifier", "the plural of a model or class"
    if is_unit_word(suffix) or suffix in _MONEY or suffix == "s" or len(suffix) > 4:
        return None
    return "identifier", f"part of “{view.text(numeral.first)}{suffix}”"


def _hyphen_before(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A hyphen and letters before the digits: F-16, COVID-19."""
    first = numeral.first
    if not view.joined(first - 1) or view.text(first - 1) == "–":
        return None
    prefix = view.text(first - 2)
    whole = view.owner.get(first - 2)
    if whole is not None and whole.disposition == "identifier":
        return "identifier", f"part of “{prefix}-{view.text(first)}”"
    if not prefix[-1:].isalpha() or prefix.lower() in _COUNTING_PREFIXES:
        return None
    if prefix.lower() == "top":
        return "ordinal", "a rank"
    if any(letter.isupper() for letter in prefix):
        return "identifier", f"part of “{prefix}-{view.text(first)}”"
    return None


def _labelled(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """The noun of a series before the digits: Resolution 1701, highway 61, Boeing 747."""
    first = numeral.first
    at = first - 1
    if view.text(at) == "." and view.glued(at):
        at -= 1
    word = view.word(at)
    if (
        not word
        or word in _SCALES
        or word in _WEEKDAYS
        or word in _MONTHS
        or _measured(view, numeral)
    ):
        return None
    if at < first - 1 and word not in _ABBREVIATIONS:
        return None
    if word in _LABELS or word in _LABEL_NOUNS or word in _SERIES:
        found = _of_series(view, numeral, at, word)
        if found is not None:
            return found
    return _chained(view, numeral) or product(view, numeral, at)


def _of_series(view: Surroundings, numeral: Numeral, at: int, word: str) -> Verdict | None:
    """The number behind a label, unless it counts what follows: "order 500 tanks"."""
    counts, capital = counts_plural(view, numeral.last), view.capital(at)
    if word == "top":
        verb = view.tag(at - 1) in ("MD", "TO")  # "the toll could top 1,000"
        return None if counts or verb else ("ordinal", "a rank")
    in_series = word in _LABELS and (capital or not counts)
    named = word in _LABEL_NOUNS and capital and not (counts and view.opens(at))
    of_series = word in _SERIES and not view.text(at).islower()
    if in_series or named or of_series:
        return "identifier", f"the number of one “{view.text(at)}”"
    return None


def _measured(view: Surroundings, numeral: Numeral) -> bool:
    """A unit, a percent sign or another quantity behind: not a bare number."""
    after = view.text(numeral.last)
    if view.capital(numeral.last) or (
        view.tag(numeral.last) == "IN" and not view.glued(numeral.last)
    ):
        return False
    if after in _APOSTROPHES and view.word(numeral.last + 1) == "s":
        return False  # "the iPhone 14’s display", not feet
    return after in ("%", "°") or (bool(after) and is_unit_word(after))


def _chained(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """The second number of "Articles 5 and 6"."""
    link = numeral.first - 1
    if view.word(link) not in ("and", "or", "to", ",", *DASHES):
        return None
    other = view.owner.get(link - 1)
    word = view.word(other.first - 1) if other is not None else ""
    if (
        other is None
        or other.disposition != "identifier"
        or word not in _LABELS
        or not word.endswith("s")
    ):
        return None
    return "identifier", f"the number of one of the “{word}”"


def _address(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A house number or postal code: 10 Downing Street; Erie, PA 16501."""
    at = numeral.last
    if _is_postal_code(view, numeral.first):
        return "code", "a postal code"
    while at < numeral.last + 3 and view.capital(at):
        if view.word(at) in _STREETS and at > numeral.last:
            return "identifier", "a house number"
        at += 1
    return None


def _is_postal_code(view: Surroundings, first: int) -> bool:
    """Five digits behind a comma and two capitals."""
    state, digits = view.text(first - 1), view.text(first)
    return (
        view.text(first - 2) == ","
        and len(state) == 2
        and state.isalpha()
        and state.isupper()
        and len(digits) == 5
        and digits.isdecimal()
    )
