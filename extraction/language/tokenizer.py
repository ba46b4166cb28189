"""Text to tokens, as the treebank has them.

Belongs here: spaCy's English tokenizer with the departures listed in `tokenisation.tsv`. Does not
belong here: sentence splitting, and anything that reads tags or parses.

No rule changes, drops or adds a character: the tokens and the spaces between them are the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.lang.en import English
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

RULES = Path(__file__).parent / "tokenisation.tsv"

Exceptions = dict[str, list[dict[int, str]]]

# A run of marks is one token ("!!", "***"); so are a hashtag, a decade and a telephone number.
_RUNS = [r"[!?]{2,}", *(rf"{re.escape(mark)}{{2,}}" for mark in "*=_<>-~#")]
_WHOLE = re.compile(
    r"#[^\W\d]\w+|'?\d{2,4}0['’]?s|(?:\d-)?\d{3}-\d{3}-\d{4}"
    r"|\d{1,2}-[A-Z][a-z]{2}-\d{2,4}"
)
_CLOCK = r"(?<=\d)[AaPp]\.?[Mm]\.?"
_MAGNITUDE = r"(?<=\d)(?:bn|mn|tn|k)"
_SIGN = r"[$£€¥]"
_DOLLARS = r"(?:US|A|C|NZ|HK|R|S)(?=\$)"


def read_rules(path: Path = RULES) -> dict[str, list[str]]:
    """The departures by kind; raises ValueError naming file and line of a malformed one."""
    rules: dict[str, list[str]] = {"affix": [], "abbreviation": [], "split": [], "word": []}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#") or not line:
            continue
        kind, _, value = line.partition("\t")
        if kind not in rules or not value:
            raise ValueError(f"{path.name}:{number}: expected one of {sorted(rules)}, tab, value")
        rules[kind].append(value)
    return rules


def tokenizer(vocab: Vocab) -> Tokenizer:
    """The tokenizer for a vocabulary; it has no state besides a cache."""
    rules = read_rules()
    defaults = English.Defaults
    inherited = (prefix for prefix in defaults.prefixes or () if prefix not in {r"US\$", "#"})
    prefixes = [*_RUNS, _DOLLARS, rf"-(?={_SIGN})", r"#(?![^\W\d])", *inherited]
    suffixes = [*_RUNS, _CLOCK, _MAGNITUDE, *(defaults.suffixes or ())]
    return Tokenizer(
        vocab,
        rules=_exceptions(rules),
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(list(_infixes(rules["affix"]))).finditer,
        token_match=_WHOLE.fullmatch,
        url_match=defaults.url_match,
    )


@spacy.registry.tokenizers("dispatches.tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """The same, by its name in a pipeline's configuration."""
    return lambda nlp: tokenizer(nlp.vocab)


def _infixes(affixes: list[str]) -> Iterator[str]:
    """spaCy's own patterns, but for hyphens: those split unless an affix comes before."""
    yield from _RUNS
    hyphen = f"(?:{HYPHENS})"
    for pattern in English.Defaults.infixes or ():
        if hyphen not in pattern:
            yield pattern
    unless = "".join(rf"(?<!\b(?i:{affix}))" for affix in affixes)
    yield rf"(?<=[{ALPHA}]){unless}{hyphen}(?=[{ALPHA}])"
    yield rf"(?<=[{ALPHA}\d.]){unless}{hyphen}(?=\d)"
    yield rf"(?<=[\d.$%]){hyphen}(?=[{ALPHA}])"
    yield rf"(?<=[{ALPHA}\d%]){hyphen}(?={_SIGN})"
    yield rf"(?<=[{ALPHA}\d]){_SIGN}(?=\d)"
    yield rf"(?<=[{ALPHA}\d])[:;,](?=[\"“‘])"
    yield r"(?<=[:;,])[\"“‘]"


def _exceptions(rules: dict[str, list[str]]) -> Exceptions:
    kept: Exceptions = {
        text: parts
        for text, parts in (English.Defaults.tokenizer_exceptions or {}).items()
        if not _is_dropped(text, set(rules["word"]))
    }
    for text, parts in list(kept.items()):
        if text.isascii() and len(text) > 2 and text.upper() not in kept and "'" in text:
            kept[text.upper()] = [{ORTH: part[ORTH].upper()} for part in parts]
    for value in rules["abbreviation"]:
        kept.update({form: [{ORTH: form}] for form in (value, value.upper())})
    for value in rules["split"]:
        for form in (value, value.capitalize(), value.upper()):
            kept[form.replace(" ", "")] = [{ORTH: part} for part in form.split(" ")]
    return kept


def _is_dropped(text: str, words: set[str]) -> bool:
    """Ordinary words, smileys made of digits or reading as brackets, and "and/or"."""
    if text.lower() in words or text in {"and/or", "):", "(:", "(;", "><(((*>"}:
        return True
    return any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)
