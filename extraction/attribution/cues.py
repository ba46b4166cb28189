"""Cues in a parsed sentence: which word attributes, by which complement.

Belongs here: whether a word of the vocabulary is a cue where it stands. Does not belong here:
source and content of the cue.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.attribution.complements import complements_of, noun_frame, word_frame
from extraction.attribution.counts import counter_of
from extraction.attribution.lexicon import CueWord, nouns, verbs, words
from extraction.attribution.quotes import Quotations
from extraction.language.lemmas import lemma
from extraction.sentences import Sentence

_ACCORDING = CueWord("according to", frozenset(), "asserts", None, is_claim=True)
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "neither"))
_WITHHOLDING = frozenset(("decline", "refuse", "fail"))
_SHORTEST_QUOTE = 12
_LONGEST_CLAUSE = 16
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_RELATIVES = frozenset(("who", "which"))


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its token, its entry, the frame that it was found with, and its offsets."""

    token: Token
    entry: CueWord
    kind: str
    """`verb` `noun` `adjective` `adverb` `according`."""
    frame: str
    start: int
    end: int

    @property
    def is_withheld(self) -> bool:
        """Whether the source does not say it: "did not say", "declined to confirm"."""
        token = self.token
        if self.kind == "noun":
            is_object = token.dep_ in ("obj", "nsubj:pass")
            words = (*token.children, *(token.head.children if is_object else ()))
            return is_object and any(c.lower_ in _NEGATIONS or c.lower_ == "no" for c in words)
        if self.kind != "verb" or self.entry.stance in ("denies", "threatens"):
            return False
        if any(c.lower_ in _NEGATIONS for c in token.children):
            return True
        return token.dep_ in ("xcomp", "ccomp") and lemma(token.head) in _WITHHOLDING

    @property
    def is_claim(self) -> bool:
        """Whether the source vouches for what the content reports."""
        if self.is_withheld:
            return False
        by_clause = self.entry.claims_by_clause and self.frame in ("clause", "quote")
        by_number = self.entry.claims_by_number and self.frame.endswith("number")
        return self.entry.is_claim or by_clause or by_number


def find_cues(sentence: Sentence, doc: Doc, quotations: Quotations) -> list[Cue]:
    """The cues of a sentence in text order; words inside direct speech belong to the speaker.

    Only nouns that are themselves a source ("rumors") count inside quotation marks.
    """
    found: list[Cue] = []
    for token in doc:
        tag = token.tag_[:2]
        if tag not in ("VB", "NN", "JJ", "RB", "IN"):
            continue
        cue = _cue_at(token, tag, sentence.start, quotations)
        if cue is None:
            continue
        if quotations.at(cue.start) is None or cue.entry.is_document:
            found.append(cue)
    return found


def _cue_at(token: Token, tag: str, offset: int, quotations: Quotations) -> Cue | None:
    start = offset + token.idx
    end = start + len(token.text)
    if token.lower_ == "according":
        follower = token.nbor() if token.i + 1 < len(token.doc) else None
        if follower is not None and follower.lower_ == "to":
            return Cue(token, _ACCORDING, "according", "to", start, offset + follower.idx + 2)
        return None
    if tag == "VB":
        entry = verbs().get(lemma(token))
        frame = _verb_frame(token, entry, start, quotations) if entry else None
        return Cue(token, entry, "verb", frame, start, end) if entry and frame else None
    if tag == "NN":
        if token.lower_ in words("own") and _is_by_own(token):
            return Cue(token, _ACCORDING, "according", "by", start, end)
        entry = nouns().get(lemma(token).lower())
        frame = noun_frame(token, entry) if entry else None
        return Cue(token, entry, "noun", frame, start, end) if entry and frame else None
    kind = "adjective" if tag == "JJ" else "adverb"
    entry = words(kind).get(token.lower_)
    frame = word_frame(token, entry, kind) if entry else None
    return Cue(token, entry, kind, frame, start, end) if entry and frame else None


def _is_by_own(token: Token) -> bool:
    """ "by its own account", "in the ministry's tally": whose account it is says who claims."""
    words_before = {c.lower_ for c in token.children if c.dep_ in ("case", "mark")}
    if any(c.dep_ == "nmod:poss" for c in token.children):
        return bool(words_before & {"by", "in"})
    return "by" in words_before and counter_of(token) is not None


def _verb_frame(token: Token, entry: CueWord, start: int, quotations: Quotations) -> str | None:
    """The complement that makes the verb a cue, the most telling first; None where it is none."""
    wanted = entry.frames
    found = complements_of(token)
    if wanted & {"quote", "any"} and _has_quote(token, start, quotations):
        return "quote"
    if "inf" not in found:
        found.discard("passive")
    for frame in ("clause", "inf", "predicate", "object", "passive"):
        if frame in found and wanted & {frame, "any"}:
            return frame
    for frame in sorted(wanted & found, key=lambda f: (not f.endswith("number"), f)):
        return frame
    if "clause" in wanted and _is_parenthetical(token):
        return "clause"
    if wanted & {"any", "bare"}:
        return "bare"
    return None


def _is_parenthetical(token: Token) -> bool:
    """Whether nothing follows the verb but a mark: "…, the survey found."."""
    if token.tag_ not in ("VBD", "VBZ", "VBP") or token.i < 2:
        return False
    return token.i + 1 >= len(token.doc) or token.nbor().text in ",.;"


def _has_quote(token: Token, start: int, quotations: Quotations) -> bool:
    """Whether direct speech of some length goes with the verb: it follows, or the verb closes
    it."""
    doc_start = start - token.idx
    doc_end = doc_start + len(token.doc.text)
    opens = doc_start - 2 if token.doc[0].text.islower() else doc_start
    for quotation in quotations.within(opens, doc_end):
        if quotation.end - quotation.start <= _SHORTEST_QUOTE:
            continue
        if quotation.start > start:
            return _is_own(token, quotation.start - doc_start)
        if _closes(token, quotation.end - doc_start):
            return True
    return False


def _closes(token: Token, quote_end: int) -> bool:
    """Whether only the cue's own clause lies between the end of a quotation and the verb."""
    if token.tag_ in ("VBG", "VBN") and token.dep_ != "ROOT":
        return False
    for other in reversed(token.doc[max(0, token.i - _LONGEST_CLAUSE) : token.i]):
        if other.idx < quote_end:
            return True
        if other.lower_ in _RELATIVES or (other.tag_ in _FINITE and other.i < token.i - 2):
            return False
    return token.i <= _LONGEST_CLAUSE and quote_end <= 0


def _is_own(token: Token, quote_at: int) -> bool:
    """Whether the quotation that begins at `quote_at` hangs on this verb and not on one nearer to
    it."""
    if quote_at < token.idx:
        return True
    for other in token.doc[token.i + 1 :]:
        if other.idx >= quote_at:
            break
        if other.tag_[:2] == "VB" and other.lower_ not in ("be", "been") and other.dep_ != "amod":
            return other.i in {t.i for t in token.subtree} and lemma(other) not in verbs()
    return True
