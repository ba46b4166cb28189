"""The content of a cue: the words that the source is said to have said, thought or wanted.

Belongs here: from a cue to the stretches of text that it covers. Does not belong here: the source.

A content may lie on both sides of its cue, and direct speech may run over several sentences:
contents are lists of stretches (start, end) in text order.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from extraction.article import Article
from extraction.attribution.citing import cited_by, hands_on
from extraction.attribution.complements import clause_beside
from extraction.attribution.coordination import strangers_of
from extraction.attribution.counts import counted_stretch, number_before
from extraction.attribution.cues import Cue
from extraction.attribution.geometry import clause_of
from extraction.attribution.quotes import Quotation, Quotations
from extraction.attribution.resumption import resumptions
from extraction.attribution.rivals import rivals_of
from extraction.attribution.subjects import subject_of
from extraction.sentences import Sentence

Parts = list[tuple[int, int]]

_CLAUSES = frozenset(("ccomp", "parataxis", "csubj"))
_COMPLEMENTS = frozenset(("obj", "xcomp", "ccomp", "iobj"))
_PHRASES = frozenset(("obl", "nmod", "advcl", "obl:unmarked"))
_NOUN_CLAUSES = frozenset(("acl", "ccomp", "acl:relcl"))
_SUBJECTS = frozenset(("nsubj:pass", "nsubj"))
_EDGES = " ,;:.–—-\n\t\xa0"


def content_of(cue: Cue, sentence: Sentence, article: Article, quotations: Quotations) -> Parts:
    """Stretches of the article that the cue covers; empty where none is found."""
    parts = _content_of(cue, sentence, article, quotations)
    rivals = rivals_of(cue.token) if cue.kind == "verb" else []
    if rivals and rivals[0].source is not None:
        parts += _runs(cue.token.doc[slice(*rivals[0].number)], sentence)
    strangers = [*strangers_of(cue.token), *resumptions(cue.token)]
    strangers += [rival.whole for rival in rivals[1:]]
    if not strangers:
        return parts
    doc = cue.token.doc
    taken = [part for a, b in strangers for part in _runs(doc[a:b], sentence)]
    return _merged(_without(parts, taken), article.text)


def _without(parts: Parts, taken: Parts) -> Parts:
    """The stretches without what belongs to others."""
    for start, end in taken:
        parts = [
            piece
            for first, last in parts
            for piece in ((first, min(last, start)), (max(first, end), last))
            if piece[0] < piece[1]
        ]
    return parts


def _content_of(cue: Cue, sentence: Sentence, article: Article, quotations: Quotations) -> Parts:
    parts: Parts = []
    stretch = _stretch_of_number(cue)
    if stretch is not None:
        return _merged(_runs((cue.token.doc[at] for at in stretch), sentence), article.text)
    if cue.kind == "according":
        return _merged(_outside_phrase(cue, sentence), article.text)
    if hands_on(cue):
        return _merged(_outside(cue.token, sentence), article.text)
    is_spoken = cue.frame in ("quote", "clause", "bare")
    parts += _placed_parts(cue, sentence, any_place=is_spoken or _is_speech(cue))
    if is_spoken:
        parts = parts or _clause_parts(cue, sentence)
        parts += _speech_parts(cue, sentence, article, quotations, parts)
    if not parts:
        parts = _runs(_complement_tokens(cue), sentence)
    if not parts and cue.kind == "verb" and cue.entry.frames & {"any", "clause"}:
        parts = _after(cue, sentence) or _rest_of_sentence(cue, sentence)
    return _merged(parts, article.text)


def _stretch_of_number(cue: Cue) -> range | None:
    """Where the number stands that the cue is only named beside; None for other cues."""
    if cue.kind == "according" and cue.token.lower_ != "according":
        return counted_stretch(cue.token)
    return number_before(cue.token) if cue.kind == "verb" and cue.frame == "number" else None


def _is_speech(cue: Cue) -> bool:
    return cue.kind == "verb" and "any" in cue.entry.frames and cue.frame != "object"


def _placed_parts(cue: Cue, sentence: Sentence, any_place: bool) -> Parts:
    """What words and marks say of a cue clause at the end, inside or at the start of a sentence.

    Where the verb has a complement of its own (`any_place` false), only a clause at the end counts.
    """
    if cue.kind != "verb" or not cue.entry.frames & {"any", "clause"}:
        return []
    clause = clause_of(cue.token, subject_of(cue.token))
    if clause is None or not (any_place or clause.place == "end"):
        return []
    doc = cue.token.doc
    return [part for a, b in clause.content for part in _runs(doc[a:b], sentence)]


def _outside_phrase(cue: Cue, sentence: Sentence) -> Parts:
    """The sentence without the phrase of "according to …", which ends at the next comma."""
    token, doc = cue.token, cue.token.doc
    first = token.i if token.lower_ == "according" else token.left_edge.i
    last = token.i + 1
    is_closed = token.lower_ != "according" and last < len(doc) and doc[last].tag_ != "IN"
    while not is_closed and last < len(doc) and doc[last].text not in (",", ";", "—"):
        last += 1
    return _runs((t for t in doc if not first <= t.i < last), sentence)


def _outside(token: Token, sentence: Sentence) -> Parts:
    """The sentence without what depends on "citing"."""
    cited = cited_by(token)
    own = {token.i, *(t.i for t in cited.subtree)} if cited is not None else {token.i}
    return _runs((t for t in token.doc if t.i not in own), sentence)


def _clause_parts(cue: Cue, sentence: Sentence) -> Parts:
    """Clausal complements; where the cue itself hangs on the main clause, that clause around it."""
    token = cue.token
    if cue.kind == "adverb":
        return _runs(token.head.subtree, sentence)
    clauses = [child for child in token.children if child.dep_ in _CLAUSES]
    if cue.kind == "adjective":
        clauses += [c for c in token.children if c.dep_ == "advcl" and c.i > token.i]
    if clauses:
        return [part for clause in clauses for part in _runs(clause.subtree, sentence)]
    if token.dep_ == "parataxis":
        own = {t.i for t in token.subtree}
        return _runs((t for t in token.head.subtree if t.i not in own), sentence)
    return []


def _complement_tokens(cue: Cue) -> Iterable[Token]:
    token = cue.token
    if cue.frame == "passive" or (cue.frame == "object" and _passive_subject(token)):
        wanted = [c for c in token.children if c.dep_ in _SUBJECTS or c.dep_ == "xcomp"]
    elif cue.kind == "noun":
        wanted = [
            c
            for c in token.children
            if c.i > token.i and c.dep_ in ("acl", "ccomp", "nmod", "acl:relcl")
        ]
    else:
        wanted = [c for c in token.children if c.dep_ in _COMPLEMENTS]
        if cue.is_claim or cue.frame not in ("inf", "object", "predicate", "report"):
            wanted += [c for c in token.children if c.dep_ in _PHRASES and c.i > token.i]
        elif not wanted:
            wanted = [c for c in token.children if c.dep_ in _PHRASES and c.i > token.i]
        if cue.entry.word in ("seem", "appear", "sound", "likely", "unlikely"):
            wanted += [c for c in token.children if c.dep_ in _SUBJECTS]
    beside = clause_beside(token) if cue.kind == "noun" and cue.frame == "that" else None
    if beside is not None and not any(c.dep_ in _NOUN_CLAUSES for c in wanted):
        return (token.doc[at] for at in range(*beside))
    if not wanted and token.dep_ in ("acl", "acl:relcl"):
        return (t for t in token.head.subtree if t.i < token.left_edge.i)
    words = (t for child in wanted for t in child.subtree)
    if cue.frame != "object":
        return words
    aside = {t.i for child in wanted for t in _aside_of(child)}
    return (t for t in words if t.i not in aside)


def _aside_of(noun: Token) -> Iterable[Token]:
    """What a comma and a relative clause add to an object: "blamed A, which denied any role"."""
    for clause in noun.children:
        if clause.dep_ == "acl:relcl" and clause.left_edge.i > 0:
            first = clause.left_edge
            if first.nbor(-1).text == "," or first.text == ",":
                yield from clause.subtree


def _after(cue: Cue, sentence: Sentence) -> Parts:
    """The sentence after a finite verb that the parser took for a participle."""
    token = cue.token
    return _runs(token.doc[token.i + 1 :], sentence) if token.dep_ == "amod" else []


def _rest_of_sentence(cue: Cue, sentence: Sentence) -> Parts:
    """What stands around a cue that is set off by commas: "The bridge, they said, is closed"."""
    subject = subject_of(cue.token)
    if subject is None:
        return []
    first = min(cue.token.i, subject.left_edge.i)
    last = max(cue.token.i, subject.right_edge.i)
    return _runs((t for t in cue.token.doc if not first <= t.i <= last), sentence)


def _passive_subject(token: Token) -> bool:
    return any(c.dep_ == "nsubj:pass" for c in token.children)


def _speech_parts(
    cue: Cue, sentence: Sentence, article: Article, quotations: Quotations, clauses: Parts
) -> Parts:
    """The direct speech of a cue: in its sentence, right before it, or going on after."""
    opens = sentence.start - 2 if sentence.text[0].islower() else sentence.start
    own = quotations.within(opens, sentence.end + 1)
    spoken = [q for q in own if not (q.start <= cue.start < q.end)]
    if cue.frame != "quote":
        spoken = [q for q in spoken if any(s < q.end and q.start < e for s, e in clauses)]
    if not spoken:
        return []
    following = _continuation(spoken[-1], sentence, article, quotations)
    return [(q.start, q.end) for q in spoken] + following


def _continuation(
    last: Quotation, sentence: Sentence, article: Article, quotations: Quotations
) -> Parts:
    """Direct speech that opens right after the cue's sentence, in the same paragraph."""
    end = max(last.end, sentence.end)
    line_end = article.text.find("\n", end)
    paragraph_end = line_end if line_end >= 0 else len(article.text)
    ahead = quotations.within(end, paragraph_end)
    if ahead and not article.text[end : ahead[0].start].strip(" .\xa0"):
        return [(ahead[0].start, ahead[0].end)]
    return []


def _runs(tokens: Iterable[Token], sentence: Sentence) -> Parts:
    """The tokens as unbroken stretches of the article."""
    places = sorted((t.idx, t.idx + len(t.text), t.i) for t in tokens)
    parts: Parts = []
    previous = -2
    for start, end, index in places:
        if index == previous:
            continue
        if index == previous + 1 and parts:
            parts[-1] = (parts[-1][0], sentence.start + end)
        else:
            parts.append((sentence.start + start, sentence.start + end))
        previous = index
    return parts


def _merged(parts: Parts, text: str) -> Parts:
    """Stretches in order, trimmed of commas and spaces, joined where they touch."""
    merged: Parts = []
    for start, end in sorted(parts):
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if start >= end or not any(c.isalnum() for c in text[start:end]):
            continue
        if merged and start <= merged[-1][1] + 2:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
