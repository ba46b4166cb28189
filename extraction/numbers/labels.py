"""Numbers that name one thing: identifiers, names, codes, list markers.

Belongs here: "F-16", "Resolution 1701", "S&P 500", "BBC One", phone and case numbers, "2." at the start
of a line. Does not belong here: fixed phrases (`ledger_phrases.tsv`), degrees on a scale.
"""

from __future__ import annotations

import re

from extraction.numbers.ledger_words import Verdict, words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.noun_phrase import counts_plural
from extraction.numbers.surroundings import DASHES, QUOTES, Surroundings
from extraction.numbers.unit_words import is_unit_word

_LABELS, _LABEL_NOUNS = words_with("label"), words_with("label_noun")
_SERIES, _SCALES = words_with("series"), words_with("scale")
_CURRENCY, _SERIAL = words_with("currency"), words_with("serial")
_MONEY, _STREETS = words_with("money_suffix"), words_with("street")
_WEEKDAYS, _MONTHS = words_with("weekday"), words_with("month")
_COUNTING_PREFIXES = frozenset(
    ("sub", "non", "minus", "over", "under", "plus", "some", "the", "all", "multi")
)
_WEB = re.compile(r"://|www\.|\w@\w|\.(?:com|org|net|gov|edu)\b", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)[\s.-]?)?\d{1,4}(?:[\s.-]\d{2,5}){1,4}")
_PHONE_CUES = frozenset(
    ("call", "dial", "phone", "tel", "telephone", "hotline", "text", "fax", "contact", "helpline")
)
_SEPARATORS = re.compile(r"[-/_.:]")
_AROUND = ".,;:()[]\"'“”‘’"
_SHORTEST_SERIAL = 6
_LONGEST_SERIAL, _FEWEST_SEPARATORS, _FEWEST_DIGITS = 80, 2, 3
_LONGEST_SERIES = 3
"""Capitals before a point in a model's name: ID.4."""
_CHUNK = re.compile(r"\S+")
_ABBREVIATIONS = frozenset(("no", "nos", "art", "fig", "vol", "sec", "op", "apt", "nr", "pp", "ch"))
_APOSTROPHES = frozenset("'’")
_SPELLED_FORMS = frozenset(("words", "zero"))


def code_spans(view: Surroundings) -> list[tuple[int, int]]:
    """Spans (in the article) of web addresses, phone and serial numbers; [] for most sentences."""
    text, base = view.sentence.text, view.sentence.start
    spans = []
    if "www." in text or "://" in text or "@" in text or ".com" in text or ".org" in text:
        chunks = (m for m in _CHUNK.finditer(text) if _WEB.search(m[0]))
        spans += [(base + m.start(), base + m.end()) for m in chunks]
    if "-" in text or "/" in text or "+" in text:
        spans += _serials(text, base) + _phones(view, text, base)
    return spans


def _serials(text: str, base: int) -> list[tuple[int, int]]:
    """Chunks of letters and digits with two separators or more: 23-cv-1187."""
    found = []
    for chunk in _CHUNK.finditer(text):
        if len(chunk[0]) < _SHORTEST_SERIAL or not _SEPARATORS.search(chunk[0]):
            continue
        body = chunk[0].strip(_AROUND)
        if _numbered(body) or (_is_serial(body) and not _reads_as_words(body)):
            found.append((base + chunk.start(), base + chunk.end()))
    return found


def _is_serial(body: str) -> bool:
    """Three digits or more, a letter, and two separators or more, in a piece of readable length."""
    if len(body) > _LONGEST_SERIAL or len(_SEPARATORS.findall(body)) < _FEWEST_SEPARATORS:
        return False
    plain = _SEPARATORS.sub("", body)
    digits = sum(c.isdigit() for c in plain)
    return digits >= _FEWEST_DIGITS and plain.isalnum() and not plain.isdigit()


def _numbered(body: str) -> bool:
    """A year and a running number: 24-11967; a range has numbers of like length."""
    first, mark, second = body.partition("-")
    return bool(mark) and first.isdecimal() and second.isdecimal() and len(second) > len(first) + 2


def _reads_as_words(body: str) -> bool:
    """ "16-year-old", "3-to-5", "mid-2024-style": pieces that are a number and ordinary words."""
    letters = [piece for piece in re.split(r"[-/_.:]", body) if piece.isalpha()]
    return any(
        len(piece) > 3 or piece.lower() in ("to", "day", "old", "in", "and", "for", "on")
        for piece in letters
    )


def _phones(view: Surroundings, text: str, base: int) -> list[tuple[int, int]]:
    found = []
    cued = any(token.lower in _PHONE_CUES for token in view.tokens)
    for match in _PHONE.finditer(text) if cued or "+" in text or "555" in text else ():
        digits = sum(c.isdigit() for c in match[0])
        if digits >= 7 and (cued or match[0].startswith("+") or match[0].count("-") >= 2):
            found.append((base + match.start(), base + match.end()))
    return found


def coded(spans: list[tuple[int, int]], numeral: Numeral) -> Verdict | None:
    """`code` where the numeral lies in one of `spans`."""
    if any(start <= numeral.start and numeral.end <= end for start, end in spans):
        return "code", "part of an address, phone or serial number"
    return None


def list_marker(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """ "1." or "2)" that opens a line, "(3)", a footnote's "[4]"."""
    first, last = numeral.first, numeral.last
    if numeral.form != "digits" or last - first > 1 or not view.text(first).isdecimal():
        return None
    before, after = view.text(first - 1), view.text(last)
    if before == "[" and after == "]":
        return "list_marker", "a reference mark"
    opens = first == 0 or (first == 1 and before in "(#[")
    if (
        len(view.text(first)) > 2
        or not opens
        or after not in (".", ")", "]")
        or not view.glued(last)
    ):
        return None
    if last + 1 == len(view.tokens) or view.capital(last + 1) or view.text(last + 1) in QUOTES:
        return "list_marker", "numbers an item of a list"
    return None


def label(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """`identifier` or `name` for a number that tells one thing from another, else None."""
    if numeral.form in _SPELLED_FORMS:
        return _spelled_name(view, numeral) or _spelled_label(view, numeral)
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
    if (
        not prefix[-1:].isalpha()
        or prefix.lower() in _COUNTING_PREFIXES
        or prefix.lower() in _CURRENCY
    ):
        return None
    if prefix.lower() == "top":
        return "ordinal", "a rank"
    if any(letter.isupper() for letter in prefix):
        return "identifier", f"part of “{prefix}-{view.text(first)}”"
    return None


def _labelled(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """The noun of a series before the digits: Resolution 1701, highway 61, Boeing 747, iPhone 14."""
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
    if at < first - 1 and word not in (
        "no",
        "nos",
        "art",
        "fig",
        "vol",
        "sec",
        "op",
        "st",
        "apt",
        "nr",
    ):
        return None
    reason = f"the number of one “{view.text(at)}”"
    counts = counts_plural(view, numeral.last)
    if word in _LABELS or (word in _LABEL_NOUNS and view.capital(at) and not view.opens(at)):
        if not counts or (view.capital(at) and (not view.opens(at) or word in _LABELS)):
            return "identifier", reason
    if word in _LABEL_NOUNS and view.capital(at) and not counts:
        return "identifier", reason
    if word in _SERIES and view.capital(at):
        return "identifier", reason
    return _chained(view, numeral) or _product(view, numeral, at, counts)


def _measured(view: Surroundings, numeral: Numeral) -> bool:
    """A unit, a percent sign or another quantity behind: not a bare number."""
    after = view.text(numeral.last)
    if view.capital(numeral.last) or (view.tag(numeral.last) == "IN" and not view.glued(numeral.last)):
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


def _product(view: Surroundings, numeral: Numeral, at: int, counts: bool) -> Verdict | None:
    """A capitalised name right before a bare number that counts nothing: iPhone 14 Pro, Windows 11."""
    if not view.text(at).isalpha():
        return None
    mixed = not view.text(at).islower() and not view.capital(at)
    named = _is_name(view, at)
    if (
        counts
        or not (named or mixed)
        or view.glued(numeral.first)
        or "," in view.text(numeral.first)
    ):
        return None
    after = view.text(numeral.last)
    version = "." in view.text(numeral.first)
    if (
        (after in (",", "-", "–", "/") and not version)
        or view.tag(numeral.last) in ("NN", "JJ")
        and not mixed
    ):
        return None
    if at == 0 or not _verb_before(view, at):
        return "identifier", f"part of the name “{view.text(at)} {view.text(numeral.first)}”"
    return None


def _is_name(view: Surroundings, at: int) -> bool:
    """A capitalised word inside the sentence that is a name, or stands right after one."""
    if not view.capital(at) or view.opens(at):
        return False
    return view.tag(at) in ("NNP", "NNPS") or (view.tag(at - 1) == "NNP" and not view.opens(at - 1))


def _verb_before(view: Surroundings, at: int) -> bool:
    """Whether the name before the number is the object of "gave": gave Kyiv 30; beat Chelsea 3."""
    return view.tag(at - 1) in ("VBD", "VB", "VBZ", "VBP", "VBG", "VBN")


def _spelled_name(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A spelled number inside a name: the Seven Network, Channel Nine."""
    first, last = numeral.first, numeral.last
    if last - first > 1 or not view.capital(first) or view.opens(first) or _title_case(view):
        return None
    neighbours = (view.capital(first - 1) and first > 0 and view.text(first - 1).isalpha()) or (
        view.capital(last) and view.text(last).isalpha()
    )
    return ("name", "part of a name") if neighbours else None


def _spelled_label(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A spelled number behind the noun of a series: day two of the trial, phase three."""
    word = view.word(numeral.first - 1)
    if word not in _LABELS and word not in _LABEL_NOUNS or word.endswith("s"):
        return None
    after = view.text(numeral.last)
    if after not in (".", ",", ")", ";", ":", "") and view.tag(numeral.last) not in ("IN", "CC", "VBD", "VBZ"):
        return None
    return "identifier", f"the number of one “{word}”"


def _address(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """A house number: 10 Downing Street."""
    at = numeral.last
    while at < numeral.last + 3 and view.capital(at):
        if view.word(at) in _STREETS and at > numeral.last:
            return "identifier", "a house number"
        at += 1
    return None


def _title_case(view: Surroundings) -> bool:
    """Whether most longer words are capitalised, as in a headline: capitals then say nothing."""
    longer = [
        token.text for token in view.tokens if len(token.text) > 3 and token.text[0].isalpha()
    ]
    return sum(word[0].isupper() for word in longer) * 3 > len(longer) * 2
