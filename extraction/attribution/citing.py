"""Participles that hand a claim on: "X, citing a memo, said …", "…, Z reported, quoting officials".

Belongs here: who cites, and what is cited. Does not belong here: finding the cue (`cues`), the
order of the chain (`chains`).
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.attribution.coordination import is_saying
from extraction.attribution.cues import Cue
from extraction.attribution.subjects import subject_of

_CITING = frozenset(("cite", "quote"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NOUNS = ("NN", "PR")


def hands_on(cue: Cue) -> bool:
    """Whether the cue is such a participle."""
    return cue.entry.word in _CITING and cue.token.tag_ == "VBG"


def cited_by(participle: Token) -> Token | None:
    """What is cited: its object, or the noun that the parser took it for a modifier of."""
    own = next((c for c in participle.children if c.dep_ == "obj"), None)
    if own is None and participle.dep_ == "amod" and participle.head.i > participle.i:
        return participle.head
    return own


def citer_of(participle: Token) -> Token | None:
    """Who cites: the subject of the saying around it, else its own, else the noun before it."""
    sayings = (t for t in participle.ancestors if t.tag_ in _FINITE and is_saying(t))
    for saying in sayings:
        found = subject_of(saying)
        if found is not None:
            return found
    return subject_of(participle) or _noun_before(participle)


def _noun_before(participle: Token) -> Token | None:
    """The noun that a comma parts from "citing"."""
    before = reversed(participle.doc[max(0, participle.i - 3) : participle.i])
    return next((t for t in before if t.tag_[:2] in _NOUNS), None)
