"""Figure rows in NewsQuant's conventions, for the scorer of that gold.

Belongs here: every way in which that gold's conventions differ from the row contract. Does not
belong here: anything that reads numbers.

    python -m benchmarks.figures.newsquant_adapter GOLD.jsonl PRED.jsonl [--conventions phenomena]

Conventions, both sets: a counted noun is the unit, as lemmas; plurals are intervals ("dozens" 12
to 120, "hundreds" 100 to 1,000); ages are `year of age`; "N times" is `count`; a denominator is
part of the unit. `newsquant` alone: a movement from one value to another is one range; a fraction
is `% <noun>`; "one of the tallest towers" is 1; "several" and "a few" are no quantity; "PS" is what
its scraper made of "£".
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
from extraction.links.duals import link_duals
from extraction.numbers.stage import find_numbers
from extraction.rows import Figure, Number
from extraction.vocabulary import load_table

Quantity = dict[str, Any]

_SCRAPED_POUND = re.compile(r"\bPS(?=\d)")
_POSSESSIVE = re.compile(r"[’']s?$")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_FUNCTION_TAGS = frozenset(("DT", "IN", "CC", "PRP$", "PRP", "TO", "POS", "WDT", "MD", "EX", "PDT"))
_NO_QUANTITY = re.compile(
    r"(?:several|a few|few|a couple|a handful|twice|thrice|doubled?|doubling|tripled?|halved)\b",
    re.IGNORECASE,
)
_AGE_GROUP = re.compile(r"\baged? $", re.I)
_BOUNDS = {"approximate": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<"}
_FROM = re.compile(r"\bfrom (?:\w+ ){0,2}$", re.I)
_TO = re.compile(r"\bto (?:between |about |around |nearly |over )?$", re.I)
_BY_THEN_TO = re.compile(r"(?:%|\bper ?cent|\bpoints?|\bpct)\s+(?:lower |higher )?to\s+$", re.I)
_NOUN_OF = re.compile(r"\bof\s+$", re.I)
_MORE_OF = re.compile(r"\b(?:more than|over|at least)\s+$", re.I)
_AVERAGED = re.compile(r"\baverag(?:ed|ing)\s+$", re.I)
_RATE = re.compile(r"^\W{0,3}(?:\w+\W+){0,3}?(?:per|an?|every)\b|^[^.;]{0,25}/|^-an?-", re.I)
_OF_PLURAL = re.compile(r"^ of ((?:[a-z]+ ){0,2}[a-z]+)\b")
_SPLIT_HYPHEN = re.compile(r"(?<=\w) - (?=[a-z])|(?<=[a-z]) -(?=[a-z])")
_SPLIT_THOUSANDS = re.compile(r"(?<=\d), (?=\d{3}\b)")
_LOWER_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\. (?=\d)")
_WITHIN = re.compile(r"\bwithin\s+(?:the\s+)?$", re.I)
_HEDGE = re.compile(r"\b(?:nearly|almost|about|around|roughly|some|approximately)\s+$", re.I)
_OF_PEOPLE = ("killed", "wounded", "missing", "displaced", "detained", "homeless", "trapped")
_NO_NOUN = ("VBN", "VBD", "VBG", "JJ", "VB", "IN")
_FARTHEST_MODIFIER = 30
"""Characters between a number and its noun in which modifiers stand ("six other guests")."""
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
    link_duals(article)
    return article


def translate(article: Article, conventions: str) -> list[Quantity]:
    """The figures of `article` as the scorer's quantities, in text order."""
    out = [_quantity(article.text, figure, conventions) for figure in article.figures]
    if conventions == "newsquant":
        kept = [
            (figure, quantity)
            for figure, quantity in zip(article.figures, out, strict=True)
            if not _is_no_quantity(article.text, figure)
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
        "unit": _unit(text, figure, conventions),
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
    if figure.comparator in ("fraction_of", "multiple_of"):
        sign = "~" if _HEDGE.search(before) else ">" if _MORE_OF.search(before) else "="
    if sign in "<>" and not _WITHIN.search(before):
        return sign
    if conventions == "newsquant":
        return _newsquant_change(before, figure, sign)
    return figure.change or (sign if sign == "~" else "=")


def _newsquant_change(before: str, figure: Figure, sign: str) -> str:
    """That gold gives no direction behind a noun ("a gain of 2%") nor to where a percentage led."""
    if figure.change and not (_BY_THEN_TO.search(before) or _NOUN_OF.search(before)):
        return figure.change
    return "~" if sign == "~" or _AVERAGED.search(before) else "="


def _unit(text: str, figure: Figure, conventions: str) -> str | None:
    unit = _plain_unit(text, figure, conventions)
    if figure.comparator == "fraction_of" and conventions == "newsquant":
        unit = f"% {unit or '-'}"
    written = "-a-" in figure.text or "/" in figure.text or _RATE.search(text[figure.end :])
    return f"{unit} per {_their_name(figure.per)}" if unit and figure.per and written else unit


def _plain_unit(text: str, figure: Figure, conventions: str) -> str | None:
    """The unit without its denominator; the counted noun where the row has no unit."""
    if figure.quantity_kind == "age":
        return f"{figure.unit} of age"
    if figure.comparator == "multiple_of" or figure.counted_head == "time":
        return "count"
    if figure.unit != "count":
        return _unit_as_written(figure, conventions)
    if figure.measure in _OF_PEOPLE and (word_class(figure.counted or "") or "VBN") in _NO_NOUN:
        return "people"
    return _counted(text, figure, conventions) if figure.counted else None


def _unit_as_written(figure: Figure, conventions: str) -> str:
    """These sets keep wordings apart that the row unites: "rupees" and "Rs", "80p" and "pence"."""
    if figure.unit == "penny" and figure.text.endswith("p") and conventions == "phenomena":
        return "pence"
    if figure.unit == "INR" and figure.text.endswith(("rupees", "rupee")):
        return "rupee"
    if figure.unit == "horsepower" and figure.text.lower().endswith("bhp"):
        return "brake horsepower"
    return _their_name(figure.unit)


def _counted(text: str, figure: Figure, conventions: str) -> str:
    """The counted phrase from the number on, with the "of" that completes it."""
    first, last = figure.counted_start or figure.start, figure.counted_end or figure.end
    if 0 <= first - figure.end <= _FARTHEST_MODIFIER and " of " not in text[figure.end : first]:
        first = figure.end
    phrase = text[first:last]
    more = _OF_PLURAL.match(text[last : last + 40]) if conventions == "newsquant" else None
    if more and word_class(more[1].split()[0]) in ("NN", "NNS"):
        phrase += f" {more[1].split()[0]}"
    return _lemmas(phrase)


def _their_name(unit: str) -> str:
    if unit in _unit_names():
        return _unit_names()[unit]
    return str(get_currency_name(unit, locale="en")).lower() if unit.isupper() else unit


def _lemmas(phrase: str) -> str:
    """The phrase without function words and participles, each word as its lemma, in lower case."""
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(phrase)]
    kept = [
        word
        for at, word in enumerate(words)
        if (tag := word_class(word)) not in _FUNCTION_TAGS
        and not (tag in ("VBN", "VBG", "VBD", "RB", "RBS") and at < len(words) - 1)
    ]
    return " ".join(_lemma(word) for word in kept)


def _lemma(word: str) -> str:
    tag = _noun_tag(word)
    return word.lower() if tag == "JJ" else str(lemma_of(word.lower(), tag)).lower()


def _noun_tag(word: str) -> str:
    tag = word_class(word) or "NN"
    return {"NNPS": "NNS", "NNP": "NN", "VBZ": "NNS"}.get(tag, tag)


def _concept(figure: Figure) -> list[str]:
    words = _WORD.findall(figure.concept or "")
    return [word for word in words if word_class(word) not in _FUNCTION_TAGS] or ["-"]


def _is_no_quantity(text: str, figure: Figure) -> bool:
    """What that gold leaves out: small vague words, "twice", "doubled", "aged 18 to 34"."""
    before = text[max(0, figure.start - 6) : figure.start]
    age_group = figure.comparator == "between" and bool(_AGE_GROUP.search(before))
    return age_group or bool(_NO_QUANTITY.match(figure.text))


def _join_movements(text: str, pairs: list[tuple[Figure, Quantity]]) -> list[Quantity]:
    """ "from $900 … to $700" is one range in this gold, in the order of the text."""
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
    if "between" in (one.comparator, other.comparator) and one.comparator == "between":
        return False
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
    """ "one of the tallest towers" as 1 tall tower."""
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


def plain_text(text: str) -> str:
    """The text before the gold's makers tokenised and scraped it: "one - third", "PS2m"."""
    text = _SCRAPED_POUND.sub("£", text)
    text = _SPLIT_HYPHEN.sub("-", text)
    text = _SPLIT_THOUSANDS.sub(",", text)
    return _LOWER_MONTH.sub(lambda match: match[0].capitalize(), text)


def predictions(gold: Path, conventions: str) -> Iterator[dict[str, Any]]:
    """One prediction per line of `gold`: its id and the quantities found in its text."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text = plain_text(entry["text"]) if conventions == "newsquant" else entry["text"]
        quantities = translate(read(text), conventions)
        if text != entry["text"]:
            for quantity in quantities:
                quantity["start"] = quantity["end"] = None  # offsets of another string
        yield {"id": entry["id"], "quantities": quantities}


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
