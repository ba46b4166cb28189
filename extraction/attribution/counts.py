"""Numbers whose claimant a noun phrase or a short clause beside them names, not a verb over them.

Belongs here: "400 in the ministry's tally", "the 1.2 million it counted", "gave a third number:
31", "attributed that figure to doctors". Does not belong here: numbers that a verb of saying
governs.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extraction.attribution.lexicon import claimant_words
from extraction.language.lemmas import lemma
from extraction.numbers.noun_phrase import counting_words

_STOPS = frozenset((",", ";", ":", "—"))
_DEFINITE = frozenset(("the", "those", "these"))
_SUBJECTS = frozenset(("PRP", "NN", "NNS", "NNP", "NNPS"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_HELPERS = frozenset(("had", "has", "have"))
_ATTRIBUTE = "attribute"
_REACH = 12
_MAX_PHRASE = 5


def _is_figure(token: Token) -> bool:
    """ "number", "figure", "toll": a noun that stands for a number."""
    return lemma(token) in counting_words("relative") | counting_words("toll")


def counter_of(token: Token) -> Token | None:
    """Who counts in "the police count": a body or people named right before the noun."""
    if token.i == 0 or token.nbor(-1).dep_ != "compound":
        return None
    before = token.nbor(-1)
    return before if before.lower_ in claimant_words("collective") else None


def counted_stretch(token: Token) -> range | None:
    """What "in the ministry's tally" goes with: the number before it, else what follows a comma.

    None where the sentence around it has neither.
    """
    doc, first = token.doc, token.left_edge.i
    start = first
    while start > 0 and doc[start - 1].text not in _STOPS:
        start -= 1
    if any(t.tag_ == "CD" for t in doc[start:first]):
        return range(start, first)
    after = token.i + 1
    if start == first and after < len(doc) and doc[after].text == ",":
        end = next((t.i for t in doc[after + 1 :] if t.text == ";"), len(doc))
        return range(after + 1, end)
    return None


def number_before(verb: Token) -> range | None:
    """The number that is the missing object in "the 1.2 million (that) it counted"; else None."""
    doc, at = verb.doc, verb.i - 1
    while at > 0 and (doc[at].lower_ in _HELPERS or doc[at].tag_ == "RB"):
        at -= 1
    if at < 2 or doc[at].tag_ not in _SUBJECTS:
        return None
    end = at
    while end > 1 and doc[end - 1].tag_ in ("DT", "NN", "NNP", "WDT", "IN") and at - end < 3:
        end -= 1
    for last in range(end, at + 1):
        start = last - 1
        while start > 0 and doc[start].tag_ in ("CD", "NN", "NNS", "JJ") and last - start < 6:
            start -= 1
        if doc[start].lower_ in _DEFINITE and doc[start + 1].tag_ == "CD":
            return range(start + 1, last)
    return None


def counter_behind(pronoun: Token) -> Token | None:
    """Who "it" is in "the agency's total is below the 1.2 million it counted"; else None."""
    if pronoun.lower_ != "it" or number_before(pronoun.head) is None:
        return None
    subjects = (t for t in pronoun.doc[: pronoun.i] if t.dep_ == "nsubj")
    subject = next((t for t in subjects if t.tag_.startswith("NN")), None)
    if subject is None or not _is_figure(subject):
        return subject
    return next((c for c in subject.children if c.dep_ == "nmod:poss"), None)


def states_number(noun: Token) -> bool:
    """ "A third number: 31", "another figure, 40": a noun for a number, then the number."""
    doc, after = noun.doc, noun.i + 1
    is_marked = after + 1 < len(doc) and doc[after].text in (":", ",")
    return is_marked and doc[after + 1].tag_ in ("CD", "$") and _is_figure(noun)


def credited(cue: Token) -> Token | None:
    """Whom the teller has a figure from: "put it at 30 and attributed that figure to doctors"."""
    for verb in _attributing(cue):
        for other in verb.doc[verb.i + 1 : verb.i + _MAX_PHRASE + 1]:
            if other.tag_ in _FINITE or other.text in _STOPS:
                break
            if other.lower_ == "to":
                return _noun_after(other)
    return None


def _attributing(cue: Token) -> Iterator[Token]:
    """Forms of "attribute" after a cue whose object, or the noun before them, is the figure."""
    for token in cue.doc[cue.i + 1 : cue.i + _REACH]:
        if token.text == ";":
            return
        is_verb = token.tag_[:2] == "VB" and lemma(token) == _ATTRIBUTE
        around = token.doc[max(cue.i, token.i - 3) : token.i + 3]
        if is_verb and any(_is_figure(t) for t in around if t.i != token.i):
            yield token


def _noun_after(preposition: Token) -> Token | None:
    """The head of the noun phrase right behind a preposition."""
    found: Token | None = None
    for token in preposition.doc[preposition.i + 1 : preposition.i + _MAX_PHRASE + 1]:
        if token.tag_.startswith("NN"):
            found = token
        elif found is not None or token.tag_ not in ("DT", "JJ", "PRP$", "POS", "CD"):
            break
    return found
