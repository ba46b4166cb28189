"""The words that name a source: a person's name without titles, else the noun phrase.

Belongs here: from the head of a source to the words of the contract. Does not belong here: finding
the head (`sources`), and who a pronoun stands for (`names`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from extraction.attribution.lexicon import claimant_words
from extraction.vocabulary import load_table

_NAME_LINKS = frozenset(("compound", "flat", "flat:name", "nmod:desc", "amod", "nmod:unmarked"))
_LEFT_OUT = frozenset(
    ("acl", "acl:relcl", "advcl:relcl", "appos", "punct", "conj", "cc", "parataxis", "cop", "aux",
     "advmod", "advcl", "obl", "ccomp", "nsubj", "case", "mark", "dep", "list", "xcomp")
)  # fmt: skip


@cache
def titles() -> dict[str, str]:
    """Words before a person's name that are no part of it, without a full stop → `title` or
    `modifier`."""
    return {row["title"]: row["class"] for row in load_table("person_titles", ("title", "class"))}


def untitled(words: Sequence[str]) -> int:
    """How many words at the start are titles: two of "Interior Minister Pavel Dorn"."""
    count = 0
    for at, word in enumerate(words[:-1]):
        kind = titles().get(word.lower().rstrip(".")) if word != "." else "title"
        if kind is None:
            break
        if kind == "title":
            count = at + 1
    return count


def words_of(head: Token) -> tuple[int, int]:
    """First and last token (inclusive) of the words that name the source with this head."""
    if head.tag_ in ("NN", "NNS"):
        named = _apposed_name(head)
        if named is not None:
            return named
    if is_person(head):
        return _name_span(head)
    return _phrase_span(head)


def _apposed_name(head: Token) -> tuple[int, int] | None:
    """The name behind a role: "Its spokesman, Col. Juan Vega", "schoolteacher Eva Kim, 45"."""
    doc = head.doc
    at = _phrase_span(head)[1] + 1
    if at < len(doc) and doc[at].text == ",":
        at += 1
    first = at
    while at < len(doc) and (doc[at].lower_.rstrip(".") in titles() or doc[at].text == "."):
        at += 1
    titled = at > first
    first = at
    while at < len(doc) and (doc[at].tag_.startswith("NNP") or _is_inner_hyphen(doc, at)):
        at += 1
    if at - first < (1 if titled else 2) or doc[first].ent_type_ in ("ORG", "PLACE"):
        return None
    return first, at - 1


def _is_inner_hyphen(doc: Doc, at: int) -> bool:
    """Whether a hyphen joins two name words: the one of "Al-Fateh"."""
    if doc[at].text != "-" or at + 1 >= len(doc) or at == 0:
        return False
    return not doc[at].whitespace_ and not doc[at - 1].whitespace_


def is_person(token: Token) -> bool:
    """Whether a name is a person's: the parser's entity, or a title before it, says so."""
    if not token.tag_.startswith("NNP") or token.lower_ in claimant_words("collective"):
        return False  # the "General Staff" is no Mr Staff
    if token.ent_type_ == "PERSON" or _office_before(token) is not None:
        return True
    span = _name_bounds(token)
    return untitled([t.text for t in token.doc[span[0] : span[1] + 1]]) > 0


def _name_span(token: Token) -> tuple[int, int]:
    """The name without the titles and offices before it."""
    first, last = _name_bounds(token)
    office = _office_before(token)
    if office is not None and first <= office.i < last:
        first = office.i + 1
    return first + untitled([t.text for t in token.doc[first : last + 1]]), last


def is_nobody(source: Token | None) -> bool:
    """Whether the source is denied: "no group claimed the attack", "nobody said so"."""
    if source is None:
        return False
    none = source.lower_ in ("nobody", "none", "neither")
    return none or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in source.children)


def _office_before(token: Token) -> Token | None:
    """The "spokesman" of "police spokesman A. B.", the "Minister" of "Security Minister A. B."."""
    before = (c for c in token.children if c.dep_ == "nmod:desc" and c.i < token.i)
    return next((c for c in before if titles().get(c.lower_) == "title"), None)


def _name_bounds(token: Token) -> tuple[int, int]:
    """The run of name words around a name word, titles included."""
    first = last = token.i
    doc = token.doc
    while first > 0 and _belongs_to_name(doc[first - 1], token, doc[first]):
        first -= 1
    while last + 1 < len(doc) and _belongs_to_name(doc[last + 1], token, doc[last]):
        last += 1
    return first, last


def _belongs_to_name(other: Token, token: Token, beside: Token) -> bool:
    """Whether a word is linked to the name word, or by a chain of links to the word `beside` it."""
    if not other.tag_.startswith("NNP") or other.dep_ in ("nmod:poss", "appos", "conj"):
        return False
    return any(
        (other.head.i == one.i and other.dep_ in _NAME_LINKS)
        or (one.head.i == other.i and one.dep_ in _NAME_LINKS)
        for one in (token, beside)
    )


def _phrase_span(head: Token) -> tuple[int, int]:
    """The noun phrase without its article, clauses, appositions and conjuncts."""
    first = last = head.i
    for child in head.children:
        if child.dep_ in _LEFT_OUT:
            continue
        if child.i < head.i:
            if any(c.dep_ == "case" and c.i < child.i for c in child.children):
                continue  # "at 200,000 by organisers", read as one phrase
            if child.dep_ in ("det", "det:predet") and child.tag_ in ("DT", "PDT"):
                continue
            first = min(first, child.left_edge.i)
        elif child.dep_ != "amod":
            last = max(last, _phrase_span(child)[1])
    doc = head.doc
    while first < head.i and doc[first].tag_ in ("DT", "PDT", ",", "``"):
        first += 1
    return first, last
