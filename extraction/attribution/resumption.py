"""Claims taken up again: "…, a charge it denies", "…, an allegation that the army rejected".

Belongs here: finding the noun that stands for what was said before, and the clause on it. Does not
belong here: what the clause's source says elsewhere.

Such a clause denies or makes the claim of the words before it; the deed of saying those words is
not its content.
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.attribution.lexicon import nouns
from extraction.language.lemmas import lemma

_DETERMINERS = frozenset(("a", "an", "the", "this", "which"))
_LINKS = frozenset(("that", "which"))
_PHRASE = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP", "PRP$", "POS", "CD", "MD"))
_LONGEST = 8


def resumed_by(cue: Token) -> tuple[int, int] | None:
    """Token range of ", a charge it denies" up to the cue, where the cue closes such a clause."""
    doc, end = cue.doc, cue.i + 1
    if cue.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or (
        end < len(doc) and doc[end].text not in ".,;”\"''"
    ):
        return None
    at = cue.i - 1
    while at > 0 and cue.i - at <= _LONGEST and doc[at].text != ",":
        if doc[at].tag_ not in _PHRASE and doc[at].lower_ not in _LINKS | {"has", "have", "had"}:
            return None
        at -= 1
    if doc[at].text != "," or doc[at + 1].lower_ not in _DETERMINERS:
        return None
    noun = next((t for t in doc[at + 2 : cue.i - 1] if lemma(t) in nouns()), None)
    if noun is None or any(t.tag_[:2] == "NN" for t in doc[at + 2 : noun.i]):
        return None
    return at + 1, end


def resumptions(cue: Token) -> list[tuple[int, int]]:
    """Ranges of the sentence that take a claim up again and are not the clause of `cue` itself."""
    doc = cue.doc
    found = [resumed_by(t) for t in doc[cue.i + 1 :] if t.tag_[:2] == "VB"]
    return [span for span in found if span is not None]
