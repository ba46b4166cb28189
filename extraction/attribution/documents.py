"""Documents that a claim rests on: "a broadcaster reported after seeing an assessment by Z".

Belongs here: the document that a teller has seen, and whose document it is. Does not belong here:
documents that are themselves the subject of a verb of saying (`sources`).
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.attribution.lexicon import claimant_words
from extraction.language.lemmas import lemma

_REACH = 12
_AUTHOR_REACH = 6
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PHRASE = frozenset(("DT", "JJ", "POS", *_NOUNS))


def seeing_of(cue: Token) -> Token | None:
    """The participle of "said …, after seeing a draft" or "said …, having read a draft"."""
    doc = cue.doc
    for token in doc[cue.i + 1 : cue.i + _REACH]:
        if token.tag_ in _FINITE or token.text in ("“", ";", ":") or token.lower_ == "that":
            return None
        if token.lower_ in ("after", "having") and token.i + 1 < len(doc):
            verb = token.nbor()
            is_seeing = verb.tag_ in ("VBG", "VBN") and lemma(verb) in claimant_words("seeing_verb")
            return verb if is_seeing else None
    return None


def document_seen(cue: Token) -> Token | None:
    """The noun of the document that the teller has seen; None where there is none."""
    verb = seeing_of(cue)
    if verb is None:
        return None
    end = verb.i + 1
    while end < len(verb.doc) and verb.doc[end].tag_ in _PHRASE:
        end += 1
    noun = verb.doc[end - 1]
    is_document = noun.tag_ in _NOUNS and lemma(noun) in claimant_words("document")
    return noun if is_document else None


def author_of(paper: Token) -> Token | None:
    """Whose document it is, where "by Z" or "from Z" follows: "an assessment drawn up by Z"."""
    doc = paper.doc
    for token in doc[paper.i + 1 : paper.i + _AUTHOR_REACH]:
        if token.lower_ in ("by", "from"):
            end = token.i + 1
            while end < len(doc) and doc[end].tag_ in _PHRASE:
                end += 1
            return doc[end - 1] if doc[end - 1].tag_ in _NOUNS else None
        if token.tag_ not in ("VBN", "VBD", "RP", "RB"):
            return None
    return None
