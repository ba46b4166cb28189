"""Codes and marks: web addresses, phone and serial numbers, the "2." of a list.

Belongs here: numbers that are only characters. Does not belong here: identifiers of things
(`labels`).
"""

from __future__ import annotations

import re

from extraction.numbers.ledger_words import Verdict
from extraction.numbers.mention import Numeral
from extraction.numbers.surroundings import QUOTES, Surroundings

_WEB = re.compile(r"://|www\.|@\w|\.(?:com|org|net|gov|edu)\b", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)[\s.-]?)?\d{1,4}(?:[\s.-]\d{2,5}){1,4}")
_PHONE_CUES = frozenset(
    ("call", "dial", "phone", "tel", "telephone", "hotline", "text", "fax", "contact", "helpline")
)
_SEPARATORS = re.compile(r"[-/_.:]")
_AROUND = ".,;:()[]\"'“”‘’"
_SHORTEST_SERIAL, _LONG_SERIAL = 6, 11
_LONGEST_SERIAL, _FEWEST_SEPARATORS, _FEWEST_DIGITS = 80, 2, 3
_HIGHEST_ITEM = 40
_CHUNK = re.compile(r"\S+")


_LONGEST_ITEM = 5


def _names_item(view: Surroundings, at: int) -> bool:
    """Whether the whole line is a number and a name: "9 Ana Lopez."."""
    tokens = view.tokens[at:]
    if not 2 <= len(tokens) <= _LONGEST_ITEM or int(view.text(0)) > _HIGHEST_ITEM:
        return False
    words = [token.text for token in tokens if token.text != "."]
    return (
        len(words) > 1
        and all(word.istitle() and word.isalpha() for word in words)
        and not any(word.endswith("s") for word in words[-1:])
    )


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
    cued = not _PHONE_CUES.isdisjoint(view.sentence.lowers)
    for match in _PHONE.finditer(text) if cued or "+" in text or "555" in text else ():
        dialled = cued or match[0].startswith("+") or match[0].count("-") >= 2
        if dialled and sum(c.isdigit() for c in match[0]) >= 7:
            found.append((base + match.start(), base + match.end()))
    return found


def long_serial(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """ "672157973804": more digits in a row than a number has without separators."""
    text = view.text(numeral.first)
    if numeral.form == "digits" and len(text) >= _LONG_SERIAL and text.isdecimal():
        return "code", "a serial number"
    return None


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
    if first == 0 and _names_item(view, last):
        return "list_marker", "numbers an item of a list"
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
