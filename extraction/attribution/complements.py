"""What a word is complemented by: the clauses, infinitives, objects and phrases that make it a cue.

Belongs here: reading a word's children in the parse as frames of the vocabulary. Does not belong
here: direct speech, and whether the word is a cue (`cues`).
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.attribution.counts import number_before, states_number
from extraction.attribution.lexicon import CueWord
from extraction.dates.lexer import lexicon

_CLAUSES = frozenset(("ccomp", "parataxis", "csubj"))
_NOUN_CLAUSES = frozenset(("acl", "ccomp", "acl:relcl"))
_OBJECTS = frozenset(("obj", "iobj", "nsubj:pass"))
_PHRASES = frozenset(("obl", "nmod", "advcl", "obl:unmarked"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LIMIT = 5
"""Words from "at" to its number: "at as many as 40"."""
_MARKS = frozenset(',;:.—–()“”"')


def complements_of(token: Token) -> set[str]:
    """What the verb is complemented by: clause, inf, object, predicate, passive, prepositions."""
    found: set[str] = set()
    for child in token.children:
        dep = child.dep_
        if dep in _CLAUSES:
            found.add("clause")
        elif dep == "xcomp":
            found.add("inf" if _is_infinitive(child) else "predicate")
        elif dep in _OBJECTS and child.lower_ not in lexicon().triggers:
            found.update(("object", "number") if _holds_number(child) else ("object",))
            if states_number(child):
                found.add("stated_number")
            if dep == "nsubj:pass":
                found.add("passive")
        elif dep == "compound:prt":
            found.add(child.lower_)
        elif dep in _PHRASES:
            found.update(_prepositions(child))
    return found | _beyond_children(token, found)


def _beyond_children(token: Token, found: set[str]) -> set[str]:
    """Complements that the parser has not hung on the verb."""
    further: set[str] = set()
    if "object" in found and _has_number_at(token):
        further.add("at_number")
    if token.dep_ == "amod" and token.head.i > token.i and _is_no_modifier(token):
        further.add("object")
    if "object" not in found and number_before(token) is not None:
        further.add("number")
    if token.dep_ == "parataxis" and token.head.tag_[:2] in ("VB", "NN", "JJ"):
        further.add("clause")
    return further


def _is_no_modifier(token: Token) -> bool:
    """A finite verb that the parser took for a participle; ", quoting officials" after a clause."""
    comma = token.i > 0 and token.nbor(-1).text == ","
    return bool(token.tag_ == "VBD" or (token.tag_ == "VBG" and comma))


def _is_infinitive(child: Token) -> bool:
    return child.tag_[:2] == "VB" and any(c.tag_ == "TO" for c in child.children)


def _prepositions(child: Token) -> set[str]:
    found = {c.lower_ for c in child.children if c.dep_ in ("case", "mark")}
    if _holds_number(child):
        found |= {f"{preposition}_number" for preposition in found}
    return found


def _has_number_at(verb: Token) -> bool:
    """ "put the number of wounded at 120": wherever the parser hangs the number."""
    for token in verb.doc[verb.i + 1 : -1]:
        if token.text in _MARKS or token.tag_ in _FINITE:
            return False
        if token.lower_ == "at":
            return any(t.tag_ in ("CD", "$") for t in verb.doc[token.i + 1 : token.i + _LIMIT])
    return False


def _holds_number(head: Token) -> bool:
    """Whether a phrase is a number or numbers its head: "at 40", "of 300 marchers"."""
    return head.tag_ in ("CD", "$") or any(c.dep_ == "nummod" for c in head.children)


def noun_frame(token: Token, entry: CueWord) -> str | None:
    """The complement that makes a noun a cue; None where it has none of its entry's."""
    for child in token.children:
        dep = child.dep_
        if dep in _NOUN_CLAUSES and child.i > token.i:
            marks = {c.lower_ for c in child.children if c.dep_ == "mark"}
            if "that" in entry.frames and ("that" in marks or _is_content(child)):
                return "that"
            if "whether" in entry.frames and marks & {"whether", "if"}:
                return "whether"
            if "inf" in entry.frames and child.dep_ == "acl" and _is_infinitive(child):
                return "inf"
        elif dep in ("nmod", "obl") and child.i > token.i:
            for preposition in sorted(_prepositions(child) & entry.frames):
                return preposition
    is_named = entry.is_document and "that" in entry.frames
    return "that" if is_named and clause_beside(token) else None


def clause_beside(noun: Token) -> tuple[int, int] | None:
    """Token range of "that …" right after a noun, up to a mark, whatever the parser made of it."""
    doc, start = noun.doc, noun.i + 1
    if start + 2 >= len(doc) or doc[start].lower_ != "that" or doc[start].tag_ != "IN":
        return None
    end = next((t.i for t in doc[start:] if t.text in _MARKS), len(doc))
    has_verb = any(t.tag_ in _FINITE for t in doc[start + 2 : end])
    return (start, end) if has_verb and doc[start + 1].tag_ not in _FINITE else None


def _is_content(clause: Token) -> bool:
    """Whether a clause after "that" has a subject of its own: what is rumoured, not what rumours
    do."""
    first = clause.left_edge
    return first.lower_ == "that" and any(
        c.dep_.startswith("nsubj") and c.i > first.i for c in clause.children
    )


def word_frame(token: Token, entry: CueWord, kind: str) -> str | None:
    """The complement that makes an adjective or adverb a cue; None where it has none."""
    if kind == "adverb":
        return "clause" if token.dep_ == "advmod" else None
    for child in token.children:
        if child.dep_ in ("ccomp", "advcl", "csubj") and child.i > token.i:
            if entry.frames & {"that", "clause"}:
                return "clause"
        elif child.dep_ == "xcomp" and "inf" in entry.frames:
            return "inf"
        elif child.dep_ in ("obl", "nmod") and child.i > token.i:
            for preposition in sorted(_prepositions(child) & entry.frames):
                return preposition
    return None
