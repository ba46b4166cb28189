"""Shallow noun phrases: what a number counts, without a parse.

Belongs here: where a noun phrase begins, ends and has its head, from word classes and a few
words. Does not belong here: which number it belongs to (`counted`), what it means.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extraction.numbers.surroundings import CLOSERS, QUOTES, Surroundings
from extraction.vocabulary import load_table

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PLURALS = frozenset(("NNS", "NNPS"))
_MODIFIERS = frozenset(("JJ", "JJR", "JJS", "VBN", "VBG", "POS"))
_DESCRIBING = ("JJ", "NN", "VBG", "VBN")
_LINKABLE = (*_DESCRIBING, "NNP")
_AFTER_VERBS = frozenset(("DT", "PRP$", "PRP", "CD", "RB"))
_BEFORE_NOUNS = frozenset(("DT", "POS", "JJ", "PRP$", "NN", "NNP"))
_LIKE_NOUNS = frozenset(("VB", "VBP", "JJ", "JJS"))
LONGEST_PHRASE = 9
"""Tokens of a noun phrase; what is longer is no phrase of news English but a list of names."""


class Phrase(NamedTuple):
    """A noun phrase as token range, and the position of its head."""

    first: int
    last: int
    head: int


@cache
def counting_words(role: str) -> frozenset[str]:
    """The words of one role; raises KeyError for a role that the file doesn't have."""
    found = frozenset(
        row["word"] for row in load_table("counting_words", ("word", "role")) if row["role"] == role
    )
    if not found:
        raise KeyError(f"counting_words.tsv has no role {role!r}; add it")
    return found


_STOP, _PLURAL_FORMS = counting_words("stop"), counting_words("plural")
_ADJECTIVES = counting_words("adjective")
_STATES, _PER_WORDS = counting_words("state"), counting_words("per_word")
_GROUPS = counting_words("group")
_VERB_FORMS = frozenset(("lives", "works", "means", "leaves"))
"""Plurals that are the verb behind a singular: "a third of the population lives"."""
_LONGEST_LINK = 4
"""Tokens behind "and" within which a shared plural must come: digital and physical sales."""


def is_plural(view: Surroundings, at: int) -> bool:
    """Whether the token is a noun in the plural."""
    word = view.word(at)
    if word in _STOP:
        return False
    if view.tag(at) in _PLURALS or word in _PLURAL_FORMS:
        return True
    return _plural_name(view, at) or is_model_plural(view, at)


def _plural_name(view: Surroundings, at: int) -> bool:
    """An unknown capitalised word in -s after a number: "15 Cambodians"."""
    word = view.word(at)
    return (
        view.tag(at) == "NNP"
        and len(word) > 4
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
    )


def counts_plural(view: Surroundings, at: int) -> bool:
    """Whether a phrase with a plural head begins at `at`: the number before it counts."""
    phrase = phrase_at(view, at)
    return phrase is not None and is_plural(view, phrase.head)


def phrase_at(
    view: Surroundings, at: int, singular: bool = False, nominal: bool = False
) -> Phrase | None:
    """The noun phrase that begins at token `at`; None where none does.

    `singular` tells that one thing is counted: the phrase may end in any noun; otherwise it goes on
    to the first plural where one follows. `nominal` tells that a determiner stands before it: even
    a word that is mostly a verb begins a phrase there ("the harvest").
    """
    first, head, plural = at, -1, False
    end = min(len(view.tokens), at + LONGEST_PHRASE)
    while at < end:
        last = _chain_end(view, at)
        hyphened = last > at and view.tag(last) in ("CD", "VBD")
        kind = "modifier" if hyphened else _kind(view, last)
        if (nominal or singular) and at == first and _stands_alone(view, last, kind):
            kind = "noun"
        if kind == "noun" and view.word(last) in _GROUPS and view.tag(last + 1) in ("NN", "NNS"):
            kind = "modifier"  # "police officers"
        if kind == "noun":
            if plural and (not is_plural(view, last) or _is_verb_there(view, last)):
                break
            head, plural = last, plural or is_plural(view, last)
            if singular and plural:
                break
        elif kind != "modifier" or (plural and view.tag(last) != "POS"):
            break
        at = last + 1
    if head < 0:
        return None
    return Phrase(first, head + 1, head)


def _is_verb_there(view: Surroundings, at: int) -> bool:
    """Whether a plural behind a plural is the verb: "four suspects faces up to"."""
    return view.tag(at + 1) in _AFTER_VERBS or view.word(at + 1) in ("up", "that", "it")


def _stands_alone(view: Surroundings, at: int, kind: str) -> bool:
    """Whether a word behind a determiner is the noun, though mostly a verb: "of the harvest"."""
    if view.tag(at) not in _LIKE_NOUNS or view.word(at) in _STATES:
        return False
    return kind == "end" or view.tag(at + 1) in ("VBD", "VBZ", "VBP", "VBN", "MD", ".", "IN")


def _chain_end(view: Surroundings, at: int) -> int:
    """The last part of a word that begins at `at`: long-range, MiG-29s, A320."""
    while view.glued(at + 1):
        if view.joined(at + 1) and view.text(at + 2).isalnum():
            at += 2
        elif view.text(at + 1).isalnum() and view.text(at).isalnum():
            at += 1
        else:
            break
    return at


def is_model_plural(view: Surroundings, at: int) -> bool:
    """The "s" of "MiG-29s"."""
    return view.text(at) == "s" and view.glued(at) and view.text(at - 1).isdecimal()


def _is_people(view: Surroundings, at: int) -> bool:
    """ "90,000 Lebanese have fled", not "12 Lebanese soldiers"."""
    follows = view.tag(at + 1)
    return follows not in _NOUNS and follows not in _MODIFIERS and follows != "CD"


def _kind(view: Surroundings, at: int) -> str:
    word, tag = view.word(at), view.tag(at)
    if is_model_plural(view, at):
        return "noun"
    if word in _ADJECTIVES or tag == "POS":
        return "modifier"
    if word in _PLURAL_FORMS and (tag != "JJ" or _is_people(view, at)):
        return "end" if word in _VERB_FORMS and view.tag(at - 1) == "NN" else "noun"
    if word in _STOP:
        daily = word in _PER_WORDS and view.tag(at + 1) in _NOUNS
        return "modifier" if daily else "end"
    if tag in _NOUNS:
        return "noun"
    if tag in _MODIFIERS or (tag == "CD" and view.joined(at + 1)):
        return "modifier"
    return _linked(view, at, tag)


def _linked(view: Surroundings, at: int, tag: str) -> str:
    """An adverb before a modifier, a sign inside a name, or "and" between two modifiers."""
    after = view.tag(at + 1)
    if tag in ("RB", "RBR", "RBS") and (after in ("JJ", "VBN") or _adverb_of_participle(view, at)):
        return "modifier"
    if view.word(at) in ("and", "or", "&") and _shares_head(view, at):
        return "modifier"
    if tag == "CD" and view.tag(at - 1) == "NNP" and after in _NOUNS and at not in view.owner:
        return "modifier"
    if tag in ("VB", "VBP", "VBD", "VBZ") and _noun_follows(view, at):
        return "modifier"
    if view.text(at) == "." and view.glued(at) and len(view.text(at - 1)) == 1:
        return "modifier"
    return "end"


def _adverb_of_participle(view: Surroundings, at: int) -> bool:
    """ "randomly selected sites", where the participle is mostly a past tense."""
    return view.tag(at + 1) == "VBD" and view.tag(at + 2) in (*_NOUNS, "JJ")


def _shares_head(view: Surroundings, at: int) -> bool:
    """Whether "and" links two modifiers of a plural: Kia and Hyundai vehicles."""
    if view.tag(at - 1) not in _LINKABLE or is_plural(view, at - 1):
        return False
    for step in range(at + 1, at + 1 + _LONGEST_LINK):
        if is_plural(view, step):
            return step > at + 1 and view.tag(at - 1) in (view.tag(at + 1), *_DESCRIBING)
        if view.tag(step) not in ("JJ", "NN", "NNP", "VBN"):
            return False
    return False


def _noun_follows(view: Surroundings, at: int) -> bool:
    """A word that is mostly a verb, between a number or modifier and a plural noun."""
    return view.tag(at - 1) in ("CD", "JJ", "NN", "NNP", "RB") and view.tag(at + 1) in _PLURALS


def phrase_before(view: Surroundings, at: int) -> Phrase | None:
    """The noun phrase that ends right before token `at`; None where another word stands there."""
    head = at - 1
    while head >= 0 and (view.text(head) in QUOTES or view.text(head) == ")"):
        head -= 1
    if head < 0 or not (is_nominal(view, head) or view.word(head) in _PLURAL_FORMS):
        return None
    first = head
    while first > 0 and head - first < LONGEST_PHRASE:
        before = first - 1
        if view.joined(before):
            first -= 2
        elif view.text(before) in CLOSERS or _ends_before(view, before):
            break
        else:
            first = before
    return Phrase(max(first, 0), head + 1, head)


def is_nominal(view: Surroundings, at: int) -> bool:
    """Whether the token is a noun, be it one that is mostly a verb: the party's share."""
    if view.tag(at) in _NOUNS:
        return True
    return view.tag(at) in ("VB", "VBP") and view.tag(at - 1) in _BEFORE_NOUNS


def _ends_before(view: Surroundings, at: int) -> bool:
    """Whether the word before a phrase is none of it; a participle may be a noun's verb."""
    if _kind(view, at) == "end" or view.tag(at) in ("VB", "VBP", "VBD", "VBZ"):
        return True
    return view.tag(at) in ("VBN", "VBG") and view.tag(at - 1) in _NOUNS
