"""Word classes without a parse: the likeliest PTB tag of a word on its own.

Belongs here: the lexicon `word_classes.tsv`, the endings `word_class_endings.tsv` and the order in
which they are asked. Does not belong here: anything that looks at a word's neighbours.

Order: the lexicon; a numeral is `CD`; an unknown capitalised word is a name (`NNP`) unless its
ending says otherwise ("-onal"); the part after the last hyphen; the longest known ending.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

LEXICON = Path(__file__).parent / "word_classes.tsv"
ENDINGS = Path(__file__).parent / "word_class_endings.tsv"
ACRONYM_LENGTH = 5


@lru_cache(maxsize=65_536)
def word_class(word: str) -> str | None:
    """The likeliest PTB tag of one word, as written; None for what is no word (punctuation, "")."""
    known = _table(LEXICON).get(word.lower())
    if known:
        return known
    if not any(character.isalpha() for character in word):
        return "CD" if any(character.isdigit() for character in word) else None
    if _is_name(word):
        return _by_ending(word.lower(), "~", "NNP")
    _, hyphen, last = word.rpartition("-")
    return word_class(last) if hyphen and last else _by_ending(word.lower(), "", "NN")


def is_noun(word: str) -> bool:
    """A common noun, singular or plural."""
    return word_class(word) in {"NN", "NNS"}


def is_name(word: str) -> bool:
    """A word that is not in the lexicon and is written as a name."""
    return word_class(word) in {"NNP", "NNPS"}


def is_verb(word: str) -> bool:
    """A verb form, participles included; modals are not."""
    return (word_class(word) or "").startswith("VB")


def _is_name(word: str) -> bool:
    """Capitalised; in capitals throughout only where short, since headlines are in capitals."""
    if word.isupper() and len(word) > 1:
        return len(word) <= ACRONYM_LENGTH
    return word[:1].isupper()


def _by_ending(word: str, mark: str, otherwise: str) -> str:
    endings = _table(ENDINGS)
    for start in range(1, len(word)):
        found = endings.get(mark + word[start:])
        if found:
            return found
    return otherwise


@lru_cache(maxsize=2)
def _table(path: Path) -> dict[str, str]:
    """First column to second; raises ValueError naming file and line of a malformed one."""
    table = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#") or not line:
            continue
        fields = line.split("\t")
        if len(fields) != 4 or fields[0] in table:
            raise ValueError(f"{path.name}:{number}: expected a new word, tag, share and count")
        table[fields[0]] = fields[1]
    return table
