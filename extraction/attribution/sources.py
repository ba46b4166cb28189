"""The source of a cue: whose claim it is.

Belongs here: from a cue of any kind to the head of its source. Does not belong here: the subject of
a verb (`subjects`), and the words that name the source (`wording`).
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.attribution.citing import citer_of, hands_on
from extraction.attribution.counts import counter_of
from extraction.attribution.cues import Cue
from extraction.attribution.subjects import subject_of

_PERFECT = frozenset(("has", "have", "had", "’ve", "'ve"))
_BE = frozenset(("be", "been", "is", "are", "was", "were", "being"))
_IMPERSONAL = frozenset(("clear", "unclear"))


def source_of(cue: Cue) -> Token | None:
    """The head of the cue's source in its sentence; None where the sentence names none."""
    if hands_on(cue):
        return citer_of(cue.token)
    if cue.kind == "according":
        return _according_source(cue.token)
    if cue.kind == "noun":
        return _noun_source(cue.token)
    if cue.kind == "adverb":
        return None
    if cue.kind == "adjective":
        return None if cue.entry.word in _IMPERSONAL else subject_of(cue.token)
    if cue.frame == "passive" or _is_passive(cue.token):
        return _agent_of(cue.token)
    if cue.frame in ("inf", "predicate") and cue.entry.word in ("seem", "appear", "sound"):
        return None
    return subject_of(cue.token)


def _according_source(token: Token) -> Token | None:
    owner = next((c for c in token.children if c.dep_ == "nmod:poss"), None) or counter_of(token)
    if owner is not None:
        if owner.tag_ != "PRP$":
            return owner
        return token.head if token.head.tag_.startswith("NN") else subject_of(token.head)
    if token.dep_ in ("case", "mark"):
        return token.head
    for child in token.children:
        if child.i > token.i and child.dep_ in ("obl", "nmod", "obj", "pobj", "xcomp"):
            return child
    return None


def _noun_source(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "nmod:poss":
            return child
        if child.dep_ == "nmod" and child.i > token.i and _has_case(child, "by", "from", "among"):
            return child
    if token.dep_ in ("obj", "xcomp") and token.head.tag_[:2] == "VB":
        return subject_of(token.head)
    return None


def _has_case(token: Token, *prepositions: str) -> bool:
    return any(c.dep_ == "case" and c.lower_ in prepositions for c in token.children)


def _is_passive(token: Token) -> bool:
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "aux:pass")}
    if helpers & _PERFECT and not helpers & _BE:
        return False
    if any(c.dep_ in ("aux:pass", "nsubj:pass", "obl:agent") for c in token.children):
        return True
    return token.tag_ == "VBN" and not any(c.dep_ in ("aux", "nsubj") for c in token.children)


def _agent_of(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "obl:agent" or (child.dep_ == "obl" and _has_case(child, "by")):
            return child
    return None
