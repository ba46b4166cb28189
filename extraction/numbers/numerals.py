"""Every numeral of a sentence: digits, number words, and words that stand for a number.

Belongs here: where a numeral begins and ends, and its value. Does not belong here: whether it is a
figure, its unit, its bounds.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.language.word_classes import word_class
from extraction.numbers import digits, magnitudes, proportions, vague
from extraction.numbers.mention import Numeral
from extraction.numbers.number_words import CARDINAL_KINDS, WORDS, words_in
from extraction.numbers.spelled import Reading, is_hyphen, read_cardinal
from extraction.numbers.time_words import is_time_word
from extraction.sentences import Sentence, Token

_OPENERS = frozenset(
    word for word, entry in WORDS.items() if entry.kind not in ("suffix", "letter", "parts")
) | {"a", "an"}
_NEVER_BARE = words_in("never_bare")
_DIGITS = frozenset("0123456789")
_MOST_REMEMBERED = 50_000
_CONTINUES = frozenset((*WORDS, *"-‐‑/x×,^", "in", "out", "and", "point", "fold"))
"""What may follow digits and belong to their number; behind anything else it has ended."""
_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))


class _Candidates(dict[str, bool]):
    """Word in lower case → whether a numeral may begin with it; remembers what it was asked."""

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        first = word[0]
        answer = word in _OPENERS or first in _DIGITS or first > "\x7f"
        self[word] = answer
        return answer


_CANDIDATES = _Candidates()


def find_numerals(sentence: Sentence) -> list[Numeral]:
    """Every numeral of `sentence` in text order; none overlaps another. Values are plain floats."""
    lowers = sentence.lowers
    candidates = [at for at, word in enumerate(lowers) if _CANDIDATES[word]]
    found: list[Numeral] = []
    behind = 0
    for at in candidates:
        if at < behind:
            continue
        numeral = _numeral_at(sentence.tokens, at, lowers[at])
        if numeral is not None:
            found.append(numeral)
            behind = numeral.last
    return found


def _numeral_at(tokens: Sequence[Token], at: int, word: str) -> Numeral | None:
    if word[0].isdecimal():
        return _from_digits(tokens, at)
    if word in ("a", "an"):
        opens = at + 1 < len(tokens) and tokens[at + 1].lower in WORDS
        return _after_article(tokens, at) if opens else None
    return _from_words(tokens, at) if word in _OPENERS else None


def _numeral(
    tokens: Sequence[Token],
    first: int,
    last: int,
    form: str,
    value: float | None,
    magnitude: float = 1.0,
) -> Numeral:
    return Numeral(
        first, last, tokens[first].start, tokens[last - 1].end, form, value, None, None, magnitude
    )


def _from_digits(tokens: Sequence[Token], at: int) -> Numeral:
    if at + 1 < len(tokens) and not _may_continue(tokens[at + 1].lower):
        value = digits.value_of(tokens[at].text)
        if value is not None and not (at and tokens[at - 1].end == tokens[at].start):
            first, value = _signed(tokens, at, value)
            return _numeral(tokens, first, at + 1, "digits", value)
    value, last, is_fraction = digits.read_digits(tokens, at)
    if value is None:
        numeral = _numeral(tokens, at, last, "digits", None)
        numeral.disposition, numeral.reason = "unreadable", "no single number"
        return numeral
    ending = last < len(tokens) and tokens[last].lower in _ORDINAL_ENDINGS
    if ending and tokens[last].start == tokens[last - 1].end:
        return _numeral(tokens, at, last + 1, "ordinal", value)
    first = at
    if digits.leading_point(tokens, at):
        first, value = at - 1, float(f"0.{tokens[at].text}")
    first, value = _signed(tokens, first, value)
    if is_fraction:
        numeral = _with_power_of(tokens, first, last, value)
        if numeral.form == "fraction" and _noun_behind(tokens, last):
            numeral.form = "digits"
        return numeral
    value, last, magnitude = magnitudes.scale(tokens, first, value, last)
    return _finish(tokens, first, Reading(value, last, magnitude), "digits")


def _may_continue(word: str) -> bool:
    return word in _CONTINUES or word in _ORDINAL_ENDINGS or word[0].isdecimal()


def _noun_behind(tokens: Sequence[Token], at: int) -> bool:
    """Whether "1/4" is a number of something ("1/4 point"), not a part of it ("1/4 of the …")."""
    return at < len(tokens) and word_class(tokens[at].lower) in ("NN", "NNS", "JJ")


def _signed(tokens: Sequence[Token], first: int, value: float) -> tuple[int, float]:
    at = digits.sign_at(tokens, first)
    return (at, -value) if at < first else (first, value)


def _from_words(tokens: Sequence[Token], at: int) -> Numeral | None:
    token = tokens[at]
    kind = WORDS[token.lower].kind
    if kind in CARDINAL_KINDS:
        return _from_cardinal(tokens, at)
    if kind == "ordinal":
        return _ordinal(tokens, at)
    if kind == "part":
        return _quarter_of_a_power(tokens, at)
    if kind == "half":
        return _with_power_of(tokens, at, at + 1, 0.5)
    if kind == "glyph":
        return _with_power_of(tokens, at, at + 1, WORDS[token.lower].value)
    if kind == "group":
        return _numeral(tokens, at, at + 1, "words", WORDS[token.lower].value)
    multiple = proportions.multiple_at(tokens, at)
    if multiple is not None:
        return _numeral(tokens, at, multiple.last, multiple.form, multiple.value)
    return vague.read(tokens, at)


def _quarter_of_a_power(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "quarter million"; a quarter without an article is no number otherwise."""
    factor, last = proportions.of_a_power(tokens, at + 1)
    if factor == 1.0 or last != at + 2:
        return None
    return _numeral(tokens, at, last, "words", factor / WORDS[tokens[at].lower].value, factor)


def _after_article(tokens: Sequence[Token], at: int) -> Numeral | None:
    """ "a dozen", "a hundred thousand", "a third", "a few", "a quarter of a million"."""
    if at + 1 >= len(tokens):
        return None
    word = WORDS.get(tokens[at + 1].lower)
    if word is None:
        return None
    if word.kind in ("hundred", "power"):
        reading = _cardinal(tokens, at, at + 1, 1.0)
        return None if reading is None else _finish(tokens, at, reading, "words")
    if word.kind == "group":
        return _numeral(tokens, at, at + 2, "words", word.value)
    part = proportions.fraction_after(tokens, at, 1, at + 1)
    if part is not None:
        return _with_power_of(tokens, at, part.last, part.value)
    return vague.read(tokens, at)


def _from_cardinal(tokens: Sequence[Token], at: int) -> Numeral | None:
    word = WORDS[tokens[at].lower]
    bare = 1.0 if word.kind in ("hundred", "power") and tokens[at].lower not in _NEVER_BARE else 0.0
    reading = _cardinal(tokens, at, at, bare)
    if reading is None and word.kind == "power":
        return None
    if reading is None:  # "zero" builds no sums
        reading = _point(tokens, Reading(word.value, at + 1, 1.0))
        return _numeral(
            tokens, at, reading.last, "zero" if not reading.value else "words", reading.value
        )
    ordinal = _ends_ordinal(tokens, reading)
    if ordinal is not None:
        return _numeral(tokens, at, ordinal.last, "ordinal", ordinal.value)
    first, value = _signed(tokens, at, reading.value)
    return _finish(tokens, first, Reading(value, reading.last, reading.magnitude), "words")


def _cardinal(tokens: Sequence[Token], first: int, at: int, start_value: float) -> Reading | None:
    """A spelled cardinal; behind "between" the last "and" parts two numbers."""
    whole = read_cardinal(tokens, at, start_value)
    if whole is None or first == 0 or tokens[first - 1].lower != "between":
        return whole
    if whole.last + 1 < len(tokens) and tokens[whole.last].lower == "and":
        word = WORDS.get(tokens[whole.last + 1].lower)
        if word is not None and word.kind in CARDINAL_KINDS:
            return whole
    return read_cardinal(tokens, at, start_value, joined=False)


def _finish(tokens: Sequence[Token], first: int, reading: Reading, form: str) -> Numeral:
    """Add what may follow any cardinal: a fraction, "and a half", "point five", a group, "fold"."""
    last = reading.last
    if last >= len(tokens) or tokens[last].lower not in _CONTINUES:
        return _numeral(tokens, first, last, form, reading.value, reading.magnitude)
    part = proportions.fraction_after(tokens, first, reading.value, reading.last)
    if part is not None:
        return _with_power_of(tokens, first, part.last, part.value)
    share = proportions.n_of_m(tokens, first, reading, _plain_cardinal, is_time_word)
    if share is not None:
        return _numeral(tokens, first, share.last, share.form, share.value)
    reading = magnitudes.with_tail(tokens, _point(tokens, reading))
    reading = magnitudes.times_group(tokens, reading)
    last = proportions.fold_after(tokens, reading.last)
    if last > reading.last:
        return _numeral(tokens, first, last, "multiple", reading.value)
    return _numeral(tokens, first, reading.last, form, reading.value, reading.magnitude)


def _plain_cardinal(tokens: Sequence[Token], at: int) -> Reading | None:
    if at >= len(tokens):
        return None
    if tokens[at].text[0].isdecimal():
        value = digits.value_of(tokens[at].text)
        return None if value is None else Reading(value, at + 1, 1.0)
    return read_cardinal(tokens, at)


def _point(tokens: Sequence[Token], reading: Reading) -> Reading:
    """ "two point five": the decimals in words."""
    at = reading.last
    if at + 1 >= len(tokens) or tokens[at].lower != "point":
        return reading
    decimals = ""
    at += 1
    while at < len(tokens) and len(decimals) < 15:
        word = WORDS.get(tokens[at].lower)
        if word is None or word.kind not in ("digit", "zero", "teen", "ten"):
            break
        decimals += f"{word.value:g}"
        at += 1
    if not decimals:
        return reading
    return Reading(reading.value + float(f"0.{decimals}"), at, reading.magnitude)


def _ordinal(tokens: Sequence[Token], at: int) -> Numeral | None:
    return _numeral(tokens, at, at + 1, "ordinal", WORDS[tokens[at].lower].value)


def _ends_ordinal(tokens: Sequence[Token], reading: Reading) -> Reading | None:
    """ "twenty-first", "one hundred and fifth": a cardinal that an ordinal closes."""
    at = reading.last
    if at >= len(tokens):
        return None
    if is_hyphen(tokens, at):
        at += 1
    word = WORDS.get(tokens[at].lower)
    if word is None or word.kind != "ordinal" or reading.value % 10 or reading.value < 20:
        return None
    return Reading(reading.value + word.value, at + 1, 1.0) if word.value < 10 else None


def _with_power_of(tokens: Sequence[Token], first: int, last: int, value: float) -> Numeral:
    """A fraction, or the number that it makes with a power: "half a million"."""
    factor, end = proportions.of_a_power(tokens, last)
    if end > last:
        return _numeral(tokens, first, end, "words", value * factor, factor)
    return _numeral(tokens, first, last, "fraction", value)
