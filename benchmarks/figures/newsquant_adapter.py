"""Figure rows in NewsQuant's conventions, for the scorer of that gold.

Belongs here: every way in which that gold's conventions differ from the row contract. Does not belong
here: anything that reads numbers.

    python -m benchmarks.figures.newsquant_adapter GOLD.jsonl PRED.jsonl [--conventions phenomena]

Conventions, both sets: a counted noun is the unit, as lemmas; plurals are intervals ("dozens" 12 to 120,
"hundreds" 100 to 1,000); ages are `year of age`; "N times" is `count`; a denominator is part of the unit.
`newsquant` alone: a movement from one value to another is one range; a fraction is `% <noun>`; "one of the
best screens" is 1; "several" and "a few" are no quantity; "PS" is what its scraper made of "£".
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import get_currency_name

from extraction.article import Article
from extraction.dates import find_dates
from extraction.language.lemmas import lemma_of
from extraction.language.word_classes import word_class
from extraction.numbers.stage import find_numbers
from extraction.rows import Figure, Number
from extraction.vocabulary import load_table

Quantity = dict[str, Any]

_SCRAPED_POUND = re.compile(r"\bPS(?=\d)")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_FUNCTION_TAGS = frozenset(("DT", "IN", "CC", "PRP$", "PRP", "TO", "POS", "WDT", "MD", "EX", "PDT"))
_SMALL_VAGUE = ("several", "a few", "few", "a couple", "a handful")
_BOUNDS = {"approximate": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<"}
_FROM = re.compile(r"\bfrom (?:\w+ ){0,2}$", re.I)
_TO = re.compile(r"\bto (?:\w+ )?$", re.I)
_WITHIN = re.compile(r"\bwithin\s+(?:the\s+)?$", re.I)
_HEDGE = re.compile(r"\b(?:nearly|almost|about|around|roughly|some|approximately)\s+$", re.I)
_LONGEST_MOVEMENT = 60
"""Characters between the ends of a movement that this gold makes one range."""


@cache
def _unit_names() -> dict[str, str]:
    rows = load_table("newsquant_units", ("unit", "theirs"), "benchmarks.figures")
    return {row["unit"]: row["theirs"] for row in rows}


def read(text: str) -> Article:
    """The article after the stages that figures need: dates and numbers."""
    article = Article.read(text)
    find_dates(article)
    find_numbers(article)
    return article


def translate(article: Article, conventions: str) -> list[Quantity]:
    """The figures of `article` as the scorer's quantities, in text order."""
    out = [_quantity(article.text, figure, conventions) for figure in article.figures]
    if conventions == "newsquant":
        kept = [
            (figure, quantity)
            for figure, quantity in zip(article.figures, out, strict=True)
            if not _is_small_vague(figure)
        ]
        out = _join_movements(article.text, kept)
        out += [
            _one_of(article.text, number)
            for number in article.numbers
            if _is_one_of(article.text, number)
        ]
    return sorted(out, key=lambda quantity: int(quantity["start"]))


def _quantity(text: str, figure: Figure, conventions: str) -> Quantity:
    low, high = _interval(figure)
    return {
        "start": figure.start,
        "end": figure.end,
        "surface": figure.text,
        "value_low": low,
        "value_high": high,
        "unit": _unit(figure, conventions),
        "concept": _concept(figure),
        "change": _change(text, figure, conventions),
    }


def _interval(figure: Figure) -> tuple[float | None, float | None]:
    if figure.comparator in ("fraction_of", "multiple_of"):
        return figure.factor, figure.factor
    if figure.comparator == "vague":
        low = figure.low or 0.0
        return (low / 2, low * 5) if figure.high is None else (low, figure.high)
    if figure.comparator == "approximate":
        return figure.value, figure.value
    if figure.comparator == "between":
        return figure.low, figure.high
    return figure.value, figure.value


def _change(text: str, figure: Figure, conventions: str) -> str:
    """One sign for bound and direction; a bound outranks a direction, a direction a hedge."""
    before = text[max(0, figure.start - 40) : figure.start]
    sign = _BOUNDS.get(figure.comparator, "=")
    if figure.comparator == "fraction_of" and _HEDGE.search(before):
        return "~"
    if sign in "<>" and not (conventions == "newsquant" and _WITHIN.search(before)):
        return sign
    if figure.change and not (conventions == "newsquant" and _TO.search(before)):
        return figure.change
    return sign if sign == "~" else "="


def _unit(figure: Figure, conventions: str) -> str | None:
    unit: str | None = None
    if figure.quantity_kind == "age":
        unit = f"{figure.unit} of age"
    elif figure.comparator == "multiple_of" or figure.counted_head == "time":
        unit = "count"
    elif figure.unit == "penny" and figure.text.endswith("p") and conventions == "phenomena":
        unit = "pence"
    elif figure.unit != "count":
        unit = _their_name(figure.unit)
    elif figure.counted:
        unit = _lemmas(figure.counted)
    elif figure.measure:
        unit = "people"
    if figure.comparator == "fraction_of" and conventions == "newsquant":
        unit = f"% {unit or '-'}"
    return f"{unit} per {_their_name(figure.per)}" if unit and figure.per else unit


def _their_name(unit: str) -> str:
    if unit in _unit_names():
        return _unit_names()[unit]
    return str(get_currency_name(unit, locale="en")).lower() if unit.isupper() else unit


def _lemmas(phrase: str) -> str:
    """The phrase without function words, each word as its lemma, in lower case."""
    words = [word for word in _WORD.findall(phrase) if word_class(word) not in _FUNCTION_TAGS]
    return " ".join(str(lemma_of(word.lower(), _noun_tag(word))).lower() for word in words)


def _noun_tag(word: str) -> str:
    tag = word_class(word) or "NN"
    return {"NNPS": "NNS", "NNP": "NN", "VBZ": "NNS"}.get(tag, tag)


def _concept(figure: Figure) -> list[str]:
    words = _WORD.findall(figure.concept or "")
    return [word for word in words if word_class(word) not in _FUNCTION_TAGS] or ["-"]


def _is_small_vague(figure: Figure) -> bool:
    return figure.text.lower() in _SMALL_VAGUE


def _join_movements(text: str, pairs: list[tuple[Figure, Quantity]]) -> list[Quantity]:
    """ "from $36,040 … to $34,935" is one range in this gold, in the order of the text."""
    out: list[Quantity] = []
    skip = False
    for at, (figure, quantity) in enumerate(pairs):
        if skip:
            skip = False
            continue
        following = pairs[at + 1] if at + 1 < len(pairs) else None
        if following and _is_movement(text, figure, following[0]):
            quantity = {
                **quantity,
                "value_high": following[1]["value_high"],
                "end": following[0].end,
            }
            quantity["surface"] = text[quantity["start"] : quantity["end"]]
            quantity["change"] = "="
            if figure.unit == "count":
                quantity["unit"] = following[1]["unit"]
            skip = True
        out.append(quantity)
    return out


def _is_movement(text: str, one: Figure, other: Figure) -> bool:
    between = text[one.end : other.start]
    same = one.unit == other.unit or "count" in (one.unit, other.unit)
    return (
        same
        and len(between) < _LONGEST_MOVEMENT
        and bool(_FROM.search(text[max(0, one.start - 30) : one.start]))
        and bool(_TO.search(between))
    )


def _is_one_of(text: str, number: Number) -> bool:
    return (
        number.disposition == "idiom"
        and number.text.lower() == "one"
        and text[number.end : number.end + 4] == " of "
    )


def _one_of(text: str, number: Number) -> Quantity:
    """ "one of the best screens" as 1 good screen."""
    words: list[str] = []
    for match in _WORD.finditer(text, number.end + 4, number.end + 80):
        tag = word_class(match[0]) or ""
        if tag not in _FUNCTION_TAGS:
            words.append(match[0])
        if tag in ("NNS", "NNPS"):
            break
    return {
        "start": number.start,
        "end": number.end,
        "surface": number.text,
        "value_low": 1.0,
        "value_high": 1.0,
        "unit": _lemmas(" ".join(words)) or None,
        "concept": ["-"],
        "change": "=",
    }


def predictions(gold: Path, conventions: str) -> Iterator[dict[str, Any]]:
    """One prediction per line of `gold`: its id and the quantities found in its text."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text = entry["text"]
        if conventions == "newsquant":
            text = _SCRAPED_POUND.sub("£", text)
        yield {"id": entry["id"], "quantities": translate(read(text), conventions)}


def main() -> None:
    """Write the predictions for one gold file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--conventions", choices=("newsquant", "phenomena"), default="newsquant")
    options = parser.parse_args()
    lines = [
        json.dumps(p, ensure_ascii=False) for p in predictions(options.gold, options.conventions)
    ]
    options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
