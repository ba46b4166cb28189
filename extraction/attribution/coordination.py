"""Verbs of saying beside each other, and clauses that a semicolon parts.

Belongs here: with whose subject a second verb of saying goes on ("X warned that …, and said …"),
and where one speaker's stretch of a sentence ends. Does not belong here: subjects of a verb's own
(`subjects`).
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc, Token

from extraction.attribution.lexicon import verbs
from extraction.language.lemmas import lemma

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_HELPERS = frozenset(("RB", "MD"))
_SUBJECTS = frozenset(("nsubj", "nsubj:outer", "csubj"))
_OPENING = frozenset(("“", "``"))
_CLOSING = frozenset(("”", "''"))
_TURNING = frozenset(("while", "whereas", "but", "although", "though", "yet", "and"))
_PHRASE = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP", "PRP$", "POS", "CD", "RB", "VBN", "HYPH")
)
_LONGEST_SPEAKER = 8
_MAX_STEPS = 6


def joining_word(verb: Token) -> Token | None:
    """The "and" or "but" right before a finite verb, adverbs passed over."""
    if verb.tag_ not in _FINITE:
        return None
    at = verb.i - 1
    while at > 0 and verb.doc[at].tag_ in _HELPERS:
        at -= 1
    return verb.doc[at] if at > 0 and verb.doc[at].tag_ == "CC" else None


def is_saying(verb: Token) -> bool:
    """Whether a word is a form of a verb that makes claims."""
    entry = verbs().get(lemma(verb)) if verb.tag_[:2] == "VB" else None
    return entry is not None and (entry.is_claim or entry.claims_by_clause)


def outer_sayer(verb: Token) -> Token | None:
    """The earlier verb of saying with whose subject `verb` goes on, over a clause said in between.

    "Officials warned that 200 people may be missing, and said …": the parser hangs the second verb
    on the clause between; the form of that clause's verb, the comma, or a subject that is a number
    tell that it is not its conjunct.
    """
    joint = joining_word(verb)
    inner = verb.head
    if joint is None or verb.dep_ != "conj" or inner.i == verb.i or _has_subject(verb):
        return None
    is_apart = (
        joint.nbor(-1).text == "," or inner.tag_ != verb.tag_ or _counts(_subject_under(inner))
    )
    if not is_apart:
        return None
    above = inner
    for _ in range(_MAX_STEPS):
        if above.head.i == above.i:
            return None
        above = above.head
        if above.i < inner.i and above.tag_ in _FINITE and lemma(above) in verbs():
            return above
    return None


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS and c.i < verb.i for c in verb.children)


def _subject_under(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_.startswith("nsubj")), None)


def _counts(subject: Token | None) -> bool:
    """Whether a subject is a number of something: "up to 400 people", "12 percent"."""
    return subject is not None and (
        subject.tag_ == "CD" or any(c.dep_ == "nummod" for c in subject.children)
    )


def is_parted(first: Token, second: Token) -> bool:
    """Whether a semicolon outside direct speech stands between two words."""
    low, high = sorted((first.i, second.i))
    if all(token.text != ";" for token in first.doc[low:high]):
        return False
    return any(low < at < high for at in semicolons(first.doc))


def semicolons(doc: Doc) -> list[int]:
    """Positions of the semicolons outside direct speech."""
    found: list[int] = []
    depth = 0
    for token in doc:
        if token.text in _OPENING:
            depth += 1
        elif token.text in _CLOSING:
            depth = max(0, depth - 1)
        elif token.text == ";" and not depth:
            found.append(token.i)
    return found


def strangers_of(cue: Token) -> list[tuple[int, int]]:
    """Stretches of the sentence, as half-open token ranges, that have a speaker of their own.

    "One broker expects …; the bank said …", "officials said 40 died, while residents put the toll
    at 70": semicolons and turns part them from the stretch of the cue.
    """
    doc = cue.doc
    marks = sorted([*semicolons(doc), *_turns(doc)])
    if not marks:
        return []
    edges = [-1, *marks, len(doc)]
    stretches = [(max(a, 0), b) for a, b in pairwise(edges)]
    return [(a, b) for a, b in stretches if not a <= cue.i < b and _has_speaker(doc, a, b)]


def _turns(doc: Doc) -> list[int]:
    """Positions of the words at which another speaker takes over, outside direct speech."""
    found: list[int] = []
    depth = 0
    for token in doc:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth <= 0 and token.lower_ in _TURNING and token.i and _is_turn(token):
            found.append(token.i)
    return found


def _is_turn(joint: Token) -> bool:
    """Whether a noun phrase with a verb of saying of its own follows: "but residents said"."""
    doc, at = joint.doc, joint.i + 1
    if joint.lower_ == "and" and joint.nbor(-1).tag_[:2] != "VB" and joint.nbor(-1).text != ",":
        return False
    while at < len(doc) and doc[at].tag_ in _PHRASE and at - joint.i <= _LONGEST_SPEAKER:
        at += 1
    if at >= len(doc) or doc[at - 1].tag_[:2] not in ("NN", "PR") or at - 1 == joint.i:
        return False
    return doc[at].tag_ in _FINITE and lemma(doc[at]) in verbs()


def _has_speaker(doc: Doc, first: int, last: int) -> bool:
    """Whether a verb of saying with a subject beside it, or "according to", stands in a stretch."""
    for token in doc[first:last]:
        if token.lower_ == "according":
            return True
        is_finite = token.tag_ in _FINITE and token.i > first and is_saying(token)
        if is_finite and doc[token.i - 1].tag_[:2] in ("NN", "PR"):
            return True
    return False


def beside(source: Token) -> list[Token]:
    """The further sources in "the ministry and the rebels", "A, B and C", in order.

    A comma before the "and" of two begins a clause more often than a source, so it ends the list.
    """
    found = _conjuncts(source) or _twins(source)
    if not found or any(c.tag_[:2] not in ("NN", "PR") for c in found):
        return []
    joint = next((t for t in source.doc[source.i : found[-1].i] if t.tag_ == "CC"), None)
    if joint is None or joint.lower_ != "and":
        return []
    return found if len(found) > 1 or joint.nbor(-1).text != "," else []


def last_group(source: Token) -> Token:
    """The residents of "dozens, mostly women and children, residents and a lawmaker said": a comma
    after a pair that "and" has closed parts it from the sources."""
    members = [source, *_conjuncts(source)]
    closed = False
    first = source
    for member in members[1:]:
        edge = member.left_edge.i
        if closed and "," in (member.doc[edge].text, member.doc[edge - 1].text):
            first, closed = member, False
        closed = closed or any(c.dep_ == "cc" for c in member.children)
    return first


def _conjuncts(source: Token) -> list[Token]:
    """Whatever is coordinated with a source, also by way of one another: A over B over C."""
    if source.dep_ == "conj" and source.head.tag_[:2] in ("NN", "PR"):  # of a second group
        return [c for c in _conjuncts(source.head) if c.i > source.i]
    found = [source]
    for member in found:
        found += [c for c in member.children if c.dep_ == "conj" and c.i > member.i]
    return sorted(found[1:], key=lambda t: t.i)


def _twins(source: Token) -> list[Token]:
    """Further subjects of the same verb: how the parser at times reads coordinated ones."""
    if source.dep_ != "nsubj":
        return []
    twins = [
        c for c in source.head.children if c.dep_ == "nsubj" and source.i < c.i < source.head.i
    ]
    return [token for twin in twins for token in (twin, *_conjuncts(twin))]
