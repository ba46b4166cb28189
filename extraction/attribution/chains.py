"""Chains of claimants: from the originator over the document to the outlet that conveys.

Belongs here: who stands between the source and the reader, and each link's role. Does not belong
here: finding the source of a cue (`sources`).
"""

from __future__ import annotations

from spacy.tokens import Token

from extraction.attribution.citing import cited_by, hands_on
from extraction.attribution.coordination import beside
from extraction.attribution.counts import counter_behind, credited
from extraction.attribution.cues import Cue
from extraction.attribution.documents import author_of, document_seen
from extraction.attribution.lexicon import claimant_words
from extraction.attribution.names import Roster
from extraction.attribution.rivals import rivals_of
from extraction.attribution.subjects import antecedent_of, colon_before, subject_before_colon
from extraction.attribution.wording import words_of
from extraction.language.lemmas import lemma
from extraction.rows import Claimant
from extraction.sentences import Sentence

_HANDED_REACH = 14
_STOPS = frozenset((";", "”", "''"))
_CLAUSE_STARTS = frozenset((",", "“", "``", '"', ";", ":", "that"))
_MODIFIERS = frozenset(("det", "amod", "compound", "nmod:poss", "nmod:desc"))
_NAME_TAGS = frozenset(("DT", "NN", "NNS", "NNP", "NNPS", "JJ", "POS"))
_RECIPIENTS = frozenset(("obj", "iobj", "obl"))


def chain_of(cue: Cue, source: Token | None, sentence: Sentence, roster: Roster) -> list[Claimant]:
    """The claimants of a cue, originator first; empty where the sentence names none.

    "X and Y said" gives X and Y, each of whom claims it; "X, citing Y" gives Y, X; "told Z",
    "seen by Z", "in comments to Z" give …, Z.
    """
    if source is None:
        if not cue.entry.is_document:
            return []
        source = cue.token
    chain = [claimant_of(cue, source, sentence, roster)]
    if hands_on(cue):
        cited = cited_by(cue.token)
        if cited is not None:
            chain.insert(0, claimant_of(cue, cited, sentence, roster))
    taken = {t for rival in rivals_of(cue.token)[1:] for t in range(*rival.whole)}
    others = (other for other in beside(source) if other.i not in taken)
    chain += [claimant_of(cue, other, sentence, roster) for other in others]
    origin = credited(cue.token) if cue.is_claim else None
    if origin is not None and origin.i != source.i:
        chain.insert(0, claimant_of(cue, origin, sentence, roster))
    paper = document_seen(cue.token)
    if paper is not None:
        author = author_of(paper)
        papers = [claimant_of(cue, token, sentence, roster) for token in (author, paper) if token]
        chain = papers + chain
    for outlet in (*_handed_on(source), *_addressees(cue)):
        claimant = claimant_of(cue, outlet, sentence, roster)
        claimant.role = "conveyor"
        chain.append(claimant)
    return chain


def claimant_of(cue: Cue, head: Token, sentence: Sentence, roster: Roster) -> Claimant:
    """One claimant, by the head of the words that name it."""
    start, end = _offsets(head, sentence, cue.token.i)
    antecedent = antecedent_of(head) or counter_behind(head)
    colon = colon_before(head)
    if colon is not None:
        antecedent = subject_before_colon(head, colon)
    claimant = Claimant(
        roster.text[start:end],
        start,
        end,
        role_of(antecedent or head),
        None,
        roster.text[cue.start : cue.end],
        cue.start,
        cue.end,
    )
    if antecedent is not None:
        first, last = _offsets(antecedent, sentence, cue.token.i)
        claimant.name = roster.text[first:last]
    else:
        claimant.name = roster.resolve(claimant, head)
    return claimant


def _offsets(head: Token, sentence: Sentence, cue_at: int) -> tuple[int, int]:
    """Offsets of the words that name a claimant; they never run into the cue."""
    first, last = words_of(head)
    doc = head.doc
    if head.i < cue_at <= last:
        last = head.i
    if first <= cue_at < head.i:
        first = cue_at + 1
    return sentence.start + doc[first].idx, sentence.start + doc[last].idx + len(doc[last].text)


def role_of(head: Token) -> str:
    """`document` for a report or survey, `conveyor` for an outlet, else `originator`."""
    if head.tag_ in ("NN", "NNS") and lemma(head) in claimant_words("document"):
        return "document"
    return "conveyor" if is_outlet(head) else "originator"


def is_outlet(head: Token) -> bool:
    """Whether the noun names a news outlet: one of the list, or a name that ends like one."""
    word = head.lower_
    if word in claimant_words("outlet_noun"):
        return any(
            True for _ in head.lefts
        )  # "state television", "the newspaper"; not "on television"
    is_name = head.text[0].isupper()
    if is_name and word in claimant_words("outlet"):
        return True
    parts = [c.lower_ for c in head.children if c.dep_ in ("compound", "flat", "nmod:desc", "amod")]
    if word in claimant_words("outlet_end"):
        return "news" in parts or (is_name and bool(parts))
    return is_name and any(part in claimant_words("outlet_noun") for part in parts)


def _handed_on(source: Token) -> list[Token]:
    """Who saw, obtained or was shown the source's words: "a draft seen by Z"."""
    doc = source.doc
    for token in doc[source.i + 1 : source.i + _HANDED_REACH]:
        is_finite = token.tag_ in ("VBD", "VBZ") and token.lower_ not in ("was", "is", "has")
        if token.text in _STOPS or is_finite:
            return []
        if token.tag_ in ("VBN", "VBD") and lemma(token) in claimant_words("handing_verb"):
            return _noun_after_preposition(token)
    return []


def _noun_after_preposition(token: Token) -> list[Token]:
    """The noun of "by Z", "to Z", "with Z" within the next words."""
    doc = token.doc
    for at in range(token.i + 1, min(token.i + 4, len(doc) - 1)):
        if doc[at].lower_ in ("by", "to", "with"):
            last = at + 1
            while last < len(doc) and (doc[last].tag_ in _NAME_TAGS):
                last += 1
            nouns = [t for t in doc[at + 1 : last] if t.tag_.startswith("NN")]
            return nouns[-1:]
    return []


def _addressees(cue: Cue) -> list[Token]:
    """The outlet that the source spoke to: "told Z", "said in comments to Z", "said on Z"."""
    if cue.kind != "verb":
        return []
    found: list[Token] = []
    for child in cue.token.children:
        if child.dep_ in _RECIPIENTS:
            found.append(child)
            found += [c for c in child.children if c.dep_ == "nmod" and child.dep_ == "obl"]
            found += [c for c in child.children if c.dep_ == "appos"]
    return [token for token in found if is_outlet(token)][:1] or _outlet_after(cue.token)


def _outlet_after(token: Token) -> list[Token]:
    """The outlet in the words after the verb: "said in an interview with Z"."""
    doc = token.doc
    for other in doc[token.i + 1 : token.i + _HANDED_REACH]:
        if other.text in _CLAUSE_STARTS or other.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        ends = other.i + 1 == len(doc) or not doc[other.i + 1].tag_.startswith("NNP")
        if ends and other.text[0].isupper() and is_outlet(other):
            return [other]
    return []
