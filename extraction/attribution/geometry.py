"""Where a cue clause stands in its sentence: at its end, set off inside it, or before its content.

Belongs here: reading "…, officials said on Monday." from words and marks, since a parser loses the
thread of long sentences more often than a comma does. Does not belong here: contents that only the
parse tells (`content`).
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.attribution.coordination import is_saying, joining_word, outer_sayer
from extraction.attribution.documents import seeing_of
from extraction.attribution.resumption import resumed_by
from extraction.attribution.subjects import colon_before

_BEFORE = frozenset((",", "”", "''", '"', "’", "—", "–", "--", "-", "?", "!", ")"))
_BREAKS = frozenset((",", "“", "``", '"', "''", "‘", ":", ";", "—", "–", "--", "that"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CLOSING = frozenset(("”", "''", '"', "’"))
_GOING_ON = frozenset(("and", "or", "nor"))
_JOINING = frozenset(("IN", "CC", "VBG", "WDT", "WP"))
_PHRASE = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$", "POS", "CD"))
_RELATIVES = frozenset(("who", "which", "that"))
_OBJECTS = frozenset(("obj", "ccomp", "xcomp"))
_LONGEST_TAIL = 10
_SHORTEST_CONTENT = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """The cue clause as token positions, and the tokens of the sentence that are its content."""

    first: int
    last: int
    """Position after the clause."""
    content: tuple[tuple[int, int], ...]
    """Half-open token ranges."""
    place: str
    """`end` `inside` `start`"""


def clause_of(cue: Token, subject: Token | None) -> Clause | None:
    """The cue clause around a finite verb of saying; None where words and marks do not tell.

    `subject` is the head of the verb's own subject, or the noun that follows it.
    """
    doc = cue.doc
    if cue.tag_ == "VBG":
        return _participle(cue)
    if subject is None or cue.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VB"):
        return None
    if subject.lower_ in _RELATIVES and any(
        c.dep_ in _OBJECTS and c.i > cue.i for c in cue.children
    ):
        return None  # "the rebels, who denied any role": what stands before is not theirs
    resumed = resumed_by(cue)
    if resumed is not None:
        return Clause(*resumed, ((resumed[0], subject.left_edge.i),), "end")
    first = min(_phrase_start(subject), _verb_start(cue))
    after = max(cue.i, subject.i) + 1
    last = _tail_end(doc, after)
    end = _sentence_end(doc)
    opens = first < _SHORTEST_CONTENT or doc[first - 1].text not in _BEFORE
    if opens:
        return _opening(cue, first, last, end)
    if seeing_of(cue) is not None:
        return Clause(first, end, ((0, first),), "end")
    if any(t.tag_ in ("VB", "VBG", "TO") for t in doc[after:last]):
        return None
    if last >= end:
        return Clause(first, last, ((0, first),), "end")
    if doc[last].text not in ",—–":
        return None
    is_aside = (
        subject.i > cue.i
        or doc[first - 1].text in _CLOSING
        or (doc[min(last + 1, end - 1)].tag_ in _JOINING and _has_finite(doc, 0, first))
    ) and not _goes_on(doc, last + 1, end)
    colon = colon_before(subject)
    opened = 0 if colon is None else colon + 1
    content = ((opened, first),) if is_aside else ((opened, first), (last, end))
    return Clause(first, last, content, "inside")


def _goes_on(doc: Doc, joint: int, end: int) -> bool:
    """Whether what is said goes on after a cue that is set off: "…, he said, and 14 would follow".

    A second verb of saying after "and" begins words of its own.
    """
    if joint >= end or doc[joint].lower_ not in _GOING_ON or not _has_finite(doc, joint, end):
        return False
    following = (t for t in doc[joint + 1 : end] if t.tag_[:2] == "VB" or t.tag_ == "MD")
    first_verb = next(following, None)
    return first_verb is None or not is_saying(first_verb)


def _phrase_start(subject: Token) -> int:
    """The first token of the subject: its own words, and nouns and titles that run up to it."""
    doc = subject.doc
    start: int = subject.i
    while start > subject.left_edge.i and doc[start - 1].text not in _BREAKS:
        start -= 1
    while start > 0 and (doc[start - 1].tag_ in _PHRASE or doc[start - 1].text == "."):
        start -= 1
    return start


def _verb_start(cue: Token) -> int:
    start: int = cue.i
    while start > 0 and cue.doc[start - 1].tag_ in ("RB", "VBD", "VBZ", "VBP", "MD"):
        start -= 1
    return start


def _tail_end(doc: Doc, start: int) -> int:
    """Where the words after the verb end: "on Wednesday", "reporters in Kyiv"."""
    tokens = doc[start : start + _LONGEST_TAIL + 1]
    for token in tokens:
        if token.text in _BREAKS or token.tag_ in _FINITE or token.text == ".":
            return int(token.i)
    return start + len(tokens)


def _sentence_end(doc: Doc) -> int:
    """The position after the last word; closing marks do not count."""
    end = len(doc)
    while end > 0 and not any(c.isalnum() for c in doc[end - 1].text):
        end -= 1
    return end


def _opening(cue: Token, first: int, last: int, end: int) -> Clause | None:
    """ "X said (on Monday) (that) …": everything after the verb, up to a verb beside it."""
    if cue.dep_ not in ("ROOT", "conj", "ccomp", "parataxis") or cue.tag_ in ("VBN", "VB"):
        return None
    stop = end
    for child in cue.children:
        is_later_verb = child.dep_ == "conj" and child.i > last and child.tag_[:2] == "VB"
        if is_later_verb and _is_second_verb(child):
            stop = min(stop, child.left_edge.i)
    for token in cue.doc[last:stop]:
        joint = joining_word(token) if is_saying(token) else None
        if joint is not None and outer_sayer(token) == cue:
            stop = min(stop, joint.i)
            break
    start = last + 1 if last < stop and cue.doc[last].lower_ == "that" else cue.i + 1
    is_enough = stop - start >= 2 or (stop - start == 1 and cue.doc[start].tag_ == "CD")
    return Clause(first, start, ((start, stop),), "start") if is_enough else None


def _is_second_verb(conjunct: Token) -> bool:
    """Whether a verb beside the cue goes on with its subject: "said …, but did not say why"."""
    if any(c.dep_ == "nsubj" for c in conjunct.children):
        return False
    helpers = {c.lower_ for c in conjunct.children if c.dep_ == "aux"}
    return conjunct.tag_ in _FINITE or bool(helpers & {"did", "does", "do"})


def _participle(cue: Token) -> Clause | None:
    """ "…, saying that …": everything after the participle, where it closes the sentence."""
    doc = cue.doc
    if cue.i == 0 or doc[cue.i - 1].text != "," or not _has_finite(doc, 0, cue.i):
        return None
    start, end = cue.i + 1, _sentence_end(doc)
    return Clause(cue.i, start, ((start, end),), "end") if end - start >= 2 else None


def _has_finite(doc: Doc, start: int, end: int) -> bool:
    return any(t.tag_ in _FINITE for t in doc[start:end])
